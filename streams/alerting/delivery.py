"""One alert to one channel, tried a stated number of times, with waits between them."""

from collections.abc import Awaitable, Callable

from streams.alerting.alert import Alert
from streams.alerting.channel import Channel, Delivered, Refused, RetryAfter

ATTEMPTS = 16
"""How often an alert is tried on a channel before it counts as refused."""

LONGEST_WAIT = 60.0
"""Seconds between two tries at most; so an alert is given up after some ten minutes."""

Pause = Callable[[float], Awaitable[None]]
"""Waits for a number of seconds."""


async def deliver(channel: Channel, alert: Alert, pause: Pause, retrying: Callable[[], None]) -> Delivered | Refused:
    """Send `alert` until the channel takes or refuses it, at most ATTEMPTS times.

    Waits 1, 2, 4 ... seconds, or longer where the channel asks for it; calls `retrying` before each.
    """
    for attempt in range(1, ATTEMPTS):
        outcome = await channel.send(alert)
        if not isinstance(outcome, RetryAfter):
            return outcome
        retrying()
        await pause(_wait(outcome, attempt))
    last = await channel.send(alert)
    return Refused(f"given up after {ATTEMPTS} tries: {last.reason}") if isinstance(last, RetryAfter) else last


def _wait(outcome: RetryAfter, attempt: int) -> float:
    return min(max(outcome.seconds, 2.0 ** (attempt - 1)), LONGEST_WAIT)
