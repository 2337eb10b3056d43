"""A measured figure, and the F1 scores that the sets are compared by."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table: what was measured, others' figures on it, what to reach, and what was found."""

    measure: str
    anchors: str
    reach: str
    found: str
    reached: bool


def f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and F1, each in [0, 1]."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def macro_f1(gold: Sequence[Hashable], told: Sequence[Hashable]) -> float:
    """The mean of the F1 of each class that gold holds or that was told."""
    scores = []
    for label in {*gold, *told}:
        right = sum(a == b == label for a, b in zip(gold, told, strict=True))
        scores.append(f1(right, told.count(label) - right, gold.count(label) - right)[2])
    return sum(scores) / len(scores)


def percent(share: float) -> str:
    """A share in [0, 1] as the table prints it."""
    return f"{100 * share:.1f}"
