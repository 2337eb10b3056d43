from datetime import date
from typing import Any

from alerting_builders import a_step, an_evidence

from schemas.shifts import Evidence, Shift, ShiftConfirmed, ShiftEnded, ShiftReinforced, ShiftSuspected
from streams.judgement.differences import Change, differences, episodes


def a_shift(at: str, kind: type[Shift] = ShiftConfirmed, onset: str = "2026-01-14", **changes: Any) -> Shift:
    return a_step(kind, onset=date.fromisoformat(onset), at=date.fromisoformat(at), **changes)


def a_piece(name: str, without: float) -> Evidence:
    """Evidence of a step whose figure had to pass 1.5."""
    return an_evidence(statement_id=name, without=without)


def changes(was: list[Shift], would_be: list[Shift]) -> list[tuple[Change, int | None]]:
    return [(each.change, each.days) for each in differences(was, would_be)]


def test_equal_judgements_differ_in_nothing() -> None:
    steps = [a_shift("2026-01-16"), a_shift("2026-01-20", actor="GBR")]
    assert changes(steps, steps) == [("same", 0), ("same", 0)]


def test_a_shift_of_one_judgement_alone_is_gained_or_lost() -> None:
    assert changes([], [a_shift("2026-01-16")]) == [("gained", None)]
    assert changes([a_shift("2026-01-16")], []) == [("lost", None)]


def test_a_shift_confirmed_on_another_day_is_earlier_or_later_by_so_many_days() -> None:
    assert changes([a_shift("2026-01-16")], [a_shift("2026-01-21", onset="2026-01-18")]) == [("later", 5)]
    assert changes([a_shift("2026-01-21", onset="2026-01-18")], [a_shift("2026-01-16")]) == [("earlier", -5)]


def test_a_suspicion_is_no_shift_but_is_told_beside_one() -> None:
    suspicion = a_shift("2026-01-15", ShiftSuspected)
    assert changes([suspicion], []) == []
    (lost,) = differences([suspicion, a_shift("2026-01-16")], [suspicion])
    assert (lost.change, lost.would_be, lost.days) == ("lost", suspicion, None)
    (gained,) = differences([suspicion], [suspicion, a_shift("2026-01-16")])
    assert (gained.change, gained.was) == ("gained", suspicion)


def test_a_suspicion_of_another_time_is_not_told_beside_it() -> None:
    over = [a_shift("2020-01-15", ShiftSuspected, "2020-01-14"), a_shift("2020-02-15", ShiftEnded, "2020-01-14")]
    (lost,) = differences([a_shift("2026-01-16")], over)
    assert lost.would_be is None


def test_shifts_of_other_actors_poles_and_directions_are_others() -> None:
    for other in ({"actor": "GBR"}, {"pole": "USA"}, {"direction": "cooling"}):
        assert sorted(changes([a_shift("2026-01-16")], [a_shift("2026-01-16", **other)])) == [
            ("gained", None),
            ("lost", None),
        ]


def test_shifts_whose_times_do_not_meet_are_two() -> None:
    early = [a_shift("2020-01-16", onset="2020-01-14"), a_shift("2020-06-01", ShiftEnded, "2020-01-14")]
    assert changes(early, [a_shift("2026-01-16")]) == [("lost", None), ("gained", None)]


def test_of_several_that_meet_those_closest_to_each_other_are_one() -> None:
    # 10 days lie between the first two, 1 between the last two, and both of ours are open when theirs comes.
    ours = [a_shift("2026-01-16"), a_shift("2026-01-25", onset="2026-01-24")]
    theirs = [a_shift("2026-01-26", onset="2026-01-24")]
    assert changes(ours, theirs) == [("lost", None), ("later", 1)]


def test_an_episode_that_opens_again_with_the_same_onset_is_another() -> None:
    steps = [
        a_shift("2026-01-15", ShiftSuspected),
        a_shift("2026-01-20", ShiftEnded),
        a_shift("2026-02-01"),
        a_shift("2026-02-03", ShiftReinforced),
    ]
    assert [len(each.steps) for each in episodes(steps)] == [2, 2]
    assert [each.confirmed for each in episodes(steps)] == [None, steps[2]]


def test_the_deciding_evidence_is_what_it_hangs_on_else_what_weighs_most() -> None:
    hinge, other = a_piece("st-1", 1.2), a_piece("st-2", 1.7)
    (gained,) = differences([], [a_shift("2026-01-16", evidence=(other, hinge))])
    assert gained.deciding == (hinge,)
    (gained,) = differences([], [a_shift("2026-01-16", evidence=(other, a_piece("st-3", 1.8)))])
    assert gained.deciding == (other,)
    (later,) = differences([a_shift("2026-01-16", evidence=(other,))], [a_shift("2026-01-17", evidence=(hinge,))])
    assert later.deciding == (hinge,)
