"""The past asked in two ways: what was known on a day, and what is true of it by all that is known now."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.fold import Judged
from streams.judgement.refolding import day_of

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


def in_lockstep(
    statements: Iterable[StatementDetected | StatementRetracted], watched: Collection[str]
) -> Iterator[Judged]:
    """A log of statements in the order of their publication; a watched actor's days are closed before it speaks again.

    One that is taken back is so when that was said. The last day is closed, too. All are held in memory.
    """
    spoke: dict[str, date] = {}
    last = date.min
    for event in sorted(statements, key=_moment):
        last, actor = day_of(event), event.actor
        if actor in watched:
            if spoke.get(actor, last) < last:
                yield DayClosed(actor=actor, day=last - _DAY)
            spoke[actor] = last
        yield event
    yield from (DayClosed(actor=actor, day=last) for actor in spoke)


def _moment(event: StatementDetected | StatementRetracted) -> tuple[datetime, bool, str]:
    """When it was said; what is told and taken back at once is told first."""
    if isinstance(event, StatementRetracted):
        return event.at, True, event.event_id
    return event.published, False, event.event_id
