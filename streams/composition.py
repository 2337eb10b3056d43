"""Puts the parts together: a worker with its metrics, the notifier with its channels, the line's processes."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from typing import NamedTuple

import faust
import httpx
from prometheus_client import CollectorRegistry
from rich.console import Console

from schemas.rejected import Rejected
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from schemas.topics import ARTICLES
from streams.alerting.channel import Channel
from streams.alerting.console import ConsoleChannel
from streams.alerting.notifier import Notifier
from streams.alerting.slack import SlackChannel
from streams.broker import topics
from streams.broker.stage import Incoming, Taken
from streams.detection import agent as detection
from streams.history import World
from streams.judgement import agent as judgement
from streams.line import Part
from streams.metrics import Metrics, Mode, serve
from streams.settings import Environment, Settings

STAGES = (detection.NAME, judgement.NAME)

PORTS = {detection.NAME: 0, judgement.NAME: 1, "notifier": 2, "closer": 3}
"""Where each part's metrics are in a line of processes: so far from the first port."""

COMMIT_SECONDS: dict[Mode, float] = {"live": 0.5, "replay": 0.02}
"""Between commits of a worker's offsets: a lockstep replay waits for them at each day that holds articles."""

SECRETS = ("STANCE_SLACK_WEBHOOK_URL", "STANCE_SLACK_WEBHOOK_URL_FILE")


class Watched(NamedTuple):
    """The metrics of this process and where they are served."""

    metrics: Metrics
    registry: CollectorRegistry
    host: str
    port: int

    def serve(self, ready: Callable[[], bool]) -> AbstractContextManager[int]:
        """Answer /metrics and /ready while the context lasts."""
        return serve(self.registry, self.port, ready, self.host)


def now() -> datetime:
    """The moment, UTC: what lies after it is refused as future."""
    return datetime.now(UTC)


def watched(environment: Environment, settings: Settings) -> Watched:
    """The metrics of a long-running part."""
    registry = CollectorRegistry()
    metrics = Metrics(registry, settings.watch.actors, settings.judgement.poles, environment.mode)
    return Watched(metrics, registry, environment.metrics_host, environment.metrics_port)


def run_worker(name: str, world: World, environment: Environment, settings: Settings) -> None:
    """Run a stage until it is told to end; Faust then ends the process.

    Raises:
        SystemExit: at the end.
        BrokerError: the topics are not there, or would not keep what they must.
    """
    topics.assert_kept(world.bootstrap, world.prefix)
    own = watched(environment, settings)
    app = _app(name, world, COMMIT_SECONDS[environment.mode], settings, _observer(own.metrics))
    with own.serve(lambda: _is_ready(app)):
        faust.Worker(app, loglevel="WARN", quiet=True, redirect_stdouts=False).execute_from_commandline()


def run_notifier(world: World, environment: Environment, settings: Settings, console: Console) -> None:
    """Tell shifts to Slack where its webhook is set, else on the console, until interrupted.

    Raises:
        BrokerError: the topics are not there, or the broker fails for good.
    """
    topics.assert_kept(world.bootstrap, world.prefix)
    own = watched(environment, settings)

    async def run() -> None:
        async with httpx.AsyncClient() as client:
            slack = environment.slack
            channel: Channel = SlackChannel(slack, client) if slack else ConsoleChannel(console)
            notifier = Notifier(world.bootstrap, world.prefix, settings.alerts, [channel], own.metrics)
            with own.serve(lambda: notifier.ready):
                await notifier.run()

    async def until_told_to_end() -> None:
        telling = asyncio.ensure_future(run())
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, telling.cancel)
        with suppress(asyncio.CancelledError):
            await telling

    asyncio.run(until_told_to_end())


def tell_all(world: World, settings: Settings, channels: Sequence[Channel]) -> None:
    """Tell every shift of a replayed world on `channels`, then return."""
    metrics = Metrics(CollectorRegistry(), settings.watch.actors, settings.judgement.poles, "replay")
    notifier = Notifier(world.bootstrap, world.prefix, settings.alerts, channels, metrics)
    asyncio.run(notifier.run(until_drained=True))


def worker_parts(world: World, environment: Environment, mode: Mode, first_port: int) -> list[Part]:
    """The stages as processes; they never see the webhook."""
    return [_part(name, ("worker", name), world, environment, mode, first_port, secret=False) for name in STAGES]


def live_parts(world: World, environment: Environment, first_port: int) -> list[Part]:
    """The whole line as processes: stages, notifier, and the closer of days."""
    return [
        *worker_parts(world, environment, "live", first_port),
        _part("notifier", ("notify",), world, environment, "live", first_port, secret=True),
        _part("closer", ("close-days",), world, environment, "live", first_port, secret=False),
    ]


def _part(
    name: str,
    arguments: tuple[str, ...],
    world: World,
    environment: Environment,
    mode: Mode,
    first_port: int,
    *,
    secret: bool,
) -> Part:
    told = {
        "KAFKA_BOOTSTRAP": world.bootstrap,
        "STANCE_PREFIX": world.prefix,
        "STANCE_CONFIG": str(environment.config.absolute()),
        "STANCE_MODE": mode,
        "STANCE_METRICS_PORT": str(first_port + PORTS[name] if first_port else 0),
    }
    return Part(name, arguments, told if secret else {**told, **dict.fromkeys(SECRETS, "")})


def _app(
    name: str, world: World, commit_seconds: float, settings: Settings, observe: Callable[[Incoming, Taken], None]
) -> faust.App:
    if name == detection.NAME:
        return detection.build_app(*world, commit_seconds, observe)
    return judgement.build_app(*world, commit_seconds, settings.judgement, observe)


def _is_ready(app: faust.App) -> bool:
    """Whether a worker holds partitions and its table is recovered."""
    return bool(app.started and not app.rebalancing and not app.in_recovery and app.consumer.assignment())


def _observer(metrics: Metrics) -> Callable[[Incoming, Taken], None]:
    def observe(incoming: Incoming, taken: Taken) -> None:
        metrics.event(incoming.at, datetime.now(UTC))
        if incoming.topic.endswith(ARTICLES.name):
            refused = any(isinstance(event, Rejected) for event in taken.events)
            metrics.article("rejected" if refused else "published")
        for event in taken.events:
            if isinstance(event, StanceMeasured):
                metrics.stance(event)
            elif isinstance(event, Shift):
                metrics.shift(event)

    return observe
