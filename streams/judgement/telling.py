"""A step of an episode as it is told: before and after, the test, the evidence with its exact shares."""

from datetime import UTC, date, datetime

from schemas.plover import Root
from schemas.shifts import Evidence, Shift, shift_id
from schemas.stances import StanceMeasured
from streams.judgement.episodes import Step
from streams.judgement.explain import reason
from streams.judgement.measure import measure
from streams.judgement.rules import Rules
from streams.judgement.sight import OPPOSITE, Sight, known, sights
from streams.judgement.state import ActorState, Toward
from streams.judgement.stories import MILLION, Story, first_since

NAMED = 12
"""Pieces of evidence that a step names at most; the others are in its rest."""
NEWEST = 4
"""Of these, how many are kept for the latest, however light."""

_LEAST_MOVE = 0.01
"""A move under this is not shared out."""


def told(state: ActorState, sight: Sight, step: Step, rules: Rules) -> Shift:
    """The event of a step."""
    before, after = step.before, sight.measure.recent
    evidence = _evidence(sight, step, rules)
    low, high = sight.measure.interval
    sure = [story.best.quote.confidence for story in step.supporting]
    shift = step.kind(
        id=shift_id(state.actor, sight.pole, sight.direction, date.fromordinal(step.onset)),
        actor=state.actor,
        pole=sight.pole,
        direction=sight.direction,
        onset=date.fromordinal(step.onset),
        at=date.fromordinal(sight.day),
        before=_six(before),
        after=_six(after),
        low=_six(low),
        high=_six(high),
        test=_six(sight.figure),
        threshold=_six(step.limit),
        stories=len(step.supporting),
        outlets=len({outlet for story in step.supporting for outlet in story.outlets}),
        confidence=_six(sum(sure) / len(sure) / MILLION) if sure else 0.0,
        evidence=evidence,
        rest=(MILLION - sum(round(each.share * MILLION) for each in evidence)) / MILLION,
        hedging=_is_hedging(state, sight, rules),
        reason="",
        rules=rules.version,
    )
    return shift.model_copy(update={"reason": reason(step.why, shift)})


def stance(state: ActorState, toward: Toward, rules: Rules) -> StanceMeasured | None:
    """The stance toward a pole at the close of the last closed day; None where nothing was known by then.

    Where all that was known has been taken back, it is one of no stories, with the widest interval.
    """
    tally, later = known(toward, state.closed, rules)
    if later and not tally.sums.wf:
        return None
    seen = measure(tally.sums, state.closed, rules)
    low, high = seen.interval
    begin = state.closed - rules.recent_half_life + 1
    remembered = sum(len(kept) - first_since(kept, begin) for kept in (toward.settled, toward.recent))
    return StanceMeasured(
        actor=state.actor,
        pole=toward.pole,
        day=date.fromordinal(state.closed),
        score=_six(seen.recent),
        low=_six(low),
        high=_six(high),
        baseline=_six(seen.baseline),
        stories=remembered - len(later),
        rules=rules.version,
    )


def _evidence(sight: Sight, step: Step, rules: Rules) -> tuple[Evidence, ...]:
    """The weightiest of the supporting stories and the newest, by their shares in the move."""
    move = sight.measure.recent - step.before
    if sight.sign * move < _LEAST_MOVE:
        return ()
    shares = {story: round(sight.part(story, step.before, rules) / move * MILLION) for story in step.supporting}
    weightiest = sorted(shares, key=lambda story: (-shares[story], story.best.quote.statement))
    newest = sorted(weightiest[NAMED - NEWEST :], key=lambda story: -story.carried)
    named = {*weightiest[: NAMED - NEWEST], *newest[:NEWEST]}
    return tuple(_piece(sight, story, shares[story], rules) for story in weightiest if story in named)


def _piece(sight: Sight, story: Story, share: int, rules: Rules) -> Evidence:
    vote, quote = story.best.vote, story.best.quote
    return Evidence(
        statement_id=quote.statement,
        article_id=quote.article,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        speaker=quote.speaker,
        outlet=quote.outlet,
        outlets=story.outlets,
        url=quote.url,
        published=datetime.fromtimestamp(story.best.published, UTC),
        occurred=date.fromordinal(vote.day),
        target=sight.pole,
        sign=1 if story.sign > 0 else -1,
        share=share / MILLION,
        root=Root(quote.root),
        without=_six(sight.without(story, rules)),
    )


def _is_hedging(state: ActorState, sight: Sight, rules: Rules) -> bool:
    """Whether the opposite move toward another pole is under way, or was within the window."""
    against = OPPOSITE[sight.direction]
    recent = sight.day - rules.hedging_window
    told = (each for each in state.episodes if each.pole != sight.pole and each.direction == against)
    if any(each.was_confirmed and (each.is_open or each.told >= recent) for each in told):
        return True
    others = (toward for toward in state.poles if toward.pole != sight.pole)
    return any(
        other.figure > rules.threshold(against)
        for toward in others
        for other in sights(toward, sight.day, rules)
        if other.direction == against
    )


def _six(number: float) -> float:
    return round(number, 6) + 0.0
