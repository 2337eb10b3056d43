"""What a retraction carries: the statement, and those that tell the same story and so keep its vote.

Memory forgets who told a settled story; the log does not. So the log is folded again up to its end, and who joined
whom is written down.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from schemas.statements import StatementDetected, StatementRetracted
from streams.judgement.fold import Judged, apply
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.stories import MOST_OUTLETS, copies
from streams.judgement.weighing import counts, story_of

Accounts = dict[str, StatementDetected]
"""The statements that tell one story and stand, by id."""


def retractions(
    gone: Sequence[StatementDetected], log: Iterable[Judged], at: datetime, reason: str, rules: Rules
) -> Iterator[StatementRetracted]:
    """The events that take statements back at `at`, one after the other; `log` holds all of their actors, in order.

    Of many copies those are named that a story would remember: the weightiest.
    """
    stories = _stories(log, rules)
    for statement in gone:
        accounts = stories.get(statement.id, {})
        accounts.pop(statement.id, None)
        ranked = sorted(accounts.values(), key=lambda each: story_of(each, 0, rules).best.rank, reverse=True)
        yield StatementRetracted(statement=statement, at=at, reason=reason, copies=tuple(ranked[:MOST_OUTLETS]))


def _stories(log: Iterable[Judged], rules: Rules) -> dict[str, Accounts]:
    """The story of each statement that counts, by its id; statements of one story share one."""
    states: dict[str, ActorState] = {}
    stories: dict[str, Accounts] = {}
    for event in log:
        state = states.get(event.actor) or ActorState.initial(event.actor)
        if isinstance(event, StatementDetected) and counts(event, rules):
            _join(stories, event, state, rules)
        elif isinstance(event, StatementRetracted):
            stories.get(event.statement.id, {}).pop(event.statement.id, None)
        states[event.actor], _ = apply(state, event, rules)
    return stories


def _join(stories: dict[str, Accounts], told: StatementDetected, state: ActorState, rules: Rules) -> None:
    recent = state.toward(told.target).recent
    accounts: Accounts = {told.id: told}
    for story in copies(recent, story_of(told, state.closed, rules), rules.copy_window):
        accounts |= stories[story.best.quote.statement]
    for identifier in accounts:
        stories[identifier] = accounts
