"""A log judged again from its beginning: every actor's state, every step, and the last stances."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from schemas.event import Event
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.fold import Judged, apply
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState


class Refolded(NamedTuple):
    """The outcome of folding a log."""

    states: dict[str, ActorState]
    steps: list[Shift]
    """By day, then actor and pole, then as they happened."""
    stances: dict[tuple[str, str], StanceMeasured]
    """The last of each actor (first) toward each pole (second)."""
    statements: int
    """Statements read, each id once."""
    last: date
    """The last day on which anything was published or taken back, or that was closed; date.min for an empty log."""


class Refolding:
    """Judges events as they come, under one set of rules, and keeps what the fold tells."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._states: dict[str, ActorState] = {}
        self._steps: dict[str, Shift] = {}
        self._stances: dict[tuple[str, str], StanceMeasured] = {}
        self._statements: set[str] = set()
        self._last = date.min

    def take(self, event: Judged) -> None:
        """Judge the next event of the log."""
        if isinstance(event, StatementDetected):
            self._statements.add(event.id)
        self._last = max(self._last, day_of(event))
        state = self._states.get(event.actor) or ActorState.initial(event.actor)
        self._states[event.actor], decided = apply(state, event, self._rules)
        for each in decided:
            if isinstance(each, Shift):
                self._steps[each.event_id] = each
            elif isinstance(each, StanceMeasured):
                self._stances[each.actor, each.pole] = each

    def close(self, day: date, actors: Iterable[str]) -> None:
        """Judge those of `actors` that anything is known of at the close of `day`."""
        for actor in [each for each in actors if each in self._states]:
            self.take(DayClosed(actor=actor, day=day))

    def outcome(self) -> Refolded:
        """What has come of the events so far."""
        steps = in_order(self._steps.values())
        return Refolded(dict(self._states), steps, dict(self._stances), len(self._statements), self._last)


def refolded(events: Iterable[Judged], rules: Rules) -> Refolded:
    """Judge the events of a log."""
    folding = Refolding(rules)
    for event in events:
        folding.take(event)
    return folding.outcome()


def at_close(folded: Refolded, actors: Iterable[str], rules: Rules) -> dict[tuple[str, str], StanceMeasured]:
    """The stances that the close of the last day would measure, were it closed now; no shift is decided on them."""
    decided = [event for actor in actors for event in _closed(folded, actor, rules)[1]]
    return {(each.actor, each.pole): each for each in decided if isinstance(each, StanceMeasured)}


def closed_now(folded: Refolded, actor: str, rules: Rules) -> ActorState:
    """An actor's state, were the last day closed now."""
    return _closed(folded, actor, rules)[0]


def _closed(folded: Refolded, actor: str, rules: Rules) -> tuple[ActorState, tuple[Event, ...]]:
    state = folded.states.get(actor, ActorState.initial(actor))
    return apply(state, DayClosed(actor=actor, day=folded.last), rules)


def in_order(steps: Iterable[Shift]) -> list[Shift]:
    """Steps by day, then actor and pole, then as they happened (the sort is stable)."""
    return sorted(steps, key=lambda step: (step.at, step.actor, step.pole))


def day_of(event: Judged) -> date:
    """The day on which a statement was published or taken back, or which was closed."""
    match event:
        case DayClosed():
            return event.day
        case StatementDetected():
            return event.published.date()
        case StatementRetracted():
            return event.at.date()
