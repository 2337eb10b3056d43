"""Whom a phrase speaks for on a day: "Armenian Prime Minister", "the FSB", "a Somalia-based group" to a country."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from streams.detection.actors import Mention, mentions
from streams.detection.gazetteer import place_at, surname_at
from streams.detection.masking import levelled
from streams.detection.sentences import Word, sentences
from streams.detection.story import Story
from streams.detection.vocabulary import words as vocabulary
from streams.detection.world import GOVERNING, Named, name_at

LONGEST = 400
"""Characters of a phrase that are read: it names its side early."""


class Spoken(NamedTuple):
    """The side that a phrase speaks for."""

    country: str
    """ISO 3166 alpha-3; EUU, NATO, UNO (United Nations) or IGO (another body of many states)."""
    name: str
    role: str | None
    government: bool
    kind: str
    """As of a mention ("state", "person", "body", "adjective", "people", "region") or of the tables ("rebels")."""


class _Name(NamedTuple):
    """A name in the phrase, at the words from `first` to `last` (exclusive)."""

    first: int
    last: int
    side: Spoken


def country_of(phrase: str, day: date | None = None) -> str | None:
    """The country that a phrase speaks for on a day, None if that is not sure: see `spoken_for`."""
    side = spoken_for(phrase, day)
    return side.country if side else None


def spoken_for(phrase: str, day: date | None = None) -> Spoken | None:
    """The side that a phrase of a text speaks for on a day, None if it is nobody's, two sides' or not sure.

    The first name that is the actor's own counts: "Russia's ambassador to Poland" is Russia's, "Iran-backed Houthi
    rebels" are Yemen's. Whoever left office still counts for the country, not for its government.
    """
    words = [word for sentence in sentences(levelled(phrase[:LONGEST])) for word in sentence.words]
    named = [name for name in _names(words, day) if name.side.country and not _beside(words, name, len(words))]
    if not named or _between_two(words, named):
        return None
    return _of_whom(words, named)


def _names(words: Sequence[Word], day: date | None) -> list[_Name]:
    """The names in the phrase, in order; of two that overlap the longer, and before a country what holds its name."""
    found = [*_mentioned(words, day), *_elsewhere(words), *_left_office(words)]
    kept: list[_Name] = []
    for name in sorted(found, key=lambda each: (each.first - each.last, each.side.country != "")):
        if all(name.last <= other.first or other.last <= name.first for other in kept):
            kept.append(name)
    return sorted(kept)


def _mentioned(words: Sequence[Word], day: date | None) -> Iterator[_Name]:
    for mention in mentions(words, Story(day)):
        if _capital_in_a_name(words, mention, day):
            continue
        party = mention.party
        yield _Name(
            mention.first,
            mention.last,
            Spoken(party.country, party.name, party.role, _governs(words, mention), mention.kind),
        )


def _capital_in_a_name(words: Sequence[Word], mention: Mention, day: date | None) -> bool:
    found = place_at(words, mention.first, day) if mention.kind == "state" else None
    return found is not None and found[1].kind == "capital" and _part_of_a_name(words, mention.first, found[0])


def _governs(words: Sequence[Word], mention: Mention) -> bool:
    return mention.party.government and not _outside(words)


def _outside(words: Sequence[Word]) -> bool:
    """Whether the phrase says that it is of none in government: "a former CIA official", "Russian opposition"."""
    return any(word.lower in vocabulary("actors.outside") for word in words)


def _elsewhere(words: Sequence[Word]) -> Iterator[_Name]:
    for at in range(len(words)):
        if (found := name_at(words, at)) and not (found[1].place and _part_of_a_name(words, at, found[0])):
            length, named = found
            printed = " ".join(word.text for word in words[at : at + length])
            yield _Name(at, at + length, _side(words, printed, named))


def _side(words: Sequence[Word], printed: str, named: Named) -> Spoken:
    return Spoken(named.country, printed, None, named.kind in GOVERNING and not _outside(words), named.kind)


def _part_of_a_name(words: Sequence[Word], at: int, length: int) -> bool:
    """Whether one word that is a place stands in a name that is none: "Adam Lincoln", "Florence Nightingale"."""
    around = (*words[max(0, at - 1) : at], *words[at + length : at + length + 1])
    return length == 1 and any(
        word.text[0].isupper() and not word.text.isupper() and word.lower not in _institutions() for word in around
    )


def _institutions() -> frozenset[str]:
    return (
        vocabulary("phrases.institutions")
        | vocabulary("actors.person")
        | vocabulary("actors.body")
        | vocabulary("actors.between")
        | vocabulary("actors.outside")
        | vocabulary("clauses.prepositions")
    )


def _left_office(words: Sequence[Word]) -> Iterator[_Name]:
    """Heads of government by the last name alone, whether in office on the day or not."""
    for at in range(len(words)):
        if (found := surname_at(words, at)) and not _part_of_a_name(words, at, found[0]):
            length, who = found
            yield _Name(at, at + length, Spoken(who.country, who.name, f"former {who.title}", False, "person"))


def _beside(words: Sequence[Word], name: _Name, end: int) -> bool:
    """Whether a name is not the actor's own: "ambassador to Poland", "Iran-backed", "anti-China"."""
    after = [word.lower for word in words[name.last : name.last + 2]]
    if after[:1] == ["-"] and after[1:] and after[1] in vocabulary("phrases.aided"):
        return True
    before = name.first - 1
    if before > 0 and words[before].text == "-" and words[before - 1].lower in vocabulary("phrases.stances"):
        return True
    while before > 0 and words[before].lower in ("the", "a", "an", "all", "its", "their"):
        before -= 1
    return 0 <= before < end and words[before].lower in vocabulary("phrases.toward")


def _between_two(words: Sequence[Word], named: Sequence[_Name]) -> bool:
    """Whether the phrase names two sides on a par: "Chinese and Russian officials", "US-China talks"."""
    if len(named) < 2 or named[0].side.country == named[1].side.country:
        return False
    between = [word.lower for word in words[named[0].last : named[1].first] if word.lower != "the"]
    return len(between) == 1 and between[0] in ("and", "or", ",", "-", "—", "/", "&")


def _of_whom(words: Sequence[Word], named: Sequence[_Name]) -> Spoken:
    """The first name, unless it is a body that many countries have, "of" the country that follows it."""
    first = named[0].side
    if len(named) > 1 and first.kind in (
        "party",
        "legislature",
        "ministry",
        "agency",
        "court",
        "central_bank",
        "forces",
    ):
        between = [word.lower for word in words[named[0].last : named[1].first] if word.lower != "the"]
        if between == ["of"]:
            return first._replace(country=named[1].side.country)
    return first
