"""Proposes who does what to whom: for each cue of a clause, its source, its target and the sign between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.lexicon import Cue
from streams.detection.sentences import Sentence, Word
from streams.detection.speech import Speech
from streams.detection.story import Party, Story
from streams.detection.turning import Direction, Reading, is_operator, read, turns_anything
from streams.detection.vocabulary import words as vocabulary

_OWNED_WITHIN = 4
"""Words between an owner and what it owns: "Beijing's economically coercive practices"."""
_PATIENT_WITHIN = 8
"""Words between a bad thing and whom it is put on: "tariffs of 25 percent on goods from Canada"."""
_ORIGIN_WITHIN = 16
"""The same where only things stand between: "tariffs of 50 percent on cars, steel and textiles from Canada"."""
_DESTINATION_WITHIN = 6
_WITH = 3
"""Words between a verb and the other side: "met the Chinese premier"."""
_JUDGED_WITHIN = 12
"""Words between "called" and what something is called."""
_PLAIN = 0.4
"""The strength from which a judgement says something even where it does not say of whom."""
_DONE = 0.7
"""The strength from which a joint act is one even where the other side is not named: to agree, to sign."""
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])


class Scene(NamedTuple):
    """A sentence that has been read: its words, parties, cues, clauses and speech."""

    sentence: Sentence
    named: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    clauses: tuple[Clause, ...]
    speeches: tuple[Speech, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.sentence.words


class Proposal(NamedTuple):
    """A directed pair with what is said about it; `how` names the construction."""

    source: Mention
    target: Mention
    cue: Cue
    reading: Reading
    clause: Clause
    sign: Direction
    root: Root
    trust: float
    how: str


class Link(NamedTuple):
    """A source and a target of a cue, before its sign is known."""

    source: Mention
    target: Mention
    trust: float
    how: str
    sign: Direction | None = None
    """Where the construction decides it."""
    root: Root | None = None


def proposals(scene: Scene, story: Story) -> list[Proposal]:
    """What the cues of a sentence say about whom, in the order of the cues."""
    return [
        proposal
        for clause in scene.clauses
        for cue in scene.cues
        if clause.holds(cue.first) and _speaks_for_itself(scene, clause, cue)
        for proposal in _of_cue(scene, clause, cue, story)
    ]


def _speaks_for_itself(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a cue is no operator, or one that has nothing to turn: "turned down a plan of Huawei's"."""
    return not is_operator(cue) or (
        cue.kind == "oppose" and not turns_anything(cue, _of_clause(scene, clause), scene.words)
    )


def _of_clause(scene: Scene, clause: Clause) -> list[Cue]:
    return [each for each in scene.cues if clause.holds(each.first)]


def _of_cue(scene: Scene, clause: Clause, cue: Cue, story: Story) -> Iterator[Proposal]:
    reading = read(cue, _of_clause(scene, clause), scene.words)
    for link in _links(scene, clause, cue, reading, story):
        for source in _voices(scene, clause, link.source):
            if source.country != link.target.country:
                sign = link.sign or reading.sign
                root = link.root or reading.root
                trust = link.trust * source.trust * link.target.trust
                yield Proposal(source, link.target, cue, reading, clause, sign, root, trust, link.how)


def _voices(scene: Scene, clause: Clause, source: Mention) -> tuple[Mention, ...]:
    """All who speak where one of them is found to: "Oslo and Paris said", "the six warned"."""
    return group(scene.words, scene.named, source) if source is _holder(clause) and source in scene.named else (source,)


