"""The class of a given pair: what a source does to a target in a sentence where both are marked."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.plover import QUADS, Quad, Root, sign_of
from streams.detection.encoder import NOBODY, Asked, Pair, Span, read

_MARK = re.compile(r"</?[st]>")


class BadPair(ValueError):
    """The sentence does not mark a pair."""


class Classification(NamedTuple):
    """The PLOVER class of a pair."""

    root: Root
    """The likeliest, should the sentence hold a statement at all."""
    confidence: float
    """How likely the sentence holds a statement of this sign, in [0, 1]."""

    @property
    def quad(self) -> Quad:
        """The quad class of the root."""
        return QUADS[self.root]

    @property
    def sign(self) -> int:
        """The sign of the root."""
        return sign_of(self.root)


def classify(marked: Sequence[str]) -> list[Classification]:
    """Classify each "<s>source</s> ... <t>target</t>"; one of the two may be unmarked.

    Raises:
        BadPair: neither source nor target is marked.
    """
    readings = read([unmarked(sentence) for sentence in marked])
    return [Classification(reading.root, round(reading.of_sign(reading.sign), 3)) for (reading,) in readings]


def unmarked(marked: str) -> Asked:
    """A marked sentence as plain text and the places of its pair.

    Raises:
        BadPair: neither source nor target is marked.
    """
    text, edges, at = "", dict[str, int](), 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        edges.setdefault(mark.group(), len(text))
        at = mark.end()
    text += marked[at:]
    source, target = _span(edges, "s"), _span(edges, "t")
    if source is None and target is None:
        raise BadPair(f"mark the pair as <s>source</s> and <t>target</t>: {marked[:80]!r}")
    return Asked(text, [Pair(source or NOBODY, target or NOBODY)])


def _span(edges: dict[str, int], mark: str) -> Span | None:
    start, end = edges.get(f"<{mark}>", 0), edges.get(f"</{mark}>", 0)
    return (start, end) if end > start else None
