"""What a subject does to an object, in all the forms of a verb and its noun; and visits."""

from collections.abc import Iterator, Sequence

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.gazetteer import place_at
from streams.detection.lexicon import Cue
from streams.detection.roles import (
    OWNED_WITHIN,
    WITH,
    charged_with,
    cues_of,
    drawn_from,
    elsewhere,
    holder_of,
    is_asked_of_another,
    made_to,
    named_after,
    named_before,
    objects_of,
    opens,
    patients_of,
    subjects_of,
)
from streams.detection.scene import Link, Scene
from streams.detection.story import Story
from streams.detection.turning import Reading
from streams.detection.vocabulary import words as vocabulary

_DESTINATION_WITHIN = 6


def deeds(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    """Who does it to whom: by a verb, active or passive, by its noun, or as what another is charged with."""
    if is_passive(scene, clause, cue):
        yield from passive(scene, clause, cue)
    elif _is_of_noun(scene, clause, cue):
        yield from _by_agent(scene, _agents(scene, clause, cue), named_before(scene, clause, cue)[-1:])
    elif giver := drawn_from(scene, clause, cue):
        # "The move drew anger from Rome": whose move, another sentence tells.
        absent = (target for target, _ in elsewhere(scene, clause, cue, giver, story))
        for target in patients_of(scene, clause, cue) or absent:
            yield Link(giver, target, 0.75, "drawn from another")
    elif provoked := _provoked(scene, clause, cue):
        for target in subjects_of(scene, clause, cue):
            yield Link(provoked, target, 0.65, "provoked by another")
    elif is_asked_of_another(scene, clause, cue.first):
        return
    elif charged := charged_with(scene, clause, cue.first):
        praised = cue.kind != "does+" and _is_praised(scene, clause, charged)
        for source in () if praised else subjects_of(scene, clause, cue):
            yield Link(source, charged, 0.75, "charge", None, Root.SUPPORT if cue.kind == "does+" else Root.ACCUSE)
    else:
        yield from _active(scene, clause, cue, reading, story)


def _provoked(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Who does something hard to the subject because of it: "prompting Beijing to condemn it", and nobody else."""
    beside = any(each.first - cue.last < WITH for each in named_after(scene, clause, cue))
    return None if beside or cue.kind == "does+" else made_to(scene, cue.first, "clauses.provokes")


def _is_praised(scene: Scene, clause: Clause, mention: Mention) -> bool:
    """Whether a kind word stands right before a party: "thanked Obama for urging Congress to act"."""
    kind = (each for each in cues_of(scene, clause) if each.kind == "does+")
    return any(mention.first - 1 <= each.last <= mention.first for each in kind)


def _active(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    if _describes_a_thing(scene, cue):
        return
    noun_of = _doer_of_noun(scene, clause, cue)
    if reading.opposed and (rejected := noun_of or _beside(scene, cue)):
        for source in subjects_of(scene, clause, cue):
            for target in group(scene.words, scene.named, rejected):
                yield Link(source, target, 0.65, "against the words of another", -1, Root.REJECT)
        return
    as_noun = _is_noun(scene, cue) or _is_judged(scene, clause, cue)
    sources = (noun_of,) if noun_of else () if as_noun else subjects_of(scene, clause, cue)
    for source in sources:
        for target, trust in objects_of(scene, clause, cue, source, reading, story):
            yield Link(source, target, trust, "subject to object")
    holder = holder_of(clause)
    followed = scene.words[cue.first - 1].lower == "in"  # "it will not follow Washington in banning them" blames nobody
    background = opens(scene, clause, "clauses.occasion")  # "said so after Xi spoke": who tells that is the writer
    if holder and sources and sources[0].country != holder.country and not (followed or background):
        yield from _told_of(scene, clause, cue, reading, holder, sources[0])


def _is_judged(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a deed is what the word before it judges, and so not the subject's: "condemned the attack"."""
    judging = (each for each in cues_of(scene, clause) if each.kind[:4] == "does" and each.entry.root in _BLAMING)
    before = next((each for each in judging if each.last == cue.first - 1), None)
    return before is not None and scene.words[before.last].lower in vocabulary("clauses.articles")


_BLAMING = frozenset([Root.ACCUSE, Root.REJECT])


def _beside(scene: Scene, cue: Cue) -> Mention | None:
    """The party right before a cue: "Australian criticism"."""
    return next((each for each in scene.named if each.last == cue.first), None)


def _describes_a_thing(scene: Scene, cue: Cue) -> bool:
    """Whether a participle only tells which thing is meant: "the return of a seized trawler"."""
    article = cue.first > 0 and scene.words[cue.first - 1].lower in vocabulary("clauses.articles")
    return article and scene.words[cue.first].lower.endswith("ed") and cue.last == cue.first + 1


def _doer_of_noun(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Who does what a noun tells: "at US urging", "a warning from Trump", "over Beijing's support for Russia"."""
    before = scene.words[cue.first - 1].lower if cue.first else ""
    named, past = named_before(scene, clause, cue), scene.words[cue.first].lower.endswith("ed")
    nearest = named[-1:]
    owned = bool(nearest) and nearest[0].owner and cue.first - nearest[0].last <= OWNED_WITHIN
    if owned and nearest[0].kind != "adjective" and before not in vocabulary("clauses.conjunction"):
        return nearest[0] if not _is_noun(scene, cue) else None
    beside = [each for each in named if cue.first - each.last <= each.owner and not each.acts]
    # Not so a verb: in "China's mission to Rome dismissed it", Rome does nothing.
    adjacent = [each for each in beside if each.owner or not past]
    origin = [
        each
        for each in named_after(scene, clause, cue)
        if each.preposition in ("from", "by") and cue.last < each.first <= cue.last + WITH
    ]
    if adjacent and (adjacent[-1].preposition or not clause.own):
        return adjacent[-1]
    determined = before in ("a", "the", "an", "of", "to", "his", "her", "their", "after", "amid", "despite", "over")
    if origin and determined:
        return origin[0]
    if _is_noun(scene, cue) and not past:
        return next((each for each in reversed(named) if not each.located and not each.owner), None)
    return None


def _is_noun(scene: Scene, cue: Cue) -> bool:
    """Whether a cue names a deed rather than tells it: "criticised Beijing over support for Russia"."""
    before = scene.words[cue.first - 1].lower if cue.first else ""
    return before in vocabulary("clauses.prepositions") - {"by", "to", "without", "despite", "after", "before"}


def _told_of(
    scene: Scene, clause: Clause, cue: Cue, reading: Reading, holder: Mention, doer: Mention
) -> Iterator[Link]:
    """Whoever says that another does harm accuses it; that it does none, or does the speaker good, praises it."""
    if cue.kind != "does+":
        root = Root.ACCUSE if reading.sign < 0 else Root.SUPPORT
        yield Link(holder, doer, 0.7 if reading.sign < 0 else 0.55, "speaker on a deed", None, root)
    elif any(each.country == holder.country for each in named_after(scene, clause, cue)) or _is_done_to_own(scene, cue):
        yield Link(holder, doer, 0.55, "speaker on a deed", None, Root.SUPPORT)


def _is_done_to_own(scene: Scene, cue: Cue) -> bool:
    """Whether it is done to the speaker's country, which is not named: "China had helped his country"."""
    following = [word.lower for word in scene.words[cue.last : cue.last + 2]]
    own = following[:1] in (["his"], ["her"], ["its"], ["our"], ["their"])
    return own and not vocabulary("actors.land").isdisjoint(following[1:])


def is_passive(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a cue is a participle after a form of "to be"."""
    before = [word.lower for word in scene.words[max(clause.first, cue.first - 3) : cue.first]]
    verb = scene.words[cue.first].lower
    participle = verb.endswith(("ed", "en", "wn", "ung", "ut", "old")) or verb in vocabulary("clauses.participles")
    return participle and any(word in vocabulary("clauses.be") or word in ("get", "got") for word in before)


def _is_of_noun(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a cue tells what the noun before it is charged with: "firms accused of it", not "whom she accused"."""
    if scene.words[cue.first].lower not in vocabulary("clauses.charged") or opens(scene, clause, "clauses.relative"):
        return False
    return scene.words[min(cue.last, len(scene.words) - 1)].lower == "of"


def _agents(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """By whom it is done; who is summoned is so by the ministry that he is summoned to."""
    after = named_after(scene, clause, cue)
    to = [each for each in after if cue.entry.root is Root.PROTEST and each.kind == "body" and each.preposition == "to"]
    return [each for each in after if each.preposition == "by"] or to


def _where_judged(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """The capital in which something is judged, and so by its government, where nobody else is said to do it."""
    by = any(word.lower == "by" for word in scene.words[cue.last : clause.last])
    if by or cue.entry.root not in (Root.ACCUSE, Root.SUPPORT):
        return []
    after = named_after(scene, clause, cue)[:1]
    return [each for each in after if each.first == cue.last + 1 and _is_capital(scene, each)]


def _is_capital(scene: Scene, mention: Mention) -> bool:
    """Whether a party is named by its capital, as a place: "condemned in Beijing"."""
    place = place_at(scene.words, mention.first, None) if mention.located else None
    return place is not None and place[1].kind in ("capital", "seat")


def _by_agent(scene: Scene, agents: Sequence[Mention], patients: Sequence[Mention]) -> Iterator[Link]:
    for agent in agents[:1]:
        for source in group(scene.words, scene.named, agent):
            for target in patients:
                yield Link(source, target, 0.75, "passive")


def passive(scene: Scene, clause: Clause, cue: Cue) -> Iterator[Link]:
    """To whom it is done, by whom; where nobody is named, by the government that tells of it."""
    agents = _agents(scene, clause, cue) or _where_judged(scene, clause, cue)
    patients = patients_of(scene, clause, cue)
    yield from _by_agent(scene, agents, patients)
    if not agents and (holder := holder_of(clause)) and holder.party.government:
        for target in patients:
            yield Link(holder, target, 0.55, "passive")


def visits(scene: Scene, clause: Clause, cue: Cue) -> Iterator[Link]:
    """Who goes to whom."""
    sources = subjects_of(scene, clause, cue)
    for source in sources[:1]:
        to = [
            each
            for each in named_after(scene, clause, cue)
            if each.first - cue.last <= _DESTINATION_WITHIN
            and each.country != source.country
            and each.preposition not in ("from", "by")
            and not (scene.words[cue.first].lower == "visiting" and each.kind == "person")
        ]
        for target in to[:1]:
            yield Link(source, target, 0.75, "visit")
