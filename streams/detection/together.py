"""What sides do together: pacts, talks, quarrels."""

from collections.abc import Iterator

from schemas.plover import Root
from streams.detection.actors import Mention, one_each
from streams.detection.clauses import Clause, group
from streams.detection.lexicon import Cue
from streams.detection.roles import (
    OWNED_WITHIN,
    WITH,
    cues_of,
    elsewhere,
    holder_of,
    is_asked_of_another,
    is_spoken_of,
    named_after,
    named_before,
    opens,
    subjects_of,
)
from streams.detection.scene import Link, Scene
from streams.detection.story import Story
from streams.detection.turning import Reading, is_operator

_DONE = 0.7
"""The strength from which a joint act is one even where the other side is not named: to agree, to sign."""


def together(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    """Each side toward each other; where one is named alone, toward whom the text tells of."""
    relative = opens(scene, clause, "clauses.which")
    if cue.kind == "joint-" and (holder_of(clause) or relative or _is_over(scene, cue)):
        return
    if _is_mentioned(scene, clause, cue, reading) or is_asked_of_another(scene, clause, reading.first):
        return
    sides = _sides(scene, clause, cue)
    if len(sides) == 1:
        holder = holder_of(clause)
        own = holder is None or holder.country == sides[0].country
        if own and (bound := _bound_by(scene, clause, sides[0])):
            yield Link(sides[0], bound, 0.55, "together")
        elif cue.entry.strength >= _DONE and clause.own and not _is_told_after(scene, clause, cue):
            for target, trust in elsewhere(scene, clause, cue, sides[0], story):
                yield Link(sides[0], target, trust, "with the other side")
        return
    for source in sides:
        for target in sides:
            if source.country != target.country and (source in sides[:1] or reading.root is cue.entry.root):
                both = 0.8 if source is sides[0] else 0.65
                yield Link(source, target, both, "together")


def _is_mentioned(scene: Scene, clause: Clause, cue: Cue, reading: Reading) -> bool:
    """Whether a pact is what something else is about or done to: "attacked Canberra's deal with Washington"."""
    if reading.raised or reading.root not in (Root.AGREE, Root.CONSULT):
        return False
    before = named_before(scene, clause, cue)
    owner = next((each for each in reversed(before) if each.owner and cue.first - each.last <= OWNED_WITHIN), None)
    judged = owner and any(each.kind == "does-" and each.last <= owner.first for each in cues_of(scene, clause))
    return bool(judged) or is_spoken_of(scene, cue)


def _is_told_after(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether the words that follow tell what a side agrees to do: "agreed to cut its dependence on Chinese ore"."""
    to = scene.words[min(cue.last, len(scene.words) - 1)].lower == "to"
    return to and any(each.first > cue.last and not is_operator(each) for each in cues_of(scene, clause))


def _bound_by(scene: Scene, clause: Clause, side: Mention) -> Mention | None:
    """Whom a pact is with, as a relative clause right after it tells: "the accord that lets US troops in"."""
    after = next((each for each in scene.clauses if each.first == clause.last), None)
    if after is None or after.own or not opens(scene, after, "clauses.relative"):
        return None
    named = (each for each in scene.named if after.holds(each.first) and each.country != side.country)
    return next(named, None)


def _is_over(scene: Scene, cue: Cue) -> bool:
    """Whether a quarrel is what goes before: "agreed to resume flights after four years of clashes"."""
    before = (word.lower for word in scene.words[max(0, cue.first - OWNED_WITHIN) : cue.first])
    return any(word in _AFTER for word in before)


_AFTER = frozenset(["after", "since", "following"])
_PARTNERS = frozenset(["with", "between", "alongside", "to"])


def _sides(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """Who does it together: the subject, whoever owns it, and the nearest other side after it or before it."""
    able = list(subjects_of(scene, clause, cue))
    owners = [
        each for each in named_before(scene, clause, cue) if cue.first - each.last <= OWNED_WITHIN and not each.located
    ]
    partners = [
        each
        for each in named_after(scene, clause, cue)
        if each.preposition in _PARTNERS
        or (not each.located and not each.preposition and each.first - cue.last <= WITH)
    ]
    partner = list(group(scene.words, scene.named, partners[0])) if partners else []
    among = bool(partners) and partners[0].preposition == "between" and len(partner) > 1
    told = partner if among else [*able, *partner] if able else [*owners, *partner]
    if len({each.country for each in told}) < 2:
        told.extend(owners)
    return one_each([each for each in told if each.party.government or each.kind in ("adjective", "state")])
