"""Names of the wider world and whose they are: organisations, regions, cities, people outside governments."""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from streams.detection.sentences import Word, split

TABLES = ("organisations.csv", "figures.csv", "localities.csv")
"""Earlier tables go first where two know a name; the generated places.csv comes last."""
GOVERNING = frozenset(["ministry", "agency", "forces"])
"""Kinds of organisations that are a part of a government."""


class Named(NamedTuple):
    """A name of the wider world."""

    country: str
    """Whose it is: ISO 3166 alpha-3, EUU, UNO, IGO or NATO; "" where the name holds a country's but is no country's."""
    kind: str
    """As in the tables, such as "ministry", "rebels", "organisation" or "city"."""

    @property
    def place(self) -> bool:
        """Whether it is a stretch of land rather than somebody."""
        return self.kind in ("region", "city")


def name_at(words: Sequence[Word], at: int) -> tuple[int, Named] | None:
    """The name that begins at a word, with its length in words; of several, the longest."""
    first = words[at]
    for form, printed, named in _names().get(folded(first.text), ()):
        if len(form) == 1:
            stands = _plain(first.text) == printed
        else:
            stands = first.text[0].isupper() >= printed[0].isupper() and form == _told(words, at, len(form))
        if stands:
            return len(form), named
    return None


def _told(words: Sequence[Word], at: int, length: int) -> tuple[str, ...]:
    return tuple(folded(word.text) for word in words[at : at + length])


@lru_cache(maxsize=1 << 15)
def folded(word: str) -> str:
    """A word in lower case, without accents, in one spelling of English."""
    lower = _plain(word).lower()
    for british, american in (
        ("isation", "ization"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("centre", "center"),
    ):
        lower = lower.replace(british, american)
    return lower


@lru_cache(maxsize=1 << 15)
def _plain(word: str) -> str:
    """A word without accents; one of five letters or more in capitals alone (TEHRAN) as a name is written."""
    if not word.isascii():
        word = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return word.capitalize() if len(word) > 4 and word.isupper() and word.isalpha() else word


Index = dict[str, list[tuple[tuple[str, ...], str, Named]]]


@cache
def _names() -> Index:
    index: Index = {}
    taken = set()
    for name, named in (*_written(), *_places()):
        parts = split(name)
        form = tuple(folded(part) for part in parts)
        key = (form, _plain(parts[0]))
        if key not in taken:
            taken.add(key)
            index.setdefault(form[0], []).append((form, key[1], named))
    return {first: sorted(told, key=lambda each: -len(each[0])) for first, told in index.items()}


def _written() -> Iterator[tuple[str, Named]]:
    for table in TABLES:
        for row in _rows(table):
            for name in row["names"].split(";"):
                yield name, Named(row["country"], row["kind"])


def _places() -> Iterator[tuple[str, Named]]:
    for row in _rows("places.csv"):
        yield row["phrase"], Named(row["country"], row["kind"])


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("streams.detection").joinpath("tables", table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
