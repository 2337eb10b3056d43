"""What stories count for together, in exact sums: a vote each, or in the dense profile one vote a day.

A vote a day is bounded: the mean of what was told of the day, of one vote's weight at most, so that no wave of news
counts for more. It is made anew whenever a story of the day comes or goes, so the order does not matter. A story
told long after its day is no part of that day's wave, and has a vote of its own.
"""

from collections.abc import Iterable
from operator import add, sub
from typing import NamedTuple

from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.stories import MILLION, Story, Vote


class Sums(NamedTuple):
    """Forward-decayed sums of the votes toward a pole, exact; f is recent, l the long memory.

    w sums weights, s weight times score; v sums weight squared under the decay squared, x under both decays; n sums
    weight squared, u that times score, q that times score squared. Weights and scores are in millionths, decays as
    in decay.py.
    """

    wf: int = 0
    sf: int = 0
    wl: int = 0
    sl: int = 0
    vf: int = 0
    vl: int = 0
    x: int = 0
    nf: int = 0
    uf: int = 0
    qf: int = 0
    nl: int = 0
    ul: int = 0
    ql: int = 0

    def plus(self, other: "Sums") -> "Sums":
        """With `other` added."""
        return Sums(*map(add, self, other))

    def minus(self, other: "Sums") -> "Sums":
        """With `other` taken out again."""
        return Sums(*map(sub, self, other))


class Day(NamedTuple):
    """What was told of a day."""

    day: int
    """Ordinal."""
    weight: int
    """Millionths of votes; more than 0."""
    total: int
    """Of weight times score, each in millionths."""

    @property
    def vote(self) -> Vote:
        """The one vote of the day."""
        return Vote(self.day, min(self.weight, MILLION), (2 * self.total + self.weight) // (2 * self.weight))


class Tally(NamedTuple):
    """The sums of all votes, and of what the latest days have theirs."""

    sums: Sums = Sums()
    days: tuple[Day, ...] = ()
    """In order; none where each story has its own vote."""

    def changed(self, gone: Iterable[Story], come: Iterable[Story], rules: Rules) -> "Tally":
        """Without the stories that are gone, and with those that have come."""
        if rules.profile == "dense":
            return self._by_day(gone, come, rules)
        sums = self.sums
        for story in gone:
            sums = sums.minus(terms(story.best.vote, rules))
        for story in come:
            sums = sums.plus(terms(story.best.vote, rules))
        return Tally(sums)

    def since(self, day: int) -> "Tally":
        """With what days before `day` were told of left out; their votes stay in the sums."""
        if not self.days or self.days[0].day >= day:
            return self
        return Tally(self.sums, tuple(each for each in self.days if each.day >= day))

    def share(self, story: Story, rules: Rules) -> float:
        """What of its own weight a story has in the sums, in (0, 1]."""
        told = self._day(story.best.vote.day) if _shares_its_day(story, rules) else None
        return min(1.0, MILLION / told.weight) if told else 1.0

    def _by_day(self, gone: Iterable[Story], come: Iterable[Story], rules: Rules) -> "Tally":
        tally = self
        for times, stories in ((-1, gone), (1, come)):
            for story in stories:
                tally = tally._counted(story.best.vote, times, _shares_its_day(story, rules), rules)
        return tally

    def _counted(self, vote: Vote, times: int, shares_its_day: bool, rules: Rules) -> "Tally":
        old = self._day(vote.day)
        if not shares_its_day:
            return Tally(_with(self.sums, vote, times, rules), self.days)
        if times < 0 and (old is None or old.weight < vote.weight):
            return self  # the day is forgotten: its one vote can no more be made anew, and stays
        before = old or Day(vote.day, 0, 0)
        new = Day(vote.day, before.weight + times * vote.weight, before.total + times * vote.weight * vote.score)
        sums = _with(self.sums, before.vote, -1, rules) if old else self.sums
        sums = _with(sums, new.vote, 1, rules) if new.weight else sums
        others = [each for each in self.days if each.day != vote.day]
        return Tally(sums, tuple(sorted([*others, new] if new.weight else others)))

    def _day(self, day: int) -> Day | None:
        return next((each for each in self.days if each.day == day), None)


def terms(vote: Vote, rules: Rules) -> Sums:
    """A vote's part in the sums."""
    f, b = growth(vote.day, rules.recent_half_life), growth(vote.day, rules.baseline_half_life)
    w, s = vote.weight, vote.score
    wf, wl = w * f, w * b
    nf, nl = w * wf, w * wl
    return Sums(wf, wf * s, wl, wl * s, wf * wf, wl * wl, wf * wl, nf, nf * s, nf * s * s, nl, nl * s, nl * s * s)


def _with(sums: Sums, vote: Vote, times: int, rules: Rules) -> Sums:
    return sums.plus(terms(vote, rules)) if times > 0 else sums.minus(terms(vote, rules))


def _shares_its_day(story: Story, rules: Rules) -> bool:
    return story.carried - story.best.vote.day <= rules.remembered
