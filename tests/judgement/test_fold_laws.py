"""The laws of the fold, on histories made by chance."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from judgement_builders import DENSE_RULES, MIXED, RULES, a_statement, at_noon, closed, day, folded, steps

from schemas.event import Event
from schemas.shifts import Shift
from schemas.stances import StanceMeasured
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.judgement.fold import apply, fold, state_hash
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState
from streams.judgement.withdrawing import retractions

FIRST = 740
"""The day from which the made-up days run, after two years of an even record."""

BEFORE, _ = folded(*MIXED)

POLARITIES = [-1.0, -0.7, -0.4, 0.4, 0.7, 1.0]


class Article(NamedTuple):
    """What makes an article: all its statements agree on it."""

    number: int
    hours: int
    bands: tuple[int, ...]
    outlet: str


@st.composite
def articles(draw: st.DrawFn, days: int = 12) -> list[StatementDetected]:
    """Statements in articles over some days; some are copies of others, some tell of earlier days."""
    made: list[StatementDetected] = []
    for number in range(draw(st.integers(1, 9))):
        article = Article(
            number,
            draw(st.integers(0, days * 24 - 13)),
            tuple(draw(st.lists(st.integers(1, 6), max_size=2, unique=True))),
            draw(st.sampled_from(["Courier", "Ledger", "Post"])),
        )
        for polarity in draw(st.lists(st.sampled_from(POLARITIES), min_size=1, max_size=3, unique=True)):
            target = draw(st.sampled_from(["CHN", "USA"]))
            made.append(_of(article, polarity, target, draw(st.integers(0, 9))))
    return sorted(made, key=lambda statement: statement.published)


def _of(article: Article, polarity: float, target: str, ago: int) -> StatementDetected:
    published = at_noon(FIRST, article.hours)
    return a_statement(
        FIRST,
        polarity,
        article_id=f"art-{article.number}",
        target=target,
        published=published,
        happened=day((published.date() - day(0)).days - ago),
        sketch=article.bands,
        outlet=article.outlet,
        confidence=0.4 + 0.1 * (article.number % 6),
    )


def lockstep(statements: Iterable[StatementDetected], last: int = FIRST + 40) -> list[Event]:
    """Each day's statements, then the day closed."""
    events: list[Event] = []
    ordered = sorted(statements, key=lambda statement: statement.published.date())
    for published, told in groupby(ordered, key=lambda statement: statement.published.date()):
        events += [*told, DayClosed(actor="PRT", day=published)]
    return [*events, closed(last)]


def shuffled_within_days(events: Sequence[Event], seed: int) -> list[Event]:
    random, told = Random(seed), list[Event]()
    for is_close, group in groupby(events, key=lambda event: isinstance(event, DayClosed)):
        those = list(group)
        if not is_close:
            random.shuffle(those)
        told += those
    return told


@given(articles(), st.integers(0, 99))
def test_the_order_within_a_day_changes_neither_state_nor_what_is_told(
    statements: list[StatementDetected], seed: int
) -> None:
    events = lockstep(statements)
    state, told = folded(*events, start=BEFORE)
    other, also = folded(*shuffled_within_days(events, seed), start=BEFORE)
    assert state.to_bytes() == other.to_bytes()
    assert told == also


@given(articles(days=7), st.randoms(use_true_random=False))
def test_any_arrival_within_the_horizon_gives_the_same_bytes(
    statements: list[StatementDetected], random: Random
) -> None:
    on_time = lockstep(statements)
    late = [*on_time[:-1], closed(FIRST + 7)]
    late = [event for event in late if isinstance(event, DayClosed)]
    for statement in statements:
        first = next(n for n, event in enumerate(late) if _closes(event, statement) or n == len(late) - 1)
        late.insert(random.randint(first, len(late)), statement)
    unborn = RULES.model_copy(update={"warm_up": 3650})
    state, _ = folded(*on_time, rules=unborn)
    other, _ = folded(*late, closed(FIRST + 40), rules=unborn)
    assert state.to_bytes() == other.to_bytes()


