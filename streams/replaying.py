"""A replay as a whole: a world of its own on a broker, the workers, the articles in lockstep, and what came of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from schemas.articles import ArticlePublished
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from streams import composition, history
from streams.alerting.channel import Channel
from streams.broker import topics
from streams.detection import agent as detection
from streams.history import World
from streams.intake.accepting import accept, rejected
from streams.intake.document import Document, Refusal
from streams.intake.producer import Producer
from streams.intake.replay import OnProgress, ReplayLine, replay
from streams.judgement import agent as judgement
from streams.line import Line
from streams.settings import Environment, Settings

PATIENCE = 180.0
"""Seconds that the line may rest with records ahead of it: a worker that crashes may crash again."""


class Sorted(NamedTuple):
    """The documents given: articles, and what was refused."""

    articles: list[ArticlePublished]
    refused: list[Refusal]


class Replayed(NamedTuple):
    """What stands in the world after a replay."""

    steps: list[Shift]
    stances: list[StanceMeasured]
    statements: int
    state_hash: str


def sort_out(documents: Sequence[Document | Refusal]) -> Sorted:
    """Accept what can be taken, each article once."""
    now = datetime.now(UTC)
    taken = [each if isinstance(each, Refusal) else accept(each, now) for each in documents]
    articles = {each.id: each for each in taken if isinstance(each, ArticlePublished)}
    return Sorted(list(articles.values()), [each for each in taken if isinstance(each, Refusal)])


def replay_in(
    world: World,
    given: Sorted,
    environment: Environment,
    settings: Settings,
    logs: Path,
    days_per_second: float | None,
    on_progress: OnProgress,
) -> None:
    """Replay articles through workers of their own; returns when judgement has read everything.

    Raises:
        BrokerError: Kafka cannot be used, or a worker did not read on.
        PartGivenUp: a worker crashed again and again.
    """
    topics.create(*world)
    _record(world, given.refused)
    with Line(composition.worker_parts(world, environment, "replay", 0), logs) as line:
        replay(
            given.articles,
            ReplayLine(
                world.bootstrap,
                world.prefix,
                f"{world.prefix}{detection.NAME}",
                f"{world.prefix}{judgement.NAME}",
                settings.watch.actors,
                PATIENCE,
            ),
            days_per_second=days_per_second,
            on_progress=_insisting(line, on_progress),
        )


async def outcome(world: World, settings: Settings) -> Replayed:
    """What the topics of a world hold."""
    refolded = await history.refold(world, settings.judgement)
    steps = await history.read_steps(world)
    return Replayed(steps, list(refolded.stances.values()), refolded.statements, await history.live_hash(world))


def tell(world: World, settings: Settings, channels: Sequence[Channel]) -> None:
    """Tell the shifts of a replayed world on `channels`."""
    composition.tell_all(world, settings, channels)


def _record(world: World, refused: Sequence[Refusal]) -> None:
    now = datetime.now(UTC)
    with Producer(*world) as producer:
        for refusal in refused:
            producer.publish(rejected(refusal, now))


def _insisting(line: Line, on_progress: OnProgress) -> OnProgress:
    def told(done: int, total: int, day: date) -> None:
        line.insist()
        on_progress(done, total, day)

    return told
