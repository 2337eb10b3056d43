"""What a cue says once it is read with the words before it that deny, undo, lift or increase it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from schemas.plover import Root
from streams.detection.lexicon import Cue
from streams.detection.sentences import Word
from streams.detection.vocabulary import words as vocabulary

_REACH = 12
"""Words before a cue within which it can be undone."""
_BARE_REACH = 4
"""The same for a bare "not" or "no", which denies the word that follows it."""
_JOINED = 2
"""Words between two cues that one operator turns together: "cut ties and cooperation"."""
_OPERATORS = frozenset(["up", "down", "lift", "impose", "neg", "oppose", "deny", "undo"])
_BAD_THINGS = frozenset(["thing-", "does-", "joint-"])

Direction = Literal[-1, 1]


class Reading(NamedTuple):
    """The sign, root and strength of a cue in its place."""

    sign: Direction
    root: Root
    strength: float
    first: int
    """The first word that takes part in it."""
    raised: bool
    """Whether something makes more of it: "improve ties"."""
    denied: bool
    """Whether it was turned round by "not" or "refuse" alone."""
    lifted: bool
    """Whether what is bad was taken away."""
    opposed: bool
    """Whether somebody is against it."""


def is_operator(cue: Cue) -> bool:
    """Whether a cue says something only of others."""
    return cue.kind in _OPERATORS


def read(cue: Cue, cues: Sequence[Cue], words: Sequence[Word]) -> Reading:
    """Read a cue among the others of its clause."""
    good = not cue.kind.endswith("-") and cue.kind != "oppose"
    operators = _operators_before(cue, cues, words)
    turns = [each for each in operators if _turns(each, cue, cues)]
    turns += [each for each in cues if each.kind == "undo" and cue.last <= each.first]
    raising = "up" if good else "impose"
    raises = [each for each in operators if each.kind == raising]
    sign: Direction = 1 if good == (len(turns) % 2 == 0) else -1
    kinds = {each.kind for each in turns}
    undone = [each for each in turns if each.kind in ("down", "lift")]
    strongest = max([cue.entry.strength, *(each.entry.strength for each in [*undone, *raises])])
    return Reading(
        sign=sign,
        root=_root(cue, turns, sign),
        strength=strongest,
        first=min([cue.first, *(each.first for each in [*turns, *raises])]),
        raised=bool(raises),
        denied=bool(turns) and kinds == {"neg"},
        lifted=not good and sign > 0 and bool(undone),
        opposed="oppose" in kinds,
    )


def turns_anything(operator: Cue, cues: Sequence[Cue], words: Sequence[Word]) -> bool:
    """Whether an operator has a cue after it that it turns."""
    return any(operator in _operators_before(cue, cues, words) for cue in cues if not is_operator(cue))


def _operators_before(cue: Cue, cues: Sequence[Cue], words: Sequence[Word]) -> list[Cue]:
    """The operators before a cue that reach it: no other cue stands between, but for one it is joined to."""
    near = [each for each in cues if 0 <= cue.first - each.last < _REACH]
    others = [each.last for each in near if not is_operator(each) and cue.first - each.last > _JOINED]
    start = max([*others, new_verb(cue, words), *_purposes(near, words)], default=0)
    return [each for each in near if is_operator(each) and each.first >= start]


def _purposes(near: Sequence[Cue], words: Sequence[Word]) -> list[int]:
    """Where it begins what something is done for: "scrapped a tax to restart talks", not "ended efforts to restart"."""
    return [
        each.first
        for each in near
        if each.kind == "up"
        and each.entry.phrase == f"~{words[each.first].lower}"  # the infinitive
        and words[each.first - 1].lower == "to"
        and words[each.first - 2].lower not in vocabulary("clauses.aims")
        and not any(other.last == each.first - 1 for other in near)
    ]


def new_verb(cue: Cue, words: Sequence[Word]) -> int:
    """Where "then", or "and" and a verb, begins something else: "asked Twitter to remove it and summoned the envoy"."""
    before = words[cue.first - 1].lower if cue.first else ""
    verb = cue.kind in ("does+", "does-", "goes") and words[cue.first].lower.endswith(("ed", "s"))
    return cue.first if before == "then" or (verb and before in ("and", ",")) else 0


def _turns(operator: Cue, cue: Cue, cues: Sequence[Cue]) -> bool:
    match operator.kind:
        case "lift":
            return cue.kind in _BAD_THINGS
        case "neg":
            return len(operator.entry.parts) > 1 or _next_is(operator, cue, cues)
        case "down" | "oppose":
            return True
        case _:
            return False


def _next_is(operator: Cue, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Whether a bare negation reaches a cue, alone or through the words that it turns."""
    at = operator.last
    if cue.first - at < _BARE_REACH:
        return True
    through = [each for each in cues if is_operator(each) and at <= each.first < min(at + _BARE_REACH, cue.first)]
    # "Failed to sign a 330 million dollar security deal": a noun may stand far behind the verb that it belongs to.
    return any(cue.kind[:5] in ("joint", "thing") or cue.first - each.last < _BARE_REACH for each in through)


def _root(cue: Cue, turns: Sequence[Cue], sign: Direction) -> Root:
    if not turns:
        return cue.entry.root
    undone = any(each.kind in ("down", "lift") for each in turns)
    if sign > 0:
        return Root.YIELD if undone else Root.SUPPORT
    return Root.SANCTION if undone else Root.REJECT
