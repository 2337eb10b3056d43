"""Episodes, step by step, in histories that a reader can follow."""

from datetime import date

from judgement_builders import MIXED, RULES, a_statement, closed, day, folded, path, said, steps

from schemas.event import Event
from schemas.shifts import shift_id
from streams.judgement.rules import Rules

TURN = 740
EAGER = Rules(warming_threshold=0.8, cooling_threshold=0.8)
"""Under these one strong story after an even record is a suspicion."""

CRITIC = said(range(0, 720, 30), -0.5)
"""Two years of steady criticism."""


def test_one_days_news_is_a_suspicion_and_the_next_days_confirms() -> None:
    _, told = folded(*MIXED, *said([TURN, TURN + 3], 1.0), rules=EAGER)
    assert path(told) == [("warming", "suspected"), ("warming", "confirmed")]
    assert [step.at for step in steps(told)] == [day(TURN), day(TURN + 3)]


def test_what_many_write_of_one_day_stays_a_suspicion() -> None:
    others = [a_statement(TURN, 1.0, article_id=f"art-{n}", outlet=f"Outlet {n}") for n in range(5)]
    _, told = folded(*MIXED, *others, closed(TURN), closed(TURN + 5))
    assert path(told) == [("warming", "suspected")]


def test_copies_of_a_story_confirm_nothing() -> None:
    copies = [
        a_statement(TURN + n, 1.0, article_id=f"art-{n}", happened=day(TURN + n), sketch=(7,), outlet=f"Outlet {n}")
        for n in range(3)
    ]
    once, _ = folded(*MIXED, *copies[:1], closed(TURN + 5), rules=EAGER)
    state, told = folded(*MIXED, *copies, closed(TURN + 5), rules=EAGER)
    assert path(told) == [("warming", "suspected")]
    assert state.toward("CHN").tally.sums == once.toward("CHN").tally.sums
    assert steps(told)[0].evidence[0].outlets == ("Outlet 0", "Outlet 1", "Outlet 2")


def test_a_steady_critic_does_not_alarm() -> None:
    _, told = folded(*CRITIC, *said(range(TURN, TURN + 600, 30), -0.5))
    assert path(told) == []


def test_a_critic_who_hardens_alarms() -> None:
    _, told = folded(*CRITIC, *said(range(TURN, TURN + 300, 30), -1.0))
    assert path(told)[:2] == [("cooling", "suspected"), ("cooling", "confirmed")] or path(told)[0] == (
        "cooling",
        "confirmed",
    )


def test_a_critic_who_relents_alarms_the_other_way() -> None:
    _, told = folded(*CRITIC, *said(range(TURN, TURN + 120, 30), 0.5))
    assert ("warming", "confirmed") in path(told)
    assert all(direction == "warming" for direction, _ in path(told))


def test_nothing_fires_in_the_first_year_of_evidence() -> None:
    _, told = folded(*said(range(0, 180, 15), -0.7), *said(range(180, 360, 15), 1.0))
    assert path(told) == []


def test_an_episode_keeps_its_id_its_onset_and_where_it_began() -> None:
    _, told = folded(*MIXED, *said(range(TURN, TURN + 60, 10), 1.0), closed(TURN + 900))
    assert len(steps(told)) > 4
    assert {step.id for step in steps(told)} == {shift_id("PRT", "CHN", "warming", day(TURN))}
    assert {step.onset for step in steps(told)} == {day(TURN)}
    first, *others = steps(told)
    assert {step.before for step in others} == {first.before}


def test_evidence_well_beyond_what_was_told_escalates() -> None:
    _, told = folded(*MIXED, *said(range(TURN, TURN + 60, 6), 1.0))
    escalated = [step for step in steps(told) if step.status == "escalated"]
    assert escalated
    confirmed = next(step for step in steps(told) if step.status == "confirmed")
    assert escalated[0].test > RULES.escalation * confirmed.test


def test_news_of_the_same_direction_brings_the_evidence_up_to_date() -> None:
    _, told = folded(*MIXED, *said([TURN, TURN + 3, TURN + 20], 0.7), rules=EAGER)
    last = steps(told)[-1]
    assert last.status in {"reinforced", "escalated"}
    assert last.at == day(TURN + 20)
    assert day(TURN + 20) in {each.published.date() for each in last.evidence}


