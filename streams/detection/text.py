"""Sentences, clauses and words of a text, each with its offsets."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:-[^\W_]+)*")
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9À-Þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Col|Lt|Gov|Prof|St|Jr|Sr|No|vs|Sgt|Adm|Capt|Hon|Rev|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)
_CLAUSE = re.compile(
    r"[;:—–]\s|\s[-–]\s|,\s+(?:but|while|although|though|whereas|yet|even as|despite|after|as|which|who|and)\b"
    r"|\s(?:but|while|although|whereas|despite)\s|\s(?:as|when|after|before|because)\s(?=(?:the\s)?[A-Z])"
)
LONGEST = 1_500
"""Characters after which a sentence is cut: text without full stops must not cost more than its length."""


class Word(NamedTuple):
    """A word as printed, with its offsets into the text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case."""
        return self.text.lower()


class Span(NamedTuple):
    """A stretch of text."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Span]:
    """The sentences, in order. A line break ends one, an abbreviation or an initial does not."""
    for paragraph in _PARAGRAPH.finditer(text):
        start = paragraph.start()
        for stop in _END.finditer(text, start, paragraph.end()):
            head = text[max(start, stop.start() - 8) : stop.start() + 1]
            if text[stop.start()] != "." or not _ABBREVIATION.search(head):
                yield from _cut(text, start, stop.end())
                start = stop.end()
        yield from _cut(text, start, paragraph.end())


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence: it is cut at strong punctuation and at conjunctions that turn its sense."""
    cuts = [match.start() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    edges = [sentence.start, *cuts, sentence.end]
    return [Span(start, end) for start, end in pairwise(edges) if end > start]


def words(text: str, span: Span) -> list[Word]:
    """The words of a stretch; hyphens join (visa-free), but capitalised pairs are two words (UK-China)."""
    found: list[Word] = []
    for match in _WORD.finditer(text, span.start, span.end):
        found.extend(_parted(match.group(), match.start()))
    return found


def trimmed(text: str, span: Span) -> Span:
    """The stretch without white space and joining punctuation at its edges."""
    start, end = span
    while start < end and text[start] in " \t\r\xa0,;:—–-":
        start += 1
    while end > start and text[end - 1] in " \t\r\xa0,;:—–-":
        end -= 1
    return Span(start, end)


def _parted(word: str, start: int) -> Iterator[Word]:
    parts = word.split("-")
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):
        for part in parts:
            yield Word(part, start, start + len(part))
            start += len(part) + 1
    else:
        yield Word(word, start, start + len(word))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield Span(start, stop)
        start = stop
    span = trimmed(text, Span(start, end))
    if span.end > span.start:
        yield span
