"""The close of a day: what it calls for, and what settles with it.

A DayClosed may close many days at once. Their steps are found day by day, each with what was published by then and
dated at its own day, so that closing days one by one or in one leap tells the same.
"""

from collections.abc import Iterator

from schemas.event import Event
from schemas.shifts import Shift
from streams.judgement.episodes import next_step, traced
from streams.judgement.memory import settle
from streams.judgement.rules import Rules
from streams.judgement.sight import sights
from streams.judgement.state import ActorState, Toward
from streams.judgement.telling import stance, told


def calls(state: ActorState, rules: Rules) -> Iterator[Event]:
    """The steps of each day that is closed but not measured yet, then the stances at the last."""
    ahead, day = state, state.measured
    while (day := _next_day(ahead, day)) <= state.closed:
        for step in _steps(ahead, day, rules):
            ahead = traced(ahead, step, rules)
            yield step
        ahead = settled(ahead, day, rules)
    for toward in ahead.poles:
        if measured := stance(ahead, toward, rules):
            yield measured


def settled(state: ActorState, day: int, rules: Rules) -> ActorState:
    """The state once `day` is measured: stories that no copy can join any more settle."""
    poles = tuple(settle(toward, day, rules) for toward in state.poles)
    return state._replace(measured=max(state.measured, day), poles=poles)


def _next_day(state: ActorState, day: int) -> int:
    """The next day on which a step is possible: while an episode is open any, else the next with news."""
    if any(episode.is_open for episode in state.episodes) or any(toward.late for toward in state.poles):
        return day + 1
    news = (story.carried for toward in state.poles for story in toward.recent)
    return min((carried for carried in news if carried > day), default=state.closed + 1)


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
        or any(story.carried == day for story in toward.recent)
    )
