"""What became of each alert on each channel: the notifier's ledger."""

from typing import ClassVar

from schemas.event import Event, Instant
from schemas.ids import content_id


class AlertOutcome(Event):
    """One alert on one channel. `at` is the shift's own time, so a replay writes the same bytes."""

    alert_id: str
    step_ids: tuple[str, ...]
    """The event ids of the shift steps that the alert tells of."""
    channel: str
    at: Instant
    text: str
    """The message's plain-text fallback; never a webhook address."""

    @property
    def event_id(self) -> str:
        """One per alert, channel and outcome."""
        return content_id("delivery", self.alert_id, self.channel, self.ce_type)

    @property
    def event_time(self) -> Instant:
        """The shift's own time."""
        return self.at

    @property
    def key(self) -> str:
        """Alert and channel: the compacted ledger keeps the last outcome."""
        return f"{self.alert_id}/{self.channel}"


class AlertDelivered(AlertOutcome):
    """The channel took the message."""

    ce_type: ClassVar[str] = "stance.alert-delivered.v1"


class AlertRefused(AlertOutcome):
    """The channel refused it for good; `reason` says why, without secrets."""

    ce_type: ClassVar[str] = "stance.alert-refused.v1"

    reason: str


class AlertSilenced(AlertOutcome):
    """The rules held it back; `reason` names the rule."""

    ce_type: ClassVar[str] = "stance.alert-silenced.v1"

    reason: str


def alert_id(*step_ids: str) -> str:
    """The id of an alert: from the steps that it tells of, in any order."""
    return content_id("alert", *sorted(step_ids))
