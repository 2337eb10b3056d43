"""Steps of shifts, evidence and channels for the tests of alerting: they mention only what matters."""

from collections import deque
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from schemas.shifts import Evidence, Shift, ShiftConfirmed, shift_id
from streams.alerting.alert import Alert
from streams.alerting.channel import Delivered, Outcome


def an_evidence(**changes: Any) -> Evidence:
    given = {
        "statement_id": "st-1",
        "article_id": "article-1",
        "quote": "We are opening a new chapter with China",
        "start": 0,
        "end": 39,
        "speaker": "Mark Carney",
        "outlet": "The Daily Ledger",
        "outlets": ("The Daily Ledger",),
        "url": "https://ledger.example/canada-china",
        "published": datetime(2026, 1, 16, 9, tzinfo=UTC),
        "occurred": date(2026, 1, 16),
        "target": "CHN",
        "sign": 1,
        "share": 0.31,
    }
    return Evidence(**given | changes)


def a_step(kind: type[Shift] = ShiftConfirmed, **changes: Any) -> Shift:
    given: dict[str, Any] = {
        "actor": "CAN",
        "pole": "CHN",
        "direction": "warming",
        "onset": date(2026, 1, 14),
        "at": date(2026, 1, 16),
        "before": -0.31,
        "after": 0.22,
        "low": 0.05,
        "high": 0.39,
        "test": 1.93,
        "threshold": 1.5,
        "stories": 6,
        "outlets": 9,
        "confidence": 0.82,
        "evidence": (an_evidence(),),
        "rest": 0.69,
        "hedging": False,
        "reason": "The recent stance left the baseline beyond the threshold on two days in a row.",
        "rules": "1",
    } | changes
    given.setdefault("id", shift_id(given["actor"], given["pole"], given["direction"], given["onset"]))
    return kind(**given)


def an_alert(*evidence: Evidence, **changes: Any) -> Alert:
    step = a_step(**changes)
    return Alert(step, evidence or step.evidence)


class Answering:
    """A channel that gives the outcomes it was made with, then takes everything."""

    def __init__(self, *outcomes: Outcome, name: str = "answering") -> None:
        self.name = name
        self.alerts: list[Alert] = []
        self._outcomes = deque(outcomes)

    async def send(self, alert: Alert) -> Outcome:
        self.alerts.append(alert)
        return self._outcomes.popleft() if self._outcomes else Delivered()

    @property
    def ids(self) -> list[str]:
        return [alert.id for alert in self.alerts]


class Waits:
    """Remembers how long it was asked to wait, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def ids_of(alerts: Iterable[Alert]) -> list[str]:
    return [alert.id for alert in alerts]
