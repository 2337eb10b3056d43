"""Names and whom they stand for: officials with their days in office, countries, capitals, seats and ministries."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeVar, cast

from babel import Locale
from babel.core import get_global
from countryinfo import CountryInfo

from streams.detection.sentences import Word, split
from streams.detection.vocabulary import words

PlaceKind = Literal[
    "name", "capital", "seat", "ministry", "office", "media", "legislature", "demonym", "company", "region", "nowhere"
]


class Official(NamedTuple):
    """Someone who held an office of a government from one day to another, both included."""

    country: str
    role: str
    title: str
    name: str
    surname: str
    start: date
    end: date

    def holds_on(self, day: date | None) -> bool:
        """Whether in office on that day; where the day is unknown, anyone who ever was counts."""
        return day is None or self.start <= day <= self.end


class Place(NamedTuple):
    """A country, or what stands for its government."""

    country: str
    kind: PlaceKind
    start: date
    end: date


class Officials(NamedTuple):
    """The officials that a form of a name may mean, and whether the form is a full name."""

    length: int
    people: tuple[Official, ...]
    full: bool


Value = TypeVar("Value")
Index = dict[str, list[tuple[tuple[str, ...], Value]]]


def officials_at(told: Sequence[Word], at: int) -> Officials | None:
    """The officials whose name begins at a word; of several forms, the longest."""
    names, surnames = _people()
    if full := _longest(names, told, at):
        return Officials(full[0], tuple(full[1]), full=True)
    if last := _longest(surnames, told, at):
        return Officials(last[0], tuple(last[1]), full=False)
    return None


def surname_at(told: Sequence[Word], at: int) -> tuple[int, Official] | None:
    """The head of a state or government whose last name begins at a word, if only one country's are called so."""
    _, surnames = _people()
    found = _longest(surnames, told, at)
    if found is None or (told[at].lower in words("actors.common") and told[at].lower != "trump"):
        return None
    heads = [who for who in found[1] if who.role in ("head_of_state", "head_of_government")]
    one = len({who.country for who in found[1]}) == 1
    return (found[0], max(heads, key=lambda who: who.end)) if heads and one else None


def place_at(told: Sequence[Word], at: int, day: date | None) -> tuple[int, Place] | None:
    """The place that begins at a word, with its length in words; of several forms, the longest."""
    found = _longest(_places(), told, at)
    if not found:
        return None
    on = [place for place in found[1] if day is None or place.start <= day <= place.end]
    return (found[0], on[0]) if on else None


def _longest(index: "Index[Value]", told: Sequence[Word], at: int) -> tuple[int, list[Value]] | None:
    first = plain(told[at].text)
    for form, _ in index.get(first, ()):
        if _stands(form, told, at):
            return len(form), [value for other, value in index[first] if other == form]
    return None


def _stands(form: Sequence[str], told: Sequence[Word], at: int) -> bool:
    return at + len(form) <= len(told) and all(
        plain(told[at + n].text) == part for n, part in enumerate(form) if n or len(form) == 1
    )


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """A word without accents; one in capitals (BEIJING) as a name is written, unless it is an abbreviation."""
    if not word.isascii():
        word = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
        word = word.translate(_LETTERS)
    return word.capitalize() if len(word) > 4 and word.isupper() and word.isalpha() else word


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})


@cache
def _people() -> tuple["Index[Official]", "Index[Official]"]:
    names: Index[Official] = {}
    surnames: Index[Official] = {}
    for who, aliases in _officials():
        for form in dict.fromkeys(form for name in (who.name, *aliases) for form in _spellings(name)):
            _add(names if " " in form else surnames, form, who)
        _add(surnames, who.surname, who)
    return _sorted(names), _sorted(surnames)


def _spellings(name: str) -> tuple[str, str, str]:
    """A name as the table has it, and as others write it: Moon Jae-in, Moon Jae-In, Moon Jae In."""
    capitals = "-".join(part[:1].upper() + part[1:] for part in name.split("-"))
    return name, capitals, capitals.replace("-", " ")


@cache
def _places() -> "Index[Place]":
    index: Index[Place] = {}
    told = set()
    for phrase, place in _metonyms():
        told.add(phrase.lower())
        _add(index, phrase.removeprefix("the "), place)
    for phrase, place in (*_nowhere(), *_world()):
        if phrase.lower() not in told:
            told.add(phrase.lower())
            _add(index, phrase, place)
    return _sorted(index)


def _add(index: "Index[Value]", form: str, value: Value) -> None:
    parts = tuple(plain(part) for part in split(form))
    if parts and value not in [other for same, other in index.get(parts[0], ()) if same == parts]:
        index.setdefault(parts[0], []).append((parts, value))


def _sorted(index: "Index[Value]") -> "Index[Value]":
    return {word: sorted(told, key=lambda each: -len(each[0])) for word, told in index.items()}


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("streams.detection").joinpath("tables", table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _days(row: Mapping[str, str]) -> tuple[date, date]:
    start = date.fromisoformat(row["from"]) if row["from"] else date.min
    return start, date.fromisoformat(row["to"]) if row["to"] else date.max


def _officials() -> Iterator[tuple[Official, tuple[str, ...]]]:
    for row in _rows("officials.csv"):
        told = (row["country"], row["role"], row["title"], row["name"], row["surname"])
        yield Official(*told, *_days(row)), tuple(filter(None, row["aliases"].split(";")))


def _metonyms() -> Iterator[tuple[str, Place]]:
    for row in _rows("metonyms.csv"):
        yield row["phrase"], Place(row["country"], cast(PlaceKind, row["kind"]), *_days(row))


def _nowhere() -> Iterator[tuple[str, Place]]:
    """Names that hold a country's and mean no side: "South China Sea"."""
    for row in _rows("organisations.csv"):
        for name in row["names"].split(";") if row["kind"] == "none" or row["country"] == "IGO" else ():
            yield name, Place("", "nowhere", date.min, date.max)


_FORMER = frozenset(["ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"])
"""Codes of states that are no more, which CLDR keeps as aliases. Source: ISO 3166-3."""


def _world() -> Iterator[tuple[str, Place]]:
    """The usual English names of all states, their people and capitals. Source: Unicode CLDR (babel), countryinfo."""
    ambiguous = words("names.ambiguous")
    territories = Locale("en").territories
    three = {
        two: code
        for code, (two, *_) in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and code not in _FORMER
    }
    for two, code in three.items():
        if two in territories and plain(territories[two].lower()) not in ambiguous:
            yield str(territories[two]).replace(" & ", " and "), Place(code, "name", date.min, date.max)
    for told in CountryInfo("France").all().values():
        code = told.get("ISO", {}).get("alpha3", "")
        if code in _FORMER:
            continue
        for kind, phrase in _called(told) if code else ():
            if plain(phrase.lower()) not in ambiguous:
                yield phrase, Place(code, kind, date.min, date.max)


def _called(country: Mapping[str, object]) -> Iterator[tuple[PlaceKind, str]]:
    """How a country of countryinfo is called: its people, its capital, its longer names."""
    demonym, capital, spellings = (country.get(key) for key in ("demonym", "capital", "altSpellings"))
    if isinstance(demonym, str) and demonym[:1].isupper():
        yield "demonym", demonym
        if demonym.endswith(("n", "i")):
            yield "demonym", demonym + "s"
    if isinstance(capital, str) and capital[:1].isupper():
        yield "capital", capital
    for name in spellings if isinstance(spellings, list) else ():
        if " of " in name and name[:1].isupper():
            yield "name", name
