from random import Random

from hypothesis import given
from hypothesis import strategies as st
from judgement_builders import RULES, a_statement, at_noon, closed, day

from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.fold import Judged
from streams.judgement.hindsight import as_it_happened, happened_by, in_lockstep, known_by
from streams.judgement.refolding import refolded


def known(log: list[Judged], number: int) -> list[Judged]:
    arrived = known_by(day(number))
    return [event for event in log if arrived(event)]


def test_what_was_published_by_a_day_and_came_before_its_close_was_known() -> None:
    log: list[Judged] = [a_statement(1), closed(1), a_statement(2), closed(2), a_statement(3), closed(3)]
    assert known(log, 2) == log[:4]


def test_what_came_after_the_close_of_a_day_was_not_known_then_whenever_it_was_published() -> None:
    late = a_statement(1, -0.7)
    log: list[Judged] = [a_statement(1), closed(1), closed(5), late, closed(6)]
    assert late not in known(log, 1)
    assert late not in known(log, 5)
    assert late in known(log, 6)


def test_what_is_taken_back_was_known_until_then() -> None:
    back = StatementRetracted(statement=a_statement(1), at=at_noon(3), reason="withdrawn")
    log: list[Judged] = [a_statement(1), closed(1), closed(2), back, closed(3)]
    assert back not in known(log, 2)
    assert back in known(log, 3)


def test_a_close_that_leaps_over_a_day_leaves_known_what_came_before_it() -> None:
    log: list[Judged] = [a_statement(1), closed(9)]
    assert known(log, 4) == [log[0]]


def test_days_of_one_actor_do_not_make_another_late() -> None:
    log: list[Judged] = [closed(5, actor="GBR"), a_statement(4)]
    assert a_statement(4) in known(log, 5)


def test_what_happened_by_a_day_is_true_of_it_whenever_it_was_told() -> None:
    retold = a_statement(30, happened=day(3))
    happened = happened_by(day(3))
    assert happened(retold)
    assert not happened(a_statement(4))
    assert not happened(closed(3))


def test_as_it_happened_puts_each_thing_on_its_own_day() -> None:
    retold = a_statement(30, happened=day(3))
    log = list(as_it_happened([a_statement(5), retold], {"PRT"}))
    assert [event.published.date() for event in log if isinstance(event, StatementDetected)] == [day(3), day(5)]
    assert [event.day for event in log if isinstance(event, DayClosed)] == [day(4), day(5)]


def test_in_lockstep_only_the_days_of_watched_actors_are_closed() -> None:
    log = list(in_lockstep([a_statement(1), a_statement(2, actor="GBR"), a_statement(3)], {"PRT"}))
    assert [(event.actor, event.day) for event in log if isinstance(event, DayClosed)] == [
        ("PRT", day(2)),
        ("PRT", day(3)),
    ]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True), st.integers(0, 99))
def test_the_order_of_a_file_of_statements_does_not_matter(days: list[int], seed: int) -> None:
    statements = [a_statement(each, 0.4 if each % 2 else -0.7, published=at_noon(each)) for each in days]
    shuffled = Random(seed).sample(statements, len(statements))
    assert list(in_lockstep(shuffled, {"PRT"})) == list(in_lockstep(statements, {"PRT"}))


def test_in_time_both_views_of_a_day_are_one() -> None:
    statements = [a_statement(each, 0.4) for each in (1, 5, 9)]
    log = [*in_lockstep(statements, {"PRT"})]
    then = refolded([*known(log, 9)], RULES)
    true = refolded(as_it_happened(statements, {"PRT"}), RULES)
    assert then == true
