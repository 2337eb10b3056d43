"""What judgement goes by: every number that a user may set, with its unit, its default and where that comes from."""

from typing import Annotated

from pydantic import Field

from schemas.event import Value
from schemas.ids import content_id
from schemas.statements import Actor, Unit

Days = Annotated[int, Field(gt=0, le=36_500)]


class Rules(Value):
    """The rules of one judgement; two judgements under equal rules over equal logs give equal bytes."""

    poles: tuple[Actor, ...] = ("CHN", "USA")
    recent_half_life: Days = 180
    """Days in which a vote loses half its weight in the recent stance."""
    baseline_half_life: Days = 1460
    """Days in which a vote loses half its weight in the baseline."""
    recent_prior: Annotated[float, Field(ge=0)] = 1.0
    """Pseudo-votes that pull the recent stance to the baseline."""
    baseline_prior: Annotated[float, Field(ge=0)] = 4.0
    """Pseudo-votes that pull the baseline to the actor's own mean."""
    warming_threshold: Annotated[float, Field(gt=0)] = 1.5
    """Standard errors above the baseline."""
    cooling_threshold: Annotated[float, Field(gt=0)] = 1.5
    """Standard errors below the baseline."""
    warm_up: Days = 365
    """Days after an actor's first evidence in which nothing fires."""
    refractory: Days = 56
    """Days after an episode's end before the next toward the same pole and in the same direction."""
    confirming_stories: Annotated[int, Field(ge=2)] = 2
    """Independent stories without which a shift stays suspected."""
    escalation: Annotated[float, Field(gt=1)] = 1.25
    """A confirmed shift whose figure passes its highest so far by this factor is escalated."""
    easing: Annotated[float, Field(gt=0, lt=1)] = 0.5
    """Share of the threshold under which a shift eases."""
    ending: Days = 28
    """Days under the easing level after which an eased shift ends."""
    longest: Days = 400
    """Days after which an episode ends in any case: the new stance is the baseline by then."""
    copy_window: Annotated[int, Field(gt=0, le=720)] = 72
    """Hours within which articles that share a band of their sketch are one story."""
    horizon: Days = 30
    """Days behind the last closed one within which late evidence still finds the story that it copies."""
    least_confidence: Unit = 0.4
    """Statements of which the detector is less sure do not count."""
    hedging_window: Days = 180
    """Days within which the opposite move toward another pole makes a shift hedging."""

    @property
    def version(self) -> str:
        """An id of these values."""
        return content_id("rules", self.model_dump_json())
