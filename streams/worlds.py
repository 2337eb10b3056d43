"""Where the line runs: on the Kafka that is there, or on one that lasts as long as it is needed."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.broker import local, topics
from streams.broker.errors import BrokerError
from streams.broker.probe import assert_reachable
from streams.history import World
from streams.settings import Environment


def running_world(environment: Environment) -> World:
    """The world that is there: KAFKA_BOOTSTRAP, else the local Kafka that runs here."""
    running = None if environment.bootstrap else local.status(local.DEFAULT_DIRECTORY)
    bootstrap = environment.bootstrap or (running.bootstrap if running else None)
    if bootstrap is None:
        raise BrokerError("no Kafka: run `stance up` or `stance broker start`, or set KAFKA_BOOTSTRAP")
    assert_reachable(bootstrap)
    return World(bootstrap, environment.prefix)


@contextmanager
def world_for_replay(environment: Environment) -> Iterator[World]:
    """A world for a replay: the one named by a prefix, which stays, else a fresh one, which goes."""
    prefix = environment.prefix or f"replay-{uuid.uuid4().hex[:8]}-"
    running = None if environment.bootstrap else local.status(local.DEFAULT_DIRECTORY)
    bootstrap = environment.bootstrap or (running.bootstrap if running else None)
    if bootstrap is None:
        with tempfile.TemporaryDirectory(prefix="stance-") as directory, local.LocalKafka(Path(directory)) as kafka:
            yield World(kafka.bootstrap, prefix)
        return
    assert_reachable(bootstrap)
    try:
        yield World(bootstrap, prefix)
    finally:
        if not environment.prefix:
            topics.delete(bootstrap, prefix)


@contextmanager
def kept_broker(environment: Environment, directory: Path) -> Iterator[str]:
    """KAFKA_BOOTSTRAP, else a local Kafka in a directory that stays."""
    if environment.bootstrap:
        assert_reachable(environment.bootstrap)
        yield environment.bootstrap
    else:
        with local.LocalKafka(directory) as kafka:
            yield kafka.bootstrap
