"""What is kept of an actor: exact sums toward each pole, the stories still in memory, and its open episodes."""

import json
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

MICRO = 1_000_000
"""Scores and weights are kept in millionths."""


class Vote(NamedTuple):
    """One story's vote toward a pole: `score` in millionths of [-1, 1], `weight` in millionths of a vote."""

    day: int
    """Ordinal of the day on which it happened."""
    weight: int
    score: int


class Quote(NamedTuple):
    """The best statement of a story, as evidence shows it."""

    statement: str
    article: str
    text: str
    start: int
    end: int
    speaker: str
    outlet: str
    url: str | None
    confidence: int
    """Millionths."""


class Member(NamedTuple):
    """A statement that belongs to a story: its vote, its quote, and by what it is recognised as a copy."""

    published: int
    """Seconds since 1970."""
    bands: tuple[int, ...]
    vote: Vote
    quote: Quote

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """The greatest speaks for the story: the heaviest, then the earliest, then by id."""
        return (self.vote.weight, -self.published, -self.vote.day, self.quote.statement)


class Story(NamedTuple):
    """Statements of one sign toward one pole that copy each other; together they have one vote."""

    pole: str
    sign: int
    members: tuple[Member, ...]
    """In the order of their ids."""

    @property
    def best(self) -> Member:
        """The member whose vote and quote stand for the story."""
        return max(self.members, key=lambda member: member.rank)

    @property
    def newest(self) -> int:
        """The ordinal of the day on which it was last carried."""
        return datetime.fromtimestamp(max(member.published for member in self.members), UTC).toordinal()

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who carried it."""
        return tuple(sorted({member.quote.outlet for member in self.members}))


class Sums(NamedTuple):
    """Forward-decayed sums of the votes toward a pole, exact; f is recent, b the long memory.

    w weights, s weight times score, q weight times score squared, v weight squared; x weight squared under
    both decays.
    """

    wf: int = 0
    sf: int = 0
    vf: int = 0
    qf: int = 0
    wb: int = 0
    sb: int = 0
    vb: int = 0
    qb: int = 0
    x: int = 0

    def plus(self, other: "Sums", times: int = 1) -> "Sums":
        """Add `other`; with times=-1, take it out again."""
        return Sums(*(mine + times * its for mine, its in zip(self, other, strict=True)))


class Episode(NamedTuple):
    """An open shift."""

    id: str
    pole: str
    direction: str
    onset: int
    status: str
    began: int
    """The day of its first step."""
    since: int
    """The day from which it has been in its status, or under the easing level when eased."""
    before: int
    """Millionths: the baseline when it began."""
    highest: int
    """Millionths: the highest figure told."""


class ActorState(NamedTuple):
    """All that is remembered of an actor."""

    actor: str
    closed: int = 0
    first: int = 0
    """Ordinal of the first day of evidence; 0 for none."""
    sums: tuple[tuple[str, Sums], ...] = ()
    stories: tuple[Story, ...] = ()
    episodes: tuple[Episode, ...] = ()
    ended: tuple[tuple[str, str, int], ...] = ()
    """Pole, direction and last day of the last episode of each kind."""

    @classmethod
    def initial(cls, actor: str) -> "ActorState":
        """Nothing known."""
        return cls(actor)

    def to_bytes(self) -> bytes:
        """Canonical JSON: equal states give equal bytes."""
        return json.dumps(self, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, value: bytes) -> "ActorState":
        """The inverse of `to_bytes`."""
        actor, closed, first, sums, stories, episodes, ended = json.loads(value)
        return cls(
            actor,
            closed,
            first,
            tuple((pole, Sums(*terms)) for pole, terms in sums),
            tuple(_story(story) for story in stories),
            tuple(Episode(*episode) for episode in episodes),
            tuple((pole, direction, day) for pole, direction, day in ended),
        )

    def toward(self, pole: str) -> Sums:
        """The sums toward a pole."""
        return dict(self.sums).get(pole, Sums())


def day_of(ordinal: int) -> date:
    """The date of an ordinal."""
    return date.fromordinal(ordinal)


def _story(told: list[Any]) -> Story:
    pole, sign, members = told
    return Story(pole, sign, tuple(_member(member) for member in members))


def _member(told: list[Any]) -> Member:
    published, bands, vote, quote = told
    return Member(published, tuple(bands), Vote(*vote), Quote(*quote))
