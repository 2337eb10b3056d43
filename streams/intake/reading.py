"""Reads articles from files, folders and standard input."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from schemas.topics import MAX_RECORD_BYTES
from streams.intake.document import Document, Refusal
from streams.intake.parsing import parse_line, parse_text

KINDS = (".txt", ".md", ".jsonl")
STANDARD_INPUT = "-"

_MOST_BYTES = 16 * MAX_RECORD_BYTES
"""No text that fits a record takes more, however it is encoded or escaped."""


class NoInput(ValueError):
    """A path that leads to nothing that can be read; the message names it."""


def documents(paths: Iterable[str]) -> Iterator[Document | Refusal]:
    """Every document of .txt, .md and .jsonl files, of folders (all below, sorted) and of `-`, standard input.

    Standard input is JSON lines when it starts with a brace, else one text. What cannot be read is given as a
    refusal with its place; the rest goes on.

    Raises:
        NoInput: a path does not exist, is of another kind, or holds no article; before anything is read.
    """
    return _read([file for path in paths for file in _files(path)])


def _files(path: str) -> list[str]:
    if path == STANDARD_INPUT:
        return [path]
    if not Path(path).exists():
        raise NoInput(f"{path}: no such file or folder")
    if Path(path).is_dir():
        found = sorted(str(file) for file in Path(path).rglob("*") if file.suffix in KINDS and file.is_file())
    else:
        found = [path] if path.endswith(KINDS) else []
    if not found:
        raise NoInput(f"{path}: no article; give {', '.join(KINDS)} files or folders of them")
    return found


def _read(files: Iterable[str]) -> Iterator[Document | Refusal]:
    for file in files:
        try:
            yield from _from_standard_input() if file == STANDARD_INPUT else _from_file(file)
        except OSError as failure:
            yield Refusal(file, f"cannot be read: {failure.strerror}", b"")


def _from_file(file: str) -> Iterator[Document | Refusal]:
    with Path(file).open("rb") as source:
        if file.endswith(".jsonl"):
            yield from _from_lines(_bounded_lines(source), file)
        else:
            yield _parsed(source.read(_MOST_BYTES + 1), file, parse_text)


def _from_standard_input() -> Iterator[Document | Refusal]:
    source, where = sys.stdin.buffer, "standard input"
    first = next(_bounded_lines(source), b"")
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _from_lines(chain([first], _bounded_lines(source)), where)
    else:
        yield _parsed(first + source.read(_MOST_BYTES + 1), where, parse_text)


def _from_lines(lines: Iterable[bytes], where: str) -> Iterator[Document | Refusal]:
    for number, raw in enumerate(lines, start=1):
        if raw.strip():
            yield _parsed(raw, f"{where}:{number}", parse_line)


def _bounded_lines(source: BinaryIO) -> Iterator[bytes]:
    while raw := source.readline(_MOST_BYTES + 1):
        rest = raw
        while rest and not rest.endswith(b"\n"):
            rest = source.readline(_MOST_BYTES)
        yield raw


def _parsed(raw: bytes, where: str, parse: Callable[[str, str], Document | Refusal]) -> Document | Refusal:
    if len(raw) > _MOST_BYTES:
        return Refusal(where, f"longer than {_MOST_BYTES >> 20} MiB", raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError as failure:
        return Refusal(where, f"no UTF-8 at byte {failure.start}", raw)
    if "\0" in text:
        return Refusal(where, "holds NUL bytes: no text", raw)
    return parse(text.replace("\r\n", "\n").replace("\r", "\n"), where)
