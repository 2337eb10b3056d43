"""Actors: a phrase to the country that it speaks for; where it speaks for none, no answer."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from streams.detection.phrases import country_of
from tests.evaluation.measure import Figure, percent

FIELDS = {"cc", "code['country']", "code"}
"""The fields that hold a country, or, as "code", that the phrase is nobody's."""
OURS = {"None": "", "EUR": "EUU", "LEG": ""}
"""What the data write otherwise: nobody, the European Union, and a role in the place of a country."""


def figures(folder: Path) -> Iterator[Figure]:
    """Countries found of those wanted, and the share of right ones among the answers."""
    path = folder / "actors" / "actor_resolution_assertions.tsv"
    rows = [
        row
        for row in csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        if row["field"] in FIELDS
    ]
    pairs = [(_gold(row["expected"]), country_of(row["text"], _day(row["other_args"])) or "") for row in rows]
    wanted = sum(bool(gold) for gold, _ in pairs)
    answers = sum(bool(told) for _, told in pairs)
    right = sum(gold == told != "" for gold, told in pairs)
    found, precision = right / wanted, right / answers
    yield Figure(
        f"actors: right of {wanted} phrases of a country; precision of the {answers} answers",
        "packages 70 at 96; PETRARCH lists 82.7 at 94.2",
        "85 at 97",
        f"{percent(found)} at {percent(precision)}",
        found >= 0.85 and precision >= 0.97,
    )


def _gold(expected: str) -> str:
    code = expected.strip("'\"")
    return OURS.get(code, code)


def _day(told: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", told)
    return date.fromisoformat(found.group()) if found else None
