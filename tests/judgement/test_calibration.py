"""The budget is kept on histories whose answer is known, and the arrays say what the fold says."""

import numpy as np
import pytest
from judgement_builders import a_statement, closed, day, folded, steps

from schemas.statements import StatementDetected
from streams.judgement.alarming import Alarm, alarms
from streams.judgement.calibration import SIGNS, TooShort, Votes, alarm_rate, calibrated, shuffle, years
from streams.judgement.hindsight import in_lockstep
from streams.judgement.measure import measure
from streams.judgement.panel import Panel, see
from streams.judgement.rules import Rules
from streams.judgement.simulation import LEVELS, Cast, simulate
from streams.judgement.stories import MILLION
from streams.judgement.weighing import weight_of

RULES = Rules()
SHIPPED = {direction: RULES.threshold(direction) for direction in SIGNS}


def a_panel(scores: dict[int, float], days: int) -> Panel:
    """One series with a vote of weight 1 on some days."""
    weight, score = np.zeros((days, 1)), np.zeros((days, 1))
    for at, value in scores.items():
        weight[at], score[at] = 1.0, value
    return Panel.of(weight, score)


def test_steady_actors_of_any_level_keep_to_the_budget_of_the_shipped_thresholds() -> None:
    steady = Votes(simulate(Cast(LEVELS * 20, 12), RULES, seed=5))
    assert alarm_rate(steady, RULES, SHIPPED) <= 0.25 * 1.1
    for level in (-0.8, -0.4, 0.0, 0.4, 0.8):
        alone = Votes(simulate(Cast((level,) * 60, 12), RULES, seed=6))
        assert alarm_rate(alone, RULES, SHIPPED) <= 0.35


@pytest.mark.parametrize(("level", "shift"), [(-0.3, 0.6), (0.3, -0.6)])
def test_nearly_all_shifts_are_found_within_two_years(level: float, shift: float) -> None:
    turn, sign = int(4 * 365.25), 1 if shift > 0 else -1
    seen = see(simulate(Cast((level,) * 100, 12, shift=shift), RULES, seed=7), RULES)
    found = {alarm.series for alarm in alarms(seen, sign, 1.7, RULES) if turn <= alarm.day <= turn + 730}
    assert len(found) >= 95


def test_thresholds_keep_to_their_budget_on_a_shuffle_they_have_not_seen() -> None:
    history = Votes(simulate(Cast(LEVELS, 24, years=6), RULES, seed=8))
    found = calibrated(history, RULES, 0.5)
    assert alarm_rate(shuffle(history, RULES, seed=9), RULES, found.thresholds) == pytest.approx(0.5, rel=0.15)
    assert found.actor_years >= 5000


def test_the_fold_alarms_when_the_arrays_do_on_which_budgets_are_set() -> None:
    """Steady actors, whose every alarm is false: nine of ten come on the same day by both, and so as often."""
    random = np.random.default_rng(11)
    told = [_spoken(level, random) for level in LEVELS * 3]
    by_fold = {(series, at) for series, statements in enumerate(told) for at in _alarms_of_fold(statements)}
    panel = Panel(*(np.stack(each, axis=1) for each in zip(*map(_votes, told), strict=True)))
    seen = see(panel, RULES)
    by_arrays = {
        (alarm.series, sign * alarm.day)
        for direction, sign in SIGNS.items()
        for alarm in alarms(seen, sign, SHIPPED[direction], RULES)
    }
    assert len(by_fold) > 50
    assert len(by_fold & by_arrays) > 0.9 * max(len(by_fold), len(by_arrays))


_SPAN = 2922
"""Days in which the made-up actors speak: eight years."""


def _spoken(level: float, random: np.random.Generator) -> list[StatementDetected]:
    days = np.flatnonzero(random.random(_SPAN) < 12 / 365.25)
    scores = np.clip(random.normal(level, 0.5, len(days)), -1, 1)
    return [a_statement(int(at), round(float(score), 6)) for at, score in zip(days, scores, strict=True)]


