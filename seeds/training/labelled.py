"""The labelled sentences of seeds/sentences, and how they are dealt into folds."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.plover import Root, sign_of
from streams.detection.encoder import NONE, Asked, Pair, Span

SENTENCES = Path(__file__).parents[1] / "sentences"

_MARK = re.compile(r"\[([a-z])\|([^\[\]|]+)\]")
_RELATION = re.compile(r"([a-z])>([a-z]) (?:(\?)|([A-Z]+) ([a-z]+))")


class BadSentence(ValueError):
    """A line that is not in the form of the guide."""


class Label(NamedTuple):
    """What a sentence says of an ordered pair: a PLOVER root and a mode, or NONE and "-"."""

    root: str
    mode: str

    @property
    def sign(self) -> int:
        """The sign of its root, 0 for NONE."""
        return sign_in(self.root)


def sign_in(root: str) -> int:
    """The sign of a PLOVER root, 0 for NONE."""
    return 0 if root == NONE else sign_of(Root(root))


class Labelled(NamedTuple):
    """A sentence with its actors and the label of each ordered pair of them that was judged."""

    text: str
    actors: dict[str, Span]
    labels: dict[tuple[str, str], Label]

    @property
    def asked(self) -> Asked:
        """The sentence with its judged pairs, in the order of `labels`."""
        return Asked(self.text, [Pair(self.actors[source], self.actors[target]) for source, target in self.labels])


def labelled() -> list[Labelled]:
    """All labelled sentences, in the order of their files.

    Raises:
        BadSentence: a line is not in the form of the guide.
    """
    return [
        parsed(line, f"{path.name}:{number}")
        for path in sorted(SENTENCES.glob("*.tsv"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
    ]


def parsed(line: str, where: str) -> Labelled:
    """A line of the form that seeds/sentences/GUIDE.md describes; `where` it stands is for the error."""
    marked, tab, relations = line.partition("\t")
    text, actors, at = "", {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        actors[mark[1]] = (len(text), len(text) + len(mark[2]))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    labels: dict[tuple[str, str], Label | None] = {
        (source, target): Label(NONE, "-") for source in actors for target in actors if source != target
    }
    for told in relations.split("; ") if relations != "-" else ():
        match = _RELATION.fullmatch(told)
        if match is None or (match[1], match[2]) not in labels:
            raise BadSentence(f"{where}: {told!r} is no relation of its actors, such as 'a>b ACCUSE said'")
        labels[match[1], match[2]] = None if match[3] else Label(match[4], match[5])
    if not tab or len(actors) < 2 or set("[]|<>") & set(text):
        raise BadSentence(f"{where}: want a sentence with two or more actors as [a|words], a tab, its relations or -")
    return Labelled(text, actors, {pair: label for pair, label in labels.items() if label is not None})


def folds_of(rows: Sequence[Labelled], count: int) -> list[int]:
    """A fold for each row; the same sentence marked twice stays in one, or the test would know it."""
    fold_of: dict[str, int] = {}
    return [fold_of.setdefault(row.text, len(fold_of) % count) for row in rows]
