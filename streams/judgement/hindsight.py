"""The past asked in two ways: what was known on a day, and what is true of it by all that is known now."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta

from schemas.statements import DayClosed, StatementDetected
from streams.judgement.refolding import Judged, day_of

_DAY = timedelta(days=1)


def known_by(day: date) -> Callable[[Judged], bool]:
    """Whether an event had arrived by the close of `day`; asked of every event of a log, in its order.

    The log tells when a statement arrived by the days that it stands between: one that stands behind the close of
    an actor's day came after that day, whenever it had been published.
    """
    closed: dict[str, date] = {}

    def known(event: Judged) -> bool:
        before = closed.get(event.actor, date.min)
        if isinstance(event, DayClosed):
            closed[event.actor] = max(before, event.day)
            return event.day <= day
        return before < day and day_of(event) <= day

    return known


def happened_by(day: date) -> Callable[[Judged], bool]:
    """Whether an event is a statement of what had happened by the close of `day`, whenever it was told."""

    def happened(event: Judged) -> bool:
        return isinstance(event, StatementDetected) and event.event_time.date() <= day

    return happened


def as_it_happened(statements: Iterable[StatementDetected], watched: Collection[str]) -> Iterator[Judged]:
    """The log that would be, had each statement been published when what it tells of happened."""
    return in_lockstep((each.model_copy(update={"published": each.event_time}) for each in statements), watched)


def in_lockstep(statements: Iterable[StatementDetected], watched: Collection[str]) -> Iterator[Judged]:
    """A log of statements in the order of their publication; a watched actor's days are closed before it speaks again.

    The last day that anything was published on is closed, too. All statements are held in memory.
    """
    spoke: dict[str, date] = {}
    last = date.min
    for statement in sorted(statements, key=lambda each: (each.published, each.id)):
        last, actor = day_of(statement), statement.actor
        if actor in watched:
            if spoke.get(actor, last) < last:
                yield DayClosed(actor=actor, day=last - _DAY)
            spoke[actor] = last
        yield statement
    yield from (DayClosed(actor=actor, day=last) for actor in spoke)
