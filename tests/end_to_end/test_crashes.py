"""Whatever is killed in the middle of a replay, the states and shifts are those of a plain fold without any broker."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from kafka import KafkaProducer
from synthetic_news import ACTORS, as_replayed, some_articles

from schemas.articles import ArticlePublished
from schemas.rejected import Rejected
from schemas.shifts import Shift
from schemas.topics import ARTICLES, REJECTED, STATEMENTS
from streams import composition
from streams.broker import local, topics
from streams.broker.leash import Leash
from streams.history import World, live_hash, read_events, read_steps
from streams.intake.replay import ReplayLine, replay
from streams.judgement.fold import fold, state_hash
from streams.line import Line, Part
from streams.settings import SHIPPED, Settings, read_environment, read_settings

Happening = Callable[[Line], None]


def settings() -> Settings:
    return read_settings(SHIPPED)


def parts(world: World) -> list[Part]:
    return composition.worker_parts(world, read_environment({}), "replay", 0)


def replayed(
    world: World, articles: list[ArticlePublished], workers: list[Part], logs: Path, happenings: dict[int, Happening]
) -> None:
    """Replay `articles`; after so many of them, let the happening of that number happen."""
    due = dict(sorted(happenings.items()))

    def on_progress(done: int, _total: int, _day: object) -> None:
        line.insist()
        for number in [number for number in due if number <= done]:
            due.pop(number)(line)

    with Line(workers, logs) as line:
        replay(
            articles,
            ReplayLine(*world, f"{world.prefix}detection", f"{world.prefix}judgement", ACTORS),
            on_progress=on_progress,
        )
    assert not due


def killing(name: str) -> Happening:
    return lambda line: os.kill(line.pids()[name], signal.SIGKILL) if name in line.pids() else None


def outcome(world: World) -> tuple[str, set[str]]:
    steps = asyncio.run(read_steps(world))
    return asyncio.run(live_hash(world)), {step.event_id for step in steps}


def expected(articles: list[ArticlePublished]) -> tuple[str, set[str]]:
    states, events = fold(as_replayed(articles), settings().judgement)
    steps = {event.event_id for event in events if isinstance(event, Shift)}
    assert steps, "news without a shift would prove nothing"
    return state_hash(states), steps


async def refused(world: World) -> list[Rejected]:
    return [event async for event in read_events(world, REJECTED, Rejected)]


def test_workers_killed_in_the_middle_of_a_replay_lose_and_double_nothing(
    line: tuple[str, str], tmp_path: Path
) -> None:
    world, articles = World(*line), some_articles(2_000, 500)
    kills = {
        400: killing("detection"),
        700: killing("judgement"),
        1_100: killing("detection"),
        1_104: killing("judgement"),
        1_600: killing("judgement"),
    }
    replayed(world, articles, parts(world), tmp_path, kills)
    assert outcome(world) == expected(articles)


def test_two_judgement_workers_share_the_partitions_and_survive_the_death_of_one(
    line: tuple[str, str], tmp_path: Path
) -> None:
    world, articles = World(*line), some_articles(600, 400, seed=2)
    detection, judgement = parts(world)
    workers = [detection, judgement, judgement._replace(name="judgement-too")]
    replayed(world, articles, workers, tmp_path, {200: killing("judgement"), 400: killing("judgement-too")})
    assert outcome(world) == expected(articles)


def test_poisoned_records_are_rejected_with_their_place_and_the_rest_goes_on(
    line: tuple[str, str], tmp_path: Path
) -> None:
    world, articles = World(*line), some_articles(200, 400, seed=3)
    poison = {
        ARTICLES.named(world.prefix): [(b"no event", []), (b"{}", [("ce_type", b"stance.article-published.v1")])],
        STATEMENTS.named(world.prefix): [
            (None, []),
            (b'{"actor":"GBR","day":"2022-07-01"}', [("ce_type", b"stance.day-closed.v1")]),
        ],
    }

    def poisoning(_line: Line) -> None:
        producer = KafkaProducer(bootstrap_servers=world.bootstrap)
        for topic, records in poison.items():
            for value, headers in records:
                producer.send(topic, key=b"CAN", value=value, headers=headers).get(60)
        producer.close()

    replayed(world, articles, parts(world), tmp_path, {100: poisoning})
    assert outcome(world) == expected(articles)
    told = asyncio.run(refused(world))
    assert {event.where.split("/")[0] for event in told} == set(poison)
    assert len(told) == 4
    assert any("of GBR" in event.reason for event in told), (
        "a record under another actor's key is no event of that actor"
    )


def test_a_broker_restarted_in_the_middle_of_a_replay_loses_nothing(tmp_path: Path) -> None:
    if os.environ.get("KAFKA_BOOTSTRAP"):
        pytest.skip("a broker that is not ours is not ours to restart")
    home, articles = tmp_path / "kafka", some_articles(300, 400, seed=4)
    leashes = []

    def started() -> str:
        running = local.start(home)
        leashes.append(Leash(running.pid))
        return running.bootstrap

    world = World(started(), "restarted-")
    topics.create(*world)

    def restarting(_line: Line) -> None:
        local.stop(home)
        assert started() == world.bootstrap, "it must come back where it was"

    try:
        replayed(world, articles, parts(world), tmp_path / "logs", {150: restarting})
        assert outcome(world) == expected(articles)
    finally:
        local.stop(home)
        for leash in leashes:
            leash.drop()
