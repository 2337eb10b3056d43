"""A real Kafka for the tests that need one, and a world of its own on it for each of them."""

import os
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import docker
import pytest
from docker.errors import DockerException

from streams import cli
from streams.broker import topics
from streams.broker.errors import BrokerError
from streams.broker.leash import Leash
from streams.broker.local import start, stop


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bootstrap address of a real Kafka: KAFKA_BOOTSTRAP, else a container's, else the project's own."""
    if given := os.environ.get("KAFKA_BOOTSTRAP"):
        yield given
    elif _has_container_engine():
        yield from _container()
    else:
        yield from _local(tmp_path_factory.mktemp("kafka"))


@pytest.fixture
def prefix() -> str:
    """A topic prefix that no other test uses."""
    return f"test-{uuid.uuid4().hex[:12]}-"


@pytest.fixture
def line(kafka: str, prefix: str) -> tuple[str, str]:
    """The topics of the language, created: bootstrap address and prefix."""
    topics.create(kafka, prefix)
    return kafka, prefix


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[Path]:
    """The directory of a broker that a test may start, kill and restart; what runs there at the end is ended."""
    yield tmp_path / "kafka"
    stop(tmp_path / "kafka")


@pytest.fixture
def stance(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """The program, run in an empty folder with no settings: arguments in; exit status, output and errors out."""
    monkeypatch.chdir(tmp_path)
    for name in ("KAFKA_BOOTSTRAP", "STANCE_PREFIX", "STANCE_CONFIG", "STANCE_SLACK_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: _run(monkeypatch, capfd, *arguments)


def _has_container_engine() -> bool:
    try:
        with closing(docker.from_env(timeout=5)) as client:
            return bool(client.ping())
    except DockerException:
        return False


def _container() -> Iterator[str]:
    from testcontainers.community.kafka import KafkaContainer  # noqa: PLC0415

    with KafkaContainer().with_kraft() as container:
        yield container.get_bootstrap_server()


def _local(directory: Path) -> Iterator[str]:
    try:
        running = start(directory)
    except BrokerError as failure:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(failure))
    leash = Leash(running.pid)
    try:
        yield running.bootstrap
    finally:
        stop(directory)
        leash.drop()


def _run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run `stance` as its script does; exit status, standard output, standard error."""
    monkeypatch.setattr("sys.argv", ["stance", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err
