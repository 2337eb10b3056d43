"""The test: is the recent stance further from the actor's own baseline than its spread explains?

Two decayed means of one bounded vote a story. The baseline is what the long memory holds beyond the recent one.
"""

from math import sqrt
from typing import NamedTuple

from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.state import MICRO, Sums

_SPREAD = 0.25
"""Variance of a vote that is believed before there are votes, worth _SPREAD_VOTES of them."""
_SPREAD_VOTES = 6.0
_LEAST_BASELINE, _LEAST_RECENT = 2.0, 0.2
"""Votes under which nothing is tested."""


class Measure(NamedTuple):
    """A stance on a day: scores in [-1, 1]; `error` is the standard error of recent minus baseline."""

    baseline: float
    recent: float
    error: float
    spread: float
    figure: float | None
    """(recent - baseline) / error; None where there is too little evidence to test."""
    recent_weight: float
    """Votes, decayed."""

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the recent stance."""
        half = 1.96 * self.spread
        return (max(-1.0, self.recent - half), min(1.0, self.recent + half))


def measure(sums: Sums, day: int, rules: Rules) -> Measure:
    """Read the sums at the close of `day`."""
    f, b = growth(day, rules.recent_half_life), growth(day, rules.baseline_half_life)
    one, two, three = MICRO, MICRO**2, MICRO**3
    wf, sf, qf = sums.wf / (f * one), sums.sf / (f * two), sums.qf / (f * three)
    wl, sl, ql = sums.wb / (b * one), sums.sb / (b * two), sums.qb / (b * three)
    vf, vl, x = sums.vf / (f * f * two), sums.vb / (b * b * two), sums.x / (f * b * two)
    wb, sb, qb = max(wl - wf, 0.0), sl - sf, ql - qf
    vb = max(vl + vf - 2 * x, 0.0)
    own = sl / wl if wl > 0 else 0.0
    prior = rules.baseline_prior
    baseline = (sb + prior * own) / (wb + prior)
    recent = (sf + rules.recent_prior * baseline) / (wf + rules.recent_prior)
    variance = (max(qb - 2 * baseline * sb + wb * baseline**2, 0.0) + _SPREAD_VOTES * _SPREAD) / (wb + _SPREAD_VOTES)
    recent_variance = variance * vf / (wf + rules.recent_prior) ** 2
    error = sqrt(recent_variance + variance * vb / (wb + prior) ** 2)
    tested = wb > _LEAST_BASELINE and wf > _LEAST_RECENT and error > 0
    spread = sqrt(variance / ((vf and wf**2 / vf + 1) or 1))
    return Measure(
        _bounded(baseline),
        _bounded(recent),
        error,
        spread,
        (recent - baseline) / error if tested else None,
        wf,
    )


def _bounded(score: float) -> float:
    return max(-1.0, min(1.0, score))
