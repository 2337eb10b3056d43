import os
import shutil
import signal
import socket
import subprocess
import sys

import psutil
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from schemas.topics import PARTITIONS
from streams.broker import topics
from streams.broker.errors import BrokerError
from streams.broker.local import LocalKafka, start, status, stop


def test_a_broker_that_is_stopped_and_started_keeps_its_records_and_its_address(own_kafka):
    first = start(own_kafka)
    _write(first.bootstrap, 100)
    assert stop(own_kafka) == first
    second = start(own_kafka)
    assert second.bootstrap == first.bootstrap
    assert _read(second.bootstrap) == {f"{number}".encode() for number in range(100)}


def test_a_killed_broker_has_lost_no_acknowledged_record(own_kafka):
    first = start(own_kafka)
    _write(first.bootstrap, 1000)
    os.kill(first.pid, signal.SIGKILL)
    psutil.Process(first.pid).wait(30)
    assert status(own_kafka) is None
    assert _read(start(own_kafka).bootstrap) == {f"{number}".encode() for number in range(1000)}


def test_a_broker_ends_with_its_context(own_kafka):
    with LocalKafka(own_kafka) as kafka:
        assert status(own_kafka) == (kafka.pid, kafka.bootstrap)
    assert status(own_kafka) is None
    assert not psutil.pid_exists(kafka.pid)


def test_a_broker_ends_with_a_parent_that_is_killed(own_kafka):
    script = (
        "import sys, pathlib; from streams.broker.local import LocalKafka\n"
        "with LocalKafka(pathlib.Path(sys.argv[1])) as kafka: print(kafka.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(own_kafka)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        broker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    broker.wait(30)
    assert status(own_kafka) is None


def test_a_second_start_on_a_directory_is_refused_by_the_first_ones_address(own_kafka):
    first = start(own_kafka)
    with pytest.raises(BrokerError, match=f"runs already at {first.bootstrap} .process {first.pid}."):
        start(own_kafka)


def test_a_taken_port_is_named(own_kafka):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=rf"port {port} on 127\.0\.0\.1 is taken"):
            start(own_kafka, port)


def test_a_broker_whose_former_port_is_taken_finds_another(own_kafka):
    former = start(own_kafka).bootstrap
    stop(own_kafka)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int(former.rpartition(":")[2])))
        taken.listen()
        assert start(own_kafka).bootstrap != former


def test_a_broker_that_cannot_live_tells_its_last_words_in_one_line(own_kafka):
    (own_kafka / "data").mkdir(parents=True)
    (own_kafka / "data" / "meta.properties").write_text("version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=7\n")
    with pytest.raises(
        BrokerError, match=r"^Kafka ended with status 1 before it was ready; .*Stored node id 7 .*$"
    ) as told:
        start(own_kafka)
    assert "\n" not in str(told.value)


def test_a_process_that_got_the_brokers_old_number_is_not_taken_for_it(own_kafka):
    own_kafka.mkdir()
    (own_kafka / "state.json").write_text(f'{{"pid": {os.getpid()}, "broker": 9092, "controller": 9093}}')
    assert status(own_kafka) is None


def test_a_full_disk_is_told_before_kafka_stumbles_over_it(own_kafka, monkeypatch):
    full = shutil.disk_usage("/")._replace(free=5 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(BrokerError, match=f"{own_kafka} has room for 5 MiB, Kafka needs 64: free some"):
        start(own_kafka)


def test_a_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BrokerError, match=r"cannot start Kafka on .*file/kafka: Not a directory"):
        start(tmp_path / "file" / "kafka")


def _write(bootstrap: str, count: int) -> None:
    topics.create(bootstrap)
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    sent = [producer.send("articles", str(number).encode(), str(number).encode()) for number in range(count)]
    producer.flush()
    assert all(future.succeeded() for future in sent)
    producer.close()


def _read(bootstrap: str) -> set[bytes]:
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    places = [TopicPartition("articles", partition) for partition in range(PARTITIONS)]
    consumer.assign(places)
    ends = consumer.end_offsets(places)
    values: list[bytes] = []
    while any(consumer.position(place) < end for place, end in ends.items()):
        values += [record.value for batch in consumer.poll(1000).values() for record in batch]
    consumer.close()
    assert len(values) == len(set(values))
    return set(values)
