"""The labelled sentences of seeds/sentences, and how they are dealt into folds."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SENTENCES = Path(__file__).parents[1] / "sentences"


class Labelled(NamedTuple):
    """A sentence with its pair marked, and the class it was given: a PLOVER root or NONE."""

    text: str
    root: str
    mode: str


def labelled() -> list[Labelled]:
    """All labelled sentences, in the order of their files."""
    return [
        Labelled(row["text"], row["root"], row["mode"])
        for path in sorted(SENTENCES.glob("*.tsv"))
        for row in csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def folds_of(rows: Sequence[Labelled], count: int) -> list[int]:
    """A fold for each row; the same sentence marked for several pairs stays in one, or the test would know it."""
    fold_of: dict[str, int] = {}
    return [fold_of.setdefault(plain(row.text), len(fold_of) % count) for row in rows]


def plain(marked: str) -> str:
    """A sentence without its marks."""
    return re.sub(r"</?[st]>", "", marked)
