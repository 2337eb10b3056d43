"""What counts in the dense profile: one bounded vote a day, whatever the order in which its stories come and go."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgement_builders import DENSE_RULES, a_statement, at_noon, closed, day, folded, said, steps

from schemas.statements import StatementDetected, StatementRetracted
from streams.judgement.measure import measure
from streams.judgement.panel import Panel, see
from streams.judgement.rules import DAYS_HELD
from streams.judgement.state import ActorState
from streams.judgement.stories import Vote
from streams.judgement.tally import Sums, Tally, terms
from streams.judgement.weighing import weight_of

TODAY = 100


def of_a_day(*polarities: float, number: int = TODAY) -> list[StatementDetected]:
    """Statements of a day, each a story of its own."""
    return [a_statement(number, each, article_id=f"art-{number}-{n}") for n, each in enumerate(polarities)]


def tally_of(state: ActorState) -> Tally:
    return state.toward("CHN").tally


def test_a_day_has_one_vote_at_the_mean_of_what_was_told_of_it() -> None:
    """By hand: deeds of strength 1 and 0.4 weigh 1.5 and 1.05, so the mean is (1.5 - 0.4 * 1.05) / 2.55."""
    state, _ = folded(*of_a_day(1.0, -0.4), rules=DENSE_RULES)
    one = Vote(day(TODAY).toordinal(), 1_000_000, 423_529)
    assert tally_of(state).sums == terms(one, DENSE_RULES)


def test_a_faint_day_weighs_what_was_told_of_it() -> None:
    """By hand: the only word of a day, of strength 0.4, in a speech and half sure, weighs 1.05 * 0.6 * 0.5."""
    word = a_statement(TODAY, 0.4, mode="said", confidence=0.5)
    state, _ = folded(word, rules=DENSE_RULES)
    assert tally_of(state).sums == terms(Vote(day(TODAY).toordinal(), 315_000, 400_000), DENSE_RULES)


def test_a_wave_of_news_counts_for_no_more_than_a_day() -> None:
    one, _ = folded(*of_a_day(*[0.7] * 2), rules=DENSE_RULES)
    wave, _ = folded(*of_a_day(*[0.7] * 60), rules=DENSE_RULES)
    assert tally_of(wave).sums == tally_of(one).sums


def test_what_is_told_long_after_its_day_has_a_vote_of_its_own() -> None:
    first = day(TODAY - DAYS_HELD - 1)
    old = [a_statement(TODAY, 0.7, article_id=f"art-{n}", happened=first) for n in range(2)]
    state, _ = folded(*old, rules=DENSE_RULES)
    vote = Vote(first.toordinal(), weight_of(old[0], DENSE_RULES), 700_000)
    assert tally_of(state) == Tally(Sums().plus(terms(vote, DENSE_RULES)).plus(terms(vote, DENSE_RULES)))


@st.composite
def news(draw: st.DrawFn) -> list[StatementDetected]:
    """Statements of some days, in articles of their own, some of which copy each other or tell of earlier days."""
    told = []
    for number in range(draw(st.integers(1, 10))):
        hours, ago = draw(st.integers(0, 150)), draw(st.sampled_from([0, 0, 1, 5, DAYS_HELD + 1]))
        published = at_noon(TODAY, hours)
        told.append(
            a_statement(
                TODAY,
                draw(st.sampled_from([-1.0, -0.4, 0.4, 0.7])),
                article_id=f"art-{number}",
                published=published,
                happened=day((published.date() - day(0)).days - ago),
                sketch=tuple(draw(st.lists(st.integers(1, 6), max_size=2, unique=True))),
                confidence=draw(st.sampled_from([0.5, 0.8, 1.0])),
            )
        )
    return told


RECORD, _ = folded(*said(range(0, TODAY, 3), 0.4), rules=DENSE_RULES)


@given(news(), st.integers(0, 99))
def test_the_order_of_arrival_does_not_matter(told: list[StatementDetected], seed: int) -> None:
    shuffled = Random(seed).sample(told, len(told))
    state, _ = folded(*told, closed(TODAY + 7), rules=DENSE_RULES, start=RECORD)
    other, _ = folded(*shuffled, closed(TODAY + 7), rules=DENSE_RULES, start=RECORD)
    assert state.to_bytes() == other.to_bytes()
    assert ActorState.from_bytes(state.to_bytes()) == state


@given(news(), st.data())
def test_what_comes_within_the_horizon_counts_as_if_it_had_come_in_time(
    told: list[StatementDetected], data: st.DataObject
) -> None:
    unborn = DENSE_RULES.model_copy(update={"warm_up": 3650})
    late = data.draw(st.lists(st.sampled_from(told), unique_by=lambda each: each.id))
    on_time, _ = folded(*told, closed(TODAY + 7), closed(TODAY + 200), rules=unborn, start=RECORD)
    early = [each for each in told if each not in late]
    afterwards, _ = folded(*early, closed(TODAY + 7), *late, closed(TODAY + 200), rules=unborn, start=RECORD)
    assert tally_of(afterwards) == tally_of(on_time)


@given(news(), st.data())
def test_a_retraction_makes_the_vote_of_its_day_anew(told: list[StatementDetected], data: st.DataObject) -> None:
    alone = [each.model_copy(update={"sketch": ()}) for each in told]
    gone = data.draw(st.sampled_from(alone))
    taken = StatementRetracted(statement=gone, at=gone.published, reason="withdrawn")
    back, _ = folded(*alone, closed(TODAY + 8), taken, rules=DENSE_RULES, start=RECORD)
    never, _ = folded(*(each for each in alone if each is not gone), closed(TODAY + 8), rules=DENSE_RULES, start=RECORD)
    assert tally_of(back) == tally_of(never)


def test_the_shares_of_a_shift_add_up_though_days_are_shared() -> None:
    even = [event for n in range(0, 200, 2) for event in [*said([n], 0.4), *said([n + 1], -0.4)]]
    turn = [event for n in range(200, 230) for event in [*of_a_day(1.0, 1.0, 1.0, number=n), closed(n)]]
    _, told = folded(*even, *turn, rules=DENSE_RULES)
    shift = steps(told)[0]
    assert shift.direction == "warming"
    move = shift.after - shift.before
    assert sum(each.share for each in shift.evidence) + shift.rest == pytest.approx(1, abs=1e-9)
    shares = {each.occurred: each.share for each in shift.evidence}
    # Three equal stories a day have a third of its vote each: of the move, the vote's distance from the level before.
    latest = shift.at
    votes = measure_at(even + turn, latest.toordinal()).votes
    assert shares[latest] == pytest.approx((1 - shift.before) / votes / move / 3, abs=2e-6)


def measure_at(events: list, ordinal: int):
    state, _ = folded(*(each for each in events if each.event_time.date().toordinal() <= ordinal), rules=DENSE_RULES)
    return measure(tally_of(state).sums, ordinal, DENSE_RULES)


def test_the_arrays_measure_what_the_dense_fold_measures() -> None:
    random = np.random.default_rng(7)
    told = [
        a_statement(number, float(random.choice([-1.0, -0.4, 0.4, 0.7])), article_id=f"art-{number}-{n}")
        for number in range(150)
        for n in range(int(random.integers(0, 5)))
    ]
    state, _ = folded(*told, rules=DENSE_RULES)
    weights, totals = np.zeros((150, 1)), np.zeros((150, 1))
    for each in told:
        at = (each.published.date() - day(0)).days
        weights[at] += weight_of(each, DENSE_RULES) / 1e6
        totals[at] += weight_of(each, DENSE_RULES) / 1e6 * each.polarity
    panel = Panel.of(np.minimum(weights, 1), np.divide(totals, weights, out=np.zeros_like(totals), where=weights > 0))
    last = measure(tally_of(state).sums, day(149).toordinal(), DENSE_RULES)
    assert see(panel, DENSE_RULES).figure[149, 0] == pytest.approx(last.figure, rel=1e-5)
