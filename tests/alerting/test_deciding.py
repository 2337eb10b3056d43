"""What is told, what is held back and why: once an episode, again when it escalates, the same for the same log."""

from datetime import date
from typing import Any

import pytest
from alerting_builders import a_step, an_evidence, ids_of
from hypothesis import given
from hypothesis import strategies as st

from schemas.deliveries import AlertSilenced, alert_id
from schemas.shifts import Shift, ShiftConfirmed, ShiftEased, ShiftEnded, ShiftEscalated, ShiftSuspected
from schemas.topics import SHIFTS
from streams.alerting.alert import Alert
from streams.alerting.deciding import Episodes, decide, evolve
from streams.alerting.rules import AlertRules, Silence

RULES = AlertRules()
SUSPICIOUS = AlertRules(steps=("suspected", "confirmed", "escalated", "ended"))

EPISODE = SHIFTS.events
"""Every step there is, in the order of an episode."""


def an_episode(*kinds: type[Shift], **changes: Any) -> list[Shift]:
    """A step a day from 16 January on."""
    return [a_step(kind, at=date(2026, 1, 16 + number), **changes) for number, kind in enumerate(kinds)]


def decisions(steps: list[Shift], rules: AlertRules = RULES) -> list[Alert | AlertSilenced | None]:
    """What is decided when each alert is taken by a channel."""
    episodes: Episodes = {}
    decided = []
    for step in steps:
        decision = decide(episodes, step, rules)
        decided.append(decision)
        episodes = evolve(episodes, step, told=isinstance(decision, Alert))
    return decided


def alerts(steps: list[Shift], rules: AlertRules = RULES) -> list[Alert]:
    return [decision for decision in decisions(steps, rules) if isinstance(decision, Alert)]


def told_statuses(steps: list[Shift], rules: AlertRules = RULES) -> list[str]:
    return [alert.step.status for alert in alerts(steps, rules)]


def reasons(steps: list[Shift], rules: AlertRules = RULES) -> list[str]:
    return [decision.reason for decision in decisions(steps, rules) if isinstance(decision, AlertSilenced)]


def test_an_episode_is_told_when_confirmed_when_escalated_and_when_it_ended() -> None:
    assert told_statuses(an_episode(*EPISODE)) == ["confirmed", "escalated", "ended"]


def test_a_suspicion_is_told_to_those_who_ask_for_it() -> None:
    assert told_statuses(an_episode(*EPISODE), SUSPICIOUS) == [
        "suspected",
        "confirmed",
        "escalated",
        "ended",
    ]


def test_a_confirmation_after_easing_is_not_told_again_and_says_why() -> None:
    steps = an_episode(ShiftConfirmed, ShiftEased, ShiftConfirmed)
    assert told_statuses(steps) == ["confirmed"]
    assert reasons(steps) == [f"told already as confirmed on 2026-01-16 (alert {alert_id(steps[0].event_id)})"]


def test_every_escalation_is_told() -> None:
    steps = an_episode(ShiftConfirmed, ShiftEscalated, ShiftEscalated)
    assert told_statuses(steps) == ["confirmed", "escalated", "escalated"]


def test_the_end_of_an_episode_that_was_never_told_is_not_told() -> None:
    assert decisions(an_episode(ShiftSuspected, ShiftEased, ShiftEnded)) == [None, None, None]


def test_a_new_episode_is_told_anew() -> None:
    second = a_step(onset=date(2026, 3, 1), at=date(2026, 3, 4))
    assert len(alerts([*an_episode(ShiftConfirmed, ShiftEnded), second])) == 3


def test_a_step_that_comes_twice_is_decided_alike_so_that_its_id_is_known() -> None:
    first, again = alerts([a_step(), a_step()])
    assert first.id == again.id == alert_id(a_step().event_id)


def test_a_silenced_step_says_who_silenced_it_until_when_and_why() -> None:
    silence = Silence(
        actor="CAN",
        starts=date(2026, 1, 1),
        ends=date(2026, 1, 31),
        author="Ann",
        reason="announced visit",
    )
    steps, rules = an_episode(ShiftConfirmed), AlertRules(silences=(silence,))
    assert reasons(steps, rules) == ["silenced by Ann until 2026-01-31: announced visit"]


def test_what_was_silenced_counts_as_untold() -> None:
    silence = Silence(actor="CAN", starts=date(2026, 1, 16), ends=date(2026, 1, 16), author="Ann", reason="-")
    steps = an_episode(ShiftConfirmed, ShiftEnded)
    assert alerts(steps, AlertRules(silences=(silence,))) == []


def test_a_silenced_shift_that_escalates_after_the_silence_is_told() -> None:
    silence = Silence(actor="CAN", starts=date(2026, 1, 16), ends=date(2026, 1, 16), author="Ann", reason="-")
    steps = an_episode(ShiftConfirmed, ShiftEscalated)
    assert told_statuses(steps, AlertRules(silences=(silence,))) == ["escalated"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (AlertRules(actors=("GBR",)), "CAN is not among the actors to alert on"),
        (AlertRules(poles=("USA",)), "CHN is not among the poles to alert on"),
        (AlertRules(min_confidence=0.9), "confidence 0.82 is under 0.90"),
        (AlertRules(min_stories=7), "6 independent stories are under 7"),
        (AlertRules(min_outlets=10), "9 outlets are under 10"),
    ],
)
def test_a_step_outside_of_the_rules_is_held_back_with_the_reason(rules: AlertRules, reason: str) -> None:
    assert reasons([a_step()], rules) == [reason]


