"""The test: is the recent stance further from the actor's own baseline than its spread explains?

With d_f = 2^(-age/recent half-life), d_l = 2^(-age/baseline half-life) and weight w, a vote stands with w d_f in the
recent mean and with w (d_l - d_f) in the baseline: what the long memory holds beyond the recent one. Both means are
drawn by p pseudo-votes: the baseline to the long mean of all votes, the recent one to the baseline.

    b = (S_b + p S_l/W_l) / (W_b + p)        r = (S_f + p b) / (W_f + p)
    var = (sum of w^2 (d_l - d_f) (s - b)^2 + k v) / (sum of w^2 (d_l - d_f) + k)
    Z = (r - b) / sqrt(var (V_f/(W_f + p)^2 + V_b/(W_b + p)^2) + wander^2)

where W, S, V sum w, w s and w^2 under the decay that their index names, and k pseudo-votes hold to a variance v. The
interval around r counts the pseudo-votes as votes, (V_f + p)/(W_f + p)^2, so that it widens as evidence fades.
It is Welch's comparison of two means under weights (Kish 1965 for the effective number W^2/V). The variance is summed
under w^2, as in the variance of a weighted mean: heavy votes are the strong ones, so under w it would be too small.
No government stands quite still: `wander` is how far a steady one strays, which keeps a hundred statements a year
from finding it out.

One text serves a day of one actor (floats) and of many at once (arrays): it uses only what both understand.
"""

from math import sqrt
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.stories import MILLION
from streams.judgement.tally import Sums

_Z95 = 1.959964
"""The normal quantile of a two-sided 95 % interval."""

_NEXT_TO_NOTHING = 1e-12
"""Keeps the mean of no votes at all from dividing by zero."""

Number = TypeVar("Number", float, NDArray[np.float64])


class Moments(NamedTuple, Generic[Number]):
    """Decayed sums of weights w and scores s on a day: f under the recent decay, l under the long one."""

    w_f: Number
    s_f: Number
    w_l: Number
    s_l: Number
    v_f: Number
    """Of w^2 under the square of the recent decay."""
    v_l: Number
    x: Number
    """Of w^2 under both decays."""
    n_f: Number
    """Of w^2; u of w^2 s, q of w^2 s^2."""
    u_f: Number
    q_f: Number
    n_l: Number
    u_l: Number
    q_l: Number


class Comparison(NamedTuple, Generic[Number]):
    """The recent stance beside the baseline."""

    baseline: Number
    recent: Number
    variance: Number
    """Of the recent stance."""
    error: Number
    """Standard error of recent minus baseline."""
    older: Number
    """Decayed votes in the baseline."""


class Measure(NamedTuple):
    """A stance on a day; scores in [-1, 1]."""

    baseline: float
    recent: float
    margin: float
    """Half the 95 % interval of the recent stance."""
    error: float
    """Standard error of recent minus baseline."""
    tested: bool
    """Whether there is enough of a baseline to compare with."""
    votes: float
    """Decayed votes in the recent stance, pseudo-votes included: what a share is a share of."""

    @property
    def figure(self) -> float:
        """Recent minus baseline in standard errors; 0 where it is not tested."""
        return (self.recent - self.baseline) / self.error if self.tested else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the recent stance, within [-1, 1]."""
        return max(-1.0, self.recent - self.margin), min(1.0, self.recent + self.margin)


def measure(sums: Sums, day: int, rules: Rules) -> Measure:
    """Read the sums at the close of `day` (an ordinal); without a vote the pseudo-votes alone are read: 0, and wide."""
    moments = _moments(sums, day, rules)
    seen = compared(moments, rules)
    return Measure(
        _bounded(seen.baseline),
        _bounded(seen.recent),
        _Z95 * sqrt(seen.variance),
        seen.error,
        seen.older >= rules.least_baseline,
        moments.w_f + rules.prior,
    )


def compared(m: Moments[Number], rules: Rules) -> Comparison[Number]:
    """The formulas above."""
    p, k = rules.prior, rules.variance_votes
    w_b, s_b, v_b = _positive(m.w_l - m.w_f), m.s_l - m.s_f, _positive(m.v_l + m.v_f - 2 * m.x)
    n_b, u_b, q_b = _positive(m.n_l - m.n_f), m.u_l - m.u_f, m.q_l - m.q_f
    baseline = (s_b + p * m.s_l / (m.w_l + _NEXT_TO_NOTHING)) / (w_b + p)
    recent = (m.s_f + p * baseline) / (m.w_f + p)
    squares = _positive(q_b - 2 * baseline * u_b + n_b * baseline * baseline)
    variance = (squares + k * rules.variance) / (n_b + k)
    recent_votes, older_votes = (m.w_f + p) * (m.w_f + p), (w_b + p) * (w_b + p)
    error = (variance * (m.v_f / recent_votes + v_b / older_votes) + rules.wander * rules.wander) ** 0.5
    return Comparison(baseline, recent, variance * (m.v_f + p) / recent_votes, error, w_b)


def _moments(sums: Sums, day: int, rules: Rules) -> Moments[float]:
    f, l = growth(day, rules.recent_half_life), growth(day, rules.baseline_half_life)  # noqa: E741
    m, mm = MILLION, MILLION * MILLION
    f1, f2, f3, f4 = f * m, f * mm, f * mm * m, f * mm * mm
    l1, l2, l3, l4 = l * m, l * mm, l * mm * m, l * mm * mm
    return Moments(
        *(sums.wf / f1, sums.sf / f2, sums.wl / l1, sums.sl / l2),
        *(sums.vf / (f1 * f1), sums.vl / (l1 * l1), sums.x / (f1 * l1)),
        *(sums.nf / f2, sums.uf / f3, sums.qf / f4, sums.nl / l2, sums.ul / l3, sums.ql / l4),
    )


def _positive(number: Number) -> Number:
    return (number + abs(number)) / 2


def _bounded(score: float) -> float:
    return max(-1.0, min(1.0, score))
