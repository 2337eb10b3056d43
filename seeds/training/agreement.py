"""How far a second reader, who saw no labels, agrees with the labels of the sentences."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from seeds.training.labelled import SENTENCES, Label, Labelled
from streams.detection.classify import unmarked
from streams.detection.encoder import NONE

SECOND = SENTENCES / "second" / "labels.tsv"


class Agreement(NamedTuple):
    """Of one question: the share of equal answers in [0, 1], and Cohen's kappa, which takes away those by chance."""

    question: str
    pairs: int
    share: float
    kappa: float


def agreements(rows: Sequence[Labelled]) -> list[Agreement]:
    """The agreement on statement, sign, root and mode, over the pairs that were labelled twice."""
    first = {
        (row.text, row.actors[source], row.actors[target]): label
        for row in rows
        for (source, target), label in row.labels.items()
    }
    both = []
    for line in SECOND.read_text("utf-8").splitlines():
        root, mode, marked = line.split("\t")
        asked = unmarked(marked)
        if (label := first.get((asked.text, *asked.pairs[0]))) is not None:
            both.append((label, Label(root, mode)))
    return [
        _agreement("statement or none", [(a.root == NONE, b.root == NONE) for a, b in both]),
        _agreement("sign or none", [(a.sign, b.sign) for a, b in both]),
        _agreement("root or none", [(a.root, b.root) for a, b in both]),
        _agreement("mode", [(a.mode, b.mode) for a, b in both]),
    ]


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa, at most 1; 0 is what chance gives. Source: Cohen 1960, "A Coefficient of Agreement"."""
    share = sum(a == b for a, b in pairs) / len(pairs)
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[answer] * others[answer] for answer in ones) / len(pairs) ** 2
    return (share - chance) / (1 - chance)


def _agreement(question: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    return Agreement(question, len(pairs), sum(a == b for a, b in pairs) / len(pairs), kappa(pairs))
