"""What the log says: steps of shifts, live states, and the same states folded again from the statements."""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from schemas.cloudevents import Undecodable, decode
from schemas.event import Event
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from schemas.topics import SHIFTS, STATEMENTS, Topic
from streams.broker.log import read_log
from streams.judgement.agent import Judged, Kept, changelog, judged_event
from streams.judgement.fold import apply, state_hash
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState

Known = TypeVar("Known", bound=Event)


class World(NamedTuple):
    """One set of topics: a broker and a prefix."""

    bootstrap: str
    prefix: str


class Refolded(NamedTuple):
    """The outcome of folding the statements again."""

    states: dict[str, ActorState]
    steps: list[Shift]
    stances: dict[tuple[str, str], StanceMeasured]
    statements: int
    """Statements read, each id once."""
    last: date
    """The last day that anything was published on or that was closed."""


async def read_events(world: World, topic: Topic, kind: type[Known]) -> AsyncIterator[Known]:
    """The events of one kind on a topic, each id once; records that are none stand in `rejected` already."""
    seen: set[str] = set()
    async for record in read_log(world.bootstrap, topic.named(world.prefix)):
        try:
            event = decode(record.headers, record.value)
        except Undecodable:
            continue
        if isinstance(event, kind) and event.event_id not in seen:
            seen.add(event.event_id)
            yield event


async def read_steps(world: World) -> list[Shift]:
    """Every step of every episode, by day."""
    return in_order([step async for step in read_events(world, SHIFTS, Shift)])


async def live_hash(world: World) -> str:
    """The hash of the states that the judgement workers keep, read from their changelog."""
    states: dict[str, ActorState] = {}
    async for record in read_log(world.bootstrap, changelog(world.prefix)):
        if record.key is not None and record.value is not None:
            states[record.key.decode()] = Kept.from_bytes(record.value).state
    return state_hash(states)


async def refold(
    world: World,
    rules: Rules,
    known_by: Callable[[Judged], bool] = lambda _event: True,
    on_record: Callable[[], None] = lambda: None,
) -> Refolded:
    """Fold the statements again, without Faust; of those only that `known_by` lets through."""
    states: dict[str, ActorState] = {}
    steps: dict[str, Shift] = {}
    stances: dict[tuple[str, str], StanceMeasured] = {}
    statements: set[str] = set()
    last = date.min
    async for record in read_log(world.bootstrap, STATEMENTS.named(world.prefix)):
        on_record()
        try:
            event = judged_event(record.key, record.headers, record.value)
        except Undecodable:
            continue
        if not known_by(event):
            continue
        last = max(last, _day_of(event))
        if isinstance(event, StatementDetected):
            statements.add(event.id)
        state = states.get(event.actor) or ActorState.initial(event.actor)
        states[event.actor], events = apply(state, event, rules)
        for each in events:
            if isinstance(each, Shift):
                steps[each.event_id] = each
            elif isinstance(each, StanceMeasured):
                stances[each.actor, each.pole] = each
    return Refolded(states, in_order(steps.values()), stances, len(statements), last)


def not_yet_closed(folded: Refolded, actors: Iterable[str], rules: Rules) -> dict[tuple[str, str], StanceMeasured]:
    """The stances that the close of the last day would measure, were it closed now; no shift is decided on them."""
    waiting = [folded.states[actor] for actor in actors if actor in folded.states]
    decided = [
        event for state in waiting for event in apply(state, DayClosed(actor=state.actor, day=folded.last), rules)[1]
    ]
    return {(each.actor, each.pole): each for each in decided if isinstance(each, StanceMeasured)}


def hash_of(refolded: Refolded) -> str:
    """The hash of states that were folded again."""
    return state_hash(refolded.states)


def in_order(steps: Iterable[Shift]) -> list[Shift]:
    """Steps by day, then actor and pole, then as they happened (the sort is stable)."""
    return sorted(steps, key=lambda step: (step.at, step.actor, step.pole))


def until(day: date) -> Callable[[Judged], bool]:
    """Lets through what was published, and the days that were closed, up to and including `day`."""

    def known(event: Judged) -> bool:
        return _day_of(event) <= day

    return known


def _day_of(event: Judged) -> date:
    return event.event_time.date() if isinstance(event, StatementRetracted) else _told_on(event)


def _told_on(event: StatementDetected | DayClosed) -> date:
    return event.day if isinstance(event, DayClosed) else event.published.date()