def test_a_shift_that_is_taken_back_eases_and_ends_at_days_of_their_own() -> None:
    _, told = folded(
        *MIXED, *said([TURN, TURN + 3], 1.0), *said(range(TURN + 30, TURN + 80, 10), -1.0), closed(TURN + 300)
    )
    ends = {step.status: step for step in steps(told) if step.direction == "warming"}
    assert TURN + 30 <= (ends["eased"].at - day(0)).days < TURN + 80
    assert (ends["ended"].at - ends["eased"].at).days == RULES.ending


def test_a_shift_that_stands_ends_as_the_stance_that_the_actor_holds_and_is_not_told_again() -> None:
    _, told = folded(*MIXED, *said(range(TURN, TURN + 900, 15), 0.7))
    assert len({step.id for step in steps(told)}) == 1
    ended = steps(told)[-1]
    assert ended.status == "ended"
    assert "stance that the actor holds" in ended.reason


def test_the_opposite_turn_after_a_lasting_shift_is_told() -> None:
    _, told = folded(*MIXED, *said(range(TURN, TURN + 700, 15), 0.7), *said(range(TURN + 700, TURN + 900, 15), -0.9))
    assert ("cooling", "confirmed") in path(told)


def _said_of_both(number: int) -> list[Event]:
    kind = [a_statement(number, 0.4), a_statement(number, 0.4, target="USA")]
    harsh = [a_statement(number + 30, -0.4), a_statement(number + 30, -0.4, target="USA")]
    return [*kind, closed(number), *harsh, closed(number + 30)]


def test_toward_one_pole_up_and_toward_the_other_down_is_hedging() -> None:
    record = [event for each in range(0, 720, 60) for event in _said_of_both(each)]
    away = said([TURN, TURN + 3], -1.0, target="USA")
    near = said([TURN + 10, TURN + 13], 1.0)
    _, told = folded(*record, *away, *near)
    hedges = {(step.pole, step.status): step.hedging for step in steps(told)}
    assert hedges["USA", "confirmed"] is False
    assert hedges["CHN", "confirmed"] is True


def test_late_evidence_counts_at_its_own_day_and_fires_today() -> None:
    late = a_statement(TURN, 1.0)
    _, told = folded(*MIXED, *said([TURN + 1], 1.0), closed(TURN + 5), late, closed(TURN + 6), rules=EAGER)
    assert [(step.status, step.at) for step in steps(told)] == [
        ("suspected", day(TURN + 1)),
        ("confirmed", day(TURN + 6)),
    ]
    assert {each.occurred for each in steps(told)[-1].evidence} == {day(TURN), day(TURN + 1)}


def test_without_names_the_figure_that_a_log_without_the_story_gives() -> None:
    early, late = a_statement(TURN, 1.0), a_statement(TURN + 3, 0.7)
    _, told = folded(*MIXED, early, late, closed(TURN + 3), rules=EAGER)
    step = steps(told)[-1]
    pieces = {each.statement_id: each for each in step.evidence}
    _, less = folded(*MIXED, late, closed(TURN + 3), rules=Rules(warming_threshold=0.1))
    assert pieces[early.id].without == steps(less)[-1].test


def test_a_threshold_for_each_direction() -> None:
    deaf = Rules(warming_threshold=50)
    assert path(folded(*MIXED, *said([TURN, TURN + 3], 1.0), rules=deaf)[1]) == []
    assert path(folded(*MIXED, *said([TURN, TURN + 3], -1.0), rules=deaf)[1]) != []


def test_rules_of_equal_values_have_one_version_and_others_another() -> None:
    assert Rules().version == Rules(poles=("CHN", "USA")).version
    assert Rules().version != Rules(warming_threshold=1.6).version


def test_a_close_in_a_far_future_comes_to_its_end() -> None:
    _, told = folded(*MIXED, *said([TURN, TURN + 3], 1.0))
    state, _ = folded(*MIXED, *said([TURN, TURN + 3], 1.0))
    from_there, told = folded(closed(0).model_copy(update={"day": date(2600, 1, 1)}), start=state)
    assert steps(told)[-1].status == "ended"
    assert from_there.closed == date(2600, 1, 1).toordinal()
