"""Made-up actors, steady or turning, many at once: what sparse thresholds are calibrated on where there is no history.

An actor speaks at random times; its scores scatter around a level and are cut to [-1, 1]. Votes weigh as statements
of those strengths would.
"""

from typing import NamedTuple

import numpy as np

from streams.judgement.panel import Array, Panel
from streams.judgement.rules import Rules

SCATTER = 0.5
"""Standard deviation of a score around the level of its actor."""

LEVELS = tuple(round(-0.8 + 0.1 * step, 1) for step in range(17))
"""Of steady actors, from hostile to friendly."""

_YEAR = 365.25


class Cast(NamedTuple):
    """A number of actors that differ in level alone."""

    levels: tuple[float, ...]
    per_year: float
    """Statements, each a story of its own."""
    years: float = 8.0
    shift: float = 0.0
    """Added to every level from `shift_year` on."""
    shift_year: float = 4.0


def simulate(cast: Cast, rules: Rules, seed: int) -> Panel:
    """The votes of a cast, a series for each level; the same seed makes the same votes."""
    random = np.random.default_rng(seed)
    days = int(cast.years * _YEAR)
    count = random.poisson(cast.per_year / _YEAR, (days, len(cast.levels)))
    panel = Panel(*(np.zeros(count.shape) for _ in Panel._fields))
    turned = (np.arange(days) >= int(cast.shift_year * _YEAR))[:, None] * cast.shift
    levels = np.asarray(cast.levels)[None, :] + turned
    for number in range(count.max(initial=0)):
        spoken = count > number
        score = np.clip(random.normal(levels, SCATTER), -1.0, 1.0)
        panel = _plus(panel, Panel.of(np.where(spoken, weights(score, rules), 0.0), score))
    return panel


def weights(score: Array, rules: Rules) -> Array:
    """Votes of sure deeds of these scores."""
    return rules.lightest + (rules.heaviest - rules.lightest) * np.abs(score)


def _plus(panel: Panel, other: Panel) -> Panel:
    return Panel(*(one + more for one, more in zip(panel, other, strict=True)))
