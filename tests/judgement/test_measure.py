"""The measure against a second method: floats, summed vote by vote from the formulas."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgement_builders import RULES, a_statement, day, folded

from streams.judgement.measure import measure
from streams.judgement.sight import sights
from streams.judgement.stories import Vote
from streams.judgement.tally import Sums, terms

VOTES = st.lists(
    st.tuples(
        st.integers(0, 2000),
        st.integers(100, 3000).map(lambda n: n / 1000),
        st.sampled_from([-1.0, -0.7, -0.4, 0.4, 0.7, 1.0]),
    ),
    min_size=1,
    max_size=40,
)


def sums_of(votes: list[tuple[int, float, float]]) -> Sums:
    total = Sums()
    for number, weight, score in votes:
        ordinal = day(number).toordinal()
        total = total.plus(terms(Vote(ordinal, round(weight * 1e6), round(score * 1e6)), RULES))
    return total


@given(VOTES)
def test_the_sums_give_what_the_formulas_give_vote_by_vote(votes: list[tuple[int, float, float]]) -> None:
    fast = [2 ** ((number - 2000) / RULES.recent_half_life) for number, _, _ in votes]
    slow = [2 ** ((number - 2000) / RULES.baseline_half_life) for number, _, _ in votes]
    w, s, p = [v[1] for v in votes], [v[2] for v in votes], RULES.prior
    old = [b - a for a, b in zip(fast, slow, strict=True)]
    n = range(len(votes))
    w_f, w_b = sum(w[i] * fast[i] for i in n), sum(w[i] * old[i] for i in n)
    long_mean = sum(w[i] * slow[i] * s[i] for i in n) / sum(w[i] * slow[i] for i in n)
    baseline = (sum(w[i] * old[i] * s[i] for i in n) + p * long_mean) / (w_b + p)
    recent = (sum(w[i] * fast[i] * s[i] for i in n) + p * baseline) / (w_f + p)
    squared = sum(w[i] ** 2 * old[i] for i in n)
    spread = sum(w[i] ** 2 * old[i] * (s[i] - baseline) ** 2 for i in n)
    variance = (spread + RULES.variance_votes * RULES.variance) / (squared + RULES.variance_votes)
    of_recent = variance * sum((w[i] * fast[i]) ** 2 for i in n) / (w_f + p) ** 2
    of_baseline = variance * sum((w[i] * old[i]) ** 2 for i in n) / (w_b + p) ** 2

    seen = measure(sums_of(votes), day(2000).toordinal(), RULES)

    assert seen.baseline == pytest.approx(baseline, abs=1e-6)
    assert seen.recent == pytest.approx(recent, abs=1e-6)
    assert seen.error == pytest.approx(sqrt(of_recent + of_baseline + RULES.wander**2), rel=1e-6)
    assert seen.votes == pytest.approx(w_f + p, rel=1e-6)


@given(st.sampled_from([-1.0, -0.7, 0.4, 1.0]), st.lists(st.integers(0, 1500), min_size=1, max_size=20))
def test_who_always_says_the_same_has_not_moved(score: float, days: list[int]) -> None:
    seen = measure(sums_of([(number, 1.0, score) for number in days]), day(1500).toordinal(), RULES)
    assert seen.figure == pytest.approx(0, abs=1e-6)
    assert seen.recent == pytest.approx(score, abs=1e-6)


def test_the_interval_narrows_with_evidence_and_widens_with_silence() -> None:
    few, many = sums_of([(100, 1.0, 0.5)] * 2), sums_of([(100, 1.0, 0.5)] * 20)
    now, later = day(100).toordinal(), day(2600).toordinal()
    assert measure(many, now, RULES).margin < measure(few, now, RULES).margin
    assert measure(many, now, RULES).margin < measure(many, later, RULES).margin


def test_without_a_baseline_nothing_is_tested() -> None:
    seen = measure(sums_of([(100, 3.0, 1.0)]), day(101).toordinal(), RULES)
    assert not seen.tested
    assert seen.figure == 0


def test_leaving_a_story_out_is_never_having_heard_it() -> None:
    said = [a_statement(number, -0.4) for number in range(0, 600, 60)]
    turn = a_statement(650, 1.0)
    with_it, _ = folded(*said, turn, a_statement(655, 0.7))
    without, _ = folded(*said, a_statement(655, 0.7))
    today = day(660).toordinal()
    warming, *_ = sights(with_it.toward("CHN"), today, RULES)
    other, *_ = sights(without.toward("CHN"), today, RULES)
    (story,) = (story for story in warming.stories if story.best.quote.statement == turn.id)
    assert warming.without(story, RULES) == other.figure


def test_the_parts_of_all_stories_and_the_prior_make_the_move() -> None:
    said = [a_statement(number, -0.4) for number in range(0, 600, 60)]
    state, _ = folded(*said, a_statement(650, 1.0))
    warming, *_ = sights(state.toward("CHN"), day(660).toordinal(), RULES)
    baseline = warming.measure.baseline
    parts = sum(warming.part(story, baseline, RULES) for story in warming.stories)
    assert parts == pytest.approx(warming.measure.recent - baseline, abs=1e-6)
