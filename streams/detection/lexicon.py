"""What words do to a relation: the table of cues, and the cues that a stretch of words holds.

Roots follow PLOVER. Strengths follow the order of the Goldstein scale (Goldstein 1992, "A Conflict-Cooperation Scale
for WEIS Events Data"), rescaled to [0, 1]: a kind or harsh word about 0.4, a visit or a summons about 0.6, a pact, a
ban or a sanction about 0.9.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Literal, NamedTuple, cast, get_args

from schemas.plover import Root
from streams.detection.sentences import Word

Kind = Literal[
    "does+", "does-", "said+", "said-", "thing+", "thing-", "joint+", "joint-", "goes",
    "up", "down", "lift", "impose", "neg", "oppose", "deny", "undo", "none",
]  # fmt: skip
"""does: a subject to an object. said: a judgement on whatever it is about. thing: a good or bad thing that someone
has, wants or puts on someone. joint: done by sides together. goes: a visit. up, down: makes more or less of what
follows. lift: takes away what is bad. impose: puts what is bad on someone. neg: denies what follows. deny: says it
is not so. oppose: is against what follows. undo: is against what went before. none: looks like a cue and is not."""

_GAP = ".."
"""In a phrase: up to so many other words."""
_WIDEST_GAP = 4
_SHORT = 3
"""Letters of words that titles, too, write small."""
_SILENT = frozenset(["-", '"', "'"])
"""Marks that a phrase is read across: visa-free, "naive" to."""


class Entry(NamedTuple):
    """A phrase of the table. Each part: the words that fit, the stems that fit (written with *), or None for a gap."""

    phrase: str
    parts: tuple[tuple[frozenset[str], tuple[str, ...]] | None, ...]
    kind: Kind
    root: Root
    strength: float


class Cue(NamedTuple):
    """An entry found in a sentence, at the words from `first` to `last` (exclusive)."""

    first: int
    last: int
    entry: Entry

    @property
    def kind(self) -> Kind:
        """What the words do."""
        return self.entry.kind


def cues(words: Sequence[Word], taken: Sequence[bool]) -> list[Cue]:
    """The cues in a sentence, in order; of those that overlap, the longest from the left. Words `taken` are no cues."""
    found: list[Cue] = []
    at = 0
    while at < len(words):
        cue = None if taken[at] else _cue_at(words, at, taken)
        if cue and _ends_name(words, at):
            cue = None
        if cue and cue.kind != "none":
            found.append(cue)
        at = cue.last if cue else at + 1
    return found


def _is_headline(words: Sequence[Word]) -> bool:
    """Whether most words are written with a capital, as in a title."""
    long = [word for word in words if len(word.text) > _SHORT and word.text.isalpha()]
    return sum(word.text[0].isupper() for word in long) * 2 > len(long)


def _ends_name(words: Sequence[Word], at: int) -> bool:
    """Whether a word is the last of somebody's name: "Vicente de la O Levy", "David Price"."""
    if at < 2 or not words[at].text.istitle() or not words[at - 1].text.istitle():
        return False
    return (at + 1 == len(words) or not words[at + 1].text.isalpha()) and not _is_headline(words)


def _cue_at(words: Sequence[Word], at: int, taken: Sequence[bool]) -> Cue | None:
    best: Cue | None = None
    for entry in _beginning(words[at].lower):
        last = _fit(words, at + 1, entry.parts[1:], taken)
        if last and (best is None or last > best.last):
            best = Cue(at, last, entry)
    return best


def _fit(words: Sequence[Word], at: int, parts: Sequence[object], taken: Sequence[bool]) -> int | None:
    if not parts:
        return at
    while at < len(words) and words[at].text in _SILENT:
        at += 1
    if parts[0] is None:
        # "Gave European firms no access" is no giving of access: what "no" stands in is not what the entry says.
        widest = takewhile(
            lambda n: n == at or words[n - 1].lower != "no", range(at, min(at + _WIDEST_GAP, len(words)) + 1)
        )
        return next((end for start in widest if (end := _fit(words, start, parts[1:], taken))), None)
    if at >= len(words) or taken[at] or not _fits(words[at].lower, parts[0]):  # type: ignore[arg-type]
        return None
    return _fit(words, at + 1, parts[1:], taken)


def _fits(lower: str, part: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    return lower in part[0] or lower.startswith(part[1])


@lru_cache(maxsize=1 << 15)
def _beginning(lower: str) -> tuple[Entry, ...]:
    """The entries that may begin with a word, longest first."""
    exact, stems = _table()
    stemmed = [entry for cut in range(2, len(lower) + 1) for entry in stems.get(lower[:cut], ())]
    # A dict, not a set: of equal ones the first in the table wins, in every process.
    able = dict.fromkeys((*exact.get(lower, ()), *stemmed))
    return tuple(sorted(able, key=lambda entry: (-len(entry.parts), entry.phrase)))


@cache
def _table() -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    exact: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    text = files("streams.detection").joinpath("tables", "lexicon.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for phrase in row["phrases"].split(";"):
            entry = _entry(phrase, row)
            whole, open_ended = entry.parts[0] or (frozenset(), ())
            for word in whole:
                exact.setdefault(word, []).append(entry)
            for stem in open_ended:
                stems.setdefault(stem, []).append(entry)
    return exact, stems


def _entry(phrase: str, row: dict[str, str]) -> Entry:
    parts = tuple(None if part == _GAP else _part(part) for part in phrase.split())
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"tables/lexicon.csv: {phrase!r} has the kind {row['kind']!r}")
    return Entry(phrase, parts, cast(Kind, row["kind"]), Root(row["root"]), float(row["strength"]))


def _part(part: str) -> tuple[frozenset[str], tuple[str, ...]]:
    told = part.split("|")
    whole = [form for word in told if not word.endswith("*") for form in _forms(word)]
    return frozenset(whole), tuple(word[:-1] for word in told if word.endswith("*"))


def _forms(word: str) -> Iterator[str]:
    """The word itself, or of a verb written as ~ban its regular forms; one that is not English is never met."""
    if not word.startswith("~"):
        yield word
        return
    verb = word[1:]
    stem = verb.removesuffix("e")
    past = verb[:-1] + "i" if verb.endswith("y") and verb[-2] not in "aeiou" else stem
    yield from (verb, f"{verb}s", f"{past}es", f"{past}ed", f"{stem}ing", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
