"""Dense evidence that comes as one number a day (a sum of signed events): from numbers to bounded votes.

A number follows media volume, so it is read on the scale of its actor, and then bounded: bounding each day does more
for the power of the test than any choice of detector. What all actors share on a day (a wave of news) is taken out.
"""

from typing import NamedTuple

import numpy as np

from streams.judgement.panel import Array, Flags, Order, Panel

REACH = {1: 1.25, -1: 1.0}
"""Bound of a friendly day in units of scale, by the direction that is asked for. Most days of most actors are friendly,
so a bound of 1 leaves a warming no room; a wider one lets friendly days blur a cooling."""

_SCALE_HALF_LIFE = 180
_FIRST_DAYS = 60
_FIRST_VOTES = 10.0
"""Pseudo-days at the median of the first days, with which a scale starts."""
_LARGEST = 4.0
"""Scales beyond which a day does not move the scale itself."""
COMMON = {1: 0.7, -1: 0.35}
"""Share of the other actors' mean that is taken out, by direction: news in plenty is friendly news for everyone, so a
warming has more to gain from it than a cooling."""
_COMMON_VOTES = 5.0


class Edges(NamedTuple):
    """Signed evidence: days by worlds by actors; NaN where there is none.

    A world is a pole, or a shuffled copy of one: within it, actors share their days.
    """

    values: Array

    @property
    def series(self) -> int:
        """How many there are: worlds times actors."""
        return int(self.values.shape[1] * self.values.shape[2])

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.values)

    def panel(self, sign: int) -> Panel:
        """The votes as one direction reads them; series run through the actors of each world in turn."""
        has = ~np.isnan(self.values)
        score = _without_common(_votes(self.values, has, REACH[sign]), has, COMMON[sign])
        flat = (self.days, self.series)
        return Panel.of(has.astype(np.float64).reshape(flat), score.reshape(flat))

    def rearranged(self, days: list[Order]) -> "Edges":
        """Copies side by side, each with its days in another order (rows of this one)."""
        return Edges(np.concatenate([self.values[order] for order in days], axis=1))

    def until(self, day: int) -> "Edges":
        """The first `day` days."""
        return Edges(self.values[:day])


def scales(values: Array) -> Array:
    """The scale of each series before each day: a decayed mean of its size, half-life 180 days."""
    size = np.abs(values)
    total, weight = _FIRST_VOTES * _typical(size), np.full(size.shape[1:], _FIRST_VOTES)
    fade = 2 ** (-1 / _SCALE_HALF_LIFE)
    found = np.empty_like(size)
    for day, today in enumerate(size):
        found[day] = total / weight
        has = ~np.isnan(today)
        total = total * fade + np.where(has, np.minimum(today, _LARGEST * found[day]), 0.0)
        weight = weight * fade + has
    return found


def _typical(size: Array) -> Array:
    """The median of the first days; of all, where there is none; 1, where there is nothing at all."""
    first = _median(size[:_FIRST_DAYS])
    first = np.where(first > 0, first, _median(size))
    return np.where(first > 0, first, 1.0)


def _median(size: Array) -> Array:
    """By series, leaving out what is missing; 0 where all is."""
    ordered = np.sort(size, axis=0)  # NaN comes last
    count = (~np.isnan(size)).sum(axis=0)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0)[None] // 2, axis=0)[0]
    high = np.take_along_axis(ordered, np.minimum(count // 2, len(size) - 1)[None], axis=0)[0]
    return np.where(count > 0, (low + high) / 2, 0.0)


def _votes(values: Array, has: Flags, reach: float) -> Array:
    return np.where(has, np.clip(np.where(has, values, 0.0) / scales(values), -1.0, reach), 0.0)


def _without_common(score: Array, has: Flags, share: float) -> Array:
    others = has.sum(axis=2, keepdims=True) - has
    common = (score.sum(axis=2, keepdims=True) - score) / (others + _COMMON_VOTES)
    return np.where(has, score - share * common, 0.0)
