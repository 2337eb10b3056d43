"""Alarms of many series at once: the episodes of episodes.py as arrays, of which only what is told loudly is kept.

A series is quiet until its figure passes the threshold on a day of evidence on which enough days agree. From then on
it is in an episode, which tells again only when it escalates, and which ends after `ending` days on end under the
easing level; then it is deaf for `refractory` days.
"""

from typing import NamedTuple

import numpy as np

from streams.judgement.panel import Array, Flags, Seen
from streams.judgement.rules import Rules


class Alarm(NamedTuple):
    """A confirmation or an escalation."""

    day: int
    """Row of the panel."""
    series: int
    """Column of the panel."""
    escalates: bool


class _Episodes:
    """Where each series stands."""

    def __init__(self, series: int) -> None:
        self.is_open = np.zeros(series, dtype=bool)
        self.raised = np.full(series, -(10**6))
        self.ended = np.full(series, -(10**6))
        self.under = np.zeros(series, dtype=np.int64)
        self.highest = np.zeros(series)


def alarms(seen: Seen, sign: int, threshold: float, rules: Rules) -> list[Alarm]:
    """The alarms of one direction (sign 1 warming, -1 cooling), by day."""
    found: list[Alarm] = []
    episodes = _Episodes(seen.figure.shape[1])
    audible = seen.evidence & (np.arange(len(seen.figure))[:, None] >= seen.begun + rules.warm_up)
    confirmable = audible & seen.agrees[sign]
    figures = sign * seen.figure
    # Most days no series passes its threshold, and while none is in an episode nothing can happen.
    eventful: Flags = np.any(figures > threshold, axis=1)
    for day in range(len(figures)):
        if eventful[day] or episodes.is_open.any():
            opens, rises = _step(episodes, day, figures[day], confirmable[day], audible[day], threshold, rules)
            found += [Alarm(day, int(each), bool(rises[each])) for each in np.flatnonzero(opens | rises)]
    return found


def _step(
    episodes: _Episodes, day: int, figure: Array, confirmable: Flags, audible: Flags, threshold: float, rules: Rules
) -> tuple[Flags, Flags]:
    opens = (figure > threshold) & confirmable & ~episodes.is_open & (day - episodes.ended >= rules.refractory)
    since = day - episodes.raised
    settling = episodes.is_open & (since < rules.settling)
    episodes.highest = np.where(settling, np.maximum(episodes.highest, figure), episodes.highest)
    limit = np.maximum(threshold, rules.escalation * episodes.highest)
    rises = episodes.is_open & ~settling & audible & (figure > limit)
    episodes.highest = np.where(opens | rises, figure, episodes.highest)
    episodes.raised = np.where(opens | rises, day, episodes.raised)
    episodes.is_open |= opens
    _end(episodes, day, figure <= rules.easing * threshold, rules)
    return opens, rises


def _end(episodes: _Episodes, day: int, eased: Flags, rules: Rules) -> None:
    episodes.under = np.where(episodes.is_open & eased, episodes.under + 1, 0)
    ends = episodes.under > rules.ending
    episodes.ended = np.where(ends, day, episodes.ended)
    episodes.is_open &= ~ends
