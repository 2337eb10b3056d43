"""Episodes: when a stance has shifted, how far that has gone, and what it rests on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from schemas.event import Event
from schemas.names import actor_name, seat_name
from schemas.shifts import (
    Direction,
    Evidence,
    Shift,
    ShiftConfirmed,
    ShiftEased,
    ShiftEnded,
    ShiftEscalated,
    ShiftReinforced,
    ShiftSuspected,
    shift_id,
)
from schemas.stances import StanceMeasured
from streams.judgement.decay import growth
from streams.judgement.measure import Measure, measure
from streams.judgement.rules import Rules
from streams.judgement.state import MICRO, ActorState, Episode, Story, day_of
from streams.judgement.weighing import terms

_SIGNS: dict[Direction, int] = {"warming": 1, "cooling": -1}
_NAMED = 12
"""Pieces of evidence that a step names; the others are in its rest."""


class Seen(NamedTuple):
    """What a pole looks like at the close of a day, in one direction."""

    pole: str
    direction: Direction
    figure: float
    measure: Measure
    supporting: tuple[Story, ...]
    """Stories of the direction's sign since the recent stance began, latest first."""


def decided(state: ActorState, rules: Rules) -> tuple[Event, ...]:
    """The stances at the close of the day, and the steps that episodes take."""
    measures = {pole: measure(state.toward(pole), state.closed, rules) for pole, _ in state.sums}
    stances = [_stance(state, pole, seen, rules) for pole, seen in measures.items()]
    steps = [
        step
        for pole, seen in measures.items()
        for direction in _SIGNS
        for step in _steps(state, _seen(state, pole, direction, seen, rules), rules)
    ]
    return (*stances, *steps)


def stepped(state: ActorState, step: Shift) -> ActorState:
    """The state after a step of one of its episodes."""
    others = [episode for episode in state.episodes if episode.id != step.id]
    if step.status == "ended":
        ended = {(pole, direction): day for pole, direction, day in state.ended}
        ended[step.pole, step.direction] = step.at.toordinal()
        told = tuple((pole, direction, day) for (pole, direction), day in sorted(ended.items()))
        return state._replace(episodes=tuple(others), ended=told)
    old = next((episode for episode in state.episodes if episode.id == step.id), None)
    today = step.at.toordinal()
    new = Episode(
        id=step.id,
        pole=step.pole,
        direction=step.direction,
        onset=step.onset.toordinal(),
        status=step.status,
        began=old.began if old else today,
        since=today,
        before=old.before if old else round(step.before * MICRO),
        highest=_highest(old, step),
    )
    return state._replace(episodes=tuple(sorted([*others, new])))


def _highest(old: Episode | None, step: Shift) -> int:
    """What an escalation is measured by: the figure that was last told as a confirmation or escalation."""
    if old and step.status in {"reinforced", "eased"}:
        return old.highest
    return max(old.highest if old else 0, round(step.test * MICRO))


def _seen(state: ActorState, pole: str, direction: Direction, seen: Measure, rules: Rules) -> Seen:
    sign = _SIGNS[direction]
    window = state.closed - rules.recent_half_life
    supporting = sorted(
        (
            story
            for story in state.stories
            if story.pole == pole and story.sign == sign and window < story.best.vote.day <= state.closed
        ),
        key=lambda story: (-story.best.vote.day, story.best.quote.statement),
    )
    figure = sign * seen.figure if seen.figure is not None else 0.0
    return Seen(pole, direction, figure, seen, tuple(supporting))


def _steps(state: ActorState, seen: Seen, rules: Rules) -> Iterator[Shift]:
    threshold = rules.warming_threshold if seen.direction == "warming" else rules.cooling_threshold
    episode = next(
        (each for each in state.episodes if (each.pole, each.direction) == (seen.pole, seen.direction)), None
    )
    step = (
        _opening(state, seen, threshold, rules) if episode is None else _onward(state, seen, episode, threshold, rules)
    )
    if step is not None:
        yield step


def _opening(state: ActorState, seen: Seen, threshold: float, rules: Rules) -> Shift | None:
    today = state.closed
    last = {(pole, direction): day for pole, direction, day in state.ended}.get((seen.pole, seen.direction))
    if (
        seen.figure <= threshold
        or not seen.supporting
        or today - state.first < rules.warm_up
        or (last is not None and today - last < rules.refractory)
    ):
        return None
    if len(seen.supporting) < rules.confirming_stories:
        return _step(ShiftSuspected, state, seen, threshold, None, rules, "one story only so far")
    return _step(ShiftConfirmed, state, seen, threshold, None, rules, "beyond the threshold")


