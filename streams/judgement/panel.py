"""Many series at once: the daily votes of actors toward poles as arrays, measured by the same formulas as the fold.

A series is one actor toward one pole; arrays are days by series. It serves calibration and backtests, which ask of
thousands of years what the fold asks of one day.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from streams.judgement.measure import Comparison, Moments, compared
from streams.judgement.rules import Rules

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Order = NDArray[np.int64]
"""Rows of an array, rearranged."""


class Panel(NamedTuple):
    """Sums over the votes of each day: weights, and weights times scores in [-1, 1]; n, u, q as in measure.py."""

    w: Array
    s: Array
    n: Array
    u: Array
    q: Array

    @classmethod
    def of(cls, weight: Array, score: Array) -> "Panel":
        """One vote a day; a day without evidence has weight 0."""
        square = weight * weight
        return cls(weight, weight * score, square, square * score, square * score * score)

    @property
    def evidence(self) -> Flags:
        """Where there is a vote."""
        return self.w > 0


class Seen(NamedTuple):
    """What the formulas make of a panel at the close of each day."""

    figure: Array
    """Recent minus baseline in standard errors; 0 where it is not tested."""
    evidence: Flags
    agrees: dict[int, Flags]
    """By sign: whether votes of enough days within memory stand beyond the baseline."""
    begun: NDArray[np.int64]
    """By series: the first day of evidence; after the last day where there is none."""


def see(panel: Panel, rules: Rules) -> Seen:
    """Measure every day of every series."""
    figure, baseline = np.zeros_like(panel.w), np.zeros_like(panel.w)
    moments = Moments(*(np.zeros(panel.w.shape[1]) for _ in Moments._fields))
    fades = _fades(rules)
    for day, votes in enumerate(zip(*panel, strict=True)):
        moments = _passed(moments, votes, fades)
        seen = compared(moments, rules)
        figure[day] = np.where(seen.older >= rules.least_baseline, _figure(seen), 0.0)
        baseline[day] = seen.baseline
    evidence = panel.evidence
    agrees = {sign: _agrees(panel, baseline, sign, rules) for sign in (1, -1)}
    begun = np.where(evidence.any(axis=0), evidence.argmax(axis=0), len(evidence))
    return Seen(figure, evidence, agrees, begun)


def _fades(rules: Rules) -> Moments[float]:
    """What a day leaves of each sum."""
    f, l = 2 ** (-1 / rules.recent_half_life), 2 ** (-1 / rules.baseline_half_life)  # noqa: E741
    return Moments(f, f, l, l, f * f, l * l, f * l, f, f, f, l, l, l)


def _passed(moments: Moments[Array], votes: tuple[Array, ...], fades: Moments[float]) -> Moments[Array]:
    w, s, n, u, q = votes
    added = (w, s, w, s, n, n, n, n, u, q, n, u, q)
    return Moments(*(old * fade + new for old, fade, new in zip(moments, fades, added, strict=True)))


def _figure(seen: Comparison[Array]) -> Array:
    return (seen.recent - seen.baseline) / seen.error


def _agrees(panel: Panel, baseline: Array, sign: int, rules: Rules) -> Flags:
    mean = panel.s / np.maximum(panel.w, 1e-9)
    supports = panel.evidence & (sign * mean > 0) & (sign * (mean - baseline) > 0)
    total = np.cumsum(supports.astype(np.int64), axis=0)
    forgotten = np.zeros_like(total)
    forgotten[rules.lasting :] = total[: -rules.lasting]
    agrees: Flags = total - forgotten >= rules.confirming_stories
    return agrees
