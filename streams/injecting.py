"""Power by size and sign: shifts of known size put into a history, and how many of them are found in time."""

from typing import Any, NamedTuple

import numpy as np

from streams.judgement.alarming import alarms
from streams.judgement.calibration import SIGNS, Calibration, Source
from streams.judgement.edges import Edges, scales
from streams.judgement.panel import Array, Order, see
from streams.judgement.rules import Rules
from streams.series import BadSeries

SIZES = (1.5, 3.0)
"""In scales of the actor: its usual size of a day."""
WITHIN = 42
"""Days in which a shift is to be found."""

MOST_DAYS = 0.5
"""Share of days with evidence that is most of them; on fewer, WITHIN holds little for a shift to show itself in."""

_LENGTH = 120
_SPIKE_HALF_LIFE = 10
_ROUNDS = 4
"""Injections into each series that has evidence, each in a history of its own."""


class Power(NamedTuple):
    """How many injected shifts of one kind were found."""

    direction: str
    size: float
    injected: int
    found: int
    injected_most_days: int
    """Of these, into series with evidence on most days."""
    found_most_days: int
    median_delay_days: float | None

    @property
    def share(self) -> float:
        """Found of all, in [0, 1]."""
        return self.found / self.injected

    @property
    def share_most_days(self) -> float | None:
        """Found where there is evidence on most days, in [0, 1]; None where no series has it."""
        return self.found_most_days / self.injected_most_days if self.injected_most_days else None

    def row(self) -> dict[str, Any]:
        """As `backtest --inject --json` gives it."""
        often = self.share_most_days
        shares = {"share": round(self.share, 3), "share_most_days": None if often is None else round(often, 3)}
        return {**self._asdict(), **shares, "within_days": WITHIN}


def powers(source: Source, rules: Rules, calibration: Calibration) -> list[Power]:
    """The power of each direction and size.

    Raises:
        BadSeries: the history is no daily edges, on whose scale a shift is injected.
    """
    if not isinstance(source, Edges):
        raise BadSeries("--inject needs daily edges (.csv)")
    return [_power(source, rules, calibration, size, sign) for sign in SIGNS.values() for size in SIZES]


def injected(source: Edges, size: float, sign: int, seed: int) -> tuple[Edges, Order]:
    """A history with one shift in each series, and the row on which each begins.

    A shift is `size` scales times (1/3 + 2/3 2^(-t/10 days)), on the days of evidence among 120.
    """
    random = np.random.default_rng(seed)
    earliest, latest = source.days // 4, source.days - WITHIN - 1
    begun = random.integers(earliest, latest, source.values.shape[1:])
    since = np.arange(source.days)[:, None, None] - begun
    shape = 1 / 3 + 2 / 3 * np.exp2(-np.maximum(since, 0) / _SPIKE_HALF_LIFE)
    scale = np.take_along_axis(scales(source.values), begun[None], axis=0)
    added: Array = np.where((since >= 0) & (since < _LENGTH), sign * size * scale * shape, 0.0)
    return Edges(source.values + added), begun.ravel()


def _power(source: Edges, rules: Rules, calibration: Calibration, size: float, sign: int) -> Power:
    direction = next(name for name, each in SIGNS.items() if each == sign)
    often = (~np.isnan(source.values)).mean(axis=0).ravel() >= MOST_DAYS
    waits: list[int] = []
    found_often = 0
    for seed in range(_ROUNDS):
        history, begun = injected(source, size, sign, seed)
        seen = see(history.panel(sign), rules)
        first: dict[int, int] = {}
        for alarm in alarms(seen, sign, calibration.thresholds[direction], rules):
            if 0 <= alarm.day - begun[alarm.series] <= WITHIN:
                first.setdefault(alarm.series, int(alarm.day - begun[alarm.series]))
        waits += first.values()
        found_often += sum(bool(often[series]) for series in first)
    delay = float(np.median(waits)) if waits else None
    injections = _ROUNDS * int(source.held.sum()), _ROUNDS * int(often.sum())
    return Power(direction, size, injections[0], len(waits), injections[1], found_often, delay)
