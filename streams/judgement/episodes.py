"""Episodes: quiet, suspected, confirmed, perhaps escalated, eased, ended; what step a day calls for, and its trace."""

from typing import NamedTuple

from schemas.shifts import (
    Shift,
    ShiftConfirmed,
    ShiftEased,
    ShiftEnded,
    ShiftEscalated,
    ShiftReinforced,
    ShiftSuspected,
)
from streams.judgement.rules import Rules
from streams.judgement.sight import OPPOSITE, Sight, onset
from streams.judgement.state import ActorState, Episode
from streams.judgement.stories import MILLION, Story

_RISES = {"suspected", "confirmed", "escalated"}


class Step(NamedTuple):
    """A step that a day calls for."""

    kind: type[Shift]
    onset: int
    before: float
    limit: float
    """What the figure passed, or fell under."""
    supporting: list[Story]
    why: str


def next_step(state: ActorState, sight: Sight, rules: Rules) -> Step | None:
    """The step that the episode toward a pole in a direction takes at the close of a day, if any."""
    episode = state.episode(sight.pole, sight.direction)
    if episode is None or not episode.is_open:
        return _opening(state, sight, episode, rules)
    return _onward(sight, episode, rules)


def traced(state: ActorState, step: Shift, rules: Rules) -> ActorState:
    """The state after a step of one of its episodes."""
    last = state.episode(step.pole, step.direction)
    old = last if last and last.is_open else None
    rises = step.status in _RISES
    confirmed = step.status in {"confirmed", "escalated"} or bool(old and old.was_confirmed)
    level = rules.easing * rules.threshold(step.direction)
    return state.with_episode(
        Episode(
            pole=step.pole,
            direction=step.direction,
            id=step.id,
            onset=step.onset.toordinal(),
            status=old.status if old and step.status == "reinforced" else step.status,
            raised=old.raised if old and not rises else step.at.toordinal(),
            told=step.at.toordinal(),
            before=round(step.before * MILLION),
            highest=_highest(old, step, rules),
            was_confirmed=confirmed,
            lasted=confirmed and step.status == "ended" and step.test > level,
        )
    )


def _highest(old: Episode | None, step: Shift, rules: Rules) -> int:
    figure = round(step.test * MILLION)
    if step.status == "ended" or old is None:
        return figure
    settling = step.at.toordinal() - old.raised < rules.settling
    return max(old.highest, figure) if settling or step.status in _RISES else old.highest


def _opening(state: ActorState, sight: Sight, last: Episode | None, rules: Rules) -> Step | None:
    threshold = rules.threshold(sight.direction)
    if sight.figure <= threshold or sight.day - sight.first < rules.warm_up:
        return None
    if (begun := onset(sight)) is None:
        return None
    if last and last.was_confirmed and sight.day - last.told < rules.refractory:
        return None
    if last and _holds_already(state, sight, last, rules):
        return None
    before = sight.measure.baseline
    supporting = sight.supporting(begun, before)
    if not _agree(supporting, rules):
        return Step(ShiftSuspected, begun, before, threshold, supporting, "beyond the threshold on one day's news")
    return Step(ShiftConfirmed, begun, before, threshold, supporting, "beyond the threshold on independent stories")


def _holds_already(state: ActorState, sight: Sight, last: Episode, rules: Rules) -> bool:
    """Whether the recent stance is what the actor has held since an earlier shift, which the baseline has yet to reach.

    Not so once the actor has turned back, or has gone well beyond where that shift ended.
    """
    turn = state.episode(sight.pole, OPPOSITE[sight.direction])
    turned = turn is not None and turn.was_confirmed and turn.told > last.told
    fresh = last.lasted and sight.day - last.told < rules.baseline_half_life
    return (
        fresh
        and not turned
        and sight.figure <= rules.escalation * max(rules.threshold(sight.direction), last.highest / MILLION)
    )


def _onward(sight: Sight, episode: Episode, rules: Rules) -> Step | None:
    threshold = rules.threshold(sight.direction)
    level, before = rules.easing * threshold, episode.before / MILLION
    # The onset is fixed, but what came late may have happened shortly before it.
    supporting = sight.supporting(episode.onset - rules.horizon, before)

    def step(kind: type[Shift], limit: float, why: str) -> Step:
        return Step(kind, episode.onset, before, limit, supporting, why)

    if sight.day - episode.raised >= rules.lasting:
        return step(ShiftEnded, level, f"after {rules.lasting} days it is the stance that the actor holds")
    match episode.status:
        case "suspected" if sight.figure <= level:
            return step(ShiftEnded, level, "the suspicion was not borne out")
        case "suspected" if sight.figure > threshold and _agree(supporting, rules):
            return step(ShiftConfirmed, threshold, "independent stories agree")
        case "confirmed" | "escalated" if sight.figure <= level:
            return step(ShiftEased, level, "the figure fell under the easing level")
        case "confirmed" | "escalated" if _has_news(sight, episode, supporting, rules):
            limit = max(threshold, episode.highest / MILLION * rules.escalation)
            if sight.figure > limit and sight.day - episode.raised >= rules.settling:
                return step(ShiftEscalated, limit, "well beyond what was told")
            return step(ShiftReinforced, level, "new stories agree")
        case "eased" if sight.figure > threshold:
            return step(ShiftConfirmed, threshold, "beyond the threshold again")
        case "eased" if sight.figure <= level and sight.day - episode.told >= rules.ending:
            return step(ShiftEnded, level, f"{rules.ending} days have passed since it eased")
    return None


def _agree(supporting: list[Story], rules: Rules) -> bool:
    """Whether enough independent stories agree: what many write of one day is one occasion."""
    return len({story.best.vote.day for story in supporting}) >= rules.confirming_stories


def _has_news(sight: Sight, episode: Episode, supporting: list[Story], rules: Rules) -> bool:
    """Whether stories published since the last step make enough of the move."""
    before = episode.before / MILLION
    move = sight.sign * (sight.measure.recent - before)
    new = [story for story in supporting if story.carried > episode.told]
    return (
        move > 0 and sum(sight.part(story, before, rules) for story in new) * sight.sign >= rules.reinforcement * move
    )
