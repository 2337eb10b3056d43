"""What the notifier does with one step of a shift: decide, send, record."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from schemas.deliveries import AlertDelivered, AlertOutcome, AlertRefused, AlertSilenced, alert_id
from schemas.event import Event
from schemas.shifts import Shift
from streams.alerting.alert import Alert
from streams.alerting.channel import Channel, Delivered, Refused
from streams.alerting.deciding import EVERY_CHANNEL, Episodes, decide, evolve
from streams.alerting.delivery import Pause, deliver
from streams.alerting.ledger import Ledger
from streams.alerting.message import text_of
from streams.alerting.rules import AlertRules
from streams.metrics import Metrics

Record = Callable[[Event], Awaitable[None]]
"""Puts an event onto Kafka, and returns when the broker has it."""


class Desk:
    """Tells steps on `channels`, in order; what it has told is known from the ledger, never guessed.

    `pause` waits between two tries on a channel.
    """

    def __init__(
        self, rules: AlertRules, channels: Sequence[Channel], metrics: Metrics, record: Record, pause: Pause
    ) -> None:
        self._rules = rules
        self._channels = channels
        self._metrics = metrics
        self._record = record
        self._pause = pause
        self._disabled: dict[str, Refused] = {}
        self._ledger = Ledger()
        self._episodes: Episodes = {}

    def remember(self, ledger: Ledger, steps: Sequence[Shift]) -> None:
        """Start anew from what was recorded, and from the steps that had been dealt with by then."""
        self._ledger, self._episodes = ledger, {}
        for step in steps:
            self._evolve(step)

    async def tell(self, step: Shift) -> None:
        """Send and record what `step` calls for, on each channel where the ledger does not have it yet."""
        match decide(self._episodes, step, self._rules):
            case Alert() as alert:
                # Side by side, so that a channel that keeps us waiting does not keep the others waiting.
                await asyncio.gather(*(self._send(channel, alert) for channel in self._channels))
            case AlertSilenced() as silence if not self._ledger.settled(silence.alert_id, EVERY_CHANNEL):
                await self._settle(silence)
                self._metrics.delivery(EVERY_CHANNEL, "silenced")
        self._evolve(step)

    def _evolve(self, step: Shift) -> None:
        told = self._ledger.told(alert_id(step.event_id))
        self._episodes = evolve(self._episodes, step, told)

    async def _send(self, channel: Channel, alert: Alert) -> None:
        if self._ledger.settled(alert.id, channel.name):
            return
        outcome = await self._outcome(channel, alert)
        # Recorded after it was sent: a crash between them repeats the message, the other order would lose it.
        await self._settle(_recorded(channel, alert, outcome))
        self._metrics.delivery(channel.name, "delivered" if isinstance(outcome, Delivered) else "refused")

    async def _outcome(self, channel: Channel, alert: Alert) -> Delivered | Refused:
        if channel.name in self._disabled:
            return self._disabled[channel.name]
        retrying = partial(self._metrics.delivery, channel.name, "retried")
        outcome = await deliver(channel, alert, self._pause, retrying)
        if isinstance(outcome, Refused) and outcome.disables:
            self._disabled[channel.name] = Refused(f"channel disabled by {outcome.reason}")
            self._metrics.delivery(channel.name, "disabled")
        return outcome

    async def _settle(self, outcome: AlertOutcome) -> None:
        await self._record(outcome)
        self._ledger.add(outcome)


def _recorded(channel: Channel, alert: Alert, outcome: Delivered | Refused) -> AlertOutcome:
    delivered = AlertDelivered(
        alert_id=alert.id,
        step_ids=(alert.step.event_id,),
        channel=channel.name,
        at=alert.step.event_time,
        text=text_of(alert),
    )
    if isinstance(outcome, Refused):
        return AlertRefused(**delivered.model_dump(), reason=outcome.reason)
    return delivered
