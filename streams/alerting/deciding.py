"""What to tell of a step of a shift: an alert, a silence with its reason, or nothing.

Each alert tells of one step. A digest over actors would need to know that no other actor will still move on
that day, which no reader of a partitioned log can know within a bounded time; so a message names the others
that move alike, and its id depends on its own step alone.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from schemas.deliveries import AlertSilenced, alert_id
from schemas.names import actor_name, seat_name
from schemas.shifts import Shift
from streams.alerting.alert import Alert
from streams.alerting.message import text_of
from streams.alerting.rules import AlertRules

EVERY_CHANNEL = "all"
"""The channel of a silence, which holds for each."""

_RANKS = {"suspected": 0, "confirmed": 1}


class Episode(NamedTuple):
    """An open shift: its last step, and those of its steps that were told."""

    last: Shift
    told: tuple[Shift, ...] = ()


Episodes = Mapping[str, Episode]
"""Every open shift by its id."""


def evolve(episodes: Episodes, step: Shift, told: bool) -> Episodes:
    """The open shifts after `step`, which was `told` or not."""
    if step.status == "ended":
        return {identifier: episode for identifier, episode in episodes.items() if identifier != step.id}
    earlier = _earlier(episodes, step)
    return {**episodes, step.id: Episode(step, (*earlier, step) if told else earlier)}


def decide(episodes: Episodes, step: Shift, rules: AlertRules) -> Alert | AlertSilenced | None:
    """What to tell of `step`, given the shifts that were open before it.

    None when nobody asked for such steps; a silence says why a step that might have been told is not.
    """
    if step.status not in rules.steps or (step.status == "ended" and not _earlier(episodes, step)):
        return None
    alert = _alert(episodes, step, rules)
    reason = next(_objections(episodes, step, rules), None)
    return _silenced(alert, reason) if reason else alert


def _alert(episodes: Episodes, step: Shift, rules: AlertRules) -> Alert:
    established = (other for other in _others(episodes, step) if other.status != "suspected")
    others = sorted(established, key=lambda other: (other.onset, other.actor, other.pole))
    return Alert(
        step,
        step.evidence[: rules.quotes],
        elsewhere=tuple(other for other in others if other.actor == step.actor and other.pole != step.pole),
        alongside=tuple(other for other in others if _moves_alike(other, step)),
    )


def _silenced(alert: Alert, reason: str) -> AlertSilenced:
    return AlertSilenced(
        alert_id=alert.id,
        step_ids=(alert.step.event_id,),
        channel=EVERY_CHANNEL,
        at=alert.step.event_time,
        text=text_of(alert),
        reason=reason,
    )


def _objections(episodes: Episodes, step: Shift, rules: AlertRules) -> Iterator[str]:
    if not rules.watches(step.actor):
        yield f"{step.actor} is not among the actors to alert on"
    if step.pole not in rules.poles:
        yield f"{step.pole} is not among the poles to alert on"
    if silence := rules.silence_of(step):
        yield f"silenced by {silence.author} until {silence.ends}: {silence.reason}"
    if step.status != "ended":
        yield from _repetitions(episodes, step)
        yield from _weaknesses(step, rules)
        yield from _bigger(episodes, step, rules)


def _repetitions(episodes: Episodes, step: Shift) -> Iterator[str]:
    # An escalation is always news; else a step is, if nothing as high was told of its episode.
    rank = _RANKS.get(step.status)
    for earlier in _earlier(episodes, step):
        if rank is not None and _RANKS.get(earlier.status, 2) >= rank:
            yield f"told already as {earlier.status} on {earlier.at} (alert {alert_id(earlier.event_id)})"


def _weaknesses(step: Shift, rules: AlertRules) -> Iterator[str]:
    if step.confidence < rules.min_confidence:
        yield f"confidence {step.confidence:.2f} is under {rules.min_confidence:.2f}"
    if step.stories < rules.min_stories:
        yield f"{step.stories} independent stories are under {rules.min_stories}"
    if step.outlets < rules.min_outlets:
        yield f"{step.outlets} outlets are under {rules.min_outlets}"


def _bigger(episodes: Episodes, step: Shift, rules: AlertRules) -> Iterator[str]:
    # Hedging is news because of the other move, however big that is.
    if step.hedging:
        return
    for other in _others(episodes, step):
        told = bool(episodes[other.id].told)
        if told and other.actor == step.actor and _size(step) < rules.mute_below * _size(other):
            yield (
                f"muted by a bigger open shift: {actor_name(other.actor)} {other.direction} toward "
                f"{seat_name(other.pole)} since {other.onset} ({_size(other):.2f} against {_size(step):.2f})"
            )


def _earlier(episodes: Episodes, step: Shift) -> tuple[Shift, ...]:
    """The told steps of the same episode, other than this one, which a redelivery may bring again."""
    episode = episodes.get(step.id)
    return tuple(told for told in episode.told if told.event_id != step.event_id) if episode else ()


def _others(episodes: Episodes, step: Shift) -> Iterator[Shift]:
    return (episode.last for identifier, episode in episodes.items() if identifier != step.id)


def _moves_alike(other: Shift, step: Shift) -> bool:
    return other.actor != step.actor and (other.pole, other.direction) == (step.pole, step.direction)


def _size(step: Shift) -> float:
    return abs(step.after - step.before)
