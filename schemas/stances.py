"""An actor's stance toward a pole, measured at the close of a day."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from schemas.event import Event, Instant
from schemas.ids import content_id
from schemas.statements import Actor, end_of

Score = Annotated[float, Field(ge=-1, le=1)]
"""-1 hostile, 0 neutral or mixed, 1 friendly."""


class StanceMeasured(Event):
    """The recent stance, its 95 % interval, and the actor's own baseline before it.

    `stories` is how many recent ones weigh in it, undecayed; where all evidence was taken back the score is 0.
    """

    ce_type: ClassVar[str] = "stance.stance-measured.v1"

    actor: Actor
    pole: Actor
    day: date
    score: Score
    low: Score
    high: Score
    baseline: Score
    stories: Annotated[int, Field(ge=0)]
    rules: str

    @property
    def event_id(self) -> str:
        """One per actor, pole and day under one version of the rules."""
        return content_id("stance", self.actor, self.pole, self.day, self.rules)

    @property
    def event_time(self) -> Instant:
        """The end of the day measured."""
        return end_of(self.day)

    @property
    def key(self) -> str:
        """Actor and pole: the compacted topic keeps the last one."""
        return f"{self.actor}/{self.pole}"
