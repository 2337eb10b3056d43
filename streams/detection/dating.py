"""When what a proposal tells of happened: as its words say, but for years that only tell things apart."""

from datetime import date

from streams.detection.dates import When, when
from streams.detection.doubts import is_silent
from streams.detection.scene import Proposal, Scene
from streams.detection.vocabulary import words as vocabulary

_NEXT = 3
"""Words after a year within which an act stands that is of that year: "the 1999 bombing"."""
_DIGITS = 4


def happened(quote: str, start: int, scene: Scene, proposal: Proposal, published: date) -> When | None:
    """The days on which it may have happened, where the words from `start` on in the text, the quote, say so."""
    words = scene.words
    acts = [each.first for each in scene.cues] if is_silent(proposal) else [proposal.reading.first]
    if proposal.sign < 0 and proposal.cue.kind.endswith("+"):
        acts = []  # "the 2017 memorandum will not be renewed": its year is not that of the refusal
    inner = range(1, len(words) - 1)
    for at in (at for at in inner if len(words[at].text) == _DIGITS and words[at].text.isdecimal()):
        owned = words[at - 1].lower in vocabulary("clauses.owning") and words[at + 1].text.islower()
        dated = any(at < act <= at + _NEXT for act in acts)
        if owned and not dated and start <= words[at].start < start + len(quote):
            first, last = words[at].start - start, words[at].end - start
            quote = quote[:first] + " " * _DIGITS + quote[last:]
    return when(quote, published)