def _closes(event: Event, statement: StatementDetected) -> bool:
    return isinstance(event, DayClosed) and event.day >= statement.published.date()


@given(articles(days=8), st.data())
def test_duplicates_within_the_horizon_do_not_matter(statements: list[StatementDetected], data: st.DataObject) -> None:
    events = lockstep(statements)
    again = list(events)
    for statement in statements:
        again.insert(data.draw(st.integers(again.index(statement) + 1, len(again) - 1)), statement)
    state, told = folded(*events, start=BEFORE)
    other, also = folded(*again, start=BEFORE)
    assert state.to_bytes() == other.to_bytes()
    assert told == also


@given(articles(), st.data())
def test_a_fold_in_two_parts_through_bytes_is_the_fold_at_once(
    statements: list[StatementDetected], data: st.DataObject
) -> None:
    events = lockstep(statements)
    cut = data.draw(st.integers(0, len(events)))
    whole, told = folded(*events, start=BEFORE)
    half, first = folded(*events[:cut], start=BEFORE)
    rest, second = folded(*events[cut:], start=ActorState.from_bytes(half.to_bytes()))
    assert rest.to_bytes() == whole.to_bytes()
    assert [*first, *second] == told


@given(articles())
def test_a_state_is_what_its_bytes_say(statements: list[StatementDetected]) -> None:
    state, _ = folded(*statements, start=BEFORE)
    assert ActorState.from_bytes(state.to_bytes()) == state
    later, _ = folded(*lockstep(statements), start=BEFORE)
    assert ActorState.from_bytes(later.to_bytes()) == later


@given(articles())
def test_folding_the_log_again_gives_the_same_hash(statements: list[StatementDetected]) -> None:
    events = lockstep(statements)
    assert state_hash(fold(events, RULES)[0]) == state_hash(fold(events, RULES)[0])


@given(articles(), st.data())
def test_a_day_closed_again_or_out_of_date_is_harmless(
    statements: list[StatementDetected], data: st.DataObject
) -> None:
    events = lockstep(statements)
    spoilt: list[Event] = []
    for event in events:
        spoilt.append(event)
        if isinstance(event, DayClosed):
            spoilt.append(DayClosed(actor="PRT", day=min(event.day, day(data.draw(st.integers(0, FIRST + 40))))))
    state, told = folded(*events, start=BEFORE)
    other, also = folded(*spoilt, start=BEFORE)
    assert state.to_bytes() == other.to_bytes()
    assert told == also


@given(articles(), st.integers(1, 30))
def test_no_step_is_dated_at_a_day_that_was_closed_before(statements: list[StatementDetected], lateness: int) -> None:
    state = BEFORE
    late = [*[closed(FIRST + lateness)], *statements, closed(FIRST + lateness + 1), closed(FIRST + 60)]
    for event in late:
        over = state.closed
        state, told = apply(state, event, RULES)
        assert all(over < step.at.toordinal() <= state.closed for step in steps(told))


@given(articles())
def test_days_closed_one_by_one_or_in_one_leap_tell_the_same(statements: list[StatementDetected]) -> None:
    alone = [statement for statement in statements if not statement.sketch]
    one_each = list({statement.article_id: statement for statement in alone}.values())
    leap, told = folded(*one_each, closed(FIRST + 40), start=BEFORE)
    state = BEFORE
    also: list[Event] = []
    for number in range(FIRST, FIRST + 41):
        for event in [*(each for each in one_each if each.published.date() == day(number)), closed(number)]:
            state, decided = apply(state, event, RULES)
            also.extend(decided)
    assert steps(told) == steps(also)
    assert state.to_bytes() == leap.to_bytes()


