"""Good and bad things that a side has, wants, or puts on another."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.deeds import is_passive, passive
from streams.detection.lexicon import Cue
from streams.detection.roles import (
    OWNED_WITHIN,
    PATIENT_WITHIN,
    charged_with,
    cues_of,
    drawn_from,
    elsewhere,
    is_asked_of_another,
    is_spoken_of,
    named_after,
    named_before,
    objects_of,
    subjects_of,
    word_before,
)
from streams.detection.scene import Link, Scene
from streams.detection.story import Story
from streams.detection.turning import Reading
from streams.detection.vocabulary import words as vocabulary

_ORIGIN_WITHIN = 16
"""The same where only things stand between: "tariffs of 50 percent on cars, steel and textiles from Canada"."""


def things(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    """Between whom a thing is, by whose it is, on whom it is put, and what the subject makes of it."""
    owner, patient = _owner(scene, clause, cue), _patient(scene, clause, cue)
    subjects = subjects_of(scene, clause, cue) or ((owner,) if owner else ())
    # Who is thanked for lifting a tariff has lifted it, and who is urged to lift it has it: those words tell that.
    asked = is_asked_of_another(scene, clause, reading.first) or _is_asked_away(scene, clause, cue)
    if not subjects or charged_with(scene, clause, reading.first) or asked:
        return
    if cue.kind == "thing-" and (suffered := _suffered(scene, clause, cue, subjects)) is not None:
        yield from suffered
        return
    source = subjects[0]
    faded = _faded(cue, reading)
    if owner and owner.country != source.country:
        turned = reading.lifted or reading.denied or reading.opposed
        if patient and cue.kind == "thing-" and _is_approved(scene, owner) and not turned:
            yield Link(source, patient, 0.6, "for the harm of another", -1, Root.ACCUSE)
            yield Link(owner, patient, 0.6, "harm done")
            return
        yield from _of_another(clause, cue, reading, source, owner, patient, faded)
    elif patient and patient.country != source.country:
        yield from _between(scene, cue, reading, subjects, patient, faded)
    elif patient and cue.kind == "thing-":
        # Who tells that a harm to itself was lifted has not lifted it: what it says of that is in its own words.
        for target, trust in () if reading.lifted else elsewhere(scene, clause, cue, source, story):
            yield Link(source, target, trust, "harm to oneself", -1, Root.ACCUSE)
    elif (reading.raised or cue.kind == "thing-") and not is_spoken_of(scene, cue):
        for target, trust in objects_of(scene, clause, cue, source, reading, story):
            yield Link(source, target, trust * faded, "thing")


def _is_asked_away(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a thing is what another is urged to lift, in words that the urging itself takes in."""
    before = [each for each in cues_of(scene, clause) if each.last <= cue.first][-1:]
    return any(each.entry.root is Root.REQUEST and cue.first - each.last <= 1 for each in before)


def _suffered(scene: Scene, clause: Clause, cue: Cue, subjects: Sequence[Mention]) -> Iterable[Link] | None:
    """The bad thing that another puts on the subject: "faces pressure from Beijing"; None where it is no such thing."""
    if giver := drawn_from(scene, clause, cue):
        return [Link(giver, subject, 0.6, "drawn from another") for subject in subjects]
    if _is_on_its_own(scene, clause, cue):
        return []
    laid = _laid_on(scene, clause, cue)
    return passive(scene, clause, laid) if laid else None


def _is_on_its_own(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a bad thing lies on what is the subject's own, and not by its hand: "a levy on its exports"."""
    after = [word.lower for word in scene.words[cue.last : cue.last + 4]]
    own = after[1:2] if after[2:3] != ["of"] else after[3:4]  # "on its goods", "on most of its goods"
    return after[:1] == ["on"] and own in (["its"], ["their"]) and not _imposing(scene, clause, cue)


def _laid_on(scene: Scene, clause: Clause, cue: Cue) -> Cue | None:
    """The verb by which a bad thing is put on the subject: "was hit with a tariff"."""
    return next((each for each in _imposing(scene, clause, cue) if is_passive(scene, clause, each)), None)


def _imposing(scene: Scene, clause: Clause, cue: Cue) -> list[Cue]:
    """The verbs before a bad thing that put it on someone."""
    return [each for each in cues_of(scene, clause) if each.kind == "impose" and each.last <= cue.first]


def _faded(cue: Cue, reading: Reading) -> float:
    """A good thing that is only mentioned says little: "ties with China"."""
    told = cue.kind == "thing-" or reading.raised or reading.root is not cue.entry.root
    return 1.0 if told else 0.6


def _between(
    scene: Scene, cue: Cue, reading: Reading, sources: Sequence[Mention], patient: Mention, faded: float
) -> Iterator[Link]:
    for source in sources:
        for target in group(scene.words, scene.named, patient):
            yield Link(source, target, 0.8 * faded, "thing between")
    if cue.kind == "thing+" and reading.raised and patient.acts:
        yield Link(patient, sources[0], 0.5, "thing between")


def _of_another(
    clause: Clause,
    cue: Cue,
    reading: Reading,
    source: Mention,
    owner: Mention,
    patient: Mention | None,
    faded: float,
) -> Iterator[Link]:
    """A thing that belongs to a side other than the subject: "Carney called Trump's tariffs unjustified"."""
    if cue.kind == "thing+":
        yield Link(source, owner, 0.7 * faded, "thing of another")
        return
    if reading.lifted or (reading.raised and not clause.speech):
        yield Link(source, owner, 0.65, "thing on another")
        return
    if clause.speech or reading.opposed:
        yield Link(source, owner, 0.65, "harm of another", -1, Root.ACCUSE if not reading.opposed else Root.REJECT)
    if patient and patient.country != source.country and reading.opposed:
        yield Link(source, patient, 0.6, "against the harm of another", 1, Root.SUPPORT)
    elif patient and patient.country != owner.country:
        yield Link(owner, patient, 0.6, "harm done")


def _is_approved(scene: Scene, owner: Mention) -> bool:
    """Whether the subject is for what another does: "backs the EU's tariffs", "welcomed American sanctions"."""
    return word_before(scene, owner) in vocabulary("clauses.approves")


def _owner(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    before = [each for each in named_before(scene, clause, cue) if cue.first - each.last <= OWNED_WITHIN]
    owners = [each for each in before if each.owner or (each.last == cue.first and each.kind != "person")]
    done_to = any(word.lower in vocabulary("clauses.done_to") for word in scene.words[cue.first : cue.last])
    owning = ("by", "from") if done_to else ("by", "from", "of")
    after = [
        each for each in named_after(scene, clause, cue) if each.preposition in owning and each.first - cue.last <= 3
    ]
    return next(iter([*reversed(owners), *after]), None)


def _patient(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    after = named_after(scene, clause, cue)
    # "Its tariffs on steel and aluminium would soon apply to all three": the verb tells on whom.
    verbs = (each.last for each in cues_of(scene, clause) if each.kind == "impose" and each.first >= cue.last)
    put = next(verbs, 0)
    near = (
        each
        for each in after
        if each.first - max(cue.last, put) <= PATIENT_WITHIN
        and (each.preposition in vocabulary("clauses.partners") or each.first == cue.last)
    )
    origin = (each for each in after[:1] if each.preposition == "from" and each.first - cue.last <= _ORIGIN_WITHIN)
    return next(near, None) or next(origin, None)
