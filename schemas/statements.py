"""Who said or did what to whom, and the passing of days: the source of truth for stances."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from schemas.articles import Sketch
from schemas.event import Event, Instant, Value
from schemas.ids import content_id
from schemas.plover import Mode, Root, Sign

Actor = Annotated[str, Field(pattern=r"^[A-Z]{3,4}$")]
"""ISO 3166 alpha-3; EUU for the European Union, NATO for the alliance."""

Unit = Annotated[float, Field(ge=0, le=1)]


class Speaker(Value):
    """Whose words or deeds they are."""

    name: str
    role: str | None
    is_government: bool


class StatementDetected(Event):
    """One directed statement found in one article.

    `start` and `end` are code-point offsets into the article's text, so that text[start:end] == quote.
    `occurred_from` and `occurred_to` are the first and last day on which it may have happened.
    """

    ce_type: ClassVar[str] = "stance.statement-detected.v1"

    id: str
    article_id: str
    detector: str
    actor: Actor
    target: Actor
    speaker: Speaker
    sign: Sign
    strength: Unit
    root: Root
    mode: Mode
    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    occurred_from: date
    occurred_to: date
    confidence: Unit
    published: Instant
    outlet: str
    url: str | None
    title: str | None
    sketch: Sketch

    @model_validator(mode="after")
    def _spans_are_ordered(self) -> "StatementDetected":
        if self.end - self.start != len(self.quote):
            raise ValueError(f"quote of {len(self.quote)} characters at {self.start}..{self.end}")
        if self.occurred_from > self.occurred_to:
            raise ValueError(f"occurred from {self.occurred_from} to {self.occurred_to}")
        if self.actor == self.target:
            raise ValueError(f"{self.actor} cannot make a statement toward itself")
        return self

    @property
    def polarity(self) -> float:
        """Sign times strength, in [-1, 1]."""
        return self.sign * self.strength

    @property
    def event_id(self) -> str:
        """The statement's id."""
        return self.id

    @property
    def event_time(self) -> Instant:
        """The end of the last day on which it may have happened, but not after publication."""
        return min(self.published, end_of(self.occurred_to))

    @property
    def key(self) -> str:
        """The actor, whose partition holds its days in order."""
        return self.actor


class StatementRetracted(Event):
    """A statement no longer holds: its article was withdrawn, or a better detector reads it otherwise.

    It carries the statement as it was told, and what else tells its story, so that its part in every sum can be taken
    out exactly, however long ago it was told. What was joined through it stays one story; where days have votes, one
    that is forgotten keeps its own.
    """

    ce_type: ClassVar[str] = "stance.statement-retracted.v1"

    statement: StatementDetected
    at: Instant
    """When it was taken back."""
    reason: Annotated[str, Field(min_length=1)]
    copies: tuple[StatementDetected, ...] = ()
    """The statements of the same story that still stand, from which one vote remains."""

    @model_validator(mode="after")
    def _copies_tell_the_same(self) -> "StatementRetracted":
        own = self.statement
        for copy in self.copies:
            if (copy.actor, copy.target, copy.sign) != (own.actor, own.target, own.sign) or copy.id == own.id:
                raise ValueError(f"{copy.id} is no copy of {own.id}: another actor, target or sign, or the same id")
        return self

    @property
    def actor(self) -> str:
        """Whose statement it was."""
        return self.statement.actor

    @property
    def event_id(self) -> str:
        """One per statement."""
        return content_id("retraction", self.statement.id)

    @property
    def event_time(self) -> Instant:
        """When it was taken back."""
        return self.at

    @property
    def key(self) -> str:
        """The actor, behind whose statement it stands."""
        return self.statement.actor


class DayClosed(Event):
    """Every day of this actor up to and including `day` is over: how time passes for a fold."""

    ce_type: ClassVar[str] = "stance.day-closed.v1"

    actor: Actor
    day: date

    @property
    def event_id(self) -> str:
        """One per actor and day."""
        return content_id("day", self.actor, self.day)

    @property
    def event_time(self) -> Instant:
        """The last instant of the day."""
        return end_of(self.day)

    @property
    def key(self) -> str:
        """The actor."""
        return self.actor


def statement_id(article_id: str, detector: str, span: tuple[int, int], pair: tuple[str, str]) -> str:
    """The id of a statement: from its article, detector version, span (start, end) and (actor, target)."""
    return content_id("st", article_id, detector, *span, *pair)


def end_of(day: date) -> datetime:
    """The last second of a day, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(seconds=1)
