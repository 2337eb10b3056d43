"""Whom a phrase speaks for: phrases of ours, and the side that a reader takes them for."""

from datetime import date

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
    ],
)
def test_only_who_is_in_government_that_day_speaks_for_it(phrase: str, day: date, governs: bool) -> None:
    side = spoken_for(phrase, day)
    assert side is not None
    assert side.government is governs


@given(st.text(max_size=2_000))
def test_any_text_is_answered(phrase: str) -> None:
    country = country_of(phrase, DAY)
    assert country is None or country.isupper()
