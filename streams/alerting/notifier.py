"""The door of alerting: reads steps of shifts from Kafka, has each told and recorded, then commits."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from schemas.cloudevents import Undecodable, decode, encode
from schemas.deliveries import AlertOutcome
from schemas.event import Event
from schemas.rejected import KEPT_BYTES, Rejected
from schemas.shifts import Shift
from schemas.topics import DELIVERIES, SHIFTS, topic_of
from streams.alerting.channel import Channel
from streams.alerting.delivery import Pause
from streams.alerting.desk import Desk, Record
from streams.alerting.ledger import Ledger
from streams.alerting.rules import AlertRules
from streams.broker.errors import BrokerError
from streams.broker.log import read_log
from streams.metrics import Metrics

NAME = "notifier"
"""The consumer group, after the prefix."""

_POLL_MS = 200
_LONGEST_SEND_MS = 1_200_000
"""Longer than an alert can take on a channel, so that the group does not count a waiting notifier as dead."""

_SESSION_MS = 6_000
"""A killed notifier's partitions are another's, or its own again, after so long; Kafka allows no less."""

_Bytes: TypeAlias = ConsumerRecord[bytes | None, bytes | None]


class Notifier:
    """Tells the shifts of one world (broker and topic prefix) on `channels`, one step at a time, in order.

    Which channels there are is for the composition to say: a replay is given none that reaches people.
    `pause` waits between two tries on a channel.
    """

    def __init__(
        self,
        bootstrap: str,
        prefix: str,
        rules: AlertRules,
        channels: Sequence[Channel],
        metrics: Metrics,
        *,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bootstrap = bootstrap
        self._prefix = prefix
        self._rules = rules
        self._channels = channels
        self._metrics = metrics
        self._pause = pause
        self.ready = False
        """Whether it holds partitions to read from."""

    async def run(self, until_drained: bool = False) -> None:
        """Tell shifts until cancelled, or `until_drained`: until every shift on the topic is dealt with.

        Raises:
            BrokerError: no broker answers, or it fails for good.
        """
        consumer = AIOKafkaConsumer(
            SHIFTS.named(self._prefix),
            bootstrap_servers=self._bootstrap,
            group_id=f"{self._prefix}{NAME}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_interval_ms=_LONGEST_SEND_MS,
            session_timeout_ms=_SESSION_MS,
            heartbeat_interval_ms=_SESSION_MS // 6,
        )
        producer = AIOKafkaProducer(bootstrap_servers=self._bootstrap, acks="all", enable_idempotence=True)
        try:
            await producer.start()
            await consumer.start()
            await self._read(consumer, self._recorder(producer), until_drained)
        except KafkaError as failure:
            raise BrokerError(f"alerting stopped, Kafka at {self._bootstrap}: {failure}") from failure
        finally:
            self.ready = False
            await consumer.stop()
            await producer.stop()

    async def _read(self, consumer: AIOKafkaConsumer, record: Record, until_drained: bool) -> None:
        desk = Desk(self._rules, self._channels, self._metrics, record, self._pause)
        done: dict[TopicPartition, int] = {}
        while True:
            batch = await consumer.getmany(timeout_ms=_POLL_MS, max_records=1)
            if done.keys() != (held := consumer.assignment()):
                done = {place: await consumer.committed(place) or 0 for place in held}
                await self._remind(desk, done)
            self.ready = bool(held)
            for place, (incoming,) in batch.items():
                await self._take(incoming, desk, record)
                done[place] = incoming.offset + 1
                await _commit(consumer, place, done[place])
            if batch or until_drained:
                left = await _left(consumer, done)
                self._metrics.queue(left)
                if until_drained and held and left == 0:
                    return

    async def _remind(self, desk: Desk, done: Mapping[TopicPartition, int]) -> None:
        """Partitions have come to this notifier: have the desk know what was told, and what was done of them."""
        ledger = Ledger()
        async for record in read_log(self._bootstrap, DELIVERIES.named(self._prefix)):
            with suppress(Undecodable):
                if isinstance(outcome := decode(record.headers, record.value), AlertOutcome):
                    ledger.add(outcome)
        steps = []
        async for record in read_log(self._bootstrap, SHIFTS.named(self._prefix)):
            with suppress(Undecodable):
                if record.offset < done.get(TopicPartition(record.topic, record.partition), 0):
                    steps.append(_step(record))
        desk.remember(ledger, steps)

    async def _take(self, incoming: _Bytes, desk: Desk, record: Record) -> None:
        try:
            step = _step(incoming)
        except Undecodable as failure:
            await record(_rejected(incoming, str(failure)))
            return
        self._metrics.event(step.event_time, datetime.now(UTC))
        await desk.tell(step)

    def _recorder(self, producer: AIOKafkaProducer) -> Record:
        async def record(event: Event) -> None:
            made = encode(event, "stance/alerting")
            topic = topic_of(event).named(self._prefix)
            await producer.send_and_wait(topic, made.value, made.key, headers=made.headers)

        return record


def _step(record: _Bytes) -> Shift:
    event = decode(record.headers, record.value)
    if not isinstance(event, Shift):
        raise Undecodable(f"{event.ce_type} does not belong on {record.topic}")
    if record.key != event.key.encode():
        raise Undecodable(f"keyed by {record.key!r}, but it is of {event.key}")
    return event


def _rejected(record: _Bytes, reason: str) -> Rejected:
    return Rejected(
        where=f"{record.topic}/{record.partition}/{record.offset}",
        reason=reason,
        content=(record.value or b"")[:KEPT_BYTES],
        at=datetime.fromtimestamp(max(record.timestamp, 0) / 1000, UTC),
    )


async def _commit(consumer: AIOKafkaConsumer, place: TopicPartition, offset: int) -> None:
    # A partition that has gone to another notifier is read again there; its ledger knows what was told.
    with suppress(CommitFailedError, IllegalStateError):
        await consumer.commit({place: offset})


async def _left(consumer: AIOKafkaConsumer, done: Mapping[TopicPartition, int]) -> int:
    """How many steps wait."""
    ends = await consumer.end_offsets(done)
    return sum(end - done[place] for place, end in ends.items())
