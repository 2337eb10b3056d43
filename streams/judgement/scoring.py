"""What a list of alarms is worth against a list of known shifts: hits, hits by chance, delay.

An alarm hits a known shift of the same actor, pole and direction when it comes from two weeks before to thirteen weeks
after its onset (strict), or from nine weeks before (wide): a public date is often not the first sign.
"""

from collections.abc import Sequence
from datetime import date
from math import exp
from statistics import median
from typing import NamedTuple

from schemas.shifts import Direction

STRICT = (-14, 91)
WIDE = (-63, 91)
"""First and last day of a hit, counted from the onset."""


class Known(NamedTuple):
    """A shift that is known to have happened."""

    id: str
    actor: str
    pole: str
    direction: Direction
    onset: date
    what: str


class Told(NamedTuple):
    """An alarm."""

    actor: str
    pole: str
    direction: Direction
    at: date
    escalates: bool


class Scope(NamedTuple):
    """What was judged: who toward whom, and the days on which an alarm could have come."""

    pairs: frozenset[tuple[str, str]]
    """Actor and pole."""
    actors: frozenset[str]
    first: date
    last: date
    actor_years: float

    def holds(self, known: Known) -> bool:
        """Whether the shift is one that could have been found."""
        poles = {pole for _, pole in self.pairs}
        return known.actor in self.actors and known.pole in poles and self.first <= known.onset <= self.last


class Score(NamedTuple):
    """Hits within one window."""

    hits: int
    of: int
    chance: float
    """Hits that as many alarms, spread evenly over all pairs and days, would have."""
    delays: tuple[int, ...]
    """Days from each onset that was hit to the first alarm in the window."""


def score(told: Sequence[Told], known: Sequence[Known], scope: Scope, window: tuple[int, int]) -> Score:
    """Count the known shifts in scope that were hit."""
    sought = [each for each in known if scope.holds(each)]
    delays = [delay for each in sought if (delay := _delay(told, each, window)) is not None]
    chance = sum(_by_chance(told, each, scope, window) for each in sought)
    return Score(len(delays), len(sought), chance, tuple(delays))


def median_delay(found: Score) -> float | None:
    """The median of the delays; None where nothing was hit."""
    return median(found.delays) if found.delays else None


def _delay(told: Sequence[Told], known: Known, window: tuple[int, int]) -> int | None:
    waits = [(each.at - known.onset).days for each in told if _same(each, known)]
    return min((wait for wait in waits if window[0] <= wait <= window[1]), default=None)


def _same(told: Told, known: Known) -> bool:
    return (told.actor, told.pole, told.direction) == (known.actor, known.pole, known.direction)


def _by_chance(told: Sequence[Told], known: Known, scope: Scope, window: tuple[int, int]) -> float:
    alike = sum((each.pole, each.direction) == (known.pole, known.direction) for each in told)
    pairs = sum(pole == known.pole for _, pole in scope.pairs)
    days = (scope.last - scope.first).days + 1
    return 1 - exp(-alike * (window[1] - window[0] + 1) / (pairs * days))
