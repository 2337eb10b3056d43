"""Hits, windows, chance and delay, by hand."""

from datetime import date, timedelta
from math import exp

import pytest

from streams.judgement.scoring import STRICT, WIDE, Known, Scope, Told, median_delay, score

ONSET = date(2020, 7, 14)
KNOWN = Known("x", "PRT", "CHN", "cooling", ONSET, "a ban")
SCOPE = Scope(
    pairs=frozenset({("PRT", "CHN"), ("ESP", "CHN"), ("PRT", "USA")}),
    actors=frozenset({"PRT", "ESP", "FRA"}),
    first=date(2020, 1, 1),
    last=date(2020, 12, 30),
    actor_years=3.0,
)


def an_alarm(days: int, **changes: str) -> Told:
    given = {"actor": "PRT", "pole": "CHN", "direction": "cooling"} | changes
    return Told(**given, at=ONSET + timedelta(days=days), escalates=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "strict", "wide"),
    [(-64, 0, 0), (-63, 0, 1), (-15, 0, 1), (-14, 1, 1), (91, 1, 1), (92, 0, 0)],
)
def test_a_hit_lies_within_its_window(days: int, strict: int, wide: int) -> None:
    assert score([an_alarm(days)], [KNOWN], SCOPE, STRICT).hits == strict
    assert score([an_alarm(days)], [KNOWN], SCOPE, WIDE).hits == wide


@pytest.mark.parametrize("other", [{"actor": "ESP"}, {"pole": "USA"}, {"direction": "warming"}])
def test_an_alarm_of_another_actor_pole_or_direction_is_no_hit(other: dict[str, str]) -> None:
    assert score([an_alarm(5, **other)], [KNOWN], SCOPE, STRICT).hits == 0


def test_the_first_alarm_in_the_window_makes_the_delay() -> None:
    found = score([an_alarm(40), an_alarm(-20), an_alarm(6)], [KNOWN], SCOPE, STRICT)
    assert found.delays == (6,)
    assert median_delay(found) == 6
    assert median_delay(score([], [KNOWN], SCOPE, STRICT)) is None


@pytest.mark.parametrize(
    "changes", [{"actor": "DEU"}, {"pole": "RUS"}, {"onset": date(2019, 12, 31)}, {"onset": date(2020, 12, 31)}]
)
def test_what_could_not_be_found_is_not_counted(changes: dict[str, object]) -> None:
    assert score([], [KNOWN._replace(**changes)], SCOPE, STRICT).of == 0  # type: ignore[arg-type]


def test_an_actor_whose_evidence_is_too_thin_counts_as_missed() -> None:
    assert score([], [KNOWN._replace(actor="FRA")], SCOPE, STRICT).of == 1


def test_chance_is_as_many_alarms_spread_evenly_over_pairs_and_days() -> None:
    told = [an_alarm(200), an_alarm(300, actor="ESP"), an_alarm(5, pole="USA"), an_alarm(6, direction="warming")]
    # Two of that pole and direction on 2 pairs x 365 days, in a window of 106 days.
    assert score(told, [KNOWN], SCOPE, STRICT).chance == pytest.approx(1 - exp(-2 * 106 / (2 * 365)))
