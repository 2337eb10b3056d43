"""The lockstep replay, beside a detection and a judgement that are plain consumers with the real ones' habits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from builders import a_statement, an_article
from hypothesis import given
from hypothesis import strategies as st
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from schemas.articles import ArticlePublished
from schemas.cloudevents import decode, encode
from schemas.event import Event
from schemas.statements import DayClosed, StatementDetected
from schemas.topics import ARTICLES, PARTITIONS, STATEMENTS
from streams.broker.admin import connected
from streams.broker.lag import Stuck, behind, committed, ends
from streams.intake.replay import ReplayLine, days_of, replay

ACTORS = ("AUS", "CAN", "GBR", "JPN")


def test_each_actors_partition_holds_its_days_in_order(line):
    articles = [
        an_article(f"{actor}-{day}", day, title=actor)
        for day in ("2026-01-05", "2026-01-07", "2026-01-08", "2026-02-01")
        for actor in ACTORS
    ]
    events = _replayed(line, articles)
    for actor in ACTORS:
        assert _told(events, actor) == [
            ("said", "2026-01-05"),
            ("closed", "2026-01-06"),
            ("said", "2026-01-07"),
            ("closed", "2026-01-07"),
            ("said", "2026-01-08"),
            ("closed", "2026-01-31"),
            ("said", "2026-02-01"),
            ("closed", "2026-02-01"),
        ]


def test_every_watched_actor_has_its_days_closed_also_without_news(line):
    events = _replayed(line, [an_article("one", "2026-01-05", title="GBR")])
    assert _told(events, "JPN") == [("closed", "2026-01-05")]


def test_the_order_in_which_articles_are_given_does_not_matter(line):
    articles = [an_article(f"a{n}", f"2026-01-{n % 9 + 1:02}", title="GBR") for n in range(40)]
    told = _told(_replayed(line, articles[::-1]), "GBR")
    assert told == sorted(told, key=lambda event: (event[1], event[0] == "closed"))
    assert len([kind for kind, _ in told if kind == "said"]) == 40


def test_progress_counts_the_articles_of_each_day(line):
    told: list[tuple[int, int, date]] = []
    articles = [an_article("a", "2026-01-05"), an_article("b", "2026-01-05"), an_article("c", "2026-01-09")]
    _replayed(line, articles, on_progress=lambda *progress: told.append(progress))
    assert told == [(2, 3, date(2026, 1, 5)), (3, 3, date(2026, 1, 9))]


def test_on_return_both_groups_have_read_everything(line):
    _replayed(line, [an_article(f"a{n}", f"2026-01-{n + 1:02}", title="GBR") for n in range(5)])
    bootstrap, prefix = line
    with connected(bootstrap) as admin:
        assert (
            behind(committed(admin, f"{prefix}detection", f"{prefix}articles"), ends(admin, f"{prefix}articles")) == 0
        )
        assert (
            behind(committed(admin, f"{prefix}judgement", f"{prefix}statements"), ends(admin, f"{prefix}statements"))
            == 0
        )


def test_a_speed_slows_the_replay_down_to_calendar_days(line):
    began = time.monotonic()
    _replayed(line, [an_article("a", "2026-01-05"), an_article("b", "2026-01-25")], days_per_second=10)
    assert time.monotonic() - began >= 2.0


def test_a_group_that_does_not_read_on_is_named(line):
    bootstrap, prefix = line
    alone = ReplayLine(bootstrap, prefix, "nobody", "nobody", ACTORS, patience=1.0)
    with pytest.raises(Stuck, match=f"group nobody on {prefix}articles did not move for 1 s: 1 records left"):
        replay([an_article()], alone)


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 99)), unique=True), st.randoms())
def test_days_hold_all_articles_once_and_in_one_order(wanted, random):
    articles = [an_article(f"a{number}-{day}", f"2026-02-{day:02}") for day, number in wanted]
    shuffled = random.sample(articles, len(articles))
    days = days_of(articles)
    assert days == days_of(shuffled)
    assert [day.day for day in days] == sorted({article.published.date() for article in articles})
    assert sum((day.articles for day in days), ()) == tuple(sorted(articles, key=lambda a: (a.published, a.id)))


def _replayed(line: tuple[str, str], articles: list[ArticlePublished], **options) -> list[Event]:
    bootstrap, prefix = line
    walked = ReplayLine(bootstrap, prefix, f"{prefix}detection", f"{prefix}judgement", ACTORS, patience=60)
    with _worker(line, "detection", ARTICLES.name, _detect), _worker(line, "judgement", STATEMENTS.name):
        replay(articles, walked, **options)
    return _log(line)


def _detect(article: Event) -> list[Event]:
    """The statement of the actor that stands in the title, if one does."""
    assert isinstance(article, ArticlePublished)
    if article.title is None:
        return []
    return [a_statement(article.title, day=str(article.published.date()), article_id=article.id)]


def _told(events: list[Event], actor: str) -> list[tuple[str, str]]:
    return [
        ("said", str(event.occurred_to)) if isinstance(event, StatementDetected) else ("closed", str(event.day))
        for event in events
        if isinstance(event, StatementDetected | DayClosed) and event.actor == actor
    ]


@contextmanager
def _worker(
    line: tuple[str, str], name: str, topic: str, take: Callable[[Event], list[Event]] = lambda _event: []
) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(line, name, topic, take, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def _work(line, name, topic, take, stop) -> None:
    bootstrap, prefix = line
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=f"{prefix}{name}",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    # Assigned by hand: kafka-python's group leader may assign nothing while it has no metadata of the topic.
    consumer.assign([TopicPartition(f"{prefix}{topic}", partition) for partition in range(PARTITIONS)])
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    while not stop.is_set():
        batches = consumer.poll(timeout_ms=50)
        for record in (record for batch in batches.values() for record in batch):
            for event in take(decode(record.headers, record.value)):
                made = encode(event, "test")
                producer.send(f"{prefix}statements", key=made.key, value=made.value, headers=made.headers)
        producer.flush()
        if batches:
            consumer.commit()
    consumer.close()
    producer.close()


def _log(line: tuple[str, str]) -> list[Event]:
    """The events on `statements`, partition after partition."""
    bootstrap, prefix = line
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    places = [TopicPartition(f"{prefix}statements", partition) for partition in range(PARTITIONS)]
    consumer.assign(places)
    ends = consumer.end_offsets(places)
    events: list[Event] = []
    while any(consumer.position(place) < end for place, end in ends.items()):
        batches = consumer.poll(1000).values()
        events += [decode(record.headers, record.value) for batch in batches for record in batch]
    consumer.close()
    return events
