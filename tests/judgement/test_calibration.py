"""The shipped thresholds on a few made-up actors; calibration.py tells how many more they come from."""

import pytest

from streams.judgement.calibration import Actor, alarm_rate, alarms, calibrated, delays
from streams.judgement.rules import Rules

RULES = Rules()


@pytest.mark.parametrize("level", [-0.8, 0.0, 0.8])
def test_steady_actors_of_any_level_keep_to_the_budget(level: float) -> None:
    assert alarm_rate([Actor(seed, level, 12) for seed in range(20)], RULES) <= 0.25


@pytest.mark.parametrize(("level", "shift"), [(-0.3, 0.6), (0.3, -0.6), (-0.2, -0.6)])
def test_most_shifts_are_found_within_two_years(level: float, shift: float) -> None:
    waited = delays([Actor(seed, level, 12, shift=shift) for seed in range(20)], RULES)
    assert sum(each is not None for each in waited) >= 16


def test_the_same_seed_makes_the_same_actor() -> None:
    assert list(Actor(7, 0.2, 12).events()) == list(Actor(7, 0.2, 12).events())
    assert alarms(Actor(7, 0.2, 12), RULES) == alarms(Actor(7, 0.2, 12), RULES)


def test_a_smaller_budget_asks_for_a_higher_threshold() -> None:
    actors = [Actor(seed, 0.0, 12) for seed in range(8)]
    strict, loose = calibrated(actors, RULES, 0.05, steps=4), calibrated(actors, RULES, 0.6, steps=4)
    assert strict.warming_threshold == strict.cooling_threshold > loose.warming_threshold
    assert alarm_rate(actors, strict) <= 0.05
