import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from schemas.topics import PARTITIONS
from streams.broker.admin import connected
from streams.broker.lag import Stuck, behind, committed, drained, ends
from streams.broker.local import start, stop
from streams.broker.topics import create

OFFSETS = st.dictionaries(st.integers(0, 11), st.integers(0, 1000))


def test_lag_is_what_a_group_has_still_to_commit(line):
    bootstrap, prefix = line
    topic = f"{prefix}articles"
    write(bootstrap, topic, [3, 4])
    with connected(bootstrap) as admin:
        assert ends(admin, topic) == {partition: {0: 3, 1: 4}.get(partition, 0) for partition in range(PARTITIONS)}
        commit(bootstrap, f"{prefix}readers", topic, {0: 3, 1: 2})
        assert committed(admin, f"{prefix}readers", topic)[1] == 2
        assert behind(committed(admin, f"{prefix}readers", topic), ends(admin, topic)) == 2


def test_a_group_that_has_read_all_is_drained_at_once(line):
    bootstrap, prefix = line
    write(bootstrap, f"{prefix}articles", [2])
    commit(bootstrap, f"{prefix}readers", f"{prefix}articles", {0: 2})
    with connected(bootstrap) as admin:
        drained(admin, f"{prefix}readers", f"{prefix}articles", patience=0)


def test_an_empty_topic_is_drained_for_a_group_that_never_read(line):
    bootstrap, prefix = line
    with connected(bootstrap) as admin:
        drained(admin, f"{prefix}readers", f"{prefix}articles", patience=0)


def test_draining_waits_for_a_group_that_reads_on(line):
    bootstrap, prefix = line
    topic = f"{prefix}articles"
    write(bootstrap, topic, [5])
    moves = [threading.Timer(0.2 * n, commit, (bootstrap, f"{prefix}readers", topic, {0: n})) for n in range(1, 6)]
    for move in moves:
        move.start()
    with connected(bootstrap) as admin:
        drained(admin, f"{prefix}readers", topic, patience=30)
        assert behind(committed(admin, f"{prefix}readers", topic), ends(admin, topic)) == 0
    for move in moves:
        move.join()


def test_a_group_that_does_not_move_is_named_with_what_it_has_left(line):
    bootstrap, prefix = line
    write(bootstrap, f"{prefix}articles", [9])
    expected = f"group {prefix}readers on {prefix}articles did not move for 1 s: 9 records left"
    with connected(bootstrap) as admin, pytest.raises(Stuck, match=expected):
        drained(admin, f"{prefix}readers", f"{prefix}articles", patience=1)


def test_a_broker_that_restarts_meanwhile_is_waited_for(own_kafka):
    bootstrap = start(own_kafka).bootstrap
    create(bootstrap)
    write(bootstrap, "articles", [5])

    def come_back():
        start(own_kafka)
        commit(bootstrap, "readers", "articles", {0: 5})

    with connected(bootstrap) as admin:
        stop(own_kafka)
        back = threading.Thread(target=come_back)
        back.start()
        drained(admin, "readers", "articles", {0: 5}, patience=30)
        back.join()
        assert behind(committed(admin, "readers", "articles"), ends(admin, "articles")) == 0


@given(OFFSETS, OFFSETS)
def test_nothing_lies_behind_a_group_that_is_ahead(reached, upto):
    assert behind(upto, upto) == 0
    assert behind({}, upto) == sum(upto.values())
    assert 0 <= behind(reached, upto) <= sum(upto.values())


def write(bootstrap: str, topic: str, counts: list[int]) -> None:
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    for partition, count in enumerate(counts):
        for _ in range(count):
            producer.send(topic, b"x", partition=partition)
    producer.flush()
    producer.close()


def commit(bootstrap: str, group: str, topic: str, offsets: dict[int, int]) -> None:
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    marks = {TopicPartition(topic, part): OffsetAndMetadata(offset, "", -1) for part, offset in offsets.items()}
    consumer.assign(list(marks))
    consumer.commit(marks)
    consumer.close()
