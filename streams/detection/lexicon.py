"""What words do to a relation: the table of cues, and the cues that a clause holds.

Roots follow PLOVER; strengths follow the order of the Goldstein scale (Goldstein 1992), rescaled to [0, 1]: a kind
or harsh word about 0.4, a visit or a summons about 0.6, a pact, ban or sanction about 1.
"""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from schemas.plover import Root
from streams.detection.text import Word

Kind = Literal["act+", "act-", "good", "bad", "weak+", "mutual", "up", "down", "lift", "neg"]
"""act: done by a subject to an object; good, bad: what is done or said about; mutual: done together; up, down:
makes more or less of what follows; lift: takes away only what is bad; neg: denies what follows."""


class Entry(NamedTuple):
    """A line of the table: a phrase, each word of which may end in * for any ending."""

    form: tuple[str, ...]
    kind: Kind
    root: Root
    strength: float


class Cue(NamedTuple):
    """An entry found in a clause, at the words from `first` to `last` (exclusive)."""

    first: int
    last: int
    entry: Entry


def cues(words: Sequence[Word]) -> list[Cue]:
    """The cues in a clause, in order; of those that overlap, the longest from the left."""
    found: list[Cue] = []
    at = 0
    while at < len(words):
        entry = _entry_at(words, at)
        if entry:
            found.append(Cue(at, at + len(entry.form), entry))
        at += len(entry.form) if entry else 1
    return found


def _entry_at(words: Sequence[Word], at: int) -> Entry | None:
    exact, open_ended = _table()
    lower = words[at].lower.replace("’", "'")
    told = [
        *exact.get(lower, ()),
        *(each for cut in range(3, len(lower) + 1) for each in open_ended.get(lower[:cut], ())),
    ]
    fitting = [entry for entry in told if _fits(words, at, entry.form)]
    return max(fitting, key=lambda entry: (len(entry.form), len(entry.form[0])), default=None)


def _fits(words: Sequence[Word], at: int, form: Sequence[str]) -> bool:
    return at + len(form) <= len(words) and all(
        words[at + n].lower.startswith(part[:-1])
        if part.endswith("*")
        else words[at + n].lower.replace("’", "'") == part
        for n, part in enumerate(form)
    )


@cache
def _table() -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    exact: dict[str, list[Entry]] = {}
    open_ended: dict[str, list[Entry]] = {}
    text = files("streams.detection").joinpath("tables", "lexicon.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        form = tuple(row["phrase"].split())
        entry = Entry(form, row["kind"], Root(row["root"]), float(row["strength"]))  # type: ignore[arg-type]
        if form[0].endswith("*"):
            open_ended.setdefault(form[0][:-1], []).append(entry)
        else:
            exact.setdefault(form[0], []).append(entry)
    return exact, open_ended