@settings(max_examples=60)
@given(articles())
def test_shares_and_rest_add_up_to_one_in_millionths(statements: list[StatementDetected]) -> None:
    _, told = folded(*lockstep(statements), start=BEFORE)
    for step in steps(told):
        shares = [round(each.share * 1_000_000) for each in step.evidence]
        assert sum(shares) + round(step.rest * 1_000_000) == 1_000_000
        assert shares == sorted(shares, reverse=True)
        assert len(shares) <= 12


@given(articles(), st.integers(0, 8), st.integers(0, 72))
def test_a_near_copy_adds_nothing_but_its_outlet(statements: list[StatementDetected], which: int, hours: int) -> None:
    original = statements[which % len(statements)]
    marked = original.model_copy(update={"sketch": (999, *original.sketch)})
    others = [marked if each is original else each for each in statements if each.article_id != original.article_id]
    copy = a_statement(
        FIRST,
        original.polarity,
        article_id="art-copy",
        target=original.target,
        published=marked.published + (at_noon(0, hours) - at_noon(0)),
        happened=original.occurred_to,
        sketch=(999,),
        outlet="Echo",
        confidence=original.confidence,
    )
    state, _ = folded(*others, marked, start=BEFORE)
    copied, _ = folded(*others, marked, copy, start=BEFORE)
    assert [toward.tally.sums for toward in copied.poles] == [toward.tally.sums for toward in state.poles]
    named = {outlet for story in copied.toward(original.target).recent for outlet in story.outlets}
    assert named == {outlet for story in state.toward(original.target).recent for outlet in story.outlets} | {"Echo"}


@given(articles())
def test_only_the_close_of_a_day_tells_and_it_leaves_what_it_was_given(statements: list[StatementDetected]) -> None:
    state = BEFORE
    for event in lockstep(statements):
        before = state.to_bytes()
        after, told = apply(state, event, RULES)
        assert state.to_bytes() == before
        assert apply(state, event, RULES) == (after, told)
        assert isinstance(event, DayClosed) or told == ()
        assert all(isinstance(each, Shift | StanceMeasured) for each in told)
        state = after


def test_what_is_no_evidence_changes_nothing() -> None:
    neutral = a_statement(FIRST).model_copy(update={"sign": 0})
    assert apply(BEFORE, neutral, RULES) == (BEFORE, ())


def retracted(statement: StatementDetected) -> StatementRetracted:
    return StatementRetracted(statement=statement, at=statement.published, reason="withdrawn")


@given(articles(), st.data())
def test_a_retraction_subtracts_exactly(statements: list[StatementDetected], data: st.DataObject) -> None:
    """Each tells a story of its own: without it, sums and stories are those of a log that never held it."""
    alone = [statement.model_copy(update={"sketch": ()}) for statement in statements]
    each = list({statement.article_id: statement for statement in alone}.values())
    gone = data.draw(st.sampled_from(each))
    days = data.draw(st.integers(0, 40))
    told = lockstep(each, FIRST + 12 + days)
    never, _ = folded(*(event for event in told if event is not gone), start=BEFORE)
    back, _ = folded(*told, retracted(gone), start=BEFORE)
    for pole in ("CHN", "USA"):
        assert back.toward(pole).tally.sums == never.toward(pole).tally.sums
        assert back.toward(pole).recent == never.toward(pole).recent
        # What the one taken back had crowded out of memory is gone from there, though not from the sums.
        assert set(back.toward(pole).settled) <= set(never.toward(pole).settled)


