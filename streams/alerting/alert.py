"""An alert: one step of one shift that someone is to be told."""

from typing import NamedTuple

from schemas.deliveries import alert_id
from schemas.shifts import Evidence, Shift


class Alert(NamedTuple):
    """A step to tell, and what stands beside it.

    `evidence`, `elsewhere` and so the plain text follow from the actor's own partition of the log alone.
    `alongside` is what was known of other actors when it was sent: shown, but never part of the id.
    """

    step: Shift
    evidence: tuple[Evidence, ...]
    elsewhere: tuple[Shift, ...] = ()
    """The same actor's open shifts toward other poles."""
    alongside: tuple[Shift, ...] = ()
    """Open shifts of other actors toward the same pole in the same direction."""

    @property
    def id(self) -> str:
        """From the step's id: the same however often it is decided."""
        return alert_id(self.step.event_id)
