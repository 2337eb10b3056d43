"""A shift of stance as an episode: suspected, confirmed (perhaps escalated), eased, ended."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.event import Event, Instant, Value
from schemas.ids import content_id
from schemas.plover import Root
from schemas.stances import Score
from schemas.statements import Actor, Unit, end_of

Direction = Literal["warming", "cooling"]
Status = Literal["suspected", "confirmed", "reinforced", "escalated", "eased", "ended"]


class Evidence(Value):
    """One story's part in a shift: its best quote, who carried it, and its exact share.

    `share` is the story's leave-one-out part of the move from `before` to `after`; the shares of a shift's
    `evidence` and its `rest` add up to 1 exactly in millionths.
    """

    statement_id: str
    article_id: str
    quote: str
    start: int
    end: int
    speaker: str
    outlet: str
    outlets: tuple[str, ...]
    url: str | None
    published: Instant
    occurred: date
    target: Actor
    sign: Literal[-1, 1]
    share: float
    root: Root | None = None
    """What was done, as a PLOVER class."""
    without: float | None = None
    """The test's figure had this story not been told, exactly."""


class Shift(Event):
    """One step of an episode, with all that is needed to explain it."""

    id: str
    """The episode's id, the same in every step: from actor, pole, direction and onset."""
    actor: Actor
    pole: Actor
    direction: Direction
    onset: date
    at: date
    """The day at whose close the step was taken; late evidence does not move it back."""
    before: Score
    after: Score
    low: Score
    high: Score
    test: float
    """The test's figure on that day."""
    threshold: float
    """What the figure had to pass (or fall below)."""
    stories: Annotated[int, Field(ge=0)]
    outlets: Annotated[int, Field(ge=0)]
    confidence: Unit
    """Mean confidence of the detector over the evidence."""
    evidence: tuple[Evidence, ...]
    """Most weighty first."""
    rest: float
    """The share of all older and lighter evidence together."""
    hedging: bool
    """The opposite move toward the other pole is under way."""
    reason: str
    """In a sentence: which rule took this step."""
    rules: str
    """Version of the rules."""

    status: ClassVar[Status]

    @property
    def event_id(self) -> str:
        """One per episode, step and day."""
        return content_id("step", self.id, self.status, self.at)

    @property
    def event_time(self) -> Instant:
        """The end of the day of the step."""
        return end_of(self.at)

    @property
    def key(self) -> str:
        """The actor."""
        return self.actor


class ShiftSuspected(Shift):
    """The recent stance has left the baseline beyond the threshold, on little evidence so far."""

    ce_type: ClassVar[str] = "stance.shift-suspected.v1"
    status: ClassVar[Status] = "suspected"


class ShiftConfirmed(Shift):
    """Enough independent stories agree."""

    ce_type: ClassVar[str] = "stance.shift-confirmed.v1"
    status: ClassVar[Status] = "confirmed"


class ShiftReinforced(Shift):
    """A confirmed shift has new evidence of the same direction: the episode's evidence is brought up to date."""

    ce_type: ClassVar[str] = "stance.shift-reinforced.v1"
    status: ClassVar[Status] = "reinforced"


class ShiftEscalated(Shift):
    """A confirmed shift has gone well beyond what confirmed it."""

    ce_type: ClassVar[str] = "stance.shift-escalated.v1"
    status: ClassVar[Status] = "escalated"


class ShiftEased(Shift):
    """The stance is returning to its baseline."""

    ce_type: ClassVar[str] = "stance.shift-eased.v1"
    status: ClassVar[Status] = "eased"


class ShiftEnded(Shift):
    """The episode is over: returned to baseline, or the baseline has caught up."""

    ce_type: ClassVar[str] = "stance.shift-ended.v1"
    status: ClassVar[Status] = "ended"


def shift_id(actor: str, pole: str, direction: str, onset: date) -> str:
    """The id of an episode."""
    return content_id("shift", actor, pole, direction, onset)
