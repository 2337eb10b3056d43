"""The encoder: how likely each PLOVER root, or no statement at all, is for pairs of actors in a sentence.

A sentence is read once, whatever the number of its pairs: each pair adds two tokens that stand at the positions of
its source and its target and see all words, while the words do not see them. Source: the approximation model of Zhong
and Chen 2021, "A Frustratingly Easy Approach for Entity and Relation Extraction".
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any, Literal, NamedTuple

import numpy as np
from tokenizers import Encoding, Tokenizer

from schemas.plover import Root, sign_of

NONE = "NONE"
_ROOTS = tuple(Root)
CLASSES: tuple[str, ...] = (*_ROOTS, NONE)
"""What the encoder tells apart, in the order of its outputs."""

MARKS = ("[unused0]", "[unused1]")
"""The tokens of the base's vocabulary, never trained on, that float on a source and on a target."""

LONGEST = 160
"""Tokens that are read at once; of a longer sentence, those around a pair."""

MOST = 24
"""Pairs that are read at once: time grows with the square of their number."""

Span = tuple[int, int]
"""Where a mention starts and ends, in characters of its sentence."""
NOBODY: Span = (0, 0)
"""The place of who is not named."""


class Pair(NamedTuple):
    """Who may act or speak, and toward whom."""

    source: Span
    target: Span


class Asked(NamedTuple):
    """A sentence and the pairs to be read in it."""

    text: str
    pairs: Sequence[Pair]


_OF_SIGN = {sign: tuple(root for root in Root if sign_of(root) == sign) for sign in (-1, 1)}


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of a pair: a probability in [0, 1] for each root; the rest is for no statement."""

    roots: dict[Root, float]

    @property
    def statement(self) -> float:
        """How likely the sentence reports an act or a stance of the source toward the target, in [0, 1]."""
        return min(1.0, sum(self.roots.values()))

    @property
    def sign(self) -> Literal[-1, 1]:
        """The likelier sign, should there be a statement."""
        return 1 if self.of_sign(1) >= self.of_sign(-1) else -1

    @property
    def root(self) -> Root:
        """The likeliest root of that sign."""
        return self.root_of(self.sign)

    def root_of(self, sign: int) -> Root:
        """The likeliest root of a sign."""
        return max(_OF_SIGN[sign], key=self.roots.__getitem__)

    def of_sign(self, sign: int) -> float:
        """How likely a statement of this sign is, in [0, 1]."""
        return self._by_sign[sign]

    @cached_property
    def _by_sign(self) -> dict[int, float]:
        return {sign: min(1.0, sum(self.roots.get(root, 0.0) for root in roots)) for sign, roots in _OF_SIGN.items()}


class Window(NamedTuple):
    """Tokens of one sentence that are read together, and the pairs in them by their number in `Asked.pairs`."""

    asked: int
    ids: tuple[int, ...]
    numbers: tuple[int, ...]
    marks: tuple[tuple[int, int], ...]
    """For each pair, where in `ids` its source begins and where its target does."""


def read(asked: Sequence[Asked]) -> list[list[Reading]]:
    """What each sentence says of each of its pairs, in the order given."""
    session, tokenizer, temperature = _model()
    told: list[list[Reading]] = [[Reading({})] * len(each.pairs) for each in asked]
    # One window at a time: on one core that is as fast as a batch, and nothing is spent on padding.
    for window in windows(tokenizer, asked):
        (logits,) = session.run(["logits"], padded([window]))
        chances = _softmax(logits[0] / temperature).tolist()
        for number, row in zip(window.numbers, chances, strict=True):
            told[window.asked][number] = Reading(dict(zip(_ROOTS, row, strict=False)))  # the last is for none
    return told


def windows(tokenizer: Tokenizer, asked: Sequence[Asked]) -> list[Window]:
    """The windows in which the pairs are read: one a sentence, unless it is longer than `LONGEST`."""
    # One by one: a batch of so few wakes a thread for each core, which costs more than it saves.
    return [
        window
        for at, one in enumerate(asked)
        if one.pairs
        for window in _windows(at, tokenizer.encode(one.text), one.pairs)
    ]


def padded(batch: Sequence[Window]) -> dict[str, Any]:
    """The arrays that the network takes: ids and mask (windows, tokens), marks (windows, pairs, 2)."""
    length, pairs = max(len(each.ids) for each in batch), max(len(each.marks) for each in batch)
    ids = np.zeros((len(batch), length), dtype=np.int64)
    mask = np.zeros((len(batch), length), dtype=np.int64)
    marks = np.zeros((len(batch), pairs, len(MARKS)), dtype=np.int64)
    for row, each in enumerate(batch):
        ids[row, : len(each.ids)] = each.ids
        mask[row, : len(each.ids)] = 1
        marks[row, : len(each.marks)] = each.marks
    return {"ids": ids, "mask": mask, "marks": marks}


def tokenizer_of(text: str) -> Tokenizer:
    """A tokenizer from its JSON, made ready for sentences of any length."""
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _windows(at: int, tokens: Encoding, pairs: Sequence[Pair]) -> Iterator[Window]:
    ids, starts = tokens.ids, [start for start, _ in tokens.offsets]
    places = {span: _place(starts, span) for pair in pairs for span in pair}
    shared: dict[tuple[range, ...], list[int]] = {}
    for number, (source, target) in enumerate(pairs):
        shared.setdefault(_around(len(ids), places[source], places[target]), []).append(number)
    for kept, numbers in shared.items():
        where = {token: place for place, token in enumerate(chain(*kept))}
        for first in range(0, len(numbers), MOST):
            some = numbers[first : first + MOST]
            read = tuple((where[places[pairs[n].source]], where[places[pairs[n].target]]) for n in some)
            yield Window(at, tuple([ids[token] for token in where]), tuple(some), read)


def _place(starts: Sequence[int], span: Span) -> int:
    """The first token of a mention; of an empty one the token that opens the sentence."""
    return next((n for n in range(1, len(starts) - 1) if span[0] <= starts[n] < span[1]), 0)


def _around(length: int, source: int, target: int) -> tuple[range, ...]:
    """The tokens that a pair is read with: all, or the window that starts at the last half of one before it.

    Pairs near each other so share a window; of two that stand farther apart, those around each are read.
    """
    first, last = sorted((source, target))
    half = LONGEST // 2
    start = min(first // half * half, max(0, length - LONGEST))
    if last < start + LONGEST:
        return (range(start, min(length, start + LONGEST)),)
    return range(max(0, first - half // 2), first + half // 2), range(last - half // 2, min(length, last + half // 2))


def _softmax(logits: Any) -> Any:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@cache
def _model() -> tuple[Any, Tokenizer, float]:
    # From its import on, onnxruntime keeps a device id on disk and tells its makers of its use, unless told not to.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415

    folder = files("streams.detection").joinpath("weights")
    options = onnxruntime.SessionOptions()
    # One core: detection is scaled by processes, and the same sums in the same order give the same statements.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(folder.joinpath("encoder.onnx").read_bytes(), options)
    tokenizer = tokenizer_of(folder.joinpath("tokenizer.json").read_text(encoding="utf-8"))
    card = json.loads(folder.joinpath("encoder.json").read_text(encoding="utf-8"))
    return session, tokenizer, card["temperature"]
