"""Two judgements of one history side by side: which shifts one has and the other lacks, or has sooner or later."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import Literal, NamedTuple

from schemas.shifts import Evidence, Shift
from streams.judgement.explain import decisive

Change = Literal["gained", "lost", "earlier", "later", "same"]
"""What becomes of a shift: of the other judgement alone, of this one alone, or confirmed on another day or the same."""


class Episode(NamedTuple):
    """The steps of one episode, in order; at least one."""

    steps: tuple[Shift, ...]

    @property
    def confirmed(self) -> Shift | None:
        """The step that made it a shift; None where it stayed suspected."""
        return next((step for step in self.steps if step.status == "confirmed"), None)

    @property
    def span(self) -> tuple[date, date]:
        """From its onset to its end; to the last of days while it is open."""
        last = self.steps[-1]
        return self.steps[0].onset, last.at if last.status == "ended" else date.max

    def meets(self, other: "Episode") -> bool:
        """Whether the two tell of one time."""
        (begun, ended), (since, until) = self.span, other.span
        return begun <= until and since <= ended


class Difference(NamedTuple):
    """A shift in two judgements: the step that confirmed it in each, or that suspected it at most, or none."""

    change: Change
    was: Shift | None
    would_be: Shift | None

    @property
    def step(self) -> Shift:
        """The confirmation that the change is about: where it would be one, else where it was."""
        confirmed = (each for each in (self.would_be, self.was) if each and each.status == "confirmed")
        return next(confirmed)

    @property
    def days(self) -> int | None:
        """Days by which it would be confirmed later, negative for earlier; None where it is in one judgement alone."""
        if self.change in ("gained", "lost") or not (self.was and self.would_be):
            return None
        return (self.would_be.at - self.was.at).days

    @property
    def deciding(self) -> tuple[Evidence, ...]:
        """The stories without any one of which `step` would not have been taken, else the weightiest."""
        return decisive(self.step) or self.step.evidence[:1]


def differences(was: Iterable[Shift], would_be: Iterable[Shift]) -> list[Difference]:
    """What becomes of each shift of two judgements, by the day on which it is confirmed.

    Two are one shift when actor, pole and direction are the same and their times meet; where several do, those
    confirmed closest to each other.
    """
    ours, theirs = _by_kind(was), _by_kind(would_be)
    found = [each for kind in {**ours, **theirs} for each in _of_kind(ours.get(kind, []), theirs.get(kind, []))]
    return sorted(found, key=lambda each: (each.step.at, each.step.actor, each.step.pole, each.step.direction))


def episodes(steps: Iterable[Shift]) -> list[Episode]:
    """The steps of each episode together, in the order in which the episodes opened."""
    told: list[list[Shift]] = []
    current: dict[str, list[Shift]] = {}
    for step in steps:
        # An episode that ended may open again with the same onset, and so with the same id.
        if step.id not in current or current[step.id][-1].status == "ended":
            current[step.id] = []
            told.append(current[step.id])
        current[step.id].append(step)
    return [Episode(tuple(each)) for each in told]


def _by_kind(steps: Iterable[Shift]) -> dict[tuple[str, str, str], list[Episode]]:
    kinds: dict[tuple[str, str, str], list[Episode]] = {}
    for episode in episodes(steps):
        first = episode.steps[0]
        kinds.setdefault((first.actor, first.pole, first.direction), []).append(episode)
    return kinds


def _of_kind(ours: Sequence[Episode], theirs: Sequence[Episode]) -> list[Difference]:
    pairs = _pairs([each for each in ours if each.confirmed], [each for each in theirs if each.confirmed])
    paired = {id(each) for pair in pairs for each in pair}
    lost = [each for each in ours if each.confirmed and id(each) not in paired]
    gained = [each for each in theirs if each.confirmed and id(each) not in paired]
    return [
        *(_moved(*pair) for pair in pairs),
        *(Difference("lost", each.confirmed, _suspected(each, theirs)) for each in lost),
        *(Difference("gained", _suspected(each, ours), each.confirmed) for each in gained),
    ]


def _pairs(ours: Sequence[Episode], theirs: Sequence[Episode]) -> list[tuple[Episode, Episode]]:
    """Episodes of both that meet, each once, those confirmed closest to each other first."""
    meeting = sorted((pair for pair in product(ours, theirs) if pair[0].meets(pair[1])), key=_apart)
    pairs: list[tuple[Episode, Episode]] = []
    taken: set[int] = set()
    for one, other in meeting:
        if not taken & {id(one), id(other)}:
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def _apart(pair: tuple[Episode, Episode]) -> tuple[int, date]:
    one, other = (each.confirmed for each in pair)
    assert one
    assert other
    return abs((other.at - one.at).days), one.at


def _moved(one: Episode, other: Episode) -> Difference:
    was, would_be = one.confirmed, other.confirmed
    assert was
    assert would_be
    change: Change = "same" if was.at == would_be.at else "earlier" if would_be.at < was.at else "later"
    return Difference(change, was, would_be)


def _suspected(episode: Episode, others: Iterable[Episode]) -> Shift | None:
    """The first step of an unconfirmed episode of the other judgement that tells of the same time."""
    found = (each.steps[0] for each in others if each.confirmed is None and each.meets(episode))
    return next(found, None)
