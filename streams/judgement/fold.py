"""The fold: an actor's statements and closed days in, measured stances and steps of shifts out.

`evolve` takes no decision and `decide` changes nothing; both are pure.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from schemas.event import Event
from schemas.shifts import Shift
from schemas.statements import DayClosed, StatementDetected
from streams.judgement.episodes import decided, stepped
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.stories import in_order, joined, knows, trimmed
from streams.judgement.weighing import counts, member_of, terms

REMEMBERED_DAYS = 400
"""How long a story can be named as evidence."""

REMEMBERED_STORIES = 12
"""How many stories of a pole and sign are remembered at most; older and lighter ones live on in the sums."""


def evolve(state: ActorState, event: Event, rules: Rules) -> ActorState:
    """The state after an event. It needs the rules for what counts and how fast it fades."""
    match event:
        case StatementDetected() if counts(event, rules):
            return _with_statement(state, event, rules)
        case DayClosed() if event.day.toordinal() > state.closed:
            closed = event.day.toordinal()
            stories = trimmed(state.stories, closed - REMEMBERED_DAYS, REMEMBERED_STORIES)
            return state._replace(closed=closed, stories=stories)
        case Shift():
            return stepped(state, event)
    return state


def decide(before: ActorState, state: ActorState, event: Event, rules: Rules) -> tuple[Event, ...]:
    """What an event that led from `before` to `state` calls for: only the close of a day calls for anything."""
    if isinstance(event, DayClosed) and state.closed > before.closed and state.first:
        return decided(state, rules)
    return ()


def apply(state: ActorState, event: Event, rules: Rules) -> tuple[ActorState, tuple[Event, ...]]:
    """One turn of the fold: evolve, decide, and evolve over what was decided."""
    after = evolve(state, event, rules)
    events = decide(state, after, event, rules)
    for each in events:
        after = evolve(after, each, rules)
    return after, events


def fold(
    events: Iterable[Event], rules: Rules, start: Mapping[str, ActorState] | None = None
) -> tuple[dict[str, ActorState], list[Event]]:
    """Fold statements and closed days, of any actors, from the states in `start`."""
    states = dict(start or {})
    told: list[Event] = []
    for event in events:
        actor = event.key
        states[actor], new = apply(states.get(actor) or ActorState.initial(actor), event, rules)
        told.extend(new)
    return states, told


def state_hash(states: Mapping[str, ActorState]) -> str:
    """SHA-256 over every actor's state, actors in order."""
    digest = sha256()
    for actor in sorted(states):
        digest.update(states[actor].to_bytes() + b"\n")
    return digest.hexdigest()


def _with_statement(state: ActorState, statement: StatementDetected, rules: Rules) -> ActorState:
    pole, sign = statement.target, statement.sign
    if knows(state.stories, pole, sign, statement.id):
        return state
    member = member_of(statement)
    copied, story = joined(state.stories, pole, sign, member, rules.copy_window)
    sums = state.toward(pole)
    for old in copied:
        sums = sums.plus(terms(old.best.vote, rules), -1)
    sums = sums.plus(terms(story.best.vote, rules))
    rest = [old for old in state.stories if old not in copied]
    return state._replace(
        first=min(state.first or member.vote.day, member.vote.day),
        sums=tuple(sorted({**dict(state.sums), pole: sums}.items())),
        stories=in_order([*rest, story]),
    )
