"""The test: is the recent stance further from the actor's own baseline than its spread explains?

With d_f = 2^(-age/recent half-life), d_l = 2^(-age/baseline half-life) and weight w, a vote stands with w d_f in the
recent mean and with w (d_l - d_f) in the baseline: what the long memory holds beyond the recent one. Both means are
drawn by p pseudo-votes: the baseline to the long mean of all votes, the recent one to the baseline.

    b = (S_b + p S_l/W_l) / (W_b + p)        r = (S_f + p b) / (W_f + p)
    var = (sum of w (d_l - d_f) (s - b)^2 + k v) / (W_b + k)
    Z = (r - b) / sqrt(var ((V_f + p)/(W_f + p)^2 + (V_b + p)/(W_b + p)^2))

where W, S, V sum w, w s and w^2 under the decay that their index names, and k pseudo-votes hold to a variance v.
It is Welch's comparison of two means under weights (Kish 1965 for the effective number W^2/V).
"""

from math import sqrt
from typing import NamedTuple

from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.state import Sums
from streams.judgement.stories import MILLION

_Z95 = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


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
    """Read the sums at the close of `day` (an ordinal); there must be a vote in them."""
    f, l = growth(day, rules.recent_half_life) * MILLION, growth(day, rules.baseline_half_life) * MILLION  # noqa: E741
    w_f, s_f, q_f, v_f = sums.wf / f, sums.sf / (f * MILLION), sums.qf / (f * MILLION**2), sums.vf / (f * f)
    w_l, s_l, q_l, v_l = sums.wl / l, sums.sl / (l * MILLION), sums.ql / (l * MILLION**2), sums.vl / (l * l)
    w_b, s_b, q_b, v_b = max(w_l - w_f, 0.0), s_l - s_f, q_l - q_f, max(v_l + v_f - 2 * (sums.x / (f * l)), 0.0)
    p = rules.prior
    baseline = _bounded((s_b + p * s_l / w_l) / (w_b + p))
    recent = _bounded((s_f + p * baseline) / (w_f + p))
    squares = max(q_b - 2 * baseline * s_b + w_b * baseline * baseline, 0.0)
    variance = (squares + rules.variance_votes * rules.variance) / (w_b + rules.variance_votes)
    of_recent = variance * (v_f + p) / (w_f + p) / (w_f + p)
    of_baseline = variance * (v_b + p) / (w_b + p) / (w_b + p)
    error = sqrt(of_recent + of_baseline)
    return Measure(baseline, recent, _Z95 * sqrt(of_recent), error, w_b >= rules.least_baseline, w_f + p)


def _bounded(score: float) -> float:
    return max(-1.0, min(1.0, score))
