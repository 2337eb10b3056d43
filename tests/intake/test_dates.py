from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.dates import read, stated

NOON = datetime(2026, 1, 29, 12, tzinfo=UTC)
STORY = "\n\nThe minister said that talks would go on, as he had promised on 16 January 2018 in Paris.\n"


@pytest.mark.parametrize(
    "value",
    ["2026-01-29", "29 January 2026", "January 29, 2026", "Jan. 29, 2026", "29th Jan 2026", "29 JANUARY 2026"],
)
def test_a_date_alone_stands_for_noon(value):
    assert read(value) == NOON


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-29T10:15:00Z", datetime(2026, 1, 29, 10, 15, tzinfo=UTC)),
        ("2026-01-29T23:30:00-05:00", datetime(2026, 1, 30, 4, 30, tzinfo=UTC)),
        ("2026-01-29 10:15", datetime(2026, 1, 29, 10, 15, tzinfo=UTC)),
        ("Thu, 29 Jan 2026 11:15:00 +0100", datetime(2026, 1, 29, 10, 15, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_utc(value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    "value", ["", "soon", "2026-02-30", "31 June 2026", "01/02/2026", "January 2026", "2026-01-29 maybe"]
)
def test_what_names_no_moment_is_none(value):
    assert read(value) is None


@given(st.integers(-2_000_000_000, 4_000_000_000), st.integers(-12 * 60, 14 * 60))
def test_every_moment_written_in_iso_is_read_back(seconds, offset):
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=offset)))
    assert read(moment.isoformat()) == moment


@pytest.mark.parametrize(
    "line",
    [
        " date 2026-01-29 + ↺ − 16 px",
        "Published: 2026-01-29",
        "First published on Thursday 29 January 2026",
        "Published January 29, 2026, 10:15 GMT | Updated January 31, 2026",
        "29 January 2026",
        "Thu 29 Jan 2026 10.15 GMT",
        "World | January 29, 2026 | 3 min read",
        "By Ann Example, January 29, 2026",
        "BEIJING, 29 January 2026 (The Wire) — The two leaders met.",
        "LONDON, January 29, 2026 - The two leaders met.",
        "2026-01-29",
    ],
)
def test_the_head_of_a_text_states_when_it_was_published(line):
    assert stated(line + STORY) == NOON
    assert stated("Ministers meet in Beijing\n" + line + STORY) == NOON


@pytest.mark.parametrize(
    "line",
    [
        "What happened on 29 January 2026",
        "The visit of 29 January 2026 will be remembered for its silence.",
        "On 2026-01-29 the ministers met.",
        "Version 2026-01-29-beta",
        "BEIJING, January 29 (The Wire) — The two leaders met.",
        "31 June 2026",
        "29/01/2026",
    ],
)
def test_a_date_in_a_sentence_or_headline_is_not_taken_for_it(line):
    assert stated(line + STORY) is None


def test_published_is_believed_before_updated():
    assert stated("Updated: 31 January 2026\nPublished: 29 January 2026" + STORY) == NOON


def test_a_date_far_below_the_head_is_not_looked_for():
    assert stated("Words go on and on.\n" * 12 + "Published: 2026-01-29\n") is None


def test_a_very_long_line_costs_no_more_than_a_short_one():
    assert stated(" " * 1_000_000 + "A" * 1_000_000) is None
