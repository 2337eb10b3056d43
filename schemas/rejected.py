"""Input that could not be taken, kept with its coordinates and the reason."""

from typing import ClassVar

from schemas.event import Event, Instant
from schemas.ids import content_id

KEPT_BYTES = 64 * 1024
"""How much of refused content is kept."""


class Rejected(Event):
    """A record or file that a part refused.

    `where` is `topic/partition/offset` or a file's name with its line; `content` its first KEPT_BYTES.
    """

    ce_type: ClassVar[str] = "stance.rejected.v1"

    where: str
    reason: str
    content: bytes
    at: Instant

    @property
    def event_id(self) -> str:
        """One per place and reason."""
        return content_id("rejected", self.where, self.reason)

    @property
    def event_time(self) -> Instant:
        """The refused record's own time where it has one, else when it was refused."""
        return self.at

    @property
    def key(self) -> str:
        """The source coordinates."""
        return self.where