def _links(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    match cue.kind:
        case "does+" | "does-" | "oppose":
            yield from _deeds(scene, clause, cue, reading, story)
        case "said+" | "said-":
            yield from _judgements(scene, clause, cue, reading, story)
        case "thing+" | "thing-":
            yield from _things(scene, clause, cue, reading, story)
        case "joint+" | "joint-":
            yield from _joint(scene, clause, cue, reading, story)
        case "goes":
            yield from _visits(scene, clause, cue)


# What a subject does to an object


def _deeds(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    if _is_passive(scene, clause, cue):
        yield from _passive(scene, clause, cue)
        return
    if giver := _drawn_from(scene, clause, cue):
        for target in _patients(scene, clause, cue):
            yield Link(giver, target, 0.75, "drawn from another")
        return
    if _is_asked_of_another(scene, clause, cue):
        return
    charged = _charged(scene, clause, cue)
    if charged:
        for source in _subjects(scene, clause, cue):
            yield Link(source, charged, 0.75, "charge", None, Root.SUPPORT if cue.kind == "does+" else Root.ACCUSE)
        return
    noun_of = _doer_of_noun(scene, clause, cue)
    sources = (noun_of,) if noun_of else () if _is_noun(scene, cue) else _subjects(scene, clause, cue)
    for source in sources:
        for target, trust in _objects(scene, clause, cue, source, reading, story):
            yield Link(source, target, trust, "subject to object")
    holder = _holder(clause)
    if holder and sources and sources[0].country != holder.country:
        yield from _told_of(scene, clause, cue, reading, holder, sources[0])


def _drawn_from(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Who gives what the subject draws: "drew sharp criticism from Beijing"."""
    before = scene.words[max(clause.first, cue.first - _WITH) : cue.first]
    if not any(word.lower in vocabulary("clauses.draws") for word in before):
        return None
    givers = (
        each for each in _after(scene, clause, cue) if each.preposition == "from" and each.first - cue.last <= _WITH
    )
    return next(givers, None)


def _doer_of_noun(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Who does what a noun tells: "at US urging", "a warning from Trump", "over Beijing's support for Russia"."""
    before = scene.words[cue.first - 1].lower if cue.first else ""
    nearest = _before(scene, clause, cue)[-1:]
    owned = bool(nearest) and nearest[0].owner and cue.first - nearest[0].last <= _OWNED_WITHIN
    if owned and nearest[0].kind != "adjective" and before not in vocabulary("clauses.conjunction"):
        return nearest[0] if not _is_noun(scene, cue) else None
    beside = [each for each in _before(scene, clause, cue) if cue.first - each.last <= each.owner and not each.acts]
    # Not so a verb: in "China's mission to Rome dismissed it", Rome does nothing.
    adjacent = [each for each in beside if each.owner or not scene.words[cue.first].lower.endswith("ed")]
    origin = [
        each
        for each in _after(scene, clause, cue)
        if each.preposition in ("from", "by") and cue.last < each.first <= cue.last + _WITH
    ]
    if adjacent and (adjacent[-1].preposition or not clause.own):
        return adjacent[-1]
    if origin and before in ("a", "the", "an", "of", "to", "his", "her", "their", "after", "amid"):
        return origin[0]
    if _is_noun(scene, cue) and not scene.words[cue.first].lower.endswith("ed"):
        return next(
            (each for each in reversed(_before(scene, clause, cue)) if not each.located and not each.owner), None
        )
    return None


def _is_noun(scene: Scene, cue: Cue) -> bool:
    """Whether a cue names a deed rather than tells it: "criticised Beijing over support for Russia"."""
    before = scene.words[cue.first - 1].lower if cue.first else ""
    return before in vocabulary("clauses.prepositions") - {"by", "to", "without", "despite", "after", "before"}


_ASKING = frozenset([Root.REQUEST, Root.THREATEN, Root.YIELD])


def _is_asked_of_another(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether, as "free" in "urged China to free him", it is what another is asked to do."""
    if not cue.first or scene.words[cue.first - 1].lower != "to":
        return False
    asking = [each for each in _of_clause(scene, clause) if each.last <= cue.first and each.entry.root in _ASKING]
    return any(
        asked.last <= each.first and each.last <= cue.first for asked in asking for each in _before(scene, clause, cue)
    )


def _charged(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Whoever is charged with a deed, or thanked for it, by the clause's subject: "accused Canada of smearing it"."""
    words = scene.words
    if cue.first < 2 or words[cue.first - 1].lower not in ("of", "for", "with") or words[cue.first].lower[-3:] != "ing":
        return None
    adjacent = [each for each in _before(scene, clause, cue) if each.last == cue.first - 1]
    return adjacent[0] if adjacent and adjacent[0] not in clause.subject else None


def _told_of(
    scene: Scene, clause: Clause, cue: Cue, reading: Reading, holder: Mention, doer: Mention
) -> Iterator[Link]:
    """Whoever says that another does harm accuses it; that it does none, or does the speaker good, praises it."""
    if cue.kind != "does+":
        root = Root.ACCUSE if reading.sign < 0 else Root.SUPPORT
        yield Link(holder, doer, 0.7 if reading.sign < 0 else 0.55, "speaker on a deed", None, root)
    elif any(each.country == holder.country for each in _after(scene, clause, cue)):
        yield Link(holder, doer, 0.55, "speaker on a deed", None, Root.SUPPORT)


def _is_passive(scene: Scene, clause: Clause, cue: Cue) -> bool:
    before = [word.lower for word in scene.words[max(clause.first, cue.first - 3) : cue.first]]
    verb = scene.words[cue.first].lower
    participle = verb.endswith(("ed", "en", "wn", "ung", "ut", "old")) or verb in vocabulary("clauses.participles")
    return participle and not _BE.isdisjoint(before)


def _passive(scene: Scene, clause: Clause, cue: Cue) -> Iterator[Link]:
    agents = [each for each in _after(scene, clause, cue) if each.preposition == "by"]
    for agent in agents[:1]:
        for source in group(scene.words, scene.named, agent):
            for target in _patients(scene, clause, cue):
                yield Link(source, target, 0.75, "passive")
    if not agents and (holder := _holder(clause)) and holder.party.government:
        for target in _patients(scene, clause, cue):
            yield Link(holder, target, 0.55, "passive")


def _patients(scene: Scene, clause: Clause, cue: Cue) -> tuple[Mention, ...]:
    """To whom a passive clause has something done: its subject, or whose that is."""
    owners = tuple(each for each in _before(scene, clause, cue) if each.owner)
    return clause.subject if clause.own else owners or clause.subject


def _subjects(scene: Scene, clause: Clause, cue: Cue) -> tuple[Mention, ...]:
    """Who does it: the clause's subject if it stands before the cue, else an owner, else whoever speaks."""
    holder = _holder(clause)
    if holder and any(each.kind == "people" and each.country == holder.country for each in _before(scene, clause, cue)):
        return (holder,)
    if clause.subject and (not clause.own or clause.subject[0].first < cue.first):
        return (holder,) if holder and holder.country == clause.subject[0].country else clause.subject
    owners = [each for each in _before(scene, clause, cue) if each.owner and cue.first - each.last <= _OWNED_WITHIN + 1]
    if owners:
        return (owners[-1],)
    people = [each for each in _before(scene, clause, cue) if each.kind == "people" and each.party.government]
    if people and cue.kind in _FOR_PEOPLE:
        return (people[-1],)
    return (holder,) if holder else ()


_FOR_PEOPLE = frozenset(["goes", "thing+", "joint+"])
"""What a people gets through its government: "Britons will travel to China without a visa"."""


def _objects(
    scene: Scene, clause: Clause, cue: Cue, source: Mention, reading: Reading, story: Story
) -> Iterator[tuple[Mention, float]]:
    def able(each: Mention) -> bool:
        return each.country != source.country and not (suffers(scene, cue.last, each) or _does(scene, each))

    inside = [each for each in scene.named if cue.first < each.first < cue.last]
    after = [each for each in [*inside, *_after(scene, clause, cue)] if able(each) and not each.located]
    if not after and clause.last - cue.last <= 2:
        near = range(clause.last, clause.last + _PATIENT_WITHIN)
        after = [each for each in scene.named if each.first in near and able(each) and not _begins(scene, each)]
    if after:
        for each in group(scene.words, scene.named, after[0]):
            yield each, 0.8 if not after[0].owner else 0.75
        return
    spoken = [
        each
        for speech in scene.speeches
        if speech.verb == cue.first
        for each in scene.named
        if speech.first <= each.first < speech.last and each.country != source.country and not each.located
    ]
    before = [
        each
        for each in _before(scene, clause, cue)
        if each.country != source.country
        and each.first > source.first
        and not each.located
        and not each.owner
        and not any(word.text == "," for word in scene.words[each.last : cue.first])
    ]
    if spoken:
        yield spoken[0], 0.65
    elif before:
        yield before[-1], 0.6
    elif doers := _whose_doing(scene, clause, cue, source):
        yield from ((each, 0.65) for each in doers)
    elif cue.entry.root in _WORDS and cue.kind != "does+" and not reading.denied:
        yield from _elsewhere(scene, clause, cue, source, story)


def _whose_doing(scene: Scene, clause: Clause, cue: Cue, source: Mention) -> list[Mention]:
    """Who did what is judged, as a clause before or after tells.

    "Japan released the water, which Beijing denounced"; "after US jets struck the port, Oman condemned the attack";
    "Lai condemned the drills in which the Chinese navy took part".
    """
    before = [each for each in scene.clauses if each.last <= clause.first and each.subject][-1:]
    after = [each for each in scene.clauses if each.first >= clause.last][:1]
    told = before if _opens(scene, clause, "clauses.relative") else []
    if cue.kind == "does-" and cue.entry.root in _JUDGING:
        told = told or [each for each in before if each.own and _opens(scene, each, "clauses.occasion")]
        told = told or [each for each in after if each.own and _opens(scene, each, "clauses.relative")]
    return [each for each in told[0].subject if each.country != source.country] if told else []


_JUDGING = frozenset([Root.ACCUSE, Root.REJECT, Root.PROTEST])


def _opens(scene: Scene, clause: Clause, kind: str) -> bool:
    return scene.words[clause.first].lower in vocabulary(kind)


def _begins(scene: Scene, mention: Mention) -> bool:
    """Whether something else begins with a party: "...; Riyadh voiced concern"."""
    before = scene.words[max(0, mention.first - 2) : mention.first]
    return any(word.text in (";", ":") for word in before)


def _judged_before(scene: Scene, cue: Cue, story: Story) -> Party | None:
    """Whose words or deeds of the sentences before are judged: "dismissed the remarks", "called the raids illegal"."""
    near = {word.lower for word in scene.words[max(0, cue.first - _WITH) : cue.last + _WITH]}
    if not near.isdisjoint(vocabulary("clauses.remarks")):
        return story.critic
    return None if near.isdisjoint(vocabulary("clauses.deeds")) else story.doer


def _does(scene: Scene, mention: Mention) -> bool:
    """Whether a party does something itself: "tariffs, as Rome does"."""
    return scene.words[min(mention.last, len(scene.words) - 1)].lower in vocabulary("clauses.auxiliary")


def suffers(scene: Scene, since: int, mention: Mention) -> bool:
    """Whether what is done to a party stands from a word on: who denounces the invasion of it denounces another."""
    between = scene.words[since : mention.first]
    return mention.preposition == "of" and any(word.lower in vocabulary("clauses.done_to") for word in between)


_WORDS = frozenset([Root.ACCUSE, Root.REJECT, Root.THREATEN, Root.PROTEST, Root.SANCTION])
"""What can be said of, or done to, someone whom the clause need not name."""


def _elsewhere(
    scene: Scene, clause: Clause, cue: Cue, source: Mention, story: Story
) -> Iterator[tuple[Mention, float]]:
    """Whom it is about where the clause does not say: whose doing it is, who is addressed, or the other side."""
    holder = _holder(clause)
    if holder and holder.country != source.country:
        return
    addressee = clause.speech.addressee if clause.speech else None
    blamed = not cue.kind.endswith("+")
    judged = _judged_before(scene, cue, story) if blamed else None
    if judged and judged.country != source.country:
        yield _absent(judged), 0.55
    elif addressee and addressee.country != source.country:
        yield addressee, 0.6
    elif (party := story.other_than(source.country)) is not None:
        yield _absent(party), 0.55
    elif (party := (blamed and story.blamed(source.country)) or story.counterpart(source.country)) is not None:
        yield _absent(party), 0.45


def _absent(party: Party) -> Mention:
    """A party as it is meant by a sentence that does not name it."""
    return Mention(0, 0, party, "state", False, "", 1.0)


# What is said about a side, or about its doings


def _judgements(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    holder = _holder(clause)
    if clause.speech and not holder:
        return
    judged = any(
        word.lower in vocabulary("speech.judged")
        for word in scene.words[max(clause.first, cue.first - _JUDGED_WITHIN) : cue.first]
    )
    sources = _subjects(scene, clause, cue) if judged or not holder else (holder,)
    for source in sources:
        topic = _topic(scene, clause, cue, source)
        if topic:
            yield Link(source, topic, 0.75 if holder or judged else 0.6, "judgement")
        elif (
            not reading.denied
            and cue.entry.strength >= _PLAIN
            and (holder or judged or (clause.own and scene.words[cue.first].quoted))
        ):
            for target, trust in _elsewhere(scene, clause, cue, source, story):
                yield Link(source, target, trust, "judgement")


def _topic(scene: Scene, clause: Clause, cue: Cue, source: Mention) -> Mention | None:
    """The side that a judgement is about: the nearest after it, else the nearest before it, in the clause or near."""
    able = [each for each in scene.named if each.country != source.country and each is not source]
    after = [each for each in able if cue.last <= each.first < clause.last and not each.located]
    before = [each for each in able if clause.first <= each.first and each.last <= cue.first]
    spoken = [
        each
        for each in able
        if clause.speech and clause.speech.first <= each.first < clause.speech.last and not each.located
    ]
    near = [each for each in after if each.first - cue.last <= _PATIENT_WITHIN and not _is_compared(scene, cue, each)]
    if cue.entry.root is Root.REJECT:
        return next(iter([*near, *(each for each in able if each.first >= cue.last and not each.located)]), None)
    return next(iter([*near, *reversed(before), *spoken]), None)


def _is_compared(scene: Scene, cue: Cue, mention: Mention) -> bool:
    """Whether it is only what something else is measured by: "more predictable than Washington"."""
    return any(word.lower == "than" for word in scene.words[cue.last : mention.first])


# Good and bad things that a side has, wants, or puts on another


def _things(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    owner, patient = _owner(scene, clause, cue), _patient(scene, clause, cue)
    subjects = _subjects(scene, clause, cue) or ((owner,) if owner else ())
    if not subjects:
        return
    if laid := _laid_on(scene, clause, cue):
        yield from _passive(scene, clause, laid)
        return
    source = subjects[0]
    faded = _faded(cue, reading)
    if owner and owner.country != source.country:
        yield from _of_another(clause, cue, reading, source, owner, patient, faded)
    elif patient and patient.country != source.country:
        yield from _between(scene, cue, reading, subjects, patient, faded)
    elif patient and cue.kind == "thing-":
        # Who tells that a harm to itself was lifted has not lifted it: what it says of that is in its own words.
        for target, trust in () if reading.lifted else _elsewhere(scene, clause, cue, source, story):
            yield Link(source, target, trust, "harm to oneself", -1, Root.ACCUSE)
    elif (reading.raised or cue.kind == "thing-") and not _is_spoken_of(scene, cue):
        for target, trust in _objects(scene, clause, cue, source, reading, story):
            yield Link(source, target, trust * faded, "thing")


def _laid_on(scene: Scene, clause: Clause, cue: Cue) -> Cue | None:
    """The verb by which a bad thing is put on the subject: "was hit with a tariff"."""
    if cue.kind != "thing-":
        return None
    verbs = (each for each in _of_clause(scene, clause) if each.kind == "impose" and each.last <= cue.first)
    return next((each for each in verbs if _is_passive(scene, clause, each)), None)


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


def _owner(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    before = [each for each in _before(scene, clause, cue) if cue.first - each.last <= _OWNED_WITHIN]
    owners = [each for each in before if each.owner or (each.last == cue.first and each.kind != "person")]
    done_to = any(word.lower in vocabulary("clauses.done_to") for word in scene.words[cue.first : cue.last])
    owning = ("by", "from") if done_to else ("by", "from", "of")
    after = [each for each in _after(scene, clause, cue) if each.preposition in owning and each.first - cue.last <= 3]
    return next(iter([*reversed(owners), *after]), None)


def _patient(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    after = _after(scene, clause, cue)
    near = (
        each
        for each in after
        if each.first - cue.last <= _PATIENT_WITHIN
        and (each.preposition in vocabulary("clauses.partners") or each.first == cue.last)
    )
    origin = (each for each in after[:1] if each.preposition == "from" and each.first - cue.last <= _ORIGIN_WITHIN)
    return next(near, None) or next(origin, None)


# What sides do together


def _joint(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    relative = scene.words[clause.first].lower in ("which", "who", "whose")
    if cue.kind == "joint-" and (_holder(clause) or relative or _is_over(scene, cue)):
        return
    if reading.root in (Root.AGREE, Root.CONSULT) and not reading.raised and _is_spoken_of(scene, cue):
        return
    sides = _sides(scene, clause, cue)
    if len(sides) == 1:
        if bound := _bound_by(scene, clause, sides[0]):
            yield Link(sides[0], bound, 0.55, "together")
        elif cue.entry.strength >= _DONE and clause.own:
            for target, trust in _elsewhere(scene, clause, cue, sides[0], story):
                yield Link(sides[0], target, trust, "with the other side")
        return
    for source in sides:
        for target in sides:
            if source.country != target.country and (source in sides[:1] or reading.root is cue.entry.root):
                both = 0.8 if source is sides[0] else 0.65
                yield Link(source, target, both, "together")


def _bound_by(scene: Scene, clause: Clause, side: Mention) -> Mention | None:
    """Whom a pact is with, as a relative clause right after it tells: "the accord that lets US troops in"."""
    after = next((each for each in scene.clauses if each.first == clause.last), None)
    if after is None or after.own or not _opens(scene, after, "clauses.relative"):
        return None
    named = (each for each in scene.named if after.holds(each.first) and each.country != side.country)
    return next(named, None)


def _is_over(scene: Scene, cue: Cue) -> bool:
    """Whether a quarrel is what goes before: "agreed to resume flights after four years of clashes"."""
    before = (word.lower for word in scene.words[max(0, cue.first - _OWNED_WITHIN) : cue.first])
    return any(word in _AFTER for word in before)


_AFTER = frozenset(["after", "since", "following"])


def _is_spoken_of(scene: Scene, cue: Cue) -> bool:
    """Whether a thing is what something else is about, as in "a renegotiation of the free trade deal"."""
    before = [word.lower for word in scene.words[max(0, cue.first - _OWNED_WITHIN - 1) : cue.first]]
    at = max((at for at, word in enumerate(before) if word in vocabulary("clauses.prepositions")), default=0)
    return at > 0 and before[at] in _ABOUT and before[at - 1] not in ("part", "signing")


_ABOUT = frozenset(["of", "on", "over", "about", "from", "amid", "despite"])
_PARTNERS = frozenset(["with", "between", "alongside", "to"])


def _sides(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """Who does it together: the subject, whoever owns it, and the nearest other side after it or before it."""
    able = list(_subjects(scene, clause, cue))
    owners = [
        each for each in _before(scene, clause, cue) if cue.first - each.last <= _OWNED_WITHIN and not each.located
    ]
    partners = [
        each
        for each in _after(scene, clause, cue)
        if each.preposition in _PARTNERS
        or (not each.located and not each.preposition and each.first - cue.last <= _WITH)
    ]
    partner = list(group(scene.words, scene.named, partners[0])) if partners else []
    among = bool(partners) and partners[0].preposition == "between" and len(partner) > 1
    told = partner if among else [*able, *partner] if able else [*owners, *partner]
    if len({each.country for each in told}) < 2:
        told.extend(owners)
    return _one_each([each for each in told if each.party.government or each.kind in ("adjective", "state")])


def _one_each(told: Sequence[Mention]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for each in told:
        first.setdefault(each.country, each)
    return list(first.values())


# Visits


def _visits(scene: Scene, clause: Clause, cue: Cue) -> Iterator[Link]:
    sources = _subjects(scene, clause, cue)
    for source in sources[:1]:
        to = [
            each
            for each in _after(scene, clause, cue)
            if each.first - cue.last <= _DESTINATION_WITHIN
            and each.country != source.country
            and each.preposition not in ("from", "by")
            and not (scene.words[cue.first].lower == "visiting" and each.kind == "person")
        ]
        for target in to[:1]:
            yield Link(source, target, 0.75, "visit")


# Small parts


def _holder(clause: Clause) -> Mention | None:
    return clause.speech.speaker if clause.speech else None


def _before(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    return [each for each in scene.named if clause.first <= each.first and each.last <= cue.first]


def _after(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    return [each for each in scene.named if cue.last <= each.first < clause.last]
