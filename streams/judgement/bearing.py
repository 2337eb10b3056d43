"""What a stance rests on, and what a statement bears on: down to the quotes, and up from one of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.shifts import Evidence, Shift
from schemas.stances import StanceMeasured
from schemas.statements import StatementDetected, StatementRetracted
from streams.judgement.differences import Difference, differences
from streams.judgement.fold import Judged
from streams.judgement.refolding import Refolded, at_close, refolded
from streams.judgement.rules import Rules
from streams.judgement.sight import sights
from streams.judgement.state import ActorState, Toward
from streams.judgement.stories import MILLION, Story, copies
from streams.judgement.telling import stance
from streams.judgement.weighing import counts, story_of


class Piece(NamedTuple):
    """A story's part in a stance."""

    story: Story
    part: int
    """Millionths of a point by which it moves the stance from the baseline."""
    without: float | None
    """The stance had the story not been told, exactly; None where it is the only one."""


class Ground(NamedTuple):
    """What a stance rests on: baseline, pieces and rest add up to its score, exactly in millionths."""

    stance: StanceMeasured
    pieces: tuple[Piece, ...]
    """The stories in memory, most weighty first."""
    rest: int
    """Millionths of a point that all older and lighter evidence moves it from the baseline."""


class Bearing(NamedTuple):
    """What a statement bears on, found by leaving it out of the log and judging again."""

    statement: StatementDetected
    uncounted: str | None
    """Why it is no evidence; None where it is."""
    retold: tuple[str, ...]
    """Ids of the statements that tell the same story: left out alone, it leaves the story's one vote to them."""
    stances: tuple[tuple[StanceMeasured, StanceMeasured | None], ...]
    """The actor's stances of now that it changes: with it, and without it."""
    named: tuple[tuple[Shift, Evidence], ...]
    """The steps of shifts that name it among their evidence, and how."""
    shifts: tuple[Difference, ...]
    """The shifts that would be otherwise without it."""


def ground(state: ActorState, pole: str, rules: Rules) -> Ground | None:
    """What the stance toward `pole` rests on at the last closed day; None where nothing was known by then."""
    toward = state.toward(pole)
    measured = stance(state, toward, rules)
    seen = next(iter(sights(toward, state.closed, rules)), None)
    if measured is None or seen is None:
        return None
    parts = {story: round(seen.part(story, seen.measure.baseline, rules) * MILLION) for story in seen.stories}
    weightiest = sorted(parts, key=lambda story: (-abs(parts[story]), story.best.quote.statement))
    pieces = tuple(Piece(story, parts[story], _without(state, toward, story, rules)) for story in weightiest)
    move = round(measured.score * MILLION) - round(measured.baseline * MILLION)
    return Ground(measured, pieces, move - sum(parts.values()))


def bearing(statement: StatementDetected, log: Sequence[Judged], rules: Rules) -> Bearing:
    """What a statement bears on in the log of its actor, in which it stands."""
    others = [_without_copy(event, statement) for event in log if not _is_of(event, statement)]
    with_it, without = refolded(log, rules), refolded(others, rules)
    named = ((step, each) for step in with_it.steps for each in step.evidence if each.statement_id == statement.id)
    changes = differences(with_it.steps, without.steps)
    return Bearing(
        statement,
        _taken_back(statement, log) or uncounted(statement, rules),
        tuple(_retold(statement, others, rules)),
        tuple(_changed(statement.actor, with_it, without._replace(last=with_it.last), rules)),
        tuple(named),
        tuple(each for each in changes if each.change != "same"),
    )


def uncounted(statement: StatementDetected, rules: Rules) -> str | None:
    """Why a statement is no evidence; None where it is."""
    if counts(statement, rules):
        return None
    if statement.target not in rules.poles:
        return f"it is not toward {' or '.join(rules.poles)}"
    if not statement.speaker.is_government:
        return "its speaker does not speak for a government"
    if statement.polarity == 0:
        return "it is neither kind nor critical"
    return f"the detector is less sure of it than the rules ask: {statement.confidence:.2f} of {rules.least_confidence}"


def _without(state: ActorState, toward: Toward, story: Story, rules: Rules) -> float | None:
    tally = toward.tally.changed((story,), (), rules)
    rest = stance(state, toward._replace(tally=tally), rules) if tally.sums.wf else None
    return rest.score if rest else None


def _is_of(event: Judged, statement: StatementDetected) -> bool:
    match event:
        case StatementDetected():
            return event.id == statement.id
        case StatementRetracted():
            return event.statement.id == statement.id
    return False


def _without_copy(event: Judged, statement: StatementDetected) -> Judged:
    if not isinstance(event, StatementRetracted):
        return event
    return event.model_copy(update={"copies": tuple(copy for copy in event.copies if copy.id != statement.id)})


def _taken_back(statement: StatementDetected, log: Sequence[Judged]) -> str | None:
    last = [event for event in log if _is_of(event, statement)][-1]
    return f"it was taken back on {last.at.date()}: {last.reason}" if isinstance(last, StatementRetracted) else None


def _retold(statement: StatementDetected, others: Sequence[Judged], rules: Rules) -> list[str]:
    gone = {event.statement.id for event in others if isinstance(event, StatementRetracted)}
    stories = sorted(
        story_of(other, 0, rules)
        for other in others
        if isinstance(other, StatementDetected)
        and other.id not in gone
        and other.target == statement.target
        and counts(other, rules)
    )
    told = copies(stories, story_of(statement, 0, rules), rules.copy_window) if counts(statement, rules) else []
    return [story.best.quote.statement for story in told]


def _changed(
    actor: str, with_it: Refolded, without: Refolded, rules: Rules
) -> Iterator[tuple[StanceMeasured, StanceMeasured | None]]:
    others = _now(actor, without, rules)
    for pole, measured in _now(actor, with_it, rules).items():
        if others.get(pole) != measured:
            yield measured, others.get(pole)


def _now(actor: str, folded: Refolded, rules: Rules) -> dict[tuple[str, str], StanceMeasured]:
    return {**folded.stances, **at_close(folded, [actor], rules)}
