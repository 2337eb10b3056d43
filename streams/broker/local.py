"""Apache Kafka itself on this computer: no container, no Java installation, nothing beyond loopback.

One directory holds everything of a broker: `server.properties`, `data/`, `kafka.log` and `state.json`, which
tells the process and the ports: a start on the same directory finds its records and, if free, its ports.
"""

import json
import os
import shutil
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import psutil

from streams.broker import jars, java, probe
from streams.broker.errors import BrokerError
from streams.broker.leash import Leash
from streams.broker.properties import HOST, meta_properties, server_properties

DEFAULT_DIRECTORY = Path(".stance/kafka")

_READY_WITHIN = 60.0
_STOPPED_WITHIN = 20.0
_ROOM_BYTES = 64 * 1024 * 1024


class Running(NamedTuple):
    """A broker that lives: its process id and its address, host:port."""

    pid: int
    bootstrap: str


class Ports(NamedTuple):
    """Where the broker and its controller listen on loopback."""

    broker: int
    controller: int


class _State(NamedTuple):
    pid: int
    broker: int
    controller: int


class LocalKafka:
    """A broker for as long as its context lasts; it ends with this process, however that ends."""

    def __init__(self, directory: Path, port: int | None = None) -> None:
        self.directory = directory
        self._port = port

    def __enter__(self) -> Self:
        running = start(self.directory, self._port)
        self.pid, self.bootstrap = running
        self._leash = Leash(self.pid)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            stop(self.directory)
        finally:
            self._leash.drop()


def start(directory: Path, port: int | None = None) -> Running:
    """Start a broker on `directory` and return when it answers; it goes on after this process has ended.

    `port` is where it listens; without one it is where it last did, or any free port.

    Raises:
        BrokerError: it runs already, lacks Java, jars, room or its port, or did not answer within 60 s.
    """
    directory = directory.absolute()
    if running := status(directory):
        raise BrokerError(f"Kafka runs already at {running.bootstrap} (process {running.pid}) on {directory}")
    command = _command(directory)
    try:
        ports = _lay_out(directory, port)
        return _launch(directory, command, ports)
    except OSError as failure:
        raise BrokerError(f"cannot start Kafka on {directory}: {failure.strerror or failure}") from failure


def stop(directory: Path) -> Running | None:
    """End the broker of `directory`, gently and then by force, and wait for it; None when none runs."""
    if running := status(directory):
        _end(psutil.Process(running.pid))
    return running


def status(directory: Path) -> Running | None:
    """The broker that runs on `directory`, if one does."""
    directory = directory.absolute()
    state = _remembered(directory)
    if state is None or not _runs_broker(state.pid, directory):
        return None
    return Running(state.pid, f"{HOST}:{state.broker}")


def _remembered(directory: Path) -> _State | None:
    try:
        return _State(**json.loads((directory / "state.json").read_bytes()))
    except (FileNotFoundError, NotADirectoryError, TypeError, ValueError):
        return None


def _runs_broker(pid: int, directory: Path) -> bool:
    # By what it runs, not by its number alone: process ids are used again.
    try:
        return bool(psutil.Process(pid).cmdline()[-1:] == [str(directory / "server.properties")])
    except psutil.Error:
        return False


def _command(directory: Path) -> list[str]:
    classpath = os.pathsep.join(map(str, jars.resolve(jars.locked())))
    return [
        str(java.find()),
        *(
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
        ),
        *("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"),
        *("-cp", classpath, "kafka.Kafka", str(directory / "server.properties")),
    ]


def _lay_out(directory: Path, port: int | None) -> Ports:
    data = directory / "data"
    data.mkdir(parents=True, exist_ok=True)
    if (room := shutil.disk_usage(data).free) < _ROOM_BYTES:
        raise BrokerError(f"{directory} has room for {room >> 20} MiB, Kafka needs {_ROOM_BYTES >> 20}: free some")
    if not (meta := data / "meta.properties").exists():
        meta.write_text(meta_properties(), encoding="ascii")
    ports = _ports(directory, port)
    (directory / "server.properties").write_text(server_properties(data, *ports), encoding="utf-8")
    return ports


def _ports(directory: Path, port: int | None) -> Ports:
    former = _remembered(directory)
    if port and not _is_free(port):
        raise BrokerError(f"port {port} on {HOST} is taken: stop what listens there, or choose another")
    broker, controller = port or _again(former and former.broker), _again(former and former.controller)
    # What was free a moment ago may be handed out again, and Kafka does not start on one port twice.
    while controller == broker:
        controller = _bound(0)
    return Ports(broker, controller)


def _again(port: int | None) -> int:
    return port if port and _is_free(port) else _bound(0)


def _is_free(port: int) -> bool:
    try:
        return _bound(port) == port
    except OSError:
        return False


def _bound(port: int) -> int:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((HOST, port))
        return int(trial.getsockname()[1])


def _launch(directory: Path, command: list[str], ports: Ports) -> Running:
    log = directory / "kafka.log"
    said_before = log.stat().st_size if log.exists() else 0
    process = psutil.Process(_spawn(command, log))
    try:
        state = _State(process.pid, *ports)
        (directory / "state.json").write_text(json.dumps(state._asdict()), encoding="ascii")
        _await_ready(process, ports.broker, log, said_before)
    except BaseException:
        _end(process)
        raise
    return Running(process.pid, f"{HOST}:{ports.broker}")


def _spawn(command: list[str], log: Path) -> int:
    # A session of its own keeps a terminal's Ctrl-C from it; an empty environment keeps our secrets from it.
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], command, {"LC_ALL": "C.UTF-8"}, file_actions=actions, setsid=True)


def _await_ready(process: psutil.Process, port: int, log: Path, said_before: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while not probe.answers(f"{HOST}:{port}"):
        if (code := _exit_code(process)) is not None:
            raise BrokerError(f"Kafka ended with status {code} before it was ready; {_last_words(log, said_before)}")
        if time.monotonic() > deadline:
            raise BrokerError(f"Kafka was not ready within {_READY_WITHIN:.0f} s; {_last_words(log, said_before)}")
        time.sleep(0.02)


def _exit_code(process: psutil.Process) -> int | None:
    try:
        return process.wait(timeout=0) or 0
    except psutil.TimeoutExpired:
        return None


def _last_words(log: Path, said_before: int) -> str:
    said = log.read_bytes()[said_before:].decode(errors="replace")
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("\tat ")]
    return f"{log} ends: " + " / ".join(lines[-3:])


def _end(process: psutil.Process) -> None:
    try:
        process.terminate()
        process.wait(_STOPPED_WITHIN)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(_STOPPED_WITHIN)
    except psutil.NoSuchProcess:
        pass
