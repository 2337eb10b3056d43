"""Puts articles, refusals and closed days on Kafka, and knows of each record whether it is safe there."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError
from kafka.producer.future import FutureRecordMetadata

from schemas.cloudevents import encode
from schemas.event import Event
from schemas.topics import MAX_RECORD_BYTES, topic_of
from streams.broker.errors import BrokerError
from streams.broker.probe import assert_reachable
from streams.intake.accepting import accept, rejected
from streams.intake.document import Document, Refusal

SOURCE = "stance/intake"

PATIENCE = 60.0
"""Seconds for which a broker may be away."""

_UNDER_WAY = 1000
"""Records sent before the first of them is waited for: some megabytes."""


class ProducerError(BrokerError):
    """Records could not be put on Kafka; the message says where and why."""


class Produced(NamedTuple):
    """How many articles went onto Kafka, and how many documents were refused."""

    published: int
    refused: int


class Producer:
    """Puts events on their topics: idempotent, acknowledged by all replicas, keyed by the event.

    The partitioner is Kafka's own (murmur2), as aiokafka's: a key has one partition, whoever writes it. A broker
    that restarts is waited for, `patience` seconds at most.
    """

    def __init__(self, bootstrap: str, prefix: str = "", patience: float = PATIENCE) -> None:
        self._bootstrap = bootstrap
        self._prefix = prefix
        self._patience = patience
        self._under_way: list[FutureRecordMetadata] = []
        self._kafka: KafkaProducer | None = None

    def __enter__(self) -> Self:
        assert_reachable(self._bootstrap)
        try:
            self._kafka = KafkaProducer(
                bootstrap_servers=self._bootstrap.split(","),
                client_id="stance-intake",
                acks="all",
                enable_idempotence=True,
                max_request_size=MAX_RECORD_BYTES + 100_000,
                max_block_ms=int(self._patience * 1000),
                delivery_timeout_ms=int(self._patience * 1000),
                request_timeout_ms=int(self._patience * 500),
            )
        except KafkaError as failure:
            raise self._failed(failure) from failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._kafka is not None
        try:
            if kind is None:
                self.settle()
        finally:
            with suppress(KafkaError):
                self._kafka.close(timeout=self._patience)

    def publish(self, event: Event) -> None:
        """Send an event to its topic; `settle` tells whether it arrived.

        Raises:
            ProducerError: Kafka refuses it, or takes nothing for as long as `patience`.
        """
        assert self._kafka is not None
        record = encode(event, SOURCE)
        topic = topic_of(event).named(self._prefix)
        try:
            self._under_way.append(self._kafka.send(topic, key=record.key, value=record.value, headers=record.headers))
        except KafkaError as failure:
            raise self._failed(failure) from failure
        if len(self._under_way) >= _UNDER_WAY:
            self.settle()

    def settle(self) -> None:
        """Wait until every event sent is acknowledged.

        Raises:
            ProducerError: one is not.
        """
        under_way, self._under_way = self._under_way, []
        try:
            for sent in under_way:
                sent.get(self._patience + 5)
        except KafkaError as failure:
            raise self._failed(failure) from failure

    def _failed(self, failure: KafkaError) -> ProducerError:
        why = str(failure).splitlines()[0][:300]
        return ProducerError(f"cannot put records on Kafka at {self._bootstrap}: {why}")


def produce(
    documents: Iterable[Document | Refusal],
    producer: Producer,
    now: datetime,
    on_refusal: Callable[[Refusal], None] = lambda _refusal: None,
) -> Produced:
    """Put what is acceptable of `documents` on `articles` and the rest on `rejected`; all of it is safe on return.

    `now` (aware) tells what lies in the future and dates the refusals.

    Raises:
        ProducerError: Kafka did not take a record.
    """
    published = refused = 0
    for document in documents:
        taken = document if isinstance(document, Refusal) else accept(document, now)
        if isinstance(taken, Refusal):
            refused += 1
            producer.publish(rejected(taken, now))
            on_refusal(taken)
        else:
            published += 1
            producer.publish(taken)
    producer.settle()
    return Produced(published, refused)