@pytest.mark.parametrize(
    "rules",
    [AlertRules(min_confidence=0.82), AlertRules(min_stories=6), AlertRules(min_outlets=9)],
)
def test_a_step_exactly_at_a_limit_is_told(rules: AlertRules) -> None:
    assert len(alerts([a_step()], rules)) == 1


def test_the_end_is_told_however_thin_the_evidence_has_become() -> None:
    ended = a_step(ShiftEnded, at=date(2026, 3, 1), stories=0, outlets=0, confidence=0.0, evidence=())
    assert told_statuses([a_step(), ended], AlertRules(min_confidence=0.5)) == ["confirmed", "ended"]


def cooling_toward_washington(**changes: Any) -> Shift:
    return a_step(
        pole="USA",
        direction="cooling",
        onset=date(2026, 1, 1),
        at=date(2026, 1, 5),
        before=0.5,
        after=-0.4,
        **changes,
    )


def test_a_small_shift_beside_a_big_one_of_the_same_actor_is_muted_and_says_by_which() -> None:
    small = a_step(before=0.0, after=0.4)
    assert reasons([cooling_toward_washington(), small]) == [
        "muted by a bigger open shift: Canada cooling toward Washington since 2026-01-01 (0.90 against 0.40)"
    ]


@pytest.mark.parametrize(
    ("case", "steps"),
    [
        ("not small enough", [cooling_toward_washington(), a_step(before=0.0, after=0.5)]),
        ("another actor", [cooling_toward_washington(), a_step(actor="GBR", before=0.0, after=0.4)]),
        ("hedging", [cooling_toward_washington(), a_step(before=0.0, after=0.4, hedging=True)]),
        ("the big one untold", [cooling_toward_washington(stories=1), a_step(before=0.0, after=0.4)]),
        (
            "the big one over",
            [
                cooling_toward_washington(),
                a_step(
                    ShiftEnded,
                    pole="USA",
                    direction="cooling",
                    onset=date(2026, 1, 1),
                    at=date(2026, 1, 9),
                ),
                a_step(before=0.0, after=0.4),
            ],
        ),
    ],
)
def test_a_shift_is_not_muted(case: str, steps: list[Shift]) -> None:
    assert isinstance(decisions(steps)[-1], Alert), case


def test_muting_can_be_turned_off() -> None:
    steps = [cooling_toward_washington(), a_step(before=0.0, after=0.01)]
    assert len(alerts(steps, AlertRules(mute_below=0.0))) == 2


def test_an_alert_names_the_same_actors_other_shifts_and_those_who_move_alike() -> None:
    washington = cooling_toward_washington()
    london = a_step(actor="GBR")
    paris_cooling = a_step(actor="FRA", direction="cooling")
    tokyo_suspected = a_step(ShiftSuspected, actor="JPN")
    *_, told = alerts([washington, london, paris_cooling, tokyo_suspected, a_step(hedging=True)])
    assert told.elsewhere == (washington,)
    assert told.alongside == (london,)


def test_who_moves_alike_never_changes_the_id() -> None:
    (alone,) = alerts([a_step()])
    _, beside = alerts([a_step(actor="GBR"), a_step()])
    assert alone.id == beside.id


def test_an_alert_quotes_the_weightiest_evidence_up_to_the_limit() -> None:
    evidence = tuple(an_evidence(statement_id=f"st-{number}") for number in range(5))
    (alert,) = alerts([a_step(evidence=evidence)], AlertRules(quotes=2))
    assert alert.evidence == evidence[:2]


ACTORS = ("AUS", "CAN", "GBR", "JPN")

histories = st.fixed_dictionaries(
    {
        actor: st.lists(
            st.tuples(st.sampled_from(EPISODE), st.sampled_from(["CHN", "USA"]), st.integers(0, 10)),
            max_size=6,
        )
        for actor in ACTORS
    }
).map(
    lambda drawn: {
        actor: [
            a_step(
                kind,
                actor=actor,
                pole=pole,
                onset=date(2026, 1, 1),
                at=date(2026, 1, 2 + number),
                after=size / 20,
            )
            for number, (kind, pole, size) in enumerate(steps)
        ]
        for actor, steps in drawn.items()
    }
)


@given(histories, st.randoms(use_true_random=False))
def test_alerts_and_silences_do_not_depend_on_how_the_actors_are_interleaved(
    history: dict[str, list[Shift]], chance: Any
) -> None:
    one_after_the_other = [step for steps in history.values() for step in steps]
    turns = [actor for actor, steps in history.items() for _ in steps]
    chance.shuffle(turns)
    left = {actor: iter(steps) for actor, steps in history.items()}
    interleaved = [next(left[actor]) for actor in turns]
    assert sorted(ids_of(alerts(interleaved))) == sorted(ids_of(alerts(one_after_the_other)))
    assert sorted(reasons(interleaved)) == sorted(reasons(one_after_the_other))


@given(histories)
def test_steps_that_are_read_twice_bring_no_other_alert(history: dict[str, list[Shift]]) -> None:
    once = [step for steps in history.values() for step in steps]
    twice = [step for step in once for _ in range(2)]
    assert set(ids_of(alerts(twice))) == set(ids_of(alerts(once)))


@given(histories)
def test_an_end_is_told_only_after_something_was(history: dict[str, list[Shift]]) -> None:
    for steps in history.values():
        told: set[str] = set()
        for alert in alerts(steps, SUSPICIOUS):
            assert alert.step.status != "ended" or alert.step.id in told
            told.add(alert.step.id)
