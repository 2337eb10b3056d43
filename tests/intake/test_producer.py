import os
import signal
import threading
from datetime import date

import pytest
from builders import BODY, LATER, an_article
from kafka import KafkaConsumer, TopicPartition

from schemas.cloudevents import decode
from schemas.event import Event
from schemas.rejected import Rejected
from schemas.statements import DayClosed
from schemas.topics import ARTICLES, PARTITIONS, REJECTED, STATEMENTS, Topic
from streams.broker import topics
from streams.broker.errors import BrokerError
from streams.broker.local import start, stop
from streams.intake.day_closer import close_days
from streams.intake.document import Refusal
from streams.intake.producer import Produced, Producer, ProducerError, produce
from streams.intake.reading import documents


def test_what_can_be_taken_goes_to_articles_and_the_rest_by_name_to_rejected(line, tmp_path):
    (tmp_path / "good.txt").write_text(f"Published: 2026-01-29\n{BODY}")
    (tmp_path / "undated.txt").write_text(BODY)
    (tmp_path / "broken.jsonl").write_text("{\n")
    told: list[Refusal] = []
    with Producer(*line) as producer:
        counts = produce(documents([str(tmp_path)]), producer, LATER, told.append)
    assert counts == Produced(published=1, refused=2)
    (article,) = events_on(line, ARTICLES)
    assert BODY in article.text
    refused = {event.where: event for event in events_on(line, REJECTED) if isinstance(event, Rejected)}
    assert set(refused) == {f"{tmp_path}/undated.txt", f"{tmp_path}/broken.jsonl:1"} == {each.where for each in told}
    assert refused[f"{tmp_path}/undated.txt"].content == BODY.encode()
    assert refused[f"{tmp_path}/undated.txt"].at == LATER


def test_one_article_sent_twice_stands_twice_on_one_partition_with_one_id(line):
    with Producer(*line) as producer:
        for _ in range(2):
            producer.publish(an_article("art-1"))
    first, second = events_on(line, ARTICLES)
    assert first == second == an_article("art-1")


def test_every_event_stands_where_its_key_sends_it_by_murmur2(line):
    with Producer(*line) as producer:
        for actor in ("GBR", "CAN"):
            producer.publish(DayClosed(actor=actor, day=date(2026, 1, 29)))
    # By Kafka's Java client (Utils.toPositive(Utils.murmur2(key)) % 12).
    places = {event.actor: place for place, event in placed(line, STATEMENTS)}
    assert places == {"GBR": java_partition(b"GBR"), "CAN": java_partition(b"CAN")}


def test_an_unreachable_broker_is_told_at_once():
    with pytest.raises(BrokerError, match=r"no Kafka at 127\.0\.0\.1:1: start one"), Producer("127.0.0.1:1"):
        pass


def test_a_record_that_the_broker_refuses_is_told_in_one_line(line):
    expected = "cannot put records on Kafka at .*: .*MessageSizeTooLargeError"
    with Producer(*line) as producer, pytest.raises(ProducerError, match=expected) as told:
        producer.publish(an_article(text="a" * 2_000_000))
    assert "\n" not in str(told.value)


def test_a_broker_that_is_killed_and_comes_back_has_every_article(own_kafka):
    first = start(own_kafka)
    topics.create(first.bootstrap)
    with Producer(first.bootstrap) as producer:
        for number in range(100):
            producer.publish(an_article(f"a{number}"))
            if number == 50:
                os.kill(first.pid, signal.SIGKILL)
                stop(own_kafka)
                start(own_kafka)
    ids = {event.event_id for event in events_on((first.bootstrap, ""), ARTICLES)}
    assert ids == {f"a{number}" for number in range(100)}


def test_a_broker_that_is_gone_for_good_fails_the_producer(own_kafka):
    bootstrap = start(own_kafka).bootstrap
    topics.create(bootstrap)
    with Producer(bootstrap, patience=2.0) as producer:
        producer.publish(an_article("a1"))
        producer.settle()
        stop(own_kafka)
        producer.publish(an_article("a1"))
        with pytest.raises(ProducerError, match=f"cannot put records on Kafka at {bootstrap}"):
            producer.settle()


def test_the_day_closer_closes_yesterday_for_every_actor_and_ends_when_asked(line):
    stop = threading.Event()

    def clock():
        stop.set()
        return LATER

    with Producer(*line) as producer:
        close_days(producer, ("GBR", "CAN"), stop, clock)
    expected = [DayClosed(actor=actor, day=date(2026, 5, 31)) for actor in ("CAN", "GBR")]
    assert sorted(events_on(line, STATEMENTS), key=lambda event: event.key) == expected


def events_on(line: tuple[str, str], topic: Topic) -> list[Event]:
    return [event for _, event in placed(line, topic)]


def placed(line: tuple[str, str], topic: Topic) -> list[tuple[int, Event]]:
    bootstrap, prefix = line
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    places = [TopicPartition(topic.named(prefix), partition) for partition in range(PARTITIONS)]
    consumer.assign(places)
    ends = consumer.end_offsets(places)
    found = []
    while any(consumer.position(place) < end for place, end in ends.items()):
        records = (record for batch in consumer.poll(1000).values() for record in batch)
        found += [(record.partition, decode(record.headers, record.value)) for record in records]
    consumer.close()
    return found


def java_partition(key: bytes) -> int:
    """The partition by Kafka's Java client: a 32-bit murmur2, written from its definition (Appleby 2008)."""
    mask, multiplier = 0xFFFFFFFF, 0x5BD1E995
    value = 0x9747B28C ^ len(key)
    whole = len(key) // 4 * 4
    for start_at in range(0, whole, 4):
        block = int.from_bytes(key[start_at : start_at + 4], "little") * multiplier & mask
        value = (value * multiplier & mask) ^ ((block ^ block >> 24) * multiplier & mask)
    if tail := key[whole:]:
        value = (value ^ int.from_bytes(tail, "little")) * multiplier & mask
    value = (value ^ value >> 13) * multiplier & mask
    return ((value ^ value >> 15) & 0x7FFFFFFF) % PARTITIONS