@given(articles(days=3), st.data(), st.sampled_from([RULES, DENSE_RULES]))
def test_a_retraction_subtracts_exactly_however_old_and_however_copied(
    statements: list[StatementDetected], data: st.DataObject, rules: Rules
) -> None:
    """In the dense profile as long as the day is remembered; copies all lie within one window."""
    told = [statement.model_copy(update={"sketch": statement.sketch[:1]}) for statement in statements]
    gone = data.draw(st.lists(st.sampled_from(told), min_size=1, unique_by=lambda each: each.id))
    events = lockstep(told, FIRST + 12 + data.draw(st.integers(0, 500 if rules is RULES else 60)))
    backs = retractions(gone, [*MIXED, *events], gone[0].published, "withdrawn", rules)
    never, _ = folded(*MIXED, *(event for event in events if event not in gone), rules=rules)
    back, _ = folded(*MIXED, *events, *backs, rules=rules)
    for pole in ("CHN", "USA"):
        assert back.toward(pole).tally.sums == never.toward(pole).tally.sums
        assert {each.best for each in back.toward(pole).settled} <= {each.best for each in never.toward(pole).settled}


def test_what_many_stories_crowded_out_of_memory_on_its_first_day_is_taken_back_too() -> None:
    day_of_many = [a_statement(FIRST, 0.4, article_id=f"art-{n}", published=at_noon(FIRST, n / 60)) for n in range(40)]
    gone, *others, latest = day_of_many
    backs = retractions([latest, gone], day_of_many, gone.published, "withdrawn", DENSE_RULES)
    after, _ = folded(*day_of_many, *backs, rules=DENSE_RULES)
    never, _ = folded(*others, rules=DENSE_RULES)
    assert after.toward("CHN").tally == never.toward("CHN").tally


@given(st.integers(0, 500))
def test_what_was_taken_back_cannot_be_taken_back_again(later: int) -> None:
    word, deed = a_statement(FIRST, 0.4), a_statement(FIRST + 1, 0.7)
    once, _ = folded(word, deed, closed(FIRST + 1 + later), retracted(word), start=BEFORE)
    again, _ = folded(retracted(word), start=once)
    assert again == once
    assert ActorState.from_bytes(again.to_bytes()) == again


@given(st.permutations([0.4, 0.7, 1.0]), st.integers(0, 2))
def test_a_retracted_copy_leaves_the_story_to_the_others(strengths: list[float], which: int) -> None:
    copies = [
        a_statement(FIRST, strength, article_id=f"art-{n}", sketch=(7,), outlet=f"Outlet {n}")
        for n, strength in enumerate(strengths)
    ]
    others = [copy for n, copy in enumerate(copies) if n != which]
    back, _ = folded(*copies, retracted(copies[which]), start=BEFORE)
    never, _ = folded(*others, start=BEFORE)
    assert back.toward("CHN").tally.sums == never.toward("CHN").tally.sums
    assert [story.outlets for story in back.toward("CHN").recent] == [
        story.outlets for story in never.toward("CHN").recent
    ]


def test_what_was_never_told_or_never_counted_cannot_be_taken_back() -> None:
    unsure = a_statement(FIRST, confidence=0.1)
    assert folded(retracted(unsure), start=BEFORE)[0] == BEFORE
    assert folded(retracted(a_statement(FIRST)), start=BEFORE)[0] == BEFORE
    assert folded(retracted(a_statement(FIRST)))[0].poles == ()


def test_a_retraction_has_the_day_judged_again() -> None:
    turn = [a_statement(FIRST, 1.0), a_statement(FIRST + 3, 1.0)]
    state, told = folded(*turn, closed(FIRST + 3), start=BEFORE)
    assert [step.status for step in steps(told)][-1] == "confirmed"
    _, after = folded(*(retracted(each) for each in turn), closed(FIRST + 4), start=state)
    assert [(step.status, step.at) for step in steps(after)] == [("eased", day(FIRST + 4))]


def test_a_stance_all_of_which_was_taken_back_is_told_as_none() -> None:
    word = a_statement(FIRST, 1.0)
    state, _ = folded(word, closed(FIRST))
    _, after = folded(retracted(word), closed(FIRST + 1), start=state)
    (stance,) = (each for each in after if isinstance(each, StanceMeasured))
    assert (stance.stories, stance.score, stance.baseline) == (0, 0.0, 0.0)
    assert stance.high - stance.low > 1
