from datetime import UTC, date, datetime
from typing import Any

from schemas.plover import Root
from schemas.shifts import Evidence, Shift, ShiftConfirmed, ShiftEased, shift_id
from streams.judgement.explain import decisive, reason, sentence


def a_piece(number: int, without: float | None, **changes: Any) -> Evidence:
    given: dict[str, Any] = {
        "statement_id": f"st-{number}",
        "article_id": f"art-{number}",
        "quote": "We agreed",
        "start": 0,
        "end": 9,
        "speaker": "Mark Carney",
        "outlet": "Maple Tribune",
        "outlets": ("Maple Tribune",),
        "url": None,
        "published": datetime(2026, 1, 16, 9, tzinfo=UTC),
        "occurred": date(2026, 1, 16),
        "target": "CHN",
        "sign": 1,
        "share": 0.3,
        "root": Root.AGREE,
        "without": without,
    }
    return Evidence(**given | changes)


def a_step(*evidence: Evidence, kind: type[Shift] = ShiftConfirmed, **changes: Any) -> Shift:
    given: dict[str, Any] = {
        "id": shift_id("CAN", "CHN", "warming", date(2026, 1, 14)),
        "actor": "CAN",
        "pole": "CHN",
        "direction": "warming",
        "onset": date(2026, 1, 14),
        "at": date(2026, 1, 17),
        "before": -0.31,
        "after": 0.22,
        "low": 0.0,
        "high": 0.44,
        "test": 1.9,
        "threshold": 1.5,
        "stories": 6,
        "outlets": 9,
        "confidence": 0.8,
        "evidence": evidence,
        "rest": 0.7,
        "hedging": False,
        "reason": "independent stories agree",
        "rules": "rules-1",
    }
    return kind(**given | changes)


def test_a_sentence_says_who_whither_from_where_since_when_and_on_what() -> None:
    assert sentence(a_step()) == (
        "Canada warming to Beijing: -0.31 -> +0.22 since 14 January 2026, 6 stories, 9 outlets; "
        "independent stories agree"
    )


def test_one_story_and_one_outlet_are_told_in_the_singular() -> None:
    assert "1 story, 1 outlet;" in sentence(a_step(stories=1, outlets=1))


def test_the_story_that_it_hangs_on_is_named_by_its_deed() -> None:
    step = a_step(a_piece(1, 1.2), a_piece(2, 1.7))
    assert reason("independent stories agree", step) == (
        "independent stories agree; without the agreement of 16 January 2026 it would not be confirmed"
    )


def test_several_that_it_hangs_on_are_counted() -> None:
    step = a_step(a_piece(1, 1.2), a_piece(2, 1.4, root=Root.CONSULT), a_piece(3, 1.5))
    assert reason("x", step) == (
        "x; without the agreement of 16 January 2026, or any of 2 more, it would not be confirmed"
    )
    assert [each.statement_id for each in decisive(step)] == ["st-1", "st-2", "st-3"]


def test_a_shift_that_stands_on_many_hangs_on_none() -> None:
    assert reason("independent stories agree", a_step(a_piece(1, 1.7))) == "independent stories agree"


def test_a_shift_that_falls_hangs_on_none() -> None:
    assert reason("x", a_step(a_piece(1, 0.1), kind=ShiftEased)) == "x"


def test_a_piece_told_before_deeds_were_is_a_story() -> None:
    assert "without the story of 16 January 2026" in reason("x", a_step(a_piece(1, 1.2, root=None)))
