"""Sentences and their words, each with its offsets and whether it stands inside quotation marks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|'(?:s|re|ve|ll|d)\b|n't\b|[^\W_]+?(?=n't\b)|[^\W_]+(?:'(?!s\b)[^\W\d_]{2,})?|[^\w\s]|_"
)
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9À-Þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Col|Lt|Gov|Prof|St|Jr|Sr|No|vs|Sgt|Adm|Capt|Hon|Rev|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|(?<!\bon )\b[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)
LONGEST = 1_500
"""Characters after which a sentence is cut: text without full stops must not cost more than its length."""


class Word(NamedTuple):
    """A word or a mark, with its offsets into the text."""

    text: str
    lower: str
    start: int
    end: int
    quoted: bool


class Sentence(NamedTuple):
    """A sentence: its words, and whether it begins and ends inside quotation marks."""

    words: tuple[Word, ...]
    opens_quoted: bool
    ends_quoted: bool

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return any(word.text == "?" for word in self.words[-2:])


def sentences(masked: str) -> Iterator[Sentence]:
    """The sentences of a masked text, in order. A line break ends one; an abbreviation or an initial does not."""
    for paragraph in _PARAGRAPH.finditer(masked):
        quoted = False
        for start, end in _spans(masked, paragraph.start(), paragraph.end()):
            words = tuple(_words(masked, start, end, quoted))
            if words:
                marks = sum(word.text == '"' for word in words)
                yield Sentence(words, quoted, quoted ^ (marks % 2 == 1))
                quoted ^= marks % 2 == 1


def split(phrase: str) -> list[str]:
    """The words of a phrase, as they would stand in a sentence."""
    return _WORD.findall(phrase)


def _words(masked: str, start: int, end: int, quoted: bool) -> Iterator[Word]:
    for match in _WORD.finditer(masked, start, end):
        printed = match[0]
        if printed == '"':
            quoted = not quoted
        yield Word(printed, printed.lower(), *match.span(), quoted)


def _spans(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _END.finditer(masked, start, end):
        head = masked[max(start, stop.start() - 8) : stop.start() + 1]
        if masked[stop.start()] != "." or not _ABBREVIATION.search(head):
            yield from _cut(masked, start, stop.end())
            start = stop.end()
    yield from _cut(masked, start, end)


def _cut(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = masked.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end
