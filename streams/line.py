"""The parts of the line as processes on this computer: started together, restarted when they crash, ended together."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from streams.broker.leash import Leash

RESTARTS = 20
"""A part that crashes more often than this within WINDOW_SECONDS is given up."""

WRONG_CALL = 2
"""The exit status of a part whose call or settings are wrong: starting it again would mend nothing."""

WINDOW_SECONDS = 300.0
STOP_SECONDS = 15.0


class PartGivenUp(RuntimeError):
    """A part crashed again and again; the message names its log and its last words."""


class Part(NamedTuple):
    """A long-running command of `stance` with its own environment."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]


class Line:
    """The running parts, for as long as the context lasts.

    Each part writes `<name>.log` in `logs`. They die with this process, also when it is killed.
    """

    def __init__(self, parts: Sequence[Part], logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._kept = [_Kept(part, logs / f"{part.name}.log") for part in parts]

    def __enter__(self) -> Self:
        for kept in self._kept:
            kept.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        for kept in self._kept:
            kept.ask_to_end()
        for kept in self._kept:
            kept.join()

    def pids(self) -> dict[str, int]:
        """The process id of each part that runs now."""
        return {kept.name: kept.pid for kept in self._kept if kept.pid is not None}

    def insist(self) -> None:
        """Check that every part is still kept running.

        Raises:
            PartGivenUp: one is not.
        """
        for kept in self._kept:
            if kept.given_up:
                raise PartGivenUp(kept.given_up)


class _Kept(threading.Thread):
    """One part: a thread waits for its process and starts it again."""

    def __init__(self, part: Part, log: Path) -> None:
        super().__init__(name=part.name, daemon=True)
        self._part = part
        self._log = log
        self._ending = threading.Event()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.given_up: str | None = None

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def run(self) -> None:
        """Keep the process running until asked to end, or until it has crashed too often."""
        crashes: list[float] = []
        while not self._ending.is_set():
            code = self._run_once()
            crashes = [at for at in crashes if time.monotonic() - at < WINDOW_SECONDS] + [time.monotonic()]
            hopeless = code == WRONG_CALL or len(crashes) > RESTARTS
            if hopeless and not self._ending.is_set():
                times = f"{len(crashes)} time{'s' * (len(crashes) > 1)}"
                self.given_up = f"{self._part.name} ended {times}, last with {code}; {_tail(self._log)}"
                return
            self._ending.wait(min(0.1 * 2 ** len(crashes), 10.0) if crashes else 0)

    def ask_to_end(self) -> None:
        """Ask the process to end; no other is started."""
        self._ending.set()
        with self._turn:
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()

    def _run_once(self) -> int:
        with self._turn:
            if self._ending.is_set():
                return 0
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, "-m", "streams.cli", *self._part.arguments],
                    env={**os.environ, **self._part.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        leash = Leash(self._process.pid)
        try:
            while not self._ending.is_set():
                try:
                    return self._process.wait(timeout=0.2)
                except subprocess.TimeoutExpired:
                    continue
            return self._end()
        finally:
            leash.drop()

    def _end(self) -> int:
        assert self._process is not None
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def _tail(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return f"{log} ends: {' / '.join(lines[-2:])}"