def _onward(state: ActorState, seen: Seen, episode: Episode, threshold: float, rules: Rules) -> Shift | None:
    level = rules.easing * threshold

    def make(kind: type[Shift], limit: float, why: str) -> Shift:
        return _step(kind, state, seen, limit, episode, rules, why)

    if state.closed - episode.began > rules.longest:
        return make(ShiftEnded, level, "the new stance has become the baseline")
    match episode.status:
        case "suspected" if seen.figure <= level:
            return make(ShiftEnded, level, "not borne out")
        case "suspected" if seen.figure > threshold and len(seen.supporting) >= rules.confirming_stories:
            return make(ShiftConfirmed, threshold, "a second story agrees")
        case "confirmed" | "reinforced" | "escalated" if seen.figure <= level:
            return make(ShiftEased, level, "the figure fell under the easing level")
        case "confirmed" | "reinforced" | "escalated" if _has_news(seen, episode):
            limit = episode.highest / MICRO * rules.escalation
            if seen.figure > limit:
                return make(ShiftEscalated, limit, "well beyond what was told")
            return make(ShiftReinforced, level, "new stories agree")
        case "eased" if seen.figure > threshold:
            return make(ShiftConfirmed, threshold, "beyond the threshold again")
        case "eased" if state.closed - episode.since >= rules.ending:
            return make(ShiftEnded, level, f"{rules.ending} days under the easing level")
    return None


def _has_news(seen: Seen, episode: Episode) -> bool:
    """Whether a supporting story has come in since the episode's last step."""
    return any(story.newest > episode.since for story in seen.supporting)


def _step(
    kind: type[Shift],
    state: ActorState,
    seen: Seen,
    threshold: float,
    episode: Episode | None,
    rules: Rules,
    why: str,
) -> Shift:
    onset = episode.onset if episode else min(story.best.vote.day for story in seen.supporting)
    direction = seen.direction
    evidence, rest = _evidence(state, seen, rules)
    low, high = seen.measure.interval
    weights = [story.best.quote.confidence for story in seen.supporting]
    return kind(
        id=episode.id if episode else shift_id(state.actor, seen.pole, direction, day_of(onset)),
        actor=state.actor,
        pole=seen.pole,
        direction=direction,
        onset=day_of(onset),
        at=day_of(state.closed),
        before=_six(episode.before / MICRO if episode else seen.measure.baseline),
        after=_six(seen.measure.recent),
        low=_six(low),
        high=_six(high),
        test=_six(seen.figure),
        threshold=_six(threshold),
        stories=len(seen.supporting),
        outlets=len({outlet for story in seen.supporting for outlet in story.outlets}),
        confidence=_six(sum(weights) / len(weights) / MICRO) if weights else 0.0,
        evidence=evidence,
        rest=rest,
        hedging=_is_hedging(state, seen, rules),
        reason=f"{actor_name(state.actor)} {direction} to {seat_name(seen.pole)}: {why}",
        rules=rules.version,
    )


def _evidence(state: ActorState, seen: Seen, rules: Rules) -> tuple[tuple[Evidence, ...], float]:
    """The stories with the greatest shares in recent minus baseline, and what is left for all others.

    recent - baseline = sum of w (score - baseline) / (W + prior) over the votes, so that each vote has its term.
    """

    now = growth(state.closed, rules.recent_half_life)
    seen_sum = state.toward(seen.pole)
    weight = seen_sum.wf / (now * MICRO)
    move = seen.measure.recent - seen.measure.baseline
    shares = []
    for story in state.stories:
        if story.pole != seen.pole or story.best.vote.day > state.closed:
            continue
        part = terms(story.best.vote, rules)
        term = part.sf / (now * MICRO**2) - part.wf / (now * MICRO) * seen.measure.baseline
        share = round(term / (weight + rules.recent_prior) / move * MICRO) if move else 0
        shares.append((share, story))
    shares.sort(key=lambda pair: (-pair[0], pair[1].best.quote.statement))
    named = [pair for pair in shares if pair[0] > 0][:_NAMED]
    rest = MICRO - sum(share for share, _ in named)
    return tuple(_piece(story, share) for share, story in named), rest / MICRO


def _piece(story: Story, share: int) -> Evidence:
    best = story.best
    return Evidence(
        statement_id=best.quote.statement,
        article_id=best.quote.article,
        quote=best.quote.text,
        start=best.quote.start,
        end=best.quote.end,
        speaker=best.quote.speaker,
        outlet=best.quote.outlet,
        outlets=story.outlets,
        url=best.quote.url,
        published=datetime.fromtimestamp(best.published, UTC),
        occurred=day_of(best.vote.day),
        target=story.pole,
        sign=1 if story.sign > 0 else -1,
        share=share / MICRO,
    )


def _is_hedging(state: ActorState, seen: Seen, rules: Rules) -> bool:
    return any(
        episode.pole != seen.pole
        and episode.direction != seen.direction
        and episode.status != "suspected"
        and state.closed - episode.began <= rules.hedging_window
        for episode in state.episodes
    )


def _stance(state: ActorState, pole: str, seen: Measure, rules: Rules) -> StanceMeasured:
    low, high = seen.interval
    window = state.closed - rules.recent_half_life
    return StanceMeasured(
        actor=state.actor,
        pole=pole,
        day=day_of(state.closed),
        score=_six(seen.recent),
        low=_six(low),
        high=_six(high),
        baseline=_six(seen.baseline),
        stories=sum(1 for story in state.stories if story.pole == pole and story.best.vote.day > window),
        rules=rules.version,
    )


def _six(number: float) -> float:
    return round(number, 6) + 0.0
