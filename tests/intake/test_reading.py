import io
import sys

import pytest

from streams.intake.document import Document, Refusal
from streams.intake.reading import NoInput, documents


def texts(*paths: object) -> list[str]:
    return [read.text for read in documents(map(str, paths)) if isinstance(read, Document)]


def refusals(*paths: object) -> list[tuple[str, str]]:
    return [(read.where, read.reason) for read in documents(map(str, paths)) if isinstance(read, Refusal)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("Two met.")
    (tmp_path / "a.md").write_text("One met.")
    (tmp_path / "c.jsonl").write_text('{"text": "Three met."}\n\n{"text": "Four met."}\n')
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_a_folder_gives_its_articles_in_the_order_of_their_paths(folder):
    assert texts(folder) == ["One met.", "Two met.", "Three met.", "Four met."]


def test_paths_are_read_in_the_order_given(folder):
    assert texts(folder / "c.jsonl", folder / "a.md") == ["Three met.", "Four met.", "One met."]


def test_line_ends_of_every_kind_are_read_as_one(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"One\r\nTwo\rThree\n")
    assert texts(tmp_path) == ["One\nTwo\nThree\n"] == [(tmp_path / "a.txt").read_text()]


def test_a_byte_order_mark_stays_a_character_of_the_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne met.")
    assert texts(tmp_path) == ["\ufeffOne met."] == [(tmp_path / "a.txt").read_text(encoding="utf-8")]


def test_a_byte_order_mark_before_json_lines_is_passed_over(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "One met."}\n')
    assert texts(tmp_path) == ["One met."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"One m\xe9t.", "no UTF-8 at byte 5"),
        ("One met.".encode("utf-16"), "no UTF-8 at byte 0"),
        (b"One\0met.", "holds NUL bytes: no text"),
        pytest.param(b"a" * (16 * 900_000 + 1), "longer than 13 MiB", id="huge"),
    ],
)
def test_a_file_that_holds_no_text_is_refused_and_the_next_is_read(tmp_path, content, reason):
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "b.txt").write_text("Two met.")
    assert refusals(tmp_path) == [(f"{tmp_path}/a.txt", reason)]
    assert texts(tmp_path) == ["Two met."]


def test_a_broken_line_is_refused_by_its_number_and_the_next_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One met."}\n{"text": \n\xff\n{"text": "Four met."}')
    assert [where for where, _ in refusals(tmp_path)] == [f"{tmp_path}/a.jsonl:2", f"{tmp_path}/a.jsonl:3"]
    assert texts(tmp_path) == ["One met.", "Four met."]


def test_a_line_too_long_for_any_record_is_refused_and_the_next_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "' + "a" * 15_000_000 + '"}\n{"text": "Two met."}\n')
    assert refusals(tmp_path) == [(f"{tmp_path}/a.jsonl:1", "longer than 13 MiB")]
    assert texts(tmp_path) == ["Two met."]


def test_a_file_that_vanishes_before_it_is_read_is_refused_by_name(folder):
    reading = documents([str(folder / "a.md")])
    (folder / "a.md").unlink()
    assert list(reading) == [Refusal(f"{folder}/a.md", "cannot be read: No such file or directory", b"")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.txt", "no such file or folder"),
        ("image.png", "no article; give .txt"),
        ("empty", "no article; give .txt"),
    ],
)
def test_a_path_that_leads_to_no_article_is_told_before_anything_is_read(folder, name, reason):
    (folder / "empty").mkdir()
    with pytest.raises(NoInput, match=f"{name}: {reason}"):
        documents([str(folder), str(folder / name)])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b"One met.\r\nTwo met.", ["One met.\nTwo met."]),
        (b'{"text": "One met."}\n{"text": "Two met."}\n', ["One met.", "Two met."]),
        (b"", [""]),
    ],
)
def test_standard_input_is_one_text_or_json_lines(monkeypatch, given, expected):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert texts("-") == expected
