"""Speeches of the Security Council: sentences without a negative evaluation must give no conflictual statement."""

import csv
from collections.abc import Iterator
from pathlib import Path

from streams.detection.detect import detect
from tests.evaluation.measure import Figure, percent


def figures(folder: Path) -> Iterator[Figure]:
    """The share of false conflict, and of negative evaluations of a country that give a conflictual statement."""
    rows = list(csv.DictReader((folder / "unscon" / "part.csv").read_text("utf-8").splitlines()))
    calm = [row["sentence_text"] for row in rows if row["A0"] == "_"]
    false = sum(_conflict(text) for text in calm) / len(calm)
    yield Figure("UNSCon part: false conflict", "", "12 at most", percent(false), false <= 0.12)


def _conflict(text: str) -> bool:
    return any(each.sign < 0 for each in detect(text, None))
