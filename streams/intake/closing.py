"""When days are over: the only way in which time reaches a state."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from schemas.statements import DayClosed


def day_to_close(closed: date | None, now: datetime) -> date | None:
    """The last day that is over at `now` (UTC) when it is later than `closed`, the last that was closed.

    It closes every day before it, too, so that a closer that slept for a week has one day to name.
    """
    over = now.astimezone(UTC).date() - timedelta(days=1)
    return over if closed is None or over > closed else None


def until_midnight(now: datetime) -> float:
    """Seconds from `now` to the next midnight, UTC; more than 0, at most 86,400."""
    start_of_day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (start_of_day + timedelta(days=1) - now).total_seconds()


def closings(actors: Iterable[str], day: date) -> Iterator[DayClosed]:
    """The events that close `day`, and every day before it, for each actor."""
    return (DayClosed(actor=actor, day=day) for actor in actors)
