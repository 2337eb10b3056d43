"""What a stance rests on and what a statement bears on, held to the fold without the statement in question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judgement_builders import MIXED, RULES, a_statement, at_noon, closed, said

from schemas.plover import Root
from schemas.statements import Speaker, StatementDetected, StatementRetracted
from streams.judgement.bearing import bearing, ground, uncounted
from streams.judgement.fold import Judged
from streams.judgement.refolding import refolded
from streams.judgement.weighing import counts

TURN: list[Judged] = [*MIXED, *said(range(760, 800, 10), 1.0)]
"""An even record, then four kind deeds."""


def score(log: list[Judged], pole: str = "CHN") -> float:
    return refolded(log, RULES).stances["PRT", pole].score


def without(log: list[Judged], statement: str) -> list[Judged]:
    return [event for event in log if not (isinstance(event, StatementDetected) and event.id == statement)]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([-1.0, -0.4, 0.4, 1.0])), min_size=2, max_size=12))
def test_baseline_parts_and_rest_add_up_to_the_stance_in_millionths(told: list[tuple[int, float]]) -> None:
    log = [event for each, polarity in sorted(set(told)) for event in (a_statement(each, polarity), closed(each))]
    found = ground(refolded(log, RULES).states["PRT"], "CHN", RULES)
    assert found
    sum_of_parts = sum(piece.part for piece in found.pieces)
    baseline, stance = round(found.stance.baseline * 1_000_000), round(found.stance.score * 1_000_000)
    assert baseline + sum_of_parts + found.rest == stance
    assert [abs(piece.part) for piece in found.pieces] == sorted((abs(p.part) for p in found.pieces), reverse=True)


def test_a_stance_without_a_story_is_the_stance_of_the_log_without_it() -> None:
    found = ground(refolded(TURN, RULES).states["PRT"], "CHN", RULES)
    assert found
    assert found.stance.score == score(TURN)
    for piece in found.pieces:
        assert piece.without == pytest.approx(score(without(TURN, piece.story.best.quote.statement)), abs=2e-6)


def test_the_only_story_leaves_nothing_without_it() -> None:
    found = ground(refolded([a_statement(1), closed(1)], RULES).states["PRT"], "CHN", RULES)
    assert found
    assert [piece.without for piece in found.pieces] == [None]


def test_a_pole_without_evidence_has_no_ground() -> None:
    assert ground(refolded(TURN, RULES).states["PRT"], "USA", RULES) is None


def test_a_statement_that_carries_a_shift_is_told_to() -> None:
    log: list[Judged] = [*MIXED, *said([760, 770], 1.0)]
    hinge = next(event for event in log if isinstance(event, StatementDetected) and event.polarity == 1.0)
    told = bearing(hinge, log, RULES)
    assert told.uncounted is None
    assert [each.change for each in told.shifts] == ["lost"]
    assert {step.status for step, _ in told.named} >= {"confirmed"}
    assert all(piece.statement_id == hinge.id for _, piece in told.named)
    ((with_it, other),) = told.stances
    assert other
    assert (with_it.score, other.score) == (score(log), score(without(log, hinge.id)))


def test_a_statement_of_a_day_that_is_not_closed_moves_the_stance_of_now() -> None:
    log: list[Judged] = [*said([1, 2], 0.4), a_statement(3, -1.0)]
    told = bearing(a_statement(3, -1.0), log, RULES)
    ((with_it, other),) = told.stances
    assert other
    assert with_it.score == score([*log, closed(3)])
    assert other.score == score([*log[:-1], closed(3)])


def test_a_copy_bears_on_nothing_and_is_told_which_statements_have_its_vote() -> None:
    told = [a_statement(1, article_id=name, sketch=(7,), outlet=name) for name in ("art-1", "art-2")]
    elsewhere = a_statement(1, article_id="art-3", sketch=(8,))
    log: list[Judged] = [*told, elsewhere, closed(1)]
    found = bearing(told[1], log, RULES)
    assert found.stances == ()
    assert found.retold == (told[0].id,)
    assert bearing(elsewhere, log, RULES).retold == ()


def test_what_was_taken_back_bears_on_nothing_and_says_so() -> None:
    told = [a_statement(1, article_id=name, sketch=(7,), outlet=name) for name in ("art-1", "art-2")]
    back = StatementRetracted(statement=told[0], at=at_noon(2), reason="the article was withdrawn")
    critical = a_statement(1, -0.4)
    log: list[Judged] = [*told, critical, closed(1), back, closed(2)]
    found = bearing(told[0], log, RULES)
    assert found.uncounted == "it was taken back on 2020-01-03: the article was withdrawn"
    assert found.stances == ()
    assert bearing(told[1], log, RULES).retold == ()
    ((with_it, without),) = bearing(told[1], log, RULES).stances
    assert without
    assert with_it.score == score([told[1], critical, closed(2)])
    assert without.score == score([critical, closed(2)])


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (a_statement(target="FRA"), "not toward CHN or USA"),
        (a_statement(speaker=Speaker(name="Ana Reis", role=None, is_government=False)), "government"),
        (a_statement().model_copy(update={"sign": 0}), "neither kind nor critical"),
        (a_statement(confidence=0.35), "0.35 of 0.4"),
    ],
)
def test_what_is_no_evidence_says_why(statement: StatementDetected, told: str) -> None:
    why = uncounted(statement, RULES)
    assert why
    assert told in why
    assert not counts(statement, RULES)
    assert bearing(statement, [statement, closed(1)], RULES).stances == ()


def test_evidence_has_no_such_reason() -> None:
    assert uncounted(a_statement(root=Root.CONSULT), RULES) is None


def test_a_copy_that_holds_a_story_s_vote_since_the_other_was_taken_back_bears_on_the_stance() -> None:
    first, copy = (a_statement(n, 0.9 - n / 10, article_id=f"art-{n}", sketch=(7,)) for n in (0, 1))
    told: list[Judged] = [first, copy, a_statement(12, 0.4), closed(600)]
    back = StatementRetracted(statement=first, at=at_noon(600), reason="withdrawn", copies=(copy,))
    assert bearing(copy, [*told, back, closed(601)], RULES).stances
