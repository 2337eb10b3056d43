"""Which statements tell the same story: near-copies within a window have one vote, whatever order they come in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MILLION = 1_000_000
"""Scores, weights and shares are kept in millionths."""

MOST_OUTLETS = 32
"""Outlets named of one story; of more, the first in the alphabet."""

_HOUR = 3600


class Vote(NamedTuple):
    """What a story counts for toward a pole."""

    day: int
    """Ordinal of the day on which it happened."""
    weight: int
    """Millionths of a vote."""
    score: int
    """Millionths of [-1, 1]; never 0."""


class Quote(NamedTuple):
    """The statement as evidence shows it."""

    statement: str
    article: str
    text: str
    start: int
    end: int
    speaker: str
    root: str
    outlet: str
    url: str | None
    confidence: int
    """Millionths."""


class Account(NamedTuple):
    """What one article says of a deed or a word: its vote and its quote."""

    vote: Vote
    published: int
    """Seconds since 1970."""
    quote: Quote

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """The greatest speaks for its story: the heaviest, then the earliest, then by id."""
        return (self.vote.weight, -self.published, -self.vote.day, self.quote.statement)


class Print(NamedTuple):
    """By what the copies of an article are recognised."""

    until: int
    """Ordinal of the last closed day through which it is kept."""
    published: int
    """Seconds since 1970."""
    bands: tuple[int, ...]
    """Of the article's sketch, and one of its own, by which its other statements find it; in order."""


class Story(NamedTuple):
    """Statements of one sign toward one pole in articles that copy each other; together they have one vote."""

    carried: int
    """Ordinal of the day on which it was first published."""
    sign: int
    best: Account
    """Whose vote and quote stand for all."""
    others: tuple[Account, ...]
    """Of the same story, the greatest first: who would speak for it if the best were taken back."""
    outlets: tuple[str, ...]
    """Who carried it, in order."""
    prints: tuple[Print, ...]
    """Of its articles that copies may still join, in order; empty when it is settled."""


def copies(stories: Iterable[Story], told: Story, hours: int) -> list[Story]:
    """The stories that a newly told one joins: of its sign, and sharing a band with it within `hours`."""
    (new,) = told.prints
    unlike, sign = frozenset(new.bands).isdisjoint, told.sign
    first, last = new.published - hours * _HOUR, new.published + hours * _HOUR
    found = []
    # The inmost loop of a fold: each new story is held against every recent one.
    for story in stories:
        if story.sign == sign:
            for _, published, bands in story.prints:
                if first <= published <= last and not unlike(bands):
                    found.append(story)
                    break
    return found


def joined(stories: Sequence[Story]) -> Story:
    """The one story that stories become; joining them in any order or again gives the same."""
    if len(stories) == 1:
        return stories[0]
    accounts = {told.quote.statement: told for story in stories for told in (story.best, *story.others)}
    best, *others = sorted(accounts.values(), key=lambda account: account.rank, reverse=True)
    outlets = sorted({outlet for story in stories for outlet in story.outlets})
    kept: dict[tuple[int, tuple[int, ...]], Print] = {}
    for each in sorted(each for story in stories for each in story.prints):
        kept.setdefault((each.published, each.bands), each)
    return Story(
        sign=stories[0].sign,
        carried=min(story.carried for story in stories),
        best=best,
        others=tuple(others[:MOST_OUTLETS]),
        outlets=tuple(outlets[:MOST_OUTLETS]),
        prints=tuple(kept.values()),
    )


def without(story: Story, statement: str) -> Story | None:
    """The story had a statement never been told of it; None where nothing is left."""
    accounts = [told for told in (story.best, *story.others) if told.quote.statement != statement]
    if not accounts:
        return None
    best, *others = accounts
    outlets = story.outlets if story.others else (best.quote.outlet,)
    kept = {told.quote.outlet for told in accounts}
    gone = {told.quote.outlet for told in (story.best, *story.others)} - kept
    return story._replace(best=best, others=tuple(others), outlets=tuple(each for each in outlets if each not in gone))
