"""Where the thresholds come from: a budget of false alarms, kept on history whose turns are shuffled away.

Blocks of 28 days are put in another order, the same for all actors, so that what a month does to all of them at once
stays as it was while no lasting turn survives. What still alarms is false. Each direction may spend half the budget.
Source: block bootstrap, Künsch 1989; the length of a block matters and is always told.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, Self

import numpy as np

from schemas.shifts import Direction
from streams.judgement.alarming import alarms
from streams.judgement.panel import Order, Panel, Seen, see
from streams.judgement.rules import Rules

BLOCK_DAYS = 28
ACTOR_YEARS = 5000.0
"""Years of shuffled history, actors and poles added up, on which thresholds are set or checked, at least."""

_STEPS = 14
"""Of a bisection between the lowest and the highest threshold."""
_LOWEST, _HIGHEST = 0.2, 12.0
_YEAR = 365.25

SIGNS: dict[Direction, int] = {"warming": 1, "cooling": -1}


class TooShort(ValueError):
    """A history that ends before anything in it may alarm."""


class Source(Protocol):
    """A history of series, dense or sparse."""

    @property
    def days(self) -> int:
        """How many there are."""

    @property
    def series(self) -> int:
        """How many there are."""

    def panel(self, sign: int) -> Panel:
        """The votes as one direction reads them."""

    def rearranged(self, days: list[Order]) -> Self:
        """Copies side by side, each with its days in another order."""

    def until(self, day: int) -> Self:
        """The first `day` days."""


class Votes(NamedTuple):
    """Sparse evidence: both directions read the same votes."""

    votes: Panel

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.votes.w)

    @property
    def series(self) -> int:
        """How many there are."""
        return int(self.votes.w.shape[1])

    def panel(self, sign: int) -> Panel:  # noqa: ARG002 -- dense evidence needs it
        """The votes."""
        return self.votes

    def rearranged(self, days: list[Order]) -> "Votes":
        """Copies side by side, each with its days in another order (rows of this one)."""
        return Votes(Panel(*(np.concatenate([each[order] for order in days], axis=1) for each in self.votes)))

    def until(self, day: int) -> "Votes":
        """The first `day` days."""
        return Votes(Panel(*(each[:day] for each in self.votes)))


class Calibration(NamedTuple):
    """Thresholds, and what they rest on."""

    warming: float
    cooling: float
    budget: float
    """Alarms a year of an actor toward a pole that were allowed."""
    actor_years: float
    """Of shuffled history, on which the thresholds were set."""
    seed: int
    block_days: int = BLOCK_DAYS

    @property
    def thresholds(self) -> Mapping[Direction, float]:
        """By direction."""
        return {"warming": self.warming, "cooling": self.cooling}


def calibrated(source: Source, rules: Rules, budget: float, seed: int = 1) -> Calibration:
    """The lowest thresholds under which shuffled history keeps to `budget` alarms a year.

    Raises:
        TooShort: nothing in the history may alarm.
    """
    shuffled = shuffle(source, rules, seed)
    found = {}
    for direction, sign in SIGNS.items():
        seen = see(shuffled.panel(sign), rules)
        found[direction] = _threshold(seen, sign, rules, budget / 2)
    return Calibration(found["warming"], found["cooling"], budget, years(seen, rules), seed)


def alarm_rate(source: Source, rules: Rules, thresholds: Mapping[Direction, float]) -> float:
    """Alarms a year of an actor toward a pole, both directions together."""
    total = 0.0
    for direction, sign in SIGNS.items():
        seen = see(source.panel(sign), rules)
        total += len(alarms(seen, sign, thresholds[direction], rules)) / years(seen, rules)
    return total


def shuffle(source: Source, rules: Rules, seed: int, actor_years: float = ACTOR_YEARS) -> Source:
    """Enough shuffled copies of a history for that many years in which something may alarm."""
    blocks = source.days // BLOCK_DAYS
    once = years(see(source.panel(1), rules), rules)
    random = np.random.default_rng(seed)
    copies = max(2, int(np.ceil(actor_years / once)))
    return source.rearranged([_order(random.permutation(blocks)) for _ in range(copies)])


def years(seen: Seen, rules: Rules) -> float:
    """Years in which something may alarm, over all series.

    Raises:
        TooShort: there are none.
    """
    audible = np.maximum(len(seen.figure) - seen.begun - rules.warm_up, 0).sum() / _YEAR
    if audible <= 0:
        raise TooShort(f"a series may alarm {rules.warm_up} days after its first evidence, and none is longer")
    return float(audible)


def _order(blocks: Order) -> Order:
    order: Order = (blocks[:, None] * BLOCK_DAYS + np.arange(BLOCK_DAYS)).ravel()
    return order


def _threshold(seen: Seen, sign: int, rules: Rules, budget: float) -> float:
    allowed = budget * years(seen, rules)
    low, high = _LOWEST, _HIGHEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if len(alarms(seen, sign, middle, rules)) > allowed else (low, middle)
    return round(high, 3)
