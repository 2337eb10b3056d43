"""Other detectors beside ours, each given the same votes and the same budget of alarms on the same shuffles.

ADWIN (Bifet and Gavaldà 2007) and Page-Hinkley (Page 1954) are those of the package `river`, which only this module
needs; the CUSUM (Page 1954) runs on votes in standard deviations of the actor's own first days.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import numpy as np

from streams.backtesting import Backtest
from streams.judgement.calibration import Source, shuffle, years
from streams.judgement.panel import Panel, see
from streams.judgement.rules import Rules
from streams.judgement.scoring import STRICT, WIDE, Known, Score, Told, score
from streams.series import BadSeries, History

_YEARS = 300.0
"""Of shuffled history: these detectors go through it vote by vote."""
_STEPS = 7
_LAST = 14
"""Votes that say in which direction a detector without one has drifted."""

Drifts = Iterator[tuple[int, int]]
"""Where a detector alarms among the votes of a series, and the sign."""


class Peer(NamedTuple):
    """A detector with one parameter, the higher the deafer."""

    name: str
    drifts: Callable[[Sequence[float], float], Drifts]
    lowest: float
    highest: float


class Compared(NamedTuple):
    """What a peer makes of a history under the budget."""

    name: str
    rate: float
    strict: Score
    wide: Score

    def row(self) -> dict[str, Any]:
        """As `backtest --peers --json` gives it."""
        hits = {"strict": self.strict, "wide": self.wide}
        return {"name": self.name, "rate": round(self.rate, 4)} | {
            window: {"hits": found.hits, "of": found.of} for window, found in hits.items()
        }


def compare(history: History, known: Sequence[Known], rules: Rules, done: Backtest) -> list[Compared]:
    """Every peer under the budget of a backtest.

    Raises:
        BadSeries: the package `river` is not there.
    """
    peers = (_CUSUM, *_rivers())
    shuffled = shuffle(history.source, rules, 1, _YEARS)
    return [_compared(peer, history, known, rules, done, shuffled) for peer in peers]


def _compared(
    peer: Peer, history: History, known: Sequence[Known], rules: Rules, done: Backtest, shuffled: Source
) -> Compared:
    panel = shuffled.panel(-1)
    allowed = done.calibration.budget * years(see(panel, rules), rules)
    low, high = peer.lowest, peer.highest
    for _ in range(_STEPS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if len(_alarms(peer, middle, panel, rules)) > allowed else (low, middle)
    told = [_told(history, *each) for each in _alarms(peer, high, history.source.panel(-1), rules)]
    told = [each for each in told if done.scope.first <= each.at]
    rate = len(told) / done.scope.actor_years
    return Compared(peer.name, rate, score(told, known, done.scope, STRICT), score(told, known, done.scope, WIDE))


def _told(history: History, day: int, series: int, sign: int) -> Told:
    actor, pole = history.pairs[series]
    return Told(actor, pole, "warming" if sign > 0 else "cooling", history.day(day), escalates=False)


def _alarms(peer: Peer, parameter: float, panel: Panel, rules: Rules) -> list[tuple[int, int, int]]:
    found = []
    for series in range(panel.w.shape[1]):
        days = np.flatnonzero(panel.evidence[:, series])
        votes: list[float] = (panel.s[days, series] / panel.w[days, series]).tolist()
        drifts = ((int(days[at]), series, sign) for at, sign in peer.drifts(votes, parameter))
        found += [each for each in drifts if each[0] >= days[0] + rules.warm_up]
    return found


def _cusum(votes: Sequence[float], limit: float) -> Drifts:
    if len(votes) < _FIRST:
        return
    mean, spread = fmean(votes[:_FIRST]), pstdev(votes[:_FIRST]) or 1.0
    up = down = 0.0
    for at, vote in enumerate(votes):
        z = (vote - mean) / spread
        up, down = max(0.0, up + z - _SLACK), max(0.0, down - z - _SLACK)
        if max(up, down) > limit:
            yield at, 1 if up > down else -1
            up = down = 0.0
            recent = votes[max(0, at - _FIRST) : at + 1]
            mean, spread = fmean(recent), pstdev(recent) or 1.0


_FIRST = 60
_SLACK = 0.5
_CUSUM = Peer("CUSUM", _cusum, 1.0, 200.0)


def _rivers() -> tuple[Peer, Peer]:
    try:
        from river.drift import ADWIN, PageHinkley  # noqa: PLC0415 -- only who compares needs it
    except ImportError as failure:
        raise BadSeries("--peers needs the package river: .venv/bin/pip install river") from failure

    make_adwin: Any = ADWIN

    def adwin(votes: Sequence[float], deafness: float) -> Drifts:
        return _drifts(make_adwin(delta=1 / deafness), votes)

    def page_hinkley(votes: Sequence[float], deafness: float) -> Drifts:
        return _drifts(PageHinkley(threshold=deafness, delta=0.05), votes)

    return Peer("ADWIN", adwin, 1.01, 1e12), Peer("PageHinkley", page_hinkley, 0.5, 500.0)


def _drifts(detector: Any, votes: Sequence[float]) -> Drifts:
    since = 0
    for at, vote in enumerate(votes):
        detector.update(vote)
        if detector.drift_detected:
            recent = votes[max(since, at - _LAST) : at + 1]
            yield at, 1 if fmean(recent) > fmean(votes[since : at + 1]) else -1
            since = at
