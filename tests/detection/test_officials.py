"""The table of officials: every watched government has its holders of office on every day, and no two at a time."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

G20 = "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA EUU".split()
EU = (
    "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE"
).split()
NATO = "ALB ISL MNE MKD NOR NATO".split()
ASEAN = "BRN KHM IDN LAO MYS MMR PHL SGP THA VNM TLS".split()
PACIFIC = "NZL IND BGD LKA NPL BTN MDV PAK MNG TWN PRK PNG FJI SLB VUT WSM TON KIR NRU PLW FSM MHL TUV COK".split()
WATCHED = sorted({*G20, *EU, *NATO, *ASEAN, *PACIFIC})

FIRST, LAST = date(2015, 1, 1), date(2026, 1, 1)
"""Later days are added as they are known."""
HEADS = ("head_of_state", "head_of_government")
UNHELD = {HEADS: 14, ("foreign",): 45, ("defence",): 80, ("finance",): 80, ("trade",): 80}
"""Days for which an office may stand empty: a parliament has to agree to who comes next."""
NO_SUCH_OFFICE = {
    ("EUU", ("defence",)),  # a commissioner since 2024-12
    ("MLT", ("defence",)),  # the prime minister's
    ("ARG", ("trade",)),  # the foreign minister's
    ("BRA", ("trade",)),  # part of the ministry of the economy from 2019 to 2022
}
TOLERATED = timedelta(days=45)
"""For which the dates of two holders may overlap: outgoing and incoming, acting and ill."""

Row = dict[str, str]


@pytest.fixture(scope="module")
def officials() -> list[Row]:
    text = files("streams.detection").joinpath("tables", "officials.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _start(row: Row) -> date:
    return date.fromisoformat(row["from"]) if row["from"] else date.min


def _end(row: Row) -> date:
    return date.fromisoformat(row["to"]) if row["to"] else date.max


def _unheld(rows: list[Row], tolerated: int) -> Iterator[str]:
    """The spans of days on which nobody holds an office."""
    held = FIRST
    for row in sorted(rows, key=_start):
        if (min(_start(row), LAST) - held).days > tolerated:
            yield f"{held} to {_start(row)}"
        held = max(held, _end(row))
    if (LAST - min(held, LAST)).days > tolerated:
        yield f"{held} to {LAST}"


def _asked() -> Iterator[tuple[str, tuple[str, ...]]]:
    for country in WATCHED:
        yield country, HEADS
    for country in sorted({*G20, *EU, "NZL"}):
        yield country, ("foreign",)
        yield country, ("defence",)
        yield country, ("finance",)
    for country in sorted({*G20, "NZL"} - {*EU}):  # the trade of the EU's members is the Commission's
        yield country, ("trade",)


@pytest.mark.parametrize(("country", "roles"), [each for each in _asked() if each not in NO_SUCH_OFFICE])
def test_an_office_is_held_since_2015(officials: list[Row], country: str, roles: tuple[str, ...]) -> None:
    rows = [row for row in officials if row["country"] == country and row["role"] in roles]
    assert list(_unheld(rows, UNHELD[roles])) == []


def test_no_two_hold_one_office_of_state(officials: list[Row]) -> None:
    offices: dict[tuple[str, str, str], list[Row]] = {}
    for row in officials:
        if row["role"] in HEADS and "acting" not in row["title"].lower():
            offices.setdefault((row["country"], row["role"], row["title"]), []).append(row)
    both = [
        (office, first["name"], second["name"])
        for office, rows in offices.items()
        for first, second in pairwise(sorted(rows, key=_start))
        if first["name"] != second["name"] and _end(first) - _start(second) > TOLERATED
    ]
    assert both == []


def test_every_term_begins_before_it_ends(officials: list[Row]) -> None:
    assert [row for row in officials if _start(row) > _end(row)] == []