def _alarms_of_fold(statements: list[StatementDetected]) -> list[int]:
    """The days, negative for cooling; each day is closed before the actor speaks again."""
    _, told = folded(*in_lockstep(statements, ["PRT"]), closed(_SPAN))
    return [
        SIGNS[step.direction] * (step.at - day(0)).days
        for step in steps(told)
        if step.status in ("confirmed", "escalated")
    ]


def _votes(statements: list[StatementDetected]) -> Panel:
    weight, score = np.zeros(_SPAN), np.zeros(_SPAN)
    for each in statements:
        at = (each.occurred_to - day(0)).days
        weight[at], score[at] = weight_of(each, RULES) / MILLION, each.polarity
    return Panel.of(weight, score)


def test_a_smaller_budget_asks_for_higher_thresholds() -> None:
    history = Votes(simulate(Cast(LEVELS, 24, years=6), RULES, seed=8))
    strict, loose = calibrated(history, RULES, 0.1), calibrated(history, RULES, 0.6)
    assert strict.warming > loose.warming
    assert strict.cooling > loose.cooling


def test_the_same_seed_makes_the_same_votes() -> None:
    one, same = (simulate(Cast(LEVELS, 12), RULES, seed=3) for _ in range(2))
    assert all((a == b).all() for a, b in zip(one, same, strict=True))


def test_a_shuffle_keeps_every_vote_and_moves_the_actors_together() -> None:
    both = np.where(np.arange(56)[:, None] == [3, 3], 1.0, 0.0)
    shuffled = shuffle(Votes(Panel.of(both, both)), Rules(warm_up=1), seed=1, actor_years=1)
    assert shuffled.votes.w.sum() == both.sum() * shuffled.series / 2
    pairs = shuffled.votes.w.reshape(56, -1, 2)
    assert (pairs[:, :, 0] == pairs[:, :, 1]).all()
    assert set(np.flatnonzero(pairs[:, :, 0].any(axis=1))) <= {3, 31}


def test_years_count_from_the_end_of_the_warm_up() -> None:
    seen = see(a_panel({100: 0.5}, days=1196), RULES)
    assert years(seen, RULES) == pytest.approx((1196 - 100 - 365) / 365.25)


def test_a_history_that_is_all_warm_up_is_refused() -> None:
    with pytest.raises(TooShort, match="365 days"):
        years(see(a_panel({0: 0.5}, days=300), RULES), RULES)


def test_the_arrays_measure_what_the_fold_measures() -> None:
    random = np.random.default_rng(4)
    days = sorted({int(day) for day in random.integers(0, 900, 40)})
    said = [a_statement(day, float(random.choice([-1.0, -0.4, 0.4, 0.7])), article_id=f"art-{day}") for day in days]
    state, _ = folded(*said)
    weight, score = np.zeros((900, 1)), np.zeros((900, 1))
    for at, statement in zip(days, said, strict=True):
        weight[at], score[at] = weight_of(statement, RULES) / MILLION, statement.polarity
    seen = see(Panel.of(weight, score), RULES)
    last = days[-1]
    day = said[-1].published.date().toordinal()
    assert seen.figure[last, 0] == pytest.approx(measure(state.toward("CHN").tally.sums, day, RULES).figure, rel=1e-6)


def test_a_series_in_an_episode_tells_again_only_when_it_escalates() -> None:
    even = {day: 0.4 if day % 40 else -0.4 for day in range(0, 800, 20)}
    turned = dict.fromkeys(range(800, 1000, 10), 1.0)
    seen = see(a_panel(even | turned, days=1000), RULES)
    first, *others = alarms(seen, 1, 1.38, RULES)
    assert first == Alarm(first.day, 0, escalates=False)
    assert all(alarm.escalates for alarm in others)
    assert alarms(seen, -1, 1.38, RULES) == []
