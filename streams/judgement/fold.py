"""The fold: an actor's statements and closed days in, measured stances and steps of shifts out.

`evolve` takes no decision and `decide` changes nothing; both are pure. Both need the rules: what a statement weighs
and how fast it fades stand in the sums.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from schemas.event import Event
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.closing import calls, settled
from streams.judgement.episodes import traced
from streams.judgement.memory import remember, retract
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.weighing import counts, story_of

Judged = StatementDetected | StatementRetracted | DayClosed
"""What is folded: the events of the topic `statements`."""


def evolve(state: ActorState, event: Event, rules: Rules) -> ActorState:
    """The state after an event of the actor; events that do not concern it change nothing."""
    match event:
        case StatementDetected() if counts(event, rules):
            toward = state.toward(event.target)
            with_it = remember(toward, story_of(event, state.closed, rules), state.measured, rules)
            return state if with_it is toward else state.with_pole(with_it)
        case StatementRetracted(statement=told) if counts(told, rules) and state.toward(told.target).first:
            toward, story = state.toward(told.target), story_of(told, state.closed, rules)
            return state.with_pole(retract(toward, story, state.closed, state.measured, rules))
        case DayClosed():
            return state._replace(closed=max(state.closed, event.day.toordinal()))
        case StanceMeasured() if event.day.toordinal() > state.measured:
            return settled(state, event.day.toordinal(), rules)
        case Shift():
            return traced(state, event, rules)
    return state


def decide(state: ActorState, event: Event, rules: Rules) -> tuple[Event, ...]:
    """What the close of a day calls for, in a state that has seen it; nothing else calls for anything."""
    if isinstance(event, DayClosed) and state.measured < state.closed:
        return tuple(calls(state, rules))
    return ()


def apply(state: ActorState, event: Event, rules: Rules) -> tuple[ActorState, tuple[Event, ...]]:
    """One turn of the fold: evolve, decide, and evolve over what was decided."""
    after = evolve(state, event, rules)
    decided = decide(after, event, rules)
    for each in decided:
        after = evolve(after, each, rules)
    return after, decided


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
