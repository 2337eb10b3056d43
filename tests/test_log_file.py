from pathlib import Path

import pytest
from builders import a_statement

from schemas.statements import DayClosed, StatementRetracted
from streams.log_file import BadLog, LogFile, read_log_file

FIRST, SECOND = a_statement(day="2026-01-29"), a_statement(day="2026-01-31", polarity=-0.4)
BACK = StatementRetracted(statement=FIRST, at=SECOND.published, reason="the article was withdrawn")
CLOSED = DayClosed(actor="GBR", day="2026-01-30")


def a_log(folder: Path, *lines: str) -> LogFile:
    path = folder / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return LogFile(path, ("GBR",))


def test_a_log_is_read_as_it_stands(tmp_path: Path) -> None:
    events = [SECOND, CLOSED, FIRST, BACK]
    assert list(read_log_file(a_log(tmp_path, *(each.model_dump_json() for each in events)))) == events


def test_days_of_a_file_that_closes_none_are_closed_between_its_statements(tmp_path: Path) -> None:
    lines = [each.model_dump_json() for each in (SECOND, FIRST)]
    last = DayClosed(actor="GBR", day=SECOND.published.date())
    assert list(read_log_file(a_log(tmp_path, *lines))) == [FIRST, CLOSED, SECOND, last]


def test_what_is_taken_back_stands_where_that_was_said_in_a_file_that_closes_no_day(tmp_path: Path) -> None:
    lines = [each.model_dump_json() for each in (BACK, SECOND, FIRST)]
    last = DayClosed(actor="GBR", day=SECOND.published.date())
    assert list(read_log_file(a_log(tmp_path, *lines))) == [FIRST, CLOSED, SECOND, BACK, last]


def test_a_quote_of_a_day_is_no_closed_day(tmp_path: Path) -> None:
    quote = 'the "day" came'
    told = a_statement(quote=quote)
    assert list(read_log_file(a_log(tmp_path, told.model_dump_json(), CLOSED.model_dump_json()))) == [told, CLOSED]


def test_empty_lines_are_passed_over_and_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert list(read_log_file(a_log(tmp_path, "", CLOSED.model_dump_json(), "  "))) == [CLOSED]
    assert list(read_log_file(a_log(tmp_path))) == []


@pytest.mark.parametrize("line", ["no JSON", '{"actor": "GBR"}', '{"actor": "GBR", "day": "soon"}', "[]"])
def test_a_line_that_is_neither_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadLog, match=r"log.jsonl:2: no statement, retraction or closed day"):
        list(read_log_file(a_log(tmp_path, FIRST.model_dump_json(), line)))


def test_a_missing_file_is_named_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BadLog, match=r"absent.jsonl: No such file.*stance statements --json"):
        list(read_log_file(LogFile(tmp_path / "absent.jsonl", ())))
