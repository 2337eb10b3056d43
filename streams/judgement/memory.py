"""What is remembered of the stories toward a pole: recent ones, which copies may join, and the weightiest of the rest.

All have their votes in the sums for good; memory is for copies and for evidence, and it is bounded.
"""

from bisect import insort
from collections.abc import Iterable

from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.state import Toward
from streams.judgement.stories import Story, copies, joined, without
from streams.judgement.weighing import terms

RECENT = 256
"""Recent stories that are held toward a pole; where a feed has more, the earliest settle before their time."""

SETTLED = 12
"""Settled stories that are held of each sign."""


def remember(toward: Toward, told: Story, measured: int, rules: Rules) -> Toward:
    """With a story told when the days up to `measured` had been measured; the same again changes nothing."""
    copied = copies(toward.recent, told, rules.copy_window)
    story = joined([*copied, told])
    first = min(toward.first or told.best.vote.day, told.best.vote.day)
    if copied == [story] and first == toward.first:
        return toward
    sums = toward.sums.plus(terms(story.best.vote, rules))
    for old in copied:
        sums = sums.minus(terms(old.best.vote, rules))
    recent = [old for old in toward.recent if old not in copied] if copied else list(toward.recent)
    insort(recent, story)
    late = toward.late or told.carried <= measured
    return _bounded(toward._replace(first=first, late=late, sums=sums, recent=tuple(recent)), rules)


def retract(toward: Toward, told: Story, closed: int, measured: int, rules: Rules) -> Toward:
    """Without the statement of `told`: its vote leaves the sums, and the next account of its story takes its place.

    What memory no longer holds had settled as a story of its own, unless it is so young that it was never told.
    """
    statement = told.best.quote.statement
    for story in (*toward.recent, *toward.settled):
        if statement in {each.quote.statement for each in (story.best, *story.others)}:
            return _replaced(toward, story, without(story, statement), rules)._replace(
                late=toward.late or story.carried <= measured
            )
    if told.carried + rules.memory >= closed:
        return toward
    return toward._replace(sums=toward.sums.minus(terms(told.best.vote, rules)), late=True)


def _replaced(toward: Toward, old: Story, new: Story | None, rules: Rules) -> Toward:
    sums = toward.sums.minus(terms(old.best.vote, rules))
    if new:
        sums = sums.plus(terms(new.best.vote, rules))
    recent, settled = (
        tuple(sorted(each for each in (new if story is old else story for story in kept) if each))
        for kept in (toward.recent, toward.settled)
    )
    return toward._replace(sums=sums, recent=recent, settled=settled)


def settle(toward: Toward, day: int, rules: Rules) -> Toward:
    """Once `day` is measured: stories that no copy can join any more settle, and what is too old is forgotten."""
    oldest = day - rules.lasting
    young = tuple(story for story in toward.settled if story.best.vote.day > oldest)
    if all(story.prints[0].until >= day for story in toward.recent):
        return toward._replace(late=False, settled=young)
    faded = [story if story.prints[0].until >= day else _faded(story, day) for story in toward.recent]
    done = (story._replace(others=()) for story in faded if not story.prints and story.best.vote.day > oldest)
    recent = tuple(story for story in faded if story.prints)
    return toward._replace(late=False, recent=recent, settled=_weightiest((*young, *done), rules))


def _bounded(toward: Toward, rules: Rules) -> Toward:
    if len(toward.recent) <= RECENT:
        return toward
    earliest, *recent = toward.recent
    settled = _weightiest((*toward.settled, earliest._replace(prints=(), others=())), rules)
    return toward._replace(recent=tuple(recent), settled=settled)


def _faded(story: Story, day: int) -> Story:
    return story._replace(prints=tuple(each for each in story.prints if each.until >= day))


def _weightiest(stories: Iterable[Story], rules: Rules) -> tuple[Story, ...]:
    """Of each sign those that weigh most in the recent stance, which no passing of time reorders."""

    def rank(story: Story) -> tuple[int, str]:
        vote = story.best.vote
        return -growth(vote.day, rules.recent_half_life) * vote.weight * abs(vote.score), story.best.quote.statement

    ranked = sorted(stories, key=rank)
    kept = [[story for story in ranked if story.sign == sign][:SETTLED] for sign in (-1, 1)]
    return tuple(sorted(story for signed in kept for story in signed))
