"""What an actor's stance toward a pole looks like in one direction at the close of a day."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.shifts import Direction
from streams.judgement.decay import growth
from streams.judgement.measure import Measure, measure
from streams.judgement.rules import Rules
from streams.judgement.state import Toward
from streams.judgement.stories import MILLION, Story, first_since
from streams.judgement.tally import Tally, terms

SIGNS: dict[Direction, int] = {"warming": 1, "cooling": -1}

OPPOSITE: dict[Direction, Direction] = {"warming": "cooling", "cooling": "warming"}


class Sight(NamedTuple):
    """The measure of a day, read in one direction."""

    pole: str
    direction: Direction
    day: int
    """Ordinal."""
    first: int
    """Ordinal of the first day of evidence toward the pole."""
    tally: Tally
    measure: Measure
    stories: tuple[Story, ...]
    """Those in memory, of both signs."""

    @property
    def sign(self) -> int:
        """1 warming, -1 cooling."""
        return SIGNS[self.direction]

    @property
    def figure(self) -> float:
        """The test's figure, positive in the direction."""
        return self.sign * self.measure.figure

    def without(self, story: Story, rules: Rules) -> float:
        """The test's figure had the story not been told, exactly."""
        rest = self.tally.changed((story,), (), rules).sums
        return self.sign * measure(rest, self.day, rules).figure if rest.wf else 0.0

    def part(self, story: Story, level: float, rules: Rules) -> float:
        """What the story adds to the recent stance, counted from `level`; over all votes and the prior these add up."""
        part, now = terms(story.best.vote, rules), growth(self.day, rules.recent_half_life) * MILLION
        own = (part.sf / (now * MILLION) - part.wf / now * level) / self.measure.votes
        return own * self.tally.share(story, rules)

    def supporting(self, since: int, level: float) -> list[Story]:
        """Stories of the direction's sign that stand beyond `level`, from the day `since` on."""
        return [story for story in self.stories if story.best.vote.day >= since and _supports(story, self.sign, level)]


def known(toward: Toward, day: int, rules: Rules) -> tuple[Tally, tuple[Story, ...]]:
    """What counts as far as it was published by the close of `day`, and the stories that were not."""
    later = tuple([story for story in toward.recent[first_since(toward.recent, day + 1) :] if story.carried > day])
    return toward.tally.changed(later, (), rules), later


def sights(toward: Toward, day: int, rules: Rules) -> Iterable[Sight]:
    """A pole in both directions; none where nothing was known by then."""
    tally, later = known(toward, day, rules)
    if tally.sums.wf:
        remembered = toward.settled + toward.recent
        stories = tuple([story for story in remembered if story not in later]) if later else remembered
        seen = measure(tally.sums, day, rules)
        return [Sight(toward.pole, way, day, toward.first, tally, seen, stories) for way in SIGNS]
    return []


def onset(sight: Sight) -> int | None:
    """The day of the earliest supporting story of the move; None where no story in memory supports it.

    The move is the latest run of stories that stands furthest on the new side of the midpoint between baseline
    and recent stance: where a CUSUM with that reference last stood at zero (Page, "Continuous inspection schemes",
    Biometrika 1954).
    """
    level, midpoint = sight.measure.baseline, (sight.measure.baseline + sight.measure.recent) / 2
    run, furthest, begun = 0.0, 0.0, None
    for story in sorted(sight.stories, key=lambda story: (-story.best.vote.day, story.best.quote.statement)):
        run += story.best.vote.weight * (story.best.vote.score / MILLION - midpoint) * sight.sign
        if run > furthest and _supports(story, sight.sign, level):
            furthest, begun = run, story.best.vote.day
    return begun


def _supports(story: Story, sign: int, level: float) -> bool:
    return story.sign == sign and (story.best.vote.score / MILLION - level) * sign > 0
