from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.closing import closings, day_to_close, until_midnight

MOMENTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("closed", "now", "expected"),
    [
        (None, "2026-01-29T00:00:00+00:00", date(2026, 1, 28)),
        (date(2026, 1, 28), "2026-01-29T23:59:59+00:00", None),
        (date(2026, 1, 28), "2026-01-30T00:00:00+00:00", date(2026, 1, 29)),
        (date(2026, 1, 1), "2026-01-29T08:00:00+00:00", date(2026, 1, 28)),
        (date(2026, 1, 27), "2026-01-29T00:30:00+01:00", None),
    ],
)
def test_a_day_is_closed_once_when_it_is_over_in_utc(closed, now, expected):
    assert day_to_close(closed, datetime.fromisoformat(now)) == expected


@given(MOMENTS)
def test_a_day_is_never_closed_before_it_is_over(now):
    day = day_to_close(None, now)
    assert day is not None
    assert datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC) <= now
    assert day_to_close(day, now) is None


@given(MOMENTS)
def test_the_wait_ends_at_the_next_midnight(now):
    wait = until_midnight(now)
    assert 0 < wait <= 86_400
    assert (now + timedelta(seconds=wait)).time() == datetime.min.time()


def test_each_actor_gets_its_own_closing():
    assert [(event.actor, event.day) for event in closings(["GBR", "CAN"], date(2026, 1, 29))] == [
        ("GBR", date(2026, 1, 29)),
        ("CAN", date(2026, 1, 29)),
    ]
