"""Which statements tell the same story: near-copies within a window have one vote, whatever order they come in."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

MILLION = 1_000_000
"""Scores, weights and shares are kept in millionths."""

MOST_OUTLETS = 32
"""Outlets named of one story; of more, the first in the alphabet."""

BANDS = 33
"""Of a print: one of the article's own, then those of its sketch, as many as intake makes."""

BAND_BITS = 32
"""Room for each band, of which the highest bit stays free: by chance, two articles share one once in 60 million."""

_HOUR = 3600
_DAY = 24 * _HOUR
_UNIX = 719_163
"""The ordinal of 1 January 1970."""

_FREE = sum(1 << BAND_BITS * band + BAND_BITS - 1 for band in range(BANDS))
"""The free bit of every band."""
_FULL = _FREE - (_FREE >> BAND_BITS - 1)
"""All its other bits."""


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
    """Ordinal of the last closed day through which it is kept, at least."""
    published: int
    """Seconds since 1970."""
    bands: int
    """BANDS side by side; by the lowest the article's own statements find each other, the others are of its sketch."""


class Story(NamedTuple):
    """Statements of one sign toward one pole in articles that copy each other; together they have one vote."""

    latest: int
    """Seconds since 1970 of its last publication. It comes first, so that stories stand in this order."""
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


_latest = attrgetter("latest")


def first_since(stories: Sequence[Story], day: int) -> int:
    """Where those of stories in their order begin of which anything was published on `day` (an ordinal) or later."""
    return bisect_left(stories, (day - _UNIX) * _DAY, key=_latest)


def copies(stories: Sequence[Story], told: Story, hours: int) -> list[Story]:
    """Those of stories in their order that a newly told one joins: of its sign, sharing a band with it within `hours`.

    Where bands differ, their exclusive or is not 0, and adding all bits below the free one carries into it: so all
    bands are asked at once. Source: Warren, "Hacker's Delight", 6-1, "find first 0-byte".
    """
    (new,) = told.prints
    sign, mine, free, full = told.sign, new.bands, _FREE, _FULL
    first, last = new.published - hours * _HOUR, new.published + hours * _HOUR
    found = []
    # The inmost loop of a fold: each new story is held against every recent one.
    for story in stories[bisect_left(stories, first, key=_latest) :]:
        if story.sign == sign:
            for _, published, bands in story.prints:
                if ((bands ^ mine) + full) & free != free and first <= published <= last:
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
    latest = max(story.latest for story in stories)
    # Nothing within the horizon can copy what was kept until two days before: that day is over.
    over = latest // _DAY + _UNIX - 1
    kept: dict[tuple[int, int], Print] = {}
    for each in sorted(each for story in stories for each in story.prints if each.until >= over):
        kept.setdefault((each.published, each.bands), each)
    return Story(
        latest=latest,
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
