"""The day or days that a clause names: each worked out by hand on a calendar."""

from datetime import date

import pytest

from streams.detection.dates import when
from streams.detection.numerals import in_digits

# A Thursday.
PUBLISHED = date(2025, 10, 16)


@pytest.mark.parametrize(
    ("clause", "first", "last"),
    [
        ("said on Tuesday", "2025-10-14", "2025-10-14"),
        ("on Thursday", "2025-10-16", "2025-10-16"),
        ("last Thursday", "2025-10-09", "2025-10-09"),
        ("on Friday last week", "2025-10-10", "2025-10-10"),
        ("the day before yesterday", "2025-10-14", "2025-10-14"),
        ("three weeks ago", "2025-09-25", "2025-09-25"),
        ("two years and one month ago", "2023-09-16", "2023-09-16"),
        ("a few days ago", "2025-10-13", "2025-10-13"),
        ("last week", "2025-10-06", "2025-10-12"),
        ("earlier this month", "2025-10-01", "2025-10-16"),
        ("late last month", "2025-09-16", "2025-09-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("the past three weeks", "2025-09-25", "2025-10-15"),
        ("in the week starting 6 May", "2025-05-05", "2025-05-11"),
        ("the rest of the week", "2025-10-16", "2025-10-19"),
        ("this week from Tuesday to Friday", "2025-10-14", "2025-10-17"),
        ("a September summit", "2025-09-01", "2025-09-30"),
        ("September between 3 and 5", "2025-09-03", "2025-09-05"),
        ("within the next 10 days", "2025-10-16", "2025-10-25"),
        ("for two weeks from 1 October", "2025-10-01", "2025-10-14"),
        ("from 1 October to 3 February", "2025-10-01", "2026-02-03"),
        ("between now and 1 December", "2025-10-16", "2025-12-01"),
        ("on 7 July 1298", "1298-07-07", "1298-07-07"),
        ("in the nineteen eighties", "1980-01-01", "1989-12-31"),
        ("the middle of 2021", "2021-05-01", "2021-08-31"),
        ("in 2023Q2", "2023-04-01", "2023-06-30"),
        ("on 3 March 2024", "2024-03-03", "2024-03-03"),
        ("on the twenty-first of May", "2025-05-21", "2025-05-21"),
        ("on December 5", "2024-12-05", "2024-12-05"),
        ("on 29 February", "2024-02-29", "2024-02-29"),
        ("in November", "2024-11-01", "2024-11-30"),
        ("in March 2023", "2023-03-01", "2023-03-31"),
        ("by the end of March", "2025-03-16", "2025-03-31"),
        ("its 2014 annexation", "2014-01-01", "2014-12-31"),
        ("in nineteen ninety-one", "1991-01-01", "1991-12-31"),
        ("in the 1970s", "1970-01-01", "1979-12-31"),
        ("in the third quarter of 2024", "2024-07-01", "2024-09-30"),
        ("the first week of October", "2025-09-29", "2025-10-05"),
        ("from 4 to 22 January 2025", "2025-01-04", "2025-01-22"),
        ("between 3 March and 5 April", "2025-03-03", "2025-04-05"),
        ("from 2014 to 2018", "2014-01-01", "2018-12-31"),
        ("2025-08-12", "2025-08-12", "2025-08-12"),
        ("21/04/2025", "2025-04-21", "2025-04-21"),
        ("the third Wednesday of September", "2025-09-17", "2025-09-17"),
    ],
)
def test_a_clause_names_its_days(clause: str, first: str, last: str) -> None:
    assert when(clause, PUBLISHED) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "clause",
    [
        "met in Paris",
        "on 30 February 2024",
        "in 2031",
        "tariffs of 25.5 percent",
        "they may march",
        "a fifth column",
        "within five days of the vote",
        "",
    ],
)
def test_a_clause_without_a_day_that_has_come_names_none(clause: str) -> None:
    assert when(clause, PUBLISHED) is None


def test_the_first_date_of_a_clause_counts() -> None:
    assert when("on Monday, after a visit in 2023", PUBLISHED) == (date(2025, 10, 13), date(2025, 10, 13))


def test_a_month_until_which_something_lasts_is_to_come_where_it_has_not_begun() -> None:
    assert when("duties are to be lower by December", PUBLISHED) is None
    assert when("exports had fallen by March", PUBLISHED) == (date(2025, 3, 1), date(2025, 3, 31))
    assert when("exports had fallen by December", PUBLISHED) == (date(2024, 12, 1), date(2024, 12, 31))
    assert when("talks lasted from May until December", date(2026, 2, 2)) == (date(2025, 5, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("the twenty-first of may", "the 21st of may"),
        ("twenty two men", "22 men"),
        ("twenty twenty", "2020"),
        ("two thousand and fourteen", "2014"),
        ("nineteen seventy eight", "1978"),
        ("no one", "no 1"),
        ("one thousand eight hundred and twelve", "1812"),
        ("three hundred and five boats", "305 boats"),
        ("the two thousand and tens", "the 2010s"),
    ],
)
def test_numbers_in_words_become_digits(words: str, digits: str) -> None:
    assert in_digits(words) == digits
