"""The class of a given pair: what a source does to a target in a sentence where both are marked."""

import re
from typing import NamedTuple

from schemas.plover import QUADS, Quad, Root, sign_of
from streams.detection.lexicon import cues
from streams.detection.pairs import turned
from streams.detection.text import Span, words

_MARKED = re.compile(r"<s>.*?</s>", re.DOTALL), re.compile(r"<t>.*?</t>", re.DOTALL)
_TAGS = re.compile(r"</?[st]>")


class BadPair(ValueError):
    """A sentence in which source or target is not marked."""


class Classification(NamedTuple):
    """The PLOVER class of a pair."""

    root: Root
    confidence: float
    """In [0, 1]."""

    @property
    def quad(self) -> Quad:
        """1 to 4."""
        return QUADS[self.root]

    @property
    def sign(self) -> int:
        """1 or -1."""
        return sign_of(self.root)


def classify(marked: str) -> Classification:
    """Classify "<s>source</s> ... <t>target</t>".

    Raises:
        BadPair: source or target is not marked.
    """
    if not all(pattern.search(marked) for pattern in _MARKED):
        raise BadPair(f"mark the pair as <s>source</s> and <t>target</t>: {marked[:80]!r}")
    text = _TAGS.sub(lambda tag: " " * len(tag.group()), marked)
    told = words(text, Span(0, len(text)))
    found = [each for each in (turned(cue, cues(told)) for cue in cues(told)) if each is not None]
    if not found:
        return Classification(Root.CONSULT, 0.2)
    best = max(found, key=lambda each: each.strength)
    return Classification(best.root, 0.6 if len({sign_of(each.root) for each in found}) == 1 else 0.4)
