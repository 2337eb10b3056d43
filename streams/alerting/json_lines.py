"""Alerts for programs: each as one JSON object, to whoever collects them."""

from collections.abc import Callable
from typing import Any

from streams.alerting.alert import Alert
from streams.alerting.channel import Delivered
from streams.alerting.message import headline_of, text_of


class JsonChannel:
    """Hands each alert's row to `write`, such as a list's `append` or a printer of lines."""

    name = "json"

    def __init__(self, write: Callable[[dict[str, Any]], None]) -> None:
        self._write = write

    async def send(self, alert: Alert) -> Delivered:
        """Hand it over."""
        self._write(alert_row(alert))
        return Delivered()


def alert_row(alert: Alert) -> dict[str, Any]:
    """An alert as `replay --json` gives it."""
    step = alert.step
    return {
        "type": "alert",
        "id": alert.id,
        "shift_id": step.id,
        "step_id": step.event_id,
        "actor": step.actor,
        "pole": step.pole,
        "direction": step.direction,
        "status": step.status,
        "at": step.at.isoformat(),
        "headline": headline_of(step),
        "text": text_of(alert),
    }
