"""What an alert says: what moved, why, on whose word; and nothing in it that drives a terminal or a reader."""

from datetime import date
from typing import Any

import pytest
from alerting_builders import a_step, an_alert, an_evidence
from hypothesis import given
from hypothesis import strategies as st

from schemas.shifts import Shift, ShiftConfirmed, ShiftEased, ShiftEnded, ShiftEscalated, ShiftSuspected
from schemas.topics import SHIFTS
from streams.alerting.alert import Alert
from streams.alerting.message import compose, headline_of, one_line, signed, text_from, text_of, web_address


@pytest.mark.parametrize(
    ("step", "headline"),
    [
        (a_step(ShiftConfirmed), "Canada warming to Beijing"),
        (a_step(ShiftConfirmed, direction="cooling", pole="USA"), "Canada cooling toward Washington"),
        (a_step(ShiftSuspected, actor="GBR"), "United Kingdom may be warming to Beijing"),
        (a_step(ShiftEscalated, actor="EUU"), "European Union warming to Beijing: escalated"),
        (a_step(ShiftEased), "Canada warming to Beijing: easing"),
        (a_step(ShiftEnded), "Canada at its baseline toward Beijing again"),
    ],
)
def test_the_headline_says_who_moved_where(step: Shift, headline: str) -> None:
    assert headline_of(step) == headline


def test_every_step_there_is_has_a_headline_of_its_own() -> None:
    assert len({headline_of(a_step(kind)) for kind in SHIFTS.events}) == len(SHIFTS.events)


def test_the_text_says_all_that_a_reader_needs_to_judge_it() -> None:
    washington = a_step(pole="USA", direction="cooling", onset=date(2025, 3, 3), before=0.4, after=-0.2)
    alert = an_alert(hedging=True)._replace(elsewhere=(washington,))
    assert text_of(alert).splitlines() == [
        "Canada warming to Beijing",
        "-0.31 → +0.22 (95 % interval +0.05 to +0.39)",
        "Why: The recent stance left the baseline beyond the threshold on two days in a row.",
        "Rule: test 1.93 against 1.50",
        "Since: 14 January 2026; confirmed on 16 January 2026",
        "Toward Washington: hedging: cooling since 3 March 2025, +0.40 → -0.20",
        "Sources: 6 independent stories, 9 outlets",
        "Confidence: 82 %",
        "“We are opening a new chapter with China”",
        "  Mark Carney, The Daily Ledger, 16 January 2026, 31 % of the move",
        "  https://ledger.example/canada-china",
        f"{alert.id} · rules 1 · 2026-01-16T23:59:59Z",
    ]


def test_hedging_is_said_where_the_other_move_is_not_known() -> None:
    assert "Hedging: the opposite move toward the other pole is under way" in text_of(an_alert(hedging=True))


def test_the_recorded_text_does_not_depend_on_other_actors() -> None:
    alone = an_alert()
    assert text_of(alone) == text_of(alone._replace(alongside=(a_step(actor="GBR"),)))


def test_the_message_names_who_moves_alike_and_counts_those_beyond_five() -> None:
    actors = ("AUS", "DEU", "FRA", "GBR", "ITA", "JPN", "KOR")
    beside = tuple(a_step(actor=actor, onset=date(2026, 1, 20)) for actor in actors)
    told = compose(an_alert()._replace(alongside=beside)).alongside
    assert told.startswith("Also warming: Australia (since 20 January 2026), Germany")
    assert told.endswith("Italy (since 20 January 2026) and 2 more")


def test_copies_of_a_story_are_counted_as_further_outlets() -> None:
    evidence = an_evidence(outlet="A", outlets=("A", "B", "C"))
    assert compose(an_alert(evidence)).quotes[0].outlet == "A and 2 more"


def test_a_long_quote_is_cut_at_a_word_with_an_ellipsis_and_the_evidence_stays_whole() -> None:
    evidence = an_evidence(quote="steel " * 100)
    shown = compose(an_alert(evidence)).quotes[0].text
    assert shown == " ".join(["steel"] * 50) + "…"  # 49 * 6 + 5 = 299 characters, and the ellipsis
    assert evidence.quote == "steel " * 100


@pytest.mark.parametrize(
    ("score", "text"),
    [(0.224, "+0.22"), (-0.31, "-0.31"), (0.0, "+0.00"), (-0.001, "+0.00"), (-1.0, "-1.00")],
)
def test_a_score_is_signed_and_zero_never_negative(score: float, text: str) -> None:
    assert signed(score) == text


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        (" https://a.example/b ", "https://a.example/b"),
        ("https://a.example/b|c> <!channel>", "https://a.example/b%7Cc%3E%20%3C!channel%3E"),
        ("https://a.example/中", "https://a.example/%E4%B8%AD"),
        ("https://a.example/%E4", "https://a.example/%E4"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///no-host", None),
        ("https://known.example@evil.example/", None),
        ("https://аpple.example/", None),
        ("https://a.example/\x1b]8;;", None),
        ("https://a.example/\u202egpj", None),
        ("http://[", None),
        (f"https://a.example/{'b' * 300}", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_plain_address_of_the_web_becomes_a_link(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@given(st.text(max_size=200), st.integers(1, 100))
def test_a_line_is_one_line_within_its_length_and_keeps_what_fits(text: str, length: int) -> None:
    line = one_line(text, length)
    assert len(line) <= length
    assert len(line.splitlines()) <= 1
    assert line == " ".join(line.split())
    if len(text) <= length and text.isascii() and text.isalnum():
        assert line == text


hostile = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\x1b\x07\x9b\u202e\u2066\r\n<&>|`*"))
)


@given(quote=hostile, speaker=hostile, outlet=hostile, url=st.one_of(st.none(), hostile), reason=hostile)
def test_no_control_or_turning_character_of_an_article_reaches_a_message(**drawn: Any) -> None:
    reason = drawn.pop("reason")
    alert = an_alert(an_evidence(**drawn, outlets=()), reason=reason, rules=reason)
    text = text_from(compose(alert))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\r", "\u2028", "\x00"}
    text.encode()


def test_what_was_told_elsewhere_is_limited() -> None:
    beside = tuple(a_step(pole=pole) for pole in ("USA", "RUS", "IND", "JPN", "BRA", "ZAF", "TUR"))
    facts = compose(Alert(a_step(), (), elsewhere=beside)).facts
    assert len([fact for fact in facts if fact.label.startswith("Toward")]) == 5
