"""The close of a day: what it calls for, and what settles with it.

A DayClosed may close many days at once. Their steps are found day by day, each with what was published by then and
dated at its own day, so that closing days one by one or in one leap tells the same.
"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.event import Event
from schemas.shifts import Shift
from streams.judgement.episodes import next_step, traced
from streams.judgement.memory import settle
from streams.judgement.rules import Rules
from streams.judgement.sight import sights
from streams.judgement.state import ActorState, Toward
from streams.judgement.stories import first_since
from streams.judgement.telling import stance, told


class Close(NamedTuple):
    """What the close of days comes to."""

    state: ActorState
    told: tuple[Event, ...]
    """The steps of each day, then the stances at the last."""


def close(state: ActorState, rules: Rules) -> Close:
    """Measure the days that are closed and not measured yet."""
    ahead, day, steps = state, state.measured, list[Shift]()
    while (day := _next_day(ahead, day)) <= state.closed:
        for step in _steps(ahead, day, rules):
            ahead = traced(ahead, step, rules)
            steps.append(step)
        ahead = _settled(ahead, day, rules)
    ahead = _settled(ahead, state.closed, rules)
    stances = [stance(ahead, toward, rules) for toward in ahead.poles]
    return Close(ahead, (*steps, *filter(None, stances)))


def _settled(state: ActorState, day: int, rules: Rules) -> ActorState:
    if state.measured >= day:
        return state
    poles = tuple([settle(toward, day, rules) for toward in state.poles])
    return state._replace(measured=day, poles=poles)


def _next_day(state: ActorState, day: int) -> int:
    """The next day on which a step is possible: while an episode is open any, else the next with news."""
    if any(episode.is_open for episode in state.episodes) or any(toward.late for toward in state.poles):
        return day + 1
    news = [story.carried for toward in state.poles for story in toward.recent[first_since(toward.recent, day + 1) :]]
    return min([carried for carried in news if carried > day], default=state.closed + 1)


def _steps(state: ActorState, day: int, rules: Rules) -> Iterator[Shift]:
    for toward in state.poles:
        if _has_cause(state, toward, day):
            for sight in sights(toward, day, rules):
                if step := next_step(state, sight, rules):
                    yield told(state, sight, step, rules)


def _has_cause(state: ActorState, toward: Toward, day: int) -> bool:
    return (
        toward.late
        or any(episode.pole == toward.pole and episode.is_open for episode in state.episodes)
        or any(story.carried == day for story in toward.recent[first_since(toward.recent, day) :])
    )
