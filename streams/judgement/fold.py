"""The fold: an actor's statements and closed days in, measured stances and steps of shifts out.

Pure: states are values, and what is told follows from the state and the event alone. It needs the rules also to
remember: what a statement weighs and how fast it fades stand in the sums.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from schemas.event import Event
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.closing import close
from streams.judgement.memory import remember, retract
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.weighing import counts, story_of

Judged = StatementDetected | StatementRetracted | DayClosed
"""What is folded: the events of the topic `statements`."""


def apply(state: ActorState, event: Event, rules: Rules) -> tuple[ActorState, tuple[Event, ...]]:
    """The state after an event of the actor, and what is told: the close of a day tells, nothing else does.

    Events that do not concern the actor's stances change nothing.
    """
    match event:
        case StatementDetected():
            return _heard(state, event, rules), ()
        case StatementRetracted():
            return _taken_back(state, event, rules), ()
        case DayClosed() if event.day.toordinal() > state.closed:
            return close(state._replace(closed=event.day.toordinal()), rules)
    return state, ()


def _heard(state: ActorState, told: StatementDetected, rules: Rules) -> ActorState:
    if not counts(told, rules):
        return state
    toward = state.toward(told.target)
    with_it = remember(toward, story_of(told, state.closed, rules), state.measured, rules)
    return state if with_it is toward else state.with_pole(with_it)


def _taken_back(state: ActorState, back: StatementRetracted, rules: Rules) -> ActorState:
    toward = state.toward(back.statement.target)
    if not counts(back.statement, rules) or not toward.first or back.statement.id in state.gone:
        return state
    others = [story_of(each, state.closed, rules) for each in back.copies if counts(each, rules)]
    told = story_of(back.statement, state.closed, rules)
    without = retract(toward, told, others, state.closed, state.measured, rules)
    gone = tuple(sorted({*state.gone, back.statement.id}))
    return state if without is toward else state.with_pole(without)._replace(gone=gone)


def fold(
    events: Iterable[Event], rules: Rules, start: Mapping[str, ActorState] | None = None
) -> tuple[dict[str, ActorState], list[Event]]:
    """Fold statements and closed days, of any actors, from the states in `start`."""
    states = dict(start or {})
    told: list[Event] = []
    for event in events:
        state = states.get(event.key) or ActorState.initial(event.key)
        states[event.key], decided = apply(state, event, rules)
        told.extend(decided)
    return states, told


def state_hash(states: Mapping[str, ActorState]) -> str:
    """SHA-256 over every actor's state, actors in order."""
    digest = sha256()
    for actor in sorted(states):
        digest.update(states[actor].to_bytes() + b"\n")
    return digest.hexdigest()
