"""A log of statements in a file: one JSON object a line, each a value as it stands on Kafka."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.cloudevents import Undecodable, decode_value
from schemas.statements import DayClosed, StatementDetected
from streams.judgement.hindsight import in_lockstep
from streams.judgement.refolding import Judged


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
        BadLog: no such file, or a line that is neither a statement nor a closed day.
    """
    try:
        if _closes_days(file.path):
            yield from _events(file.path)
        else:
            statements = (event for event in _events(file.path) if isinstance(event, StatementDetected))
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
                    yield decode_value(DayClosed, line) if _is_day(line) else decode_value(StatementDetected, line)
                except Undecodable as failure:
                    raise BadLog(f"{path}:{number}: neither a statement nor a closed day: {failure}") from failure


def _is_day(line: bytes) -> bool:
    return b'"quote"' not in line and b'"day"' in line
