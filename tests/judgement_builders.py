"""Statements and histories for the tests of judgement: they mention only what matters."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas.event import Event
from schemas.plover import Mode, Root
from schemas.shifts import Shift
from schemas.statements import DayClosed, Speaker, StatementDetected
from streams.judgement.fold import fold
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState

DAY_ZERO = date(2020, 1, 1)
RULES = Rules()
DENSE_RULES = Rules(profile="dense")


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


def at_noon(number: int, hours: float = 0) -> datetime:
    then = day(number)
    return datetime(then.year, then.month, then.day, 12, tzinfo=UTC) + timedelta(hours=hours)


def a_statement(number: int = 0, polarity: float = 0.7, **changes: Any) -> StatementDetected:
    """A minister's statement toward China on a day, in an article of its own unless told."""
    article = changes.get("article_id", f"art-{number}-{polarity}-{changes.get('target', 'CHN')}")
    published = changes.get("published", at_noon(number))
    happened = changes.pop("happened", published.date())
    quote = changes.get("quote", "We value this relation")
    given: dict[str, Any] = {
        "id": f"st-{article}-{polarity}-{changes.get('target', 'CHN')}",
        "article_id": article,
        "detector": "test",
        "actor": "PRT",
        "target": "CHN",
        "speaker": Speaker(name="Ana Reis", role="Foreign Minister", is_government=True),
        "sign": 1 if polarity > 0 else -1,
        "strength": abs(polarity),
        "root": Root.AGREE if polarity > 0 else Root.ACCUSE,
        "mode": Mode.DID,
        "quote": quote,
        "start": 10,
        "end": 10 + len(quote),
        "occurred_from": happened,
        "occurred_to": happened,
        "confidence": 1.0,
        "published": published,
        "outlet": "Harbour Courier",
        "url": None,
        "title": None,
        "sketch": (),
    }
    return StatementDetected(**given | changes)


def closed(number: int, actor: str = "PRT") -> DayClosed:
    return DayClosed(actor=actor, day=day(number))


def said(days: Iterable[int], polarity: float, **changes: Any) -> list[Event]:
    """A statement on each of the days, each day closed when it is over."""
    return [event for each in days for event in (a_statement(each, polarity, **changes), closed(each))]


def folded(*events: Event, rules: Rules = RULES, start: ActorState | None = None) -> tuple[ActorState, list[Event]]:
    """One actor's fold."""
    states, told = fold(events, rules, {"PRT": start} if start else None)
    return states.get("PRT", ActorState.initial("PRT")), told


def steps(told: Sequence[Event]) -> list[Shift]:
    return [event for event in told if isinstance(event, Shift)]


def path(told: Sequence[Event]) -> list[tuple[str, str]]:
    """Direction and status of each step."""
    return [(step.direction, step.status) for step in steps(told)]


MIXED: list[Event] = [event for each in range(0, 720, 60) for event in [*said([each], 0.4), *said([each + 30], -0.4)]]
"""Two years of an even record: kind and critical words in turn."""
