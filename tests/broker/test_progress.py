"""A worker that died on its feet is told from one that has nothing to do."""

import pytest

from streams.broker.progress import AGAIN_SECONDS, STALLED_SECONDS, Progress, Stalled

PLACE = ("articles", 3)
LONG = STALLED_SECONDS + 1


def a_worker_that_took(offset: int, at: float = 0.0) -> Progress:
    progress = Progress()
    progress.note(PLACE, offset, at)
    return progress


def test_a_worker_at_the_end_of_its_partition_may_idle_for_ever() -> None:
    progress = a_worker_that_took(41)
    for now in (LONG, 10 * LONG, 100 * LONG):
        progress.insist({PLACE: 42}, now)


def test_records_ahead_and_nothing_taken_for_long_is_a_stall() -> None:
    progress = a_worker_that_took(41)
    with pytest.raises(Stalled, match="articles"):
        progress.insist({PLACE: 50}, LONG)


def test_a_slow_worker_is_no_dead_one() -> None:
    progress = a_worker_that_took(41)
    progress.insist({PLACE: 50}, STALLED_SECONDS - 1)
    progress.note(PLACE, 42, STALLED_SECONDS)
    progress.insist({PLACE: 50}, LONG)


def test_the_count_starts_when_records_appear_not_when_the_last_was_taken() -> None:
    progress = a_worker_that_took(41)
    progress.insist({PLACE: 42}, LONG)
    progress.insist({PLACE: 43}, LONG + 10)


def test_a_partition_given_to_another_worker_does_not_count() -> None:
    a_worker_that_took(41).insist({("articles", 4): 90}, LONG)


def test_the_next_record_follows_the_last_one_taken() -> None:
    assert a_worker_that_took(41).expected(PLACE, None) == 42
    assert a_worker_that_took(41).expected(PLACE, 30) == 42


def test_what_another_worker_has_committed_may_be_passed_over() -> None:
    assert a_worker_that_took(41).expected(PLACE, 50) == 50


def test_a_partition_that_is_new_here_starts_where_the_group_stands() -> None:
    assert Progress().expected(PLACE, 50) == 50
    assert Progress().expected(PLACE, None) is None


def test_a_record_that_comes_again_takes_nothing_back() -> None:
    progress = a_worker_that_took(41)
    progress.note(PLACE, 12, 1.0)
    assert progress.expected(PLACE, None) == 42


def test_after_a_rebalance_what_was_not_committed_is_expected_again() -> None:
    progress = a_worker_that_took(41)
    progress.forget()
    assert progress.expected(PLACE, 30) == 30


def test_reading_again_is_asked_for_once_and_later_once_more() -> None:
    progress = Progress()
    moments = (100.0, 100.0 + AGAIN_SECONDS / 2, 100.0 + AGAIN_SECONDS)
    assert [progress.may_ask_again(PLACE, now) for now in moments] == [True, False, True]
    assert progress.may_ask_again(("articles", 4), 100.0)
