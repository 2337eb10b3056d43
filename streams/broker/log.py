"""Reads a topic from its beginning to where it ended when the reading began: no group, no commit, no Faust."""

from collections.abc import AsyncIterator

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from schemas.topics import PARTITIONS
from streams.broker.errors import BrokerError

BATCH = 100
"""Records taken at once: enough to keep the reader busy, few enough that most are gone before the collector of garbage
looks at them, which takes a tenth off a rebuild."""


async def read_log(bootstrap: str, topic: str) -> AsyncIterator[ConsumerRecord[bytes | None, bytes | None]]:
    """Every record of `topic`, each partition's in order; nothing of what is appended meanwhile.

    Raises:
        BrokerError: no broker answers, or it has no such topic.
    """
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=BATCH,
    )
    try:
        await consumer.start()
        partitions = await _partitions(consumer, topic)
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        ahead = {place for place, end in ends.items() if end > (await consumer.position(place))}
        while ahead:
            for place, records in (await consumer.getmany(*ahead, timeout_ms=1_000)).items():
                end = ends[place]
                for record in records:
                    if record.offset < end:
                        yield record
            ahead = {place for place in ahead if await consumer.position(place) < ends[place]}
    except KafkaError as failure:
        raise BrokerError(f"cannot read {topic} from {bootstrap}: {failure}") from failure
    finally:
        await consumer.stop()


async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> list[TopicPartition]:
    if topic not in await consumer.topics():
        raise BrokerError(f"no topic {topic} on this broker; has anything been produced or replayed here?")
    return [TopicPartition(topic, number) for number in range(PARTITIONS)]
