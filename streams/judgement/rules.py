"""What judgement goes by: every number that a user may set, with its unit, its default and where that comes from."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from schemas.event import Value
from schemas.ids import content_id
from schemas.plover import Mode, Root
from schemas.shifts import Direction
from schemas.statements import Actor, Unit

Days = Annotated[int, Field(gt=0, le=36_500)]
Votes = Annotated[float, Field(ge=0, le=10)]


Profile = Literal["sparse", "dense"]
"""What the evidence is like: some statements a year, or a feed with something on most days."""

DENSE: dict[str, float] = {
    "recent_half_life": 14,
    "baseline_half_life": 365,
    "prior": 3.0,
    "variance": 1.0,
    "variance_votes": 100.0,
    "wander": 0.1,
    "warming_threshold": 2.187,
    "cooling_threshold": 2.454,
    "warm_up": 120,
    "least_baseline": 3.0,
    "ending": 14,
}
"""What the dense profile sets where it is not told otherwise; the defaults below are those of the sparse one."""

DAYS_HELD = 90
"""Days of which the dense profile knows what was told: six half-lives of its recent stance."""


class Rules(Value):
    """The rules of one judgement; two judgements under equal rules over equal logs give equal bytes.

    Half-lives and priors come from simulated and injected shifts; thresholds from `stance calibrate`.
    """

    profile: Profile = "sparse"
    """What the other numbers are set for, and what has a vote: each story (`sparse`) or, so that no wave of news counts
    for more than a day, each day (`dense`)."""
    poles: tuple[Actor, ...] = ("CHN", "USA")
    """Toward whom stances are kept."""

    recent_half_life: Days = 240
    """Days in which a vote loses half its weight in the recent stance."""
    baseline_half_life: Days = 1460
    """Days in which a vote loses half its weight in the long memory, of which the baseline is the older part."""
    prior: Annotated[float, Field(gt=0, le=100)] = 0.3
    """Pseudo-votes that draw the recent stance to the baseline, and the baseline to the actor's own long mean.

    Drawing to the actor's own mean, never to zero, keeps a steady critic from reading as one who cools.
    """
    variance: Annotated[float, Field(gt=0, le=1)] = 0.15
    """Variance of a single vote that is believed before there are votes."""
    variance_votes: Annotated[float, Field(gt=0)] = 6.0
    """Pseudo-votes that hold to that variance."""
    wander: Annotated[float, Field(ge=0, le=1)] = 0.02
    """How far a steady actor strays from its level (a standard deviation, in score), however much it says."""

    warming_threshold: Annotated[float, Field(gt=0)] = 1.323
    """Standard errors above the baseline."""
    cooling_threshold: Annotated[float, Field(gt=0)] = 1.342
    """Standard errors below the baseline."""
    least_baseline: Annotated[float, Field(gt=0)] = 0.5
    """Decayed votes older than the recent stance without which there is nothing to compare with."""
    warm_up: Days = 365
    """Days after an actor's first evidence toward a pole in which nothing fires."""
    confirming_stories: Annotated[int, Field(ge=2)] = 2
    """Independent stories, of as many days, without which a shift stays suspected."""
    escalation: Annotated[float, Field(gt=1)] = 1.25
    """A confirmed shift whose figure passes the highest told so far by this factor is escalated."""
    settling: Days = 7
    """Days after a shift rose in which it does not escalate: its own highest figure is yet to come."""
    reinforcement: Unit = 0.05
    """A confirmed shift is reinforced when stories since its last step make this share of its move."""
    easing: Annotated[float, Field(gt=0, lt=1)] = 0.5
    """Share of the threshold under which a shift eases."""
    ending: Days = 28
    """Days since it eased after which a shift ends that is still under the easing level."""
    lasting: Days = 400
    """Days after it last rose at which a shift ends in any case: the new stance is what the actor holds.

    Also the days for which a story is remembered as evidence, where votes are stories'; a vote stays in the sums for
    good."""
    refractory: Days = 14
    """Days after the end of a confirmed shift before the next toward the same pole in the same direction."""
    hedging_window: Days = 180
    """Days within which the opposite move toward another pole makes a shift hedging."""

    copy_window: Annotated[int, Field(gt=0, le=720)] = 72
    """Hours within which articles that share a band of their sketch tell one story."""
    horizon: Days = 7
    """Days after publication within which articles may arrive in any order and still find the story they copy."""

    least_confidence: Unit = 0.4
    """Statements of which the detector is less sure do not count."""
    lightest: Votes = 0.75
    """Votes of a sure deed of strength 0."""
    heaviest: Votes = 1.5
    """Votes of a sure deed of strength 1, such as a pact signed or a ban imposed; linear in between."""
    mode_weights: Mapping[Mode, Votes] = {Mode.SAID: 0.6, Mode.WILL: 0.8, Mode.THREATENED: 0.8, Mode.RETOLD: 0.5}
    """By how far the act is from a deed; 1 where not named. What is retold was judged when it happened."""
    root_weights: Mapping[Root, Votes] = {Root.CONSULT: 0.5, Root.REQUEST: 0.5}
    """By what was done; 1 where not named. Talks and requests are the routine of any two states."""

    @model_validator(mode="before")
    @classmethod
    def _fill_from_profile(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and given.get("profile") == "dense":
            return {**DENSE, **given}
        return given

    @cached_property
    def version(self) -> str:
        """An id of these values."""
        return content_id("rules", json.dumps(self.model_dump(mode="json"), sort_keys=True))

    @property
    def remembered(self) -> int:
        """Days for which a story is remembered as evidence, and a day of the dense profile can still change."""
        return min(self.lasting, DAYS_HELD) if self.profile == "dense" else self.lasting

    @property
    def memory(self) -> int:
        """Days for which a story can still be joined by a copy that comes within the horizon."""
        return self.horizon + -(-self.copy_window // 24)

    def threshold(self, direction: Direction) -> float:
        """What the figure has to pass for a shift in this direction."""
        return self.warming_threshold if direction == "warming" else self.cooling_threshold
