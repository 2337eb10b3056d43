"""Who is meant: governments by their names, seats, officials and demonyms, as of a day."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from streams.detection.text import Word

GOVERNMENT_NOUNS = frozenset(
    [
        "government",
        "governments",
        "administration",
        "ministry",
        "ministries",
        "minister",
        "ministers",
        "premier",
        "president",
        "chancellor",
        "leader",
        "leaders",
        "leadership",
        "king",
        "official",
        "officials",
        "authorities",
        "diplomats",
        "diplomat",
        "ambassador",
        "envoy",
        "embassy",
        "foreign",
        "commerce",
        "defence",
        "defense",
        "trade",
        "finance",
        "treasury",
        "prime",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "cabinet",
        "military",
        "army",
        "navy",
        "naval",
        "coast",
        "troops",
        "forces",
        "warship",
        "warships",
        "warplanes",
        "jets",
        "jet",
        "fighter",
        "counterpart",
        "customs",
        "state",
        "intelligence",
        "regulators",
        "parliament",
        "delegation",
        "side",
        "counterparts",
        "communist",
    ]
)
"""A demonym before one of these names the government: "the Chinese foreign ministry"."""

OUTSIDERS = frozenset(
    [
        "former",
        "ex",
        "opposition",
        "shadow",
        "professor",
        "analyst",
        "economist",
        "commentator",
        "columnist",
        "lawmaker",
        "lawmakers",
        "mp",
        "mps",
        "senator",
        "congressman",
        "congresswoman",
        "activist",
        "dissident",
        "businessman",
        "tycoon",
        "coach",
        "player",
        "actor",
        "director",
        "editor",
        "founder",
        "candidate",
        "designate",
    ]
)
"""A name beside one of these does not speak for a government."""

TITLES = frozenset(
    [
        "president",
        "premier",
        "prime",
        "minister",
        "secretary",
        "chancellor",
        "mr",
        "mrs",
        "ms",
        "sir",
        "dr",
        "leader",
        "foreign",
        "defence",
        "defense",
        "trade",
        "treasurer",
        "king",
        "commissioner",
        "ambassador",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chief",
    ]
)


_TITLE_WORDS = 5
"""Between a country's name and its official's: "European Union foreign policy chief Kaja Kallas"."""


_OFFICES = (
    ("leader", "leader"),
    ("president", "head_of_state"),
    ("prime minister", "head_of_government"),
    ("premier", "head_of_government"),
    ("chancellor", "head_of_government"),
    ("foreign minister", "foreign"),
    ("foreign secretary", "foreign"),
    ("defence minister", "defence"),
    ("defense minister", "defence"),
    ("trade minister", "trade"),
    ("finance minister", "finance"),
)


class Official(NamedTuple):
    """Someone who held an office of a government from one day to another."""

    country: str
    role: str
    title: str
    name: str
    surname: str
    start: date
    end: date

    def holds_on(self, day: date | None) -> bool:
        """Whether in office on that day, or, where the day is unknown, whether in office still."""
        return self.end == date.max if day is None else self.start <= day <= self.end


class Mention(NamedTuple):
    """An actor named in a text: the words from `first` to `last` (exclusive) of the sentence."""

    first: int
    last: int
    country: str
    kind: str
    name: str
    role: str | None
    speaks: bool
    """Whether it can be the government as subject; a demonym before a private noun cannot."""
    government: bool


class Names(NamedTuple):
    """The dictionaries: phrases by their first word, longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    officials: Mapping[str, tuple[tuple[tuple[str, ...], Official], ...]]
    surnames: Mapping[str, tuple[tuple[tuple[str, ...], Official], ...]]


def mentions(words: Sequence[Word], day: date | None, known: set[str]) -> list[Mention]:
    """The actors named in a sentence. `known` holds the full names seen so far in the text, and is added to."""
    found: list[Mention] = []
    names, at = _names(), 0
    while at < len(words):
        mention = _official(words, at, day, known, names) or _phrase(words, at, names)
        if mention:
            mention = _in_office(words, mention, day) or mention
            found.append(mention)
            at = mention.last
        else:
            at += 1
    return found


def in_person(mentioned: Sequence[Mention]) -> Mention:
    """The first of some mentions, or the official who is named right after it: "UK leader Keir Starmer"."""
    first = mentioned[0]
    same = (each for each in mentioned if each.country == first.country and each.first - first.last <= _TITLE_WORDS)
    return next((each for each in same if each.kind == "official"), first)


def _official(words: Sequence[Word], at: int, day: date | None, known: set[str], names: Names) -> Mention | None:
    if not words[at].text[:1].isalpha() or (words[at].text.islower() and words[at].lower != "von"):
        return None
    full = [(form, who) for form, who in names.officials.get(words[at].lower, ()) if _matches(words, at, form)]
    if full:
        length = len(full[0][0])
        people = [who for form, who in full if len(form) == length]
        known.add(people[0].name)
        return _person(words, at, length, people, day)
    told = [(form, who) for form, who in names.surnames.get(words[at].lower, ()) if _matches(words, at, form)]
    if not told or (at and words[at - 1].text[:1].isupper() and words[at - 1].lower not in TITLES):
        return None
    length = len(told[0][0])
    people = [who for _, who in told]
    seen = [who for who in people if who.name in known]
    titled = at > 0 and words[at - 1].lower in TITLES
    heads = [who for who in people if who.role in ("head_of_state", "head_of_government") and who.holds_on(day)]
    candidates = seen or [who for who in people if titled and who.holds_on(day)] or heads
    if len({who.name for who in candidates}) != 1:
        return None
    return _person(words, at, length, candidates, day)


