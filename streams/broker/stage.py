"""A Faust stage: takes each record of one topic once its outputs are safe on the broker, else leaves it there.

Acknowledgement is explicit, after the outputs; a failing broker crashes the process, whose supervisor
restarts it; a record that cannot be taken goes to `rejected` with its coordinates, and the stage goes on.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import faust
from mode.supervisors import CrashingSupervisor

from schemas.cloudevents import Headers, encode
from schemas.event import Event
from schemas.rejected import KEPT_BYTES, Rejected
from schemas.topics import Topic, topic_of
from streams.broker.progress import Progress


class SafeTable(faust.Table[bytes, bytes]):
    """A table that lets its last write be waited for, until the broker has it."""

    sent: Awaitable[Any]

    def send_changelog(self, *args: Any, **options: Any) -> Any:
        """Send a change to the changelog, and remember the message."""
        self.sent = super().send_changelog(*args, **options)
        return self.sent


class _App(faust.App):
    """An application that writes nothing to disk: its tables live in memory and on the broker."""

    def _create_directories(self) -> None:
        """Make none of the folders that a RocksDB table would need."""


class Incoming(NamedTuple):
    """A record as it came, with its coordinates."""

    topic: str
    partition: int
    offset: int
    at: datetime
    key: bytes | None
    headers: Headers
    value: bytes | None

    def rejected(self, reason: str) -> Rejected:
        """The event that refuses this record."""
        where = f"{self.topic}/{self.partition}/{self.offset}"
        return Rejected(where=where, reason=reason, content=(self.value or b"")[:KEPT_BYTES], at=self.at)


class Taken(NamedTuple):
    """What a stage makes of a record: events to publish, and the state to keep under the record's key."""

    events: tuple[Event, ...]
    state: bytes | None = None


Take = Callable[[Incoming], Taken]
"""Decides what to make of a record; it does no I/O but for reading the stage's own table."""


class Stage(NamedTuple):
    """Where a stage stands: its name (also its consumer group, after the prefix), topic, broker and prefix."""

    name: str
    source: Topic
    bootstrap: str
    prefix: str
    commit_seconds: float
    """Between commits of offsets; a lockstep replay waits for them."""

    def build_app(self) -> faust.App:
        """The Faust application, with the settings that were measured to lose and double nothing."""
        return _App(
            f"{self.prefix}{self.name}",
            broker=[f"kafka://{address}" for address in self.bootstrap.split(",")],
            key_serializer="raw",
            value_serializer="raw",
            store="memory://",
            Table=SafeTable,
            web_enabled=False,
            topic_disable_leader=True,
            topic_replication_factor=1,
            table_standby_replicas=0,
            consumer_auto_offset_reset="earliest",
            broker_commit_interval=self.commit_seconds,
            broker_session_timeout=10.0,
            broker_heartbeat_interval=1.0,
            producer_linger=0,
            stream_wait_empty=False,
        )

    def attach(
        self,
        app: faust.App,
        take: Take,
        table: SafeTable | None = None,
        observe: Callable[[Incoming, Taken], None] = lambda _incoming, _taken: None,
    ) -> None:
        """Have `app` take each record: publish the events, keep the state in `table`, acknowledge, `observe`.

        The outputs come before the state: a crash between them repeats outputs, which have the same ids; the
        other order could lose them.
        """
        source = _topic(app, self.source.named(self.prefix))
        progress = Progress()

        async def agent(stream: Any) -> AsyncIterator[None]:
            async for event in stream.noack().events():
                incoming = _incoming(event.message)
                place = (incoming.topic, incoming.partition)
                if app.rebalancing:
                    continue  # it will be read again, from the committed offset
                expected = progress.expected(place, _committed(app, event.message.tp))
                if expected is None:
                    expected = await _first(app, event.message.tp)
                if incoming.offset > expected:
                    if progress.may_ask_again(place, time.monotonic()):
                        await app.consumer.seek_wait({event.message.tp: expected})
                    continue
                taken = _taken(take, incoming)
                await self._publish(app, taken.events)
                if table is not None and taken.state is not None:
                    table[incoming.key or b""] = taken.state
                    # Faust flushes before it commits, but not before a rebalance gives the partition away.
                    await table.sent
                event.ack()
                progress.note(place, incoming.offset, time.monotonic())
                observe(incoming, taken)
                yield

        async def watch() -> None:
            progress.insist(_ends(app), time.monotonic())

        def begin_anew(*_args: Any, **_options: Any) -> None:
            # Seen on faust-streaming 0.15.3: a rebalance that suspends the flow drops the records in hand, while the
            # position goes on (`Consumer.getmany`). They look to Faust like ones that were compacted away, and it
            # would commit past them and refuse to read them again. `progress` sees to the order instead.
            vars(app.consumer)["_read_offset"] = _Unnoted()
            progress.forget()

        app.on_partitions_assigned.connect(begin_anew, weak=False)
        app.agent(
            source,
            name=self.name,
            concurrency=1,
            supervisor_strategy=CrashingSupervisor,
            use_reply_headers=False,
        )(agent)
        app.timer(10.0)(watch)

    async def _publish(self, app: faust.App, events: tuple[Event, ...]) -> None:
        acknowledgements = []
        for event in events:
            record = encode(event, f"stance/{self.name}")
            topic = _topic(app, topic_of(event).named(self.prefix))
            acknowledgements.append(await topic.send(key=record.key, value=record.value, headers=record.headers))
        await asyncio.gather(*acknowledgements)


def _topic(app: faust.App, name: str) -> Any:
    return app.topic(name, key_type=bytes, value_type=bytes, allow_empty=True)


def _incoming(message: Any) -> Incoming:
    headers = message.headers.items() if isinstance(message.headers, Mapping) else message.headers or ()
    at = datetime.fromtimestamp(max(message.timestamp, 0), UTC)
    return Incoming(message.topic, message.partition, message.offset, at, message.key, tuple(headers), message.value)


def _taken(take: Take, incoming: Incoming) -> Taken:
    try:
        return take(incoming)
    except MemoryError:
        raise
    except Exception as failure:  # noqa: BLE001 - `take` does no I/O: what fails once would fail for ever
        return Taken((incoming.rejected(f"{type(failure).__name__}: {failure}"[:500]),))


def _committed(app: faust.App, place: Any) -> int | None:
    """The group's next offset, as Faust read it at the assignment or committed it since; it has no public name."""
    committed: int | None = vars(app.consumer)["_committed_offset"][place]
    return committed


async def _first(app: faust.App, place: Any) -> int:
    """The first offset of a partition of which the group has committed none."""
    offsets: Mapping[Any, int] = await app.consumer.earliest_offsets(place)
    return offsets[place]


class _Unnoted(dict[Any, int | None]):
    """Faust's note of the offsets it has read, kept empty: whatever comes is passed on."""

    def __missing__(self, _place: Any) -> None:
        return None

    def __setitem__(self, _place: Any, _offset: int | None) -> None:
        """Take no note."""

    def update(self, *_offsets: Any, **_more: Any) -> None:
        """Take no note."""


def _ends(app: faust.App) -> dict[tuple[str, int], int]:
    """The end offset of each partition that this worker reads."""
    consumer = app.consumer
    return {(tp.topic, tp.partition): consumer.highwater(tp) or 0 for tp in consumer.assignment()}
