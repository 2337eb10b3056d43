"""A log of statements in a file: one JSON object a line, each a value as it stands on Kafka."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.cloudevents import Undecodable, decode_value
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.fold import Judged
from streams.judgement.hindsight import in_lockstep


class BadLog(ValueError):
    """A file that is no log of statements; the message says where and what to do."""


class LogFile(NamedTuple):
    """A file, and the actors that are watched."""

    path: Path
    watched: tuple[str, ...]


def read_log_file(file: LogFile) -> Iterator[Judged]:
    """The events of a log, in the order of its lines.

    A file that closes no day is taken as statements in any order, and the days of the watched actors are closed as
    a replay would close them.

    Raises:
        BadLog: no such file, or a line that is no statement, retraction or closed day.
    """
    try:
        if _closes_days(file.path):
            yield from _events(file.path)
        else:
            statements = (event for event in _events(file.path) if not isinstance(event, DayClosed))
            yield from in_lockstep(statements, file.watched)
    except OSError as failure:
        raise BadLog(f"{file.path}: {failure.strerror}; give a file that `stance statements --json` wrote") from failure


def _closes_days(path: Path) -> bool:
    with path.open("rb") as lines:
        return any(map(_is_day, lines))


def _events(path: Path) -> Iterator[Judged]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.isspace():
                try:
                    yield decode_value(_kind(line), line)
                except Undecodable as failure:
                    raise BadLog(f"{path}:{number}: no statement, retraction or closed day: {failure}") from failure


def _kind(line: bytes) -> type[Judged]:
    """By its keys, which stand in quotes that within a text would be escaped."""
    if _is_day(line):
        return DayClosed
    return StatementRetracted if b'"statement":' in line else StatementDetected


def _is_day(line: bytes) -> bool:
    return b'"quote"' not in line and b'"day"' in line
