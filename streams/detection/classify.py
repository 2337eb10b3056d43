"""The class of a given pair: what a source does to a target in a sentence where both are marked."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.plover import QUADS, Quad, Root, sign_of
from streams.detection.lexicon import Cue, cues
from streams.detection.masking import masked
from streams.detection.sentences import Sentence, Word, sentences
from streams.detection.turning import Reading, is_operator, read

_SOURCE = re.compile(r"<s>(.*?)</s>", re.DOTALL)
_TARGET = re.compile(r"<t>(.*?)</t>", re.DOTALL)
_TAG = re.compile(r"</?[st]>")


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
    """Classify "<s>source</s> ... <t>target</t>" by the cues of the lexicon, those between the two first.

    Where only one of the two is marked, the other is taken to be at the far end of the sentence.

    Raises:
        BadPair: neither source nor target is marked.
    """
    source, target = _SOURCE.search(marked), _TARGET.search(marked)
    if source is None and target is None:
        raise BadPair(f"mark the pair as <s>source</s> and <t>target</t>: {marked[:80]!r}")
    plain = masked(_TAG.sub(lambda tag: " " * len(tag.group()), marked))
    inner, outer = sorted(
        (source.span() if source else (0, 0), target.span() if target else (len(marked), len(marked)))
    )
    told = [each for sentence in sentences(plain) for each in _weighed(sentence, (inner[0], outer[1]), (inner, outer))]
    if not told:
        return Classification(Root.CONSULT, 0.2)
    weight, best = max(told, key=lambda each: each[0])
    against = sum(other for other, reading in told if sign_of(reading.root) != sign_of(best.root))
    return Classification(best.root, round(weight / (weight + against), 3))


def _weighed(
    sentence: Sentence, stretch: tuple[int, int], named: Sequence[tuple[int, int]]
) -> list[tuple[float, Reading]]:
    words = sentence.words
    taken = [any(start <= word.start < end for start, end in named) and word.text[0].isupper() for word in words]
    found = cues(words, taken)
    return [
        (_weight(words, cue, reading, stretch), reading)
        for cue in found
        if not is_operator(cue) or cue.kind == "oppose"
        for reading in [read(cue, found, words)]
    ]


def _weight(words: Sequence[Word], cue: Cue, reading: Reading, stretch: tuple[int, int]) -> float:
    at = words[cue.first].start
    outside = 0.0 if stretch[0] <= at <= stretch[1] else 1.0
    return reading.strength * (0.3 if outside else 1.0) * (0.5 if cue.kind in ("said+", "said-", "thing+") else 1.0)
