"""What became of each alert on each channel, so that none is sent again without need."""

from schemas.deliveries import AlertOutcome, AlertSilenced


class Ledger:
    """The outcomes recorded so far; it grows by one small entry an alert and channel."""

    def __init__(self) -> None:
        self._settled: set[tuple[str, str]] = set()
        self._told: set[str] = set()

    def add(self, outcome: AlertOutcome) -> None:
        """Remember an outcome that stands on the broker."""
        self._settled.add((outcome.alert_id, outcome.channel))
        if not isinstance(outcome, AlertSilenced):
            self._told.add(outcome.alert_id)

    def settled(self, alert_id: str, channel: str) -> bool:
        """Whether the alert was delivered to, refused by or silenced for this channel."""
        return (alert_id, channel) in self._settled

    def told(self, alert_id: str) -> bool:
        """Whether the alert was sent (taken or refused), not held back."""
        return alert_id in self._told
