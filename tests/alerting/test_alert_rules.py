"""The rules of alerting as a user writes them: every mistake is named, every name means what it says."""

from datetime import date
from typing import Any

import pytest
from alerting_builders import a_step
from pydantic import ValidationError

from streams.alerting.rules import AlertRules, Silence


def a_silence(**changes: Any) -> Silence:
    given = {
        "actor": "CAN",
        "starts": date(2026, 1, 1),
        "ends": date(2026, 1, 31),
        "author": "desk",
        "reason": "known",
    }
    return Silence(**given | changes)


def test_by_default_suspicions_are_not_told() -> None:
    assert AlertRules().steps == ("confirmed", "escalated", "ended")


def test_without_names_every_actor_is_watched() -> None:
    assert AlertRules().watches("NZL")


def test_a_group_stands_for_its_members_and_nobody_else() -> None:
    rules = AlertRules(actors=("allies", "JPN"), groups={"allies": ("GBR", "CAN")})
    assert [actor for actor in ("GBR", "CAN", "JPN", "AUS") if rules.watches(actor)] == ["GBR", "CAN", "JPN"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"actors": ["alies"]}, "actors names 'alies', which is no actor's code and no group"),
        ({"silences": [a_silence().model_dump() | {"actor": "alies"}]}, r"silences\.0\.actor names 'alies'"),
        ({"steps": ["eased"]}, "Input should be 'suspected', 'confirmed', 'escalated' or 'ended'"),
        ({"quotes": 4}, "less than or equal to 3"),
        ({"quote": 2}, "Extra inputs are not permitted"),
        ({"min_confidence": 1.5}, "less than or equal to 1"),
    ],
)
def test_a_mistake_is_named(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        AlertRules.model_validate(table)


def test_a_silence_that_would_hold_back_everything_is_refused() -> None:
    with pytest.raises(ValidationError, match="would silence everything"):
        a_silence(actor=None)


def test_a_silence_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="ends on 2025-12-31, before it starts on 2026-01-01"):
        a_silence(ends=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 1, 31), True),
        (date(2026, 2, 1), False),
    ],
)
def test_a_silence_holds_from_its_first_to_its_last_day(day: date, held: bool) -> None:
    assert (AlertRules(silences=(a_silence(),)).silence_of(a_step(at=day)) is not None) is held


@pytest.mark.parametrize("other", [{"actor": "GBR"}, {"pole": "USA"}, {"direction": "cooling"}])
def test_a_silence_holds_only_what_matches_all_that_it_names(other: dict[str, str]) -> None:
    silence = a_silence(pole="CHN", direction="warming")
    rules = AlertRules(silences=(silence,))
    assert rules.silence_of(a_step()) == silence
    assert rules.silence_of(a_step(**other)) is None


def test_a_silence_can_name_a_group() -> None:
    rules = AlertRules(groups={"allies": ("GBR", "CAN")}, silences=(a_silence(actor="allies"),))
    assert rules.silence_of(a_step(actor="GBR")) is not None
    assert rules.silence_of(a_step(actor="AUS")) is None
