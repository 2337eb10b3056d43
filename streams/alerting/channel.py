"""What a channel is, and what can become of a message on it."""

from typing import NamedTuple, Protocol

from streams.alerting.alert import Alert


class Delivered(NamedTuple):
    """The channel took the message."""


class RetryAfter(NamedTuple):
    """The channel may take the message later."""

    reason: str
    seconds: float = 0.0
    """How long the channel asks to be left alone at least."""


class Refused(NamedTuple):
    """The channel will not take this message."""

    reason: str
    """Never holds an address."""
    disables: bool = False
    """It will take no other either."""


Outcome = Delivered | RetryAfter | Refused


class Channel(Protocol):
    """Somewhere to tell alerts."""

    @property
    def name(self) -> str:
        """Stands in the ledger and in metrics."""

    async def send(self, alert: Alert) -> Outcome:
        """Try once to tell `alert`; failures that are expected of the channel are outcomes."""
