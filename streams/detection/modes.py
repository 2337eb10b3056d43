"""How far an act is from a deed: said, did, agreed, will, threatened."""

from collections.abc import Sequence

from schemas.plover import Mode, Root
from streams.detection.pairs import Directed
from streams.detection.text import Word

_FUTURE = frozenset(
    [
        "will",
        "would",
        "shall",
        "could",
        "may",
        "might",
        "plans",
        "plan",
        "intends",
        "intend",
        "aims",
        "aim",
        "ready",
        "set",
        "going",
        "soon'll",
    ]
)
_PROMISES = frozenset(
    [
        "agreed",
        "agree",
        "agrees",
        "pledged",
        "pledge",
        "vowed",
        "promised",
        "undertook",
        "committed",
        "announced",
        "signed",
    ]
)
_VERBAL = {Root.ACCUSE, Root.SUPPORT, Root.REQUEST, Root.REJECT, Root.CONSULT}


def mode_of(words: Sequence[Word], pair: Directed) -> Mode:
    """The mode of an act: a future conflict is a threat, a future cooperation an agreement where it was promised."""
    ahead = [word.lower for word in words[max(0, pair.cue.first - 6) : pair.cue.last]]
    near = set(ahead)
    if pair.root is Root.THREATEN or "threatened" in near or "threatening" in near or "threatens" in near:
        return Mode.THREATENED if pair.sign < 0 else Mode.SAID
    if near & _PROMISES and pair.sign > 0:
        return Mode.AGREED
    if near & _FUTURE:
        if pair.root in _VERBAL:
            return Mode.SAID
        return Mode.WILL if pair.sign > 0 else Mode.THREATENED
    return Mode.SAID if pair.root in _VERBAL - {Root.CONSULT} else Mode.DID
