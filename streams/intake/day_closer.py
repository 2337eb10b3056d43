"""The small process that closes each day at midnight, UTC, while the line runs live."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from streams.intake.closing import closings, day_to_close, until_midnight
from streams.intake.producer import Producer

_NAP_SECONDS = 60.0
"""A computer that slept over midnight closes the day this soon after it wakes."""


def close_days(
    producer: Producer,
    actors: Sequence[str],
    stop: threading.Event,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Close yesterday for each actor, then every day as it ends, until `stop` is set.

    Closing a day again is harmless: it is the same event.

    Raises:
        ProducerError: Kafka did not take a record.
    """
    closed = None
    while not stop.is_set():
        now = clock()
        if (day := day_to_close(closed, now)) is not None:
            for event in closings(actors, day):
                producer.publish(event)
            producer.settle()
            closed = day
        stop.wait(min(_NAP_SECONDS, until_midnight(now)))
