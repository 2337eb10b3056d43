"""Whom a phrase speaks for: phrases of ours, and the side that a reader takes them for."""

import csv
import re
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.detection.phrases import country_of, spoken_for

DAY = date(2024, 11, 20)


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Norwegian fishermen", "NOR"),
        ("the Kingdom of Denmark", "DNK"),
        ("Portugal’s finance ministry", "PRT"),
        ("the Folketing", "DNK"),
        ("the Royal Canadian Mounted Police", "CAN"),
        ("BUNDESWEHR officers", "DEU"),
        ("Rotterdam dockers", "NLD"),
        ("residents of Andalusia", "ESP"),
        ("the New People's Army", "PHL"),
        ("the International Labor Organisation", "UNO"),
        ("the European Parliament", "EUU"),
        ("Turkey's ambassador to Sweden", "TUR"),
        ("Iran-backed Houthi fighters", "YEM"),
        ("a Kenya-based charity", "KEN"),
        ("the Democratic Party of Japan", "JPN"),
        ("Keir Starmer", "GBR"),
    ],
)
def test_a_phrase_speaks_for_its_own_country(phrase: str, country: str) -> None:
    assert country_of(phrase, DAY) == country


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "the minister",
        "a crowd of angry farmers",
        "the ambassador to France",
        "sanctions on Belarus",
        "Japanese and Korean diplomats",
        "South China Sea",
        "anti-American crowds",
        "Vienna Hartley",
        "Eleanor Bristol Hughes",
        "the Red Cross",
    ],
)
def test_a_phrase_of_nobody_or_of_two_gets_no_answer(phrase: str) -> None:
    assert country_of(phrase, DAY) is None


@pytest.mark.parametrize(
    ("phrase", "day", "governs"),
    [
        ("Angela Merkel", date(2019, 5, 2), True),
        ("Angela Merkel", date(2023, 5, 2), False),
        ("the Pentagon", DAY, True),
        ("a former Pentagon official", DAY, False),
        ("Hamas", DAY, False),
        ("Toyota", DAY, False),
        ("the Lok Sabha", DAY, False),
        ("Maria Corina Machado", DAY, False),
        ("Margaret Thatcher", DAY, False),
    ],
)
def test_only_who_is_in_government_that_day_speaks_for_it(phrase: str, day: date, governs: bool) -> None:
    side = spoken_for(phrase, day)
    assert side is not None
    assert side.government is governs


@pytest.mark.parametrize("table", ["organisations.csv", "figures.csv", "localities.csv"])
def test_a_name_stands_once_in_a_table(table: str) -> None:
    text = files("streams.detection").joinpath("tables", table).read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    names = [name for row in rows for name in row["names"].split(";")]
    assert len(names) == len(set(names))
    assert all(name == name.strip() != "" for name in names)
    assert {row["country"] for row in rows if not re.fullmatch("[A-Z]{3}|NATO", row["country"])} <= {""}


@given(st.text(max_size=2_000))
def test_any_text_is_answered(phrase: str) -> None:
    country = country_of(phrase, DAY)
    assert country is None or country.isupper()