def _person(words: Sequence[Word], at: int, length: int, people: Sequence[Official], day: date | None) -> Mention:
    in_office = next((who for who in people if who.holds_on(day)), None)
    who = in_office or people[-1]
    outside = any(word.lower in OUTSIDERS for word in words[max(0, at - 4) : at])
    government = in_office is not None and not outside
    title = who.title if government else f"former {who.title}"
    return Mention(at, at + length, who.country, "official", who.name, title, True, government)


def _in_office(words: Sequence[Word], mention: Mention, day: date | None) -> Mention | None:
    """The person behind "the Chinese leader" or "the French president" on that day."""
    if mention.kind != "demonym" or not mention.government:
        return None
    title = " ".join(word.lower for word in words[mention.last : mention.last + 2])
    role = next((role for office, role in _OFFICES if title.startswith(office)), None)
    who = _holder(mention.country, role, day) if role else None
    return mention._replace(kind="official", name=who.name, role=who.title) if who else None


def _holder(country: str, role: str, day: date | None) -> Official | None:
    held = [who for who in _holders().get(country, ()) if who.holds_on(day)]
    heads = [who for who in held if who.role in ("head_of_government", "head_of_state")]
    wanted = [who for who in held if who.role == role]
    executive = [who for who in heads if who.title in ("President", "Prime Minister", "Chancellor", "Premier")]
    return next(iter(wanted or (executive if role == "leader" else [])), None)


def _phrase(words: Sequence[Word], at: int, names: Names) -> Mention | None:
    for form, country, kind in names.phrases.get(words[at].text, ()):
        if all(at + n < len(words) and words[at + n].text == part for n, part in enumerate(form)):
            last = at + len(form)
            name = " ".join(form)
            return Mention(at, last, country, kind, name, None, *_standing(words, at, last, kind))
    return None


def _standing(words: Sequence[Word], first: int, last: int, kind: str) -> tuple[bool, bool]:
    before = {word.lower for word in words[max(0, first - 3) : first]}
    after = [word.lower for word in words[last : last + 3]]
    outside = bool(before & OUTSIDERS) or any(word in OUTSIDERS for word in after[:2])
    match kind:
        case "name" | "capital" | "seat" | "ministry":
            located = (
                kind == "capital" and first > 0 and words[first - 1].lower in ("in", "at", "from", "near", "leaving")
            )
            return (not located and not outside, not outside)
        case "demonym":
            speaks = any(word in GOVERNMENT_NOUNS for word in after) and not outside
            return (speaks, speaks)
        case _:
            return (False, False)


def _matches(words: Sequence[Word], at: int, form: Sequence[str]) -> bool:
    return all(at + n < len(words) and words[at + n].lower == part for n, part in enumerate(form))


@cache
def _holders() -> dict[str, list[Official]]:
    by_country: dict[str, list[Official]] = {}
    for who, _ in _officials():
        by_country.setdefault(who.country, []).append(who)
    for people in by_country.values():
        people.sort(key=lambda who: (who.title != "President", who.role != "head_of_government"))
    return by_country


@cache
def _names() -> Names:
    officials: dict[str, list[tuple[tuple[str, ...], Official]]] = {}
    surnames: dict[str, list[tuple[tuple[str, ...], Official]]] = {}
    for who, aliases in _officials():
        for form in {who.name, *aliases}:
            _add(officials, form, who)
        _add(surnames, who.surname, who)
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase, country, kind in {**dict.fromkeys(_world()), **dict.fromkeys(_metonyms())}:
        parts = tuple(phrase.replace("'", " ").replace("’", " ").split())
        phrases.setdefault(parts[0], []).append((parts, country, kind))
    longest = {word: tuple(sorted(told, key=lambda each: -len(each[0]))) for word, told in phrases.items()}
    return Names(longest, _frozen(officials), _frozen(surnames))


def _add(index: dict[str, list[tuple[tuple[str, ...], Official]]], form: str, who: Official) -> None:
    parts = tuple(form.lower().replace("'", " ").split())
    index.setdefault(parts[0], []).append((parts, who))


def _frozen(
    index: Mapping[str, list[tuple[tuple[str, ...], Official]]],
) -> dict[str, tuple[tuple[tuple[str, ...], Official], ...]]:
    return {word: tuple(sorted(told, key=lambda each: (-len(each[0]), each[1].start))) for word, told in index.items()}


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("streams.detection").joinpath("tables", table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _officials() -> Iterator[tuple[Official, tuple[str, ...]]]:
    for row in _rows("officials.csv"):
        start = date.fromisoformat(row["from"])
        end = date.fromisoformat(row["to"]) if row["to"] else date.max
        told = (row["country"], row["role"], row["title"], row["name"], row["surname"])
        yield Official(*told, start, end), tuple(filter(None, row["aliases"].split(";")))


def _metonyms() -> Iterator[tuple[str, str, str]]:
    for row in _rows("metonyms.csv"):
        yield row["phrase"], row["country"], row["kind"]


def _world() -> Iterator[tuple[str, str, str]]:
    """The usual English names of all states. Source: Unicode CLDR through babel."""
    own = {phrase for phrase, _, _ in _metonyms()}
    territories = Locale("en").territories
    for code, (short, *_) in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and short in territories:
            name = str(territories[short])
            if name not in own and name not in ("Georgia", "Jersey", "Jordan", "Chad"):
                yield name, code, "name"
