"""The topics: what stands on each, by which key, and how long it is kept."""

from typing import NamedTuple

from schemas.articles import ArticlePublished
from schemas.deliveries import AlertDelivered, AlertRefused, AlertSilenced
from schemas.event import Event
from schemas.rejected import Rejected
from schemas.shifts import (
    ShiftConfirmed,
    ShiftEased,
    ShiftEnded,
    ShiftEscalated,
    ShiftReinforced,
    ShiftSuspected,
)
from schemas.stances import StanceMeasured
from schemas.statements import DayClosed, StatementDetected, StatementRetracted

PARTITIONS = 12
"""Fixed at creation: another count is a new topic, since keys would move."""

MAX_RECORD_BYTES = 900_000
"""Largest event value in bytes; Kafka's own default limit is 1 MiB with headers and framing."""

_FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
_LAST_ONE = {"cleanup.policy": "compact", "retention.ms": "-1", "retention.bytes": "-1"}
_THIRTY_DAYS = {"cleanup.policy": "delete", "retention.ms": str(30 * 86_400_000), "retention.bytes": "-1"}


class Topic(NamedTuple):
    """A topic: its name without prefix, its key in words, its events, its retention."""

    name: str
    keyed_by: str
    events: tuple[type[Event], ...]
    config: dict[str, str]
    purpose: str

    def named(self, prefix: str) -> str:
        """The name on the broker: a prefix gives a replay or a test a world of its own."""
        return f"{prefix}{self.name}"


ARTICLES = Topic("articles", "article id", (ArticlePublished,), _FOR_EVER, "articles as they came in")
STATEMENTS = Topic(
    "statements",
    "actor",
    (StatementDetected, StatementRetracted, DayClosed),
    _FOR_EVER,
    "the source of truth for stances",
)
STANCES = Topic("stances", "actor/pole", (StanceMeasured,), _LAST_ONE, "the last measured stance of each pair")
SHIFTS = Topic(
    "shifts",
    "actor",
    (ShiftSuspected, ShiftConfirmed, ShiftReinforced, ShiftEscalated, ShiftEased, ShiftEnded),
    _FOR_EVER,
    "every step of every episode",
)
DELIVERIES = Topic(
    "deliveries",
    "alert id/channel",
    (AlertDelivered, AlertRefused, AlertSilenced),
    _LAST_ONE,
    "the notifier's ledger",
)
REJECTED = Topic("rejected", "source coordinates", (Rejected,), _THIRTY_DAYS, "what could not be taken, and why")

TOPICS = (ARTICLES, STATEMENTS, STANCES, SHIFTS, DELIVERIES, REJECTED)

_TOPIC_OF = {event: topic for topic in TOPICS for event in topic.events}


def topic_of(event: Event) -> Topic:
    """The topic on which events of this type stand.

    Raises:
        KeyError: for a type that no topic lists.
    """
    return _TOPIC_OF[type(event)]
