"""What is kept of an actor: exact sums toward each pole, the stories in memory, and its episodes."""

import json
from typing import Any, NamedTuple

from streams.judgement.stories import Account, Print, Quote, Story, Vote
from streams.judgement.tally import Day, Sums, Tally


class Toward(NamedTuple):
    """What is kept of the stance toward one pole."""

    pole: str
    first: int
    """Ordinal of the first day of evidence."""
    late: bool
    """Evidence of days that were measured already has come in since."""
    tally: Tally
    recent: tuple[Story, ...]
    """Stories that copies may still join, by their last publication."""
    settled: tuple[Story, ...]
    """The weightiest of the others, in the same order."""
    crowded: int = 0
    """Ordinal of the last day of which a story that copies may still join had to settle; 0 for none."""


class Episode(NamedTuple):
    """The last shift toward a pole in a direction, open or ended."""

    pole: str
    direction: str
    id: str
    onset: int
    status: str
    """suspected, confirmed, escalated, eased or ended."""
    raised: int
    """The day on which it was last suspected, confirmed or escalated."""
    told: int
    """The day of its last step."""
    before: int
    """Millionths: the baseline when it began."""
    highest: int
    """Millionths: the highest figure told; when it has ended, the last one."""
    was_confirmed: bool
    lasted: bool
    """It ended while it stood: the actor holds that stance since, and the baseline has yet to reach it."""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.status != "ended"


class ActorState(NamedTuple):
    """All that is remembered of an actor."""

    actor: str
    closed: int = 0
    """Ordinal of the last closed day; 0 for none."""
    measured: int = 0
    """Ordinal of the last measured day; 0 for none."""
    poles: tuple[Toward, ...] = ()
    """In the order of their codes; only poles with evidence."""
    episodes: tuple[Episode, ...] = ()
    """In the order of pole and direction."""
    gone: tuple[str, ...] = ()
    """Ids of the statements that were taken back, in order: each is so once. Persons take back, and so they are few."""

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
        actor, closed, measured, poles, episodes, *gone = json.loads(value)
        return cls(
            actor,
            closed,
            measured,
            tuple(map(_toward, poles)),
            tuple(Episode(*told) for told in episodes),
            *map(tuple, gone),
        )

    def toward(self, pole: str) -> Toward:
        """What is kept of one pole; nothing yet where there is no evidence."""
        for kept in self.poles:
            if kept.pole == pole:
                return kept
        return Toward(pole, 0, False, Tally(), (), ())

    def with_pole(self, toward: Toward) -> "ActorState":
        """With one pole's part replaced."""
        poles = sorted([toward, *[kept for kept in self.poles if kept.pole != toward.pole]])
        return self._replace(poles=tuple(poles))

    def episode(self, pole: str, direction: str) -> Episode | None:
        """The last episode toward a pole in a direction."""
        return next((each for each in self.episodes if (each.pole, each.direction) == (pole, direction)), None)

    def with_episode(self, episode: Episode) -> "ActorState":
        """With the last episode of its pole and direction replaced."""
        kind = (episode.pole, episode.direction)
        others = (each for each in self.episodes if (each.pole, each.direction) != kind)
        return self._replace(episodes=tuple(sorted((*others, episode))))


def _toward(told: list[Any]) -> Toward:
    pole, first, late, (sums, days), recent, settled, *crowded = told
    tally = Tally(Sums(*sums), tuple(Day(*each) for each in days))
    return Toward(pole, first, late, tally, tuple(map(_story, recent)), tuple(map(_story, settled)), *crowded)


def _story(told: list[Any]) -> Story:
    latest, carried, sign, best, others, outlets, prints = told
    accounts = [_account(*each) for each in (best, *others)]
    printed = tuple(Print(*each) for each in prints)
    return Story(latest, carried, sign, accounts[0], tuple(accounts[1:]), tuple(outlets), printed)


def _account(vote: list[int], published: int, quote: list[Any]) -> Account:
    return Account(Vote(*vote), published, Quote(*quote))
