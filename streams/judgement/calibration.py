"""Where the thresholds come from: steady and shifting actors, made by chance from a seed, and judged as real ones.

A steady actor speaks at random times, and its scores scatter around one level: each shift confirmed of it is a false
alarm. Thresholds ship that keep the false alarms of such actors to a budget per year and pole.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple

from schemas.event import Event
from schemas.plover import Mode, Root
from schemas.shifts import Shift, ShiftConfirmed
from schemas.statements import DayClosed, Speaker, StatementDetected
from streams.judgement.fold import fold
from streams.judgement.rules import Rules

SCATTER = 0.5
"""Standard deviation of a score around the level of its actor."""

START = date(2018, 1, 1)

_YEAR = 365.25


class Actor(NamedTuple):
    """A made-up actor that speaks of one pole."""

    seed: int
    level: float
    """Mean score before it is cut to [-1, 1]."""
    per_year: float
    """Statements, each a story of its own."""
    years: float = 8.0
    shift: float = 0.0
    """Added to the level from `shift_year` on."""
    shift_year: float = 4.0

    def events(self) -> Iterator[Event]:
        """Its statements toward China, each day closed after it has spoken."""
        random = Random(self.seed)  # noqa: S311 -- chance that can be had again, not secrets
        name = f"art-{self.seed}-{self.per_year}-{self.level}"
        at = random.expovariate(self.per_year)
        number = 0
        while at < self.years:
            level = self.level + (self.shift if at >= self.shift_year else 0.0)
            score = max(-1.0, min(1.0, random.gauss(level, SCATTER)))
            day = START + timedelta(days=int(at * _YEAR))
            yield _statement(f"{name}-{number}", day, score)
            yield DayClosed(actor=_NAME, day=day)
            at, number = at + random.expovariate(self.per_year), number + 1
        yield DayClosed(actor=_NAME, day=START + timedelta(days=int(self.years * _YEAR)))


def alarms(actor: Actor, rules: Rules) -> list[Shift]:
    """The first confirmation of each shift of an actor, in order."""
    _, told = fold(actor.events(), rules)
    first: dict[str, Shift] = {}
    for event in told:
        if isinstance(event, ShiftConfirmed):
            first.setdefault(event.id, event)
    return list(first.values())


def alarm_rate(actors: Iterable[Actor], rules: Rules) -> float:
    """Confirmed shifts per year of an actor toward one pole."""
    counted = [(len(alarms(actor, rules)), actor.years) for actor in actors]
    return sum(count for count, _ in counted) / sum(years for _, years in counted)


def delays(actors: Iterable[Actor], rules: Rules, within: float = 2.0) -> list[float | None]:
    """Years from each actor's shift to the first alarm in its direction within `within` years; None where none came."""
    return [_delay(actor, rules, within) for actor in actors]


def calibrated(actors: list[Actor], rules: Rules, budget: float, steps: int = 6) -> Rules:
    """The rules with the lowest thresholds, to a hundredth or so, under which steady actors stay within a budget."""
    low, high = 0.5, 4.0
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if alarm_rate(actors, _with_threshold(rules, middle)) > budget else (low, middle)
    return _with_threshold(rules, round(high, 2))


def _delay(actor: Actor, rules: Rules, within: float) -> float | None:
    turned = START + timedelta(days=int(actor.shift_year * _YEAR))
    direction = "warming" if actor.shift > 0 else "cooling"
    for shift in alarms(actor, rules):
        waited = (shift.at - turned).days / _YEAR
        if shift.direction == direction and 0 <= waited <= within:
            return waited
    return None


def _with_threshold(rules: Rules, threshold: float) -> Rules:
    return rules.model_copy(update={"warming_threshold": threshold, "cooling_threshold": threshold})


_NAME = "XXA"


def _statement(article: str, day: date, score: float) -> StatementDetected:
    return StatementDetected(
        id=f"st-{article}",
        article_id=article,
        detector="simulation",
        actor=_NAME,
        target="CHN",
        speaker=Speaker(name="Simulated", role=None, is_government=True),
        sign=1 if score > 0 else -1,
        strength=abs(score),
        root=Root.SUPPORT if score > 0 else Root.ACCUSE,
        mode=Mode.DID,
        quote=".",
        start=0,
        end=1,
        occurred_from=day,
        occurred_to=day,
        confidence=1.0,
        published=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        outlet="Simulation",
        url=None,
        title=None,
        sketch=(),
    )
