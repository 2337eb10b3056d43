"""Dates: an expression and the day it was written on to the day or days that it means, read as the past."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streams.detection.dates import when
from tests.evaluation.measure import Figure, percent


def figures(folder: Path) -> Iterator[Figure]:
    """The share resolved to the right first and last day, of the inputs that tell of what is not to come."""
    rows = [
        row
        for name in ("DateParser.json", "DatePeriodParser.json")
        for row in json.loads((folder / "dates" / name).read_text("utf-8"))
        if len(row["Results"]) == 1 and "Context" in row
    ]
    asked = [(row["Input"], _written(row), _meant(row)) for row in rows]
    past = [(text, day, meant) for text, day, meant in asked if meant and meant[0] <= day]
    right = sum(_is_right(when(text, day), meant) for text, day, meant in past)
    share = right / len(past)
    measure = f"dates: resolved right of {len(past)} of the past"
    yield Figure(measure, "dateparser 52.6 (of the larger set)", "75", percent(share), share >= 0.75)


NO_SUCH_DAY = date(1, 1, 1)
"""What the data give for the 30th of February."""


def _is_right(told: tuple[date, date] | None, meant: tuple[date, date]) -> bool:
    """The data are of two minds whether "from 2 to 22 October" holds the 22nd: both readings are right."""
    if meant[0] == NO_SUCH_DAY:
        return told is None
    return told is not None and told[0] == meant[0] and told[1] in (meant[1], meant[1] + timedelta(1))


def _written(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["Context"]["ReferenceDateTime"][:10])


def _meant(row: dict[str, Any]) -> tuple[date, date] | None:
    """The days meant, both included; the data give the end of a period as the day after it."""
    told = row["Results"][0]["Value"].get("PastResolution", {})
    try:
        if "date" in told:
            return date.fromisoformat(told["date"]), date.fromisoformat(told["date"])
        return date.fromisoformat(told["startDate"]), date.fromisoformat(told["endDate"]) - timedelta(1)
    except (KeyError, ValueError):
        return None
