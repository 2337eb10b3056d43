"""How far an act is from a deed, as the text puts it: said, did, agreed, will, threatened."""

from collections.abc import Sequence

from schemas.plover import Mode, Root
from streams.detection.scene import Proposal
from streams.detection.sentences import Word
from streams.detection.turning import new_verb
from streams.detection.vocabulary import words as vocabulary

_VERBAL = frozenset([Root.ACCUSE, Root.SUPPORT, Root.REQUEST, Root.REJECT])
_REACH = 8


def mode_of(words: Sequence[Word], proposal: Proposal) -> Mode:
    """The mode of an act: a future conflict is a threat, a promised cooperation an agreement."""
    start = max(proposal.clause.first - 2, proposal.reading.first - _REACH, new_verb(proposal.cue, words))
    near = {word.lower for word in words[start : proposal.cue.last]}
    threatens = near & vocabulary("modes.threat") or near & vocabulary("modes.vow")
    if proposal.sign < 0 and (proposal.root is Root.THREATEN or threatens):
        return Mode.THREATENED
    if proposal.sign > 0 and (near & vocabulary("modes.promise") or proposal.root is Root.AGREE):
        return Mode.AGREED
    if near & vocabulary("modes.future") and proposal.root not in _VERBAL:
        return Mode.WILL if proposal.sign > 0 else Mode.THREATENED
    return Mode.SAID if proposal.root in _VERBAL else Mode.DID
