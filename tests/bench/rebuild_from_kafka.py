"""How long a rebuild from Kafka takes, beside the empty loop over the same records.

    .venv/bin/python tests/bench/rebuild_from_kafka.py [--statements 1000000] [--days 2900]

It runs a local Kafka of its own, which needs another core, and 1.5 kB of disk a statement.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from kafka import KafkaProducer
from made_up_log import ACTORS, lines

from schemas.statements import DayClosed, StatementDetected
from schemas.topics import STATEMENTS
from streams import history
from streams.broker import topics
from streams.broker.local import LocalKafka
from streams.broker.log import read_log
from streams.history import World
from streams.judgement.rules import Rules

UNDER_WAY = 20_000
"""Records that are sent before they are waited for."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--statements", type=int, default=1_000_000)
    asked.add_argument("--days", type=int, default=2_900)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalKafka(Path(folder)) as kafka:
        world = World(kafka.bootstrap, "bench-")
        topics.create(*world)
        _write(world, given.statements, given.days)
        print(f"{given.statements} statements, {given.days * len(ACTORS)} closed days")
        for name, read in (("empty loop", _empty), ("decoding", _decoding), ("rebuild", _rebuild)):
            _measure(name, given.statements, lambda read=read: read(world))


def _write(world: World, statements: int, days: int) -> None:
    producer = KafkaProducer(bootstrap_servers=world.bootstrap, linger_ms=50, batch_size=512_000)
    for number, (actor, value) in enumerate(lines(statements, days)):
        if number % UNDER_WAY == 0:
            producer.flush()
        kind = StatementDetected if b'"quote"' in value else DayClosed
        headers = {
            "ce_specversion": "1.0",
            "ce_id": "st-00112233445566778899",
            "ce_type": kind.ce_type,
            "ce_source": "stance/detection",
            "ce_time": "2018-01-01T12:00:00+00:00",
            "content-type": "application/json",
        }
        producer.send(
            STATEMENTS.named(world.prefix),
            key=actor.encode(),
            value=value,
            headers=[(name, text.encode()) for name, text in headers.items()],
        )
    producer.flush()
    producer.close()


async def _empty(world: World) -> None:
    async for _ in read_log(world.bootstrap, STATEMENTS.named(world.prefix)):
        pass


async def _decoding(world: World) -> None:
    async for _ in history.read_log_of(world):
        pass


async def _rebuild(world: World) -> None:
    print(f"state hash {history.hash_of(await history.refold(world, Rules()))[:12]}")


def _measure(name: str, statements: int, read: Callable[[], Coroutine[Any, Any, None]]) -> None:
    wall, own = time.perf_counter(), time.process_time()
    asyncio.run(read())
    wall, own = time.perf_counter() - wall, time.process_time() - own
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    each = own / statements * 1e6
    print(f"{name:12}{wall:8.1f} s, of this process {own:8.1f} s, {each:6.1f} us a statement; peak memory {peak} MiB")


if __name__ == "__main__":
    main()
