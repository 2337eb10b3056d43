"""What the log says: steps of shifts, live states, and the same states folded again, now, as of a day or otherwise."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple, TypeVar

from schemas.cloudevents import Undecodable, decode
from schemas.event import Event
from schemas.shifts import Shift
from schemas.statements import StatementDetected, StatementRetracted
from schemas.topics import SHIFTS, STATEMENTS, Topic
from streams.broker.log import read_log
from streams.judgement.agent import Kept, changelog, judged_event
from streams.judgement.fold import Judged, state_hash
from streams.judgement.hindsight import as_it_happened, happened_by, known_by
from streams.judgement.refolding import Refolded, Refolding, in_order
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.weighing import counts
from streams.log_file import LogFile, read_log_file

Known = TypeVar("Known", bound=Event)


class World(NamedTuple):
    """One set of topics: a broker and a prefix."""

    bootstrap: str
    prefix: str


Source = World | LogFile
"""Where a log of statements stands: on Kafka, or in a file of JSON lines."""

OnRecord = Callable[[], None]
"""Told of each record of a log that is read."""


def _untold() -> None:
    """Tell nobody."""


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


async def read_log_of(source: Source, on_record: OnRecord = _untold) -> AsyncIterator[Judged]:
    """The statements and closed days of a log, each actor's in order; what cannot be judged stands in `rejected`.

    Raises:
        BadLog: a file that is no such log.
        BrokerError: the topic cannot be read.
    """
    if isinstance(source, LogFile):
        for event in read_log_file(source):
            on_record()
            yield event
        return
    async for record in read_log(source.bootstrap, STATEMENTS.named(source.prefix)):
        on_record()
        with suppress(Undecodable):
            yield judged_event(record.key, record.headers, record.value)


async def refold(source: Source, rules: Rules, on_record: OnRecord = _untold) -> Refolded:
    """Fold the statements again, without Faust."""
    (folded,) = await refold_under(source, [rules], on_record)
    return folded


async def refold_under(source: Source, rules: Iterable[Rules], on_record: OnRecord = _untold) -> list[Refolded]:
    """Fold the statements under each of several rules, in one reading."""
    foldings = [Refolding(each) for each in rules]
    async for event in read_log_of(source, on_record):
        for folding in foldings:
            folding.take(event)
    return [folding.outcome() for folding in foldings]


async def known_then(
    source: Source, rules: Rules, day: date, watched: Collection[str], on_record: OnRecord = _untold
) -> Refolded:
    """What was known at the close of `day`: of what had arrived by then."""
    folding, known = Refolding(rules), known_by(day)
    async for event in read_log_of(source, on_record):
        if known(event):
            folding.take(event)
    folding.close(day, watched)
    return folding.outcome()


async def true_then(
    source: Source, rules: Rules, day: date, watched: Collection[str], on_record: OnRecord = _untold
) -> Refolded:
    """What is true of the close of `day` by all that is known now, each thing known when it happened.

    What has been taken back by now never was. The statements that count are held in memory.
    """
    folding, happened = Refolding(rules), happened_by(day)
    told: dict[str, StatementDetected] = {}
    async for event in read_log_of(source, on_record):
        if isinstance(event, StatementRetracted):
            told.pop(event.statement.id, None)
        elif isinstance(event, StatementDetected) and happened(event) and counts(event, rules):
            told[event.id] = event
    for event in as_it_happened(told.values(), watched):
        folding.take(event)
    folding.close(day, watched)
    return folding.outcome()


async def steps_of(source: Source, rules: Rules) -> list[Shift]:
    """The steps of every episode, by day: as the line told them, or as a file's statements give them."""
    return (await refold(source, rules)).steps if isinstance(source, LogFile) else await read_steps(source)


async def find_statement(source: Source, identifier: str) -> StatementDetected | None:
    """The statement of an id."""
    async for event in read_log_of(source):
        if isinstance(event, StatementDetected) and event.id == identifier:
            return event
    return None


async def held_of(source: Source, identifier: str) -> list[StatementDetected]:
    """The statements of an id, or of an article's, that have not been taken back, in the order of the log."""
    held: dict[str, StatementDetected] = {}
    async for event in read_log_of(source):
        if isinstance(event, StatementRetracted):
            held.pop(event.statement.id, None)
        elif isinstance(event, StatementDetected) and identifier in (event.id, event.article_id):
            held.setdefault(event.id, event)
    return list(held.values())


async def log_of(source: Source, actors: Collection[str]) -> list[Judged]:
    """The statements and closed days of some actors, each one's in order."""
    return [event async for event in read_log_of(source) if event.actor in actors]


def hash_of(refolded: Refolded) -> str:
    """The hash of states that were folded again."""
    return state_hash(refolded.states)
