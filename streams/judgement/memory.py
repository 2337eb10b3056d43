"""What is remembered of the stories toward a pole: recent ones, which copies may join, and the weightiest of the rest.

All have their votes in the sums for good; memory is for copies and for evidence, and it is bounded.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from functools import lru_cache

from streams.judgement.decay import growth
from streams.judgement.rules import Profile, Rules
from streams.judgement.state import Toward
from streams.judgement.stories import Story, Vote, copies, first_since, joined, without

RECENT: dict[Profile, int] = {"sparse": 256, "dense": 32}
"""Recent stories that are held toward a pole; where a feed has more, the earliest settle before their time. Where a day
has one vote, a copy that is not known as one cannot make it two."""

SETTLED = 12
"""Settled stories that are held of each sign."""


def remember(toward: Toward, told: Story, measured: int, rules: Rules) -> Toward:
    """With a story told when the days up to `measured` had been measured; the same again changes nothing."""
    copied = copies(toward.recent, told, rules.copy_window)
    story = joined([*copied, told])
    first = min(toward.first or told.best.vote.day, told.best.vote.day)
    if copied == [story] and first == toward.first:
        return toward
    tally = toward.tally.changed(copied, (story,), rules)
    recent = [old for old in toward.recent if old not in copied] if copied else list(toward.recent)
    insort(recent, story)
    late = toward.late or told.carried <= measured
    return _bounded(toward._replace(first=first, late=late, tally=tally, recent=tuple(recent)), rules)


def retract(toward: Toward, told: Story, others: Sequence[Story], closed: int, measured: int, rules: Rules) -> Toward:
    """Without the statement of `told`: its vote leaves the sums, and the next account of its story takes its place.

    A recent story knows its accounts. A settled one has forgotten them, or is forgotten itself: it was what `told` and
    the `others` that copy it make together. What is younger than that, and than what was crowded out, was never told.
    """
    statement = told.best.quote.statement
    for story in toward.recent:
        if statement in {each.quote.statement for each in (story.best, *story.others)}:
            return _replaced(toward, story, without(story, statement), measured, rules)
    if told.carried + rules.memory >= closed and told.carried > toward.crowded:
        return toward
    return _replaced(toward, joined([told, *others]), joined(others) if others else None, measured, rules)


def _replaced(toward: Toward, old: Story, new: Story | None, measured: int, rules: Rules) -> Toward:
    recent, settled = (
        tuple(sorted(each for story in kept if (each := new if _speaks_for(old, story) else story)))
        for kept in (toward.recent, toward.settled)
    )
    return toward._replace(
        tally=toward.tally.changed((old,), (new,) if new else (), rules),
        recent=recent,
        settled=tuple(map(_settled, settled)),
        late=toward.late or old.carried <= measured,
    )


def _speaks_for(story: Story, other: Story) -> bool:
    """Whether the same statement speaks for both: they are one."""
    return story.best.quote.statement == other.best.quote.statement


def settle(toward: Toward, day: int, rules: Rules) -> Toward:
    """Once `day` is measured: stories that no copy can join any more settle, and what is too old is forgotten."""
    oldest = day - rules.remembered
    # A print is kept for as many days as memory has, so what was last published within them is recent still.
    begin = first_since(toward.recent, day - rules.memory)
    past = toward.recent[:begin]
    young = tuple([story for story in toward.settled if story.best.vote.day > oldest])
    lingering = tuple([story for story in past if story.prints[-1].until >= day])
    done = [story for story in past if story.prints[-1].until < day and story.best.vote.day > oldest]
    recent = lingering + toward.recent[begin:] if past else toward.recent
    settled = _weightiest((*young, *done), rules) if done else young
    # A story within the horizon may still come, of a day so many before it as stories are remembered.
    tally = toward.tally.since(oldest - rules.memory)
    crowded = toward.crowded if toward.crowded >= day - rules.memory else 0
    return Toward(toward.pole, toward.first, False, tally, recent, settled, crowded)


def _bounded(toward: Toward, rules: Rules) -> Toward:
    if len(toward.recent) <= RECENT[rules.profile]:
        return toward
    earliest, *recent = toward.recent
    settled = _weightiest((*toward.settled, earliest), rules)
    return toward._replace(recent=tuple(recent), settled=settled, crowded=max(toward.crowded, earliest.carried))


def _weightiest(stories: Iterable[Story], rules: Rules) -> tuple[Story, ...]:
    """Settled, of each sign those that weigh most in the recent stance, which no passing of time reorders."""

    def rank(story: Story) -> tuple[int, str]:
        return -_mass(story.best.vote, rules.recent_half_life), story.best.quote.statement

    ranked = sorted(stories, key=rank)
    kept = [[story for story in ranked if story.sign == sign][:SETTLED] for sign in (-1, 1)]
    return tuple(sorted([_settled(story) for signed in kept for story in signed]))


@lru_cache(maxsize=16_384)
def _mass(vote: Vote, half_life: int) -> int:
    """What a vote weighs in the recent stance; asked again of each settled story at every close."""
    return growth(vote.day, half_life) * vote.weight * abs(vote.score)


def _settled(story: Story) -> Story:
    return story._replace(prints=(), others=()) if story.prints else story
