"""The parts of the line are restarted when they crash, given up when they crash for ever, and ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from streams.line import Line, Part, PartGivenUp

ROOT = Path(__file__).parents[1]


def eventually(holds: Callable[[], object], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def a_part_that_waits(directory: Path) -> Part:
    """`detect -` reads standard input; a pipe that nobody writes to keeps it waiting."""
    pipe = directory / "pipe.txt"
    os.mkfifo(pipe)
    return Part("patient", ("detect", str(pipe)), {})


def a_part_called_wrongly() -> Part:
    return Part("broken", ("no-such-command",), {})


def test_a_part_that_is_called_wrongly_is_given_up_at_once_with_its_last_words(tmp_path: Path) -> None:
    def insisted(line: Line) -> None:
        while True:
            line.insist()
            time.sleep(0.02)

    with (
        pytest.raises(PartGivenUp, match=r"broken ended 1 time, .*broken\.log ends: .*no-such-command"),
        Line([a_part_called_wrongly()], tmp_path) as line,
    ):
        insisted(line)


def test_a_killed_part_is_started_again_and_ended_with_the_line(tmp_path: Path) -> None:
    with Line([a_part_that_waits(tmp_path)], tmp_path) as line:
        eventually(line.pids)
        first = line.pids()["patient"]
        os.kill(first, signal.SIGKILL)
        eventually(lambda: line.pids().get("patient", first) != first)
        second = line.pids()["patient"]
    assert not psutil.pid_exists(second)


def test_the_parts_die_with_a_line_that_is_killed(tmp_path: Path) -> None:
    pipe = a_part_that_waits(tmp_path).arguments[1]
    script = (
        "import sys, time, pathlib\n"
        "from streams.line import Line, Part\n"
        "with Line([Part('patient', ('detect', sys.argv[1]), {})], pathlib.Path(sys.argv[2])) as line:\n"
        "    while not line.pids(): time.sleep(0.02)\n"
        "    print(line.pids()['patient'], flush=True)\n"
        "    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script, pipe, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as keeper:
        assert keeper.stdout is not None
        part = psutil.Process(int(keeper.stdout.readline()))
        keeper.kill()
    eventually(lambda: not part.is_running() or part.status() == psutil.STATUS_ZOMBIE)
