"""Replays articles in lockstep with the line: each day's are read by detection before the day is closed.

So each actor's partition of `statements` holds its days in order, and the same articles give the same log.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from kafka import KafkaAdminClient

from schemas.articles import ArticlePublished
from schemas.topics import ARTICLES, STATEMENTS
from streams.broker.admin import connected
from streams.broker.lag import PATIENCE, drained
from streams.intake.closing import closings
from streams.intake.producer import Producer

OnProgress = Callable[[int, int, date], None]
"""Told after each day: articles replayed, articles in all, the day."""


class Day(NamedTuple):
    """A day that holds articles, in the order in which they are published."""

    day: date
    articles: tuple[ArticlePublished, ...]


class ReplayLine(NamedTuple):
    """The line that a replay walks with: where it stands, who reads it, and whose days are closed."""

    bootstrap: str
    prefix: str
    detection_group: str
    judgement_group: str
    actors: tuple[str, ...]
    patience: float = PATIENCE
    """Seconds that a group may rest with records ahead of it."""


def days_of(articles: Sequence[ArticlePublished]) -> list[Day]:
    """The days of `articles` in order; within a day by moment and id, so that the order given does not matter."""
    ordered = sorted(articles, key=lambda article: (article.published, article.id))
    return [Day(day, tuple(group)) for day, group in groupby(ordered, lambda article: article.published.date())]


def replay(
    articles: Sequence[ArticlePublished],
    line: ReplayLine,
    *,
    days_per_second: float | None = None,
    on_progress: OnProgress = lambda _done, _total, _day: None,
) -> None:
    """Publish `articles` day by day, close the days between them for each actor, and wait for the line.

    A day's articles go out when all before them are read by detection and the days up to it are closed. The last
    day is closed, too; on return both groups have read everything. `days_per_second` slows it down to calendar
    days per second; None goes as fast as the line.

    Raises:
        ProducerError: Kafka did not take a record.
        Stuck: a group did not read on.
    """
    with connected(line.bootstrap) as admin, Producer(line.bootstrap, line.prefix) as producer:
        walk = _Walk(line, admin, producer)
        done = 0
        for day, following in _with_next(days_of(articles)):
            walk.publish(day)
            done += len(day.articles)
            on_progress(done, len(articles), day.day)
            over = following.day - timedelta(days=1) if following else day.day
            walk.close(over)
            if following and days_per_second:
                time.sleep((following.day - day.day).days / days_per_second)
        walk.finish()


class _Walk(NamedTuple):
    line: ReplayLine
    admin: KafkaAdminClient
    producer: Producer

    def publish(self, day: Day) -> None:
        for article in day.articles:
            self.producer.publish(article)
        self.producer.settle()
        self._await(self.line.detection_group, ARTICLES.named(self.line.prefix))

    def close(self, day: date) -> None:
        for event in closings(self.line.actors, day):
            self.producer.publish(event)
        self.producer.settle()

    def finish(self) -> None:
        self._await(self.line.judgement_group, STATEMENTS.named(self.line.prefix))

    def _await(self, group: str, topic: str) -> None:
        drained(self.admin, group, topic, patience=self.line.patience)


def _with_next(days: Sequence[Day]) -> Iterator[tuple[Day, Day | None]]:
    return zip(days, [*days[1:], None], strict=True)
