"""Which steps of which shifts become alerts, and which are held back."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.event import Value
from schemas.shifts import Direction, Shift
from schemas.statements import Actor, Unit

AlertingStatus = Literal["suspected", "confirmed", "escalated", "ended"]
"""The steps that can be told; `ended` only of an episode that was told before."""

_CODE = re.compile(r"[A-Z]{3,4}")


class Silence(Value):
    """Alerts held back for a while: those that match every matcher given, by their own day.

    The stance goes on being judged; what was silenced stands in the ledger with `author` and `reason`, and is
    not told later unless it escalates.
    """

    actor: str | None = None
    """An actor's code or the name of a group."""
    pole: Actor | None = None
    direction: Direction | None = None
    starts: date
    ends: date
    """The last day of the silence."""
    author: Annotated[str, Field(min_length=1, max_length=80)]
    reason: Annotated[str, Field(min_length=1, max_length=300)]

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if self.ends < self.starts:
            raise ValueError(f"ends on {self.ends}, before it starts on {self.starts}")
        if self.actor is None and self.pole is None and self.direction is None:
            raise ValueError("would silence everything: give an actor, a pole or a direction")
        return self


class AlertRules(Value):
    """What the user wants to be told."""

    steps: tuple[AlertingStatus, ...] = ("confirmed", "escalated", "ended")
    actors: tuple[str, ...] = ()
    """Codes or names of groups; empty for every actor."""
    poles: tuple[Actor, ...] = ("CHN", "USA")
    groups: Mapping[str, tuple[Actor, ...]] = Field(default_factory=dict)
    """Named lists of actors, such as allies = ["GBR", "CAN"]."""
    min_confidence: Unit = 0.0
    min_stories: Annotated[int, Field(ge=0)] = 2
    min_outlets: Annotated[int, Field(ge=0)] = 1
    mute_below: Unit = 0.5
    """A step smaller than this share of a told, open shift of the same actor is muted; 0 mutes none."""
    quotes: Annotated[int, Field(ge=1, le=3)] = 3
    """How many pieces of evidence a message quotes at most."""
    silences: tuple[Silence, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for place, name in self._names():
            if name not in self.groups and not _CODE.fullmatch(name):
                raise ValueError(f"{place} names {name!r}, which is no actor's code and no group")
        return self

    def watches(self, actor: str) -> bool:
        """Whether alerts about `actor` are wanted."""
        return not self.actors or any(self.covers(name, actor) for name in self.actors)

    def covers(self, name: str, actor: str) -> bool:
        """Whether `name`, a code or a group, stands for `actor`."""
        return actor in self.groups.get(name, (name,))

    def silence_of(self, step: Shift) -> Silence | None:
        """The first silence that holds this step back on its own day."""
        return next((silence for silence in self.silences if self._holds(silence, step)), None)

    def _holds(self, silence: Silence, step: Shift) -> bool:
        return (
            silence.starts <= step.at <= silence.ends
            and (silence.actor is None or self.covers(silence.actor, step.actor))
            and silence.pole in {None, step.pole}
            and silence.direction in {None, step.direction}
        )

    def _names(self) -> Iterator[tuple[str, str]]:
        yield from (("actors", name) for name in self.actors)
        for number, silence in enumerate(self.silences):
            if silence.actor is not None:
                yield f"silences.{number}.actor", silence.actor
