"""History asked through the program: the same answers from Kafka and from a file, in tables and in JSON lines."""

import asyncio
import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import a_statement

from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from streams.history import World, known_then, log_of, true_then
from streams.intake.producer import Producer
from streams.judgement.fold import Judged
from streams.judgement.refolding import refolded
from streams.judgement.rules import Rules
from streams.log_file import LogFile
from streams.settings import SHIPPED

FIRST = date(2023, 1, 1)
TURN = 900
"""The day from which everything said is kind."""
LAST = TURN + 60

SIX_STORIES = "[judgement]\nconfirming_stories = 6\n"
DEAF = "[judgement]\nwarming_threshold = 9.0\n"


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def told(number: int, polarity: float, **fields: Any) -> StatementDetected:
    return a_statement("GBR", "CHN", polarity, day(number).isoformat(), **fields)


def closed(number: int) -> DayClosed:
    return DayClosed(actor="GBR", day=day(number))


def history() -> list[Judged]:
    """Kind and critical words in turn, then kind ones only; days closed as they pass."""
    even = {number: 0.3 if number % 40 else -0.3 for number in range(0, TURN, 20)}
    turned = dict.fromkeys(range(TURN, LAST, 10), 0.9)
    words = {**even, **turned}
    return [event for number in sorted(words) for event in (told(number, words[number]), closed(number))]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return written(tmp_path / "log.jsonl", history())


def written(path: Path, events: Iterable[Judged]) -> Path:
    path.write_text("".join(f"{event.model_dump_json()}\n" for event in events), encoding="utf-8")
    return path


def rules(folder: Path, text: str) -> str:
    (folder / "other.toml").write_text(text, encoding="utf-8")
    return str(folder / "other.toml")


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def shift_of(stance: Any, log: Path) -> dict[str, Any]:
    """The confirmation that the history holds."""
    told = rows(stance("shifts", "--from", str(log), "--json")[1])
    return next(row for row in told if row["status"] == "confirmed")


def test_a_shift_that_stricter_rules_would_not_confirm_is_lost_with_its_evidence(
    stance: Any, tmp_path: Path, log: Path
) -> None:
    shift = shift_of(stance, log)
    status, out, err = stance("what-if", rules(tmp_path, DEAF), "--from", str(log), "--json")
    difference, summary = rows(out)
    assert (status, err) == (0, "")
    assert (difference["change"], difference["actor"], difference["pole"]) == ("lost", "GBR", "CHN")
    assert (difference["was"]["id"], difference["was"]["at"]) == (shift["id"], shift["at"])
    assert difference["would_be"] is None
    assert difference["deciding"][0]["quote"] == "would open trade talks"
    assert (summary["lost"], summary["gained"], summary["same"]) == (1, 0, 0)
    assert summary["rules"] == {"warming_threshold": {"was": Rules().warming_threshold, "would_be": 9.0}}
    assert summary["statements"] == sum(isinstance(event, StatementDetected) for event in history())


def test_a_shift_that_waits_for_more_stories_is_later_by_the_days_until_they_come(
    stance: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, log: Path
) -> None:
    _, out, _ = stance("what-if", rules(tmp_path, SIX_STORIES), "--from", str(log), "--json")
    later = rows(out)[0]
    awaited = later["would_be"]["stories"] - later["was"]["stories"]
    # The stories of the turn are ten days apart.
    assert (later["change"], later["days"], later["would_be"]["stories"]) == ("later", 10 * awaited, 6)
    assert awaited > 0
    own = tmp_path / "stance.toml"
    own.write_text(SHIPPED.read_text("utf-8").replace("confirming_stories = 2", "confirming_stories = 6"), "utf-8")
    monkeypatch.setenv("STANCE_CONFIG", str(own))
    two_stories = rules(tmp_path, "[judgement]\nconfirming_stories = 2\n")
    earlier = rows(stance("what-if", two_stories, "--from", str(log), "--json")[1])[0]
    assert (earlier["change"], earlier["days"]) == ("earlier", -later["days"])
    assert (earlier["was"], earlier["would_be"]) == (later["would_be"], later["was"])


def test_the_rules_in_force_change_nothing(stance: Any, tmp_path: Path, log: Path) -> None:
    status, out, _ = stance("what-if", rules(tmp_path, "[judgement]\n"), "--from", str(log))
    assert status == 0
    assert "the rules are those in force" in out
    assert "0 gained, 0 lost, 0 earlier, 0 later, 1 same" in out


def test_the_table_of_what_if_fits_and_says_what_decides(stance: Any, tmp_path: Path, log: Path) -> None:
    _, out, _ = stance("what-if", rules(tmp_path, DEAF), "--from", str(log))
    assert "United Kingdom warming to Beijing" in out
    assert "would be none" in out
    assert "would open trade talks" in out
    assert max(map(len, out.splitlines())) <= 80


def test_what_came_late_is_true_of_its_day_and_was_not_known_on_it(stance: Any, tmp_path: Path) -> None:
    late = told(5, -0.9, article_id="art-late")
    log = written(tmp_path / "log.jsonl", [told(1, 0.6), closed(1), closed(9), late, closed(20)])
    _, out, err = stance("stances", "--as-of", str(day(9)), "--from", str(log), "--json")
    known, true = rows(out)
    assert err == ""
    assert (known["view"], known["as_of"], known["day"]) == ("known", str(day(9)), str(day(9)))
    assert (true["view"], true["as_of"], true["day"]) == ("true", str(day(9)), str(day(9)))
    on_time = refolded([told(1, 0.6), closed(1), late, closed(9)], Rules()).stances["GBR", "CHN"]
    without = refolded([told(1, 0.6), closed(9)], Rules()).stances["GBR", "CHN"]
    assert true["score"] == on_time.score
    assert known["score"] == without.score
    assert known["score"] > true["score"]


def test_what_is_told_of_earlier_days_is_true_of_them(stance: Any, tmp_path: Path) -> None:
    retold = told(30, -0.9, occurred_from=day(5), occurred_to=day(5))
    log = written(tmp_path / "log.jsonl", [told(1, 0.6), closed(1), retold, closed(30)])
    _, out, _ = stance("stances", "--as-of", str(day(6)), "--from", str(log), "--json")
    known, true = rows(out)
    assert (known["stories"], true["stories"]) == (1, 2)


@pytest.mark.parametrize("view", ["known", "true"])
def test_each_view_can_be_asked_alone(stance: Any, log: Path, view: str) -> None:
    _, out, _ = stance("stances", "--as-of", str(day(LAST)), f"--{view}", "--from", str(log), "--json")
    assert [row["view"] for row in rows(out)] == [view]


def test_both_views_stand_side_by_side_in_the_table(stance: Any, log: Path) -> None:
    _, out, err = stance("stances", "--as-of", str(day(LAST)), "--from", str(log))
    assert "known then" in out
    assert "true by now" in out
    assert out.count("warming, ") == 2
    assert "whenever told" in err
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stances", "--known"), "--as-of DATE"),
        (("stances", "--as-of", "2999-01-01"), "has not come yet"),
        (("explain", "nothing-such"), "`stance shifts` and `stance statements` list ids"),
        (("explain", "FRA/CHN"), "no stance FRA/CHN; `stance stances` lists them"),
        (("what-if", "absent.toml"), "absent.toml: No such file"),
    ],
)
def test_a_wrong_question_is_answered_by_what_to_do(
    stance: Any, log: Path, arguments: tuple[str, ...], told: str
) -> None:
    status, out, err = stance(*arguments, "--from", str(log))
    assert (status, out) == (2, "")
    assert told in err


def test_a_log_that_is_not_there_is_named(stance: Any) -> None:
    status, _, err = stance("shifts", "--from", "absent.jsonl")
    assert status == 2
    assert "absent.jsonl: No such file" in err


def test_a_shift_is_explained_down_to_quotes_with_shares_that_add_up(stance: Any, log: Path) -> None:
    shift = shift_of(stance, log)
    _, out, _ = stance("explain", shift["id"], "--from", str(log), "--json")
    step = next(row for row in rows(out) if row["status"] == "confirmed")
    micro = [round(piece["share"] * 1_000_000) for piece in step["evidence"]]
    assert sum(micro) + round(step["rest"] * 1_000_000) == 1_000_000
    assert all(piece["end"] - piece["start"] == len(piece["quote"]) for piece in step["evidence"])
    (only,) = rows(stance("explain", step["step_id"], "--from", str(log), "--json")[1])
    assert only == step
    table = stance("explain", step["step_id"], "--from", str(log))[1]
    assert "0 to 22 of art-" in " ".join(table.split())


def test_a_stance_is_explained_from_its_baseline_to_its_score(stance: Any, log: Path) -> None:
    _, out, _ = stance("explain", "gbr/chn", "--from", str(log), "--json")
    (row,) = rows(out)
    parts = [round(piece["part"] * 1_000_000) for piece in row["evidence"]] + [round(row["rest"] * 1_000_000)]
    assert round(row["baseline"] * 1_000_000) + sum(parts) == round(row["score"] * 1_000_000)
    assert (row["day"], row["evidence"][0]["start"], row["evidence"][0]["end"]) == (str(day(LAST - 10)), 0, 22)
    table = stance("explain", "GBR/CHN", "--from", str(log))[1]
    assert "all older and lighter evidence" in table
    assert max(map(len, table.splitlines())) <= 80


def test_a_statement_is_explained_by_all_that_it_changes(stance: Any, log: Path) -> None:
    deciding = shift_of(stance, log)["evidence"][0]["statement_id"]
    _, out, _ = stance("explain", deciding, "--from", str(log), "--json")
    (row,) = rows(out)
    assert (row["type"], row["id"], row["counts"], row["quote"]) == (
        "statement",
        deciding,
        True,
        "would open trade talks",
    )
    assert row["named"][0]["share"] > 0
    assert row["stances"][0]["with"] > row["stances"][0]["without"]
    table = stance("explain", deciding, "--from", str(log))[1]
    assert "Steps that name it" in table
    assert max(map(len, table.splitlines())) <= 80


def test_a_statement_that_does_not_count_says_why(stance: Any, tmp_path: Path) -> None:
    unsure = told(1, 0.6, confidence=0.1)
    log = written(tmp_path / "log.jsonl", [unsure, closed(1)])
    (row,) = rows(stance("explain", unsure.id, "--from", str(log), "--json")[1])
    assert (row["counts"], row["stances"], row["named"], row["without"]) == (False, [], [], [])
    assert "less sure" in row["uncounted"]
    assert "It is no evidence" in stance("explain", unsure.id, "--from", str(log))[1]


def test_statements_are_listed_with_their_ids(stance: Any, log: Path) -> None:
    assert told(TURN, 0.9).id in stance("statements", "--from", str(log))[1]
    assert told(TURN, 0.9).id not in stance("statements", "--from", str(log), "--actor", "FRA")[1]


def test_kafka_and_the_file_written_from_it_answer_alike(
    stance: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: tuple[str, str]
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
    monkeypatch.setenv("STANCE_PREFIX", line[1])
    with Producer(*line) as producer:
        for event in history():
            producer.publish(event)
    exported = tmp_path / "exported.jsonl"
    exported.write_text(stance("statements", "--json")[1], encoding="utf-8")
    assert exported.read_text(encoding="utf-8") == written(tmp_path / "own.jsonl", history()).read_text("utf-8")
    questions = [
        ("what-if", rules(tmp_path, DEAF), "--json"),
        ("stances", "--json"),
        ("stances", "--as-of", str(day(TURN)), "--json"),
        ("explain", "GBR/CHN", "--json"),
        ("explain", told(TURN, 0.9).id, "--json"),
    ]
    for question in questions:
        status, out, _ = stance(*question)
        assert (status, out) == stance(*question, "--from", str(exported))[:2]
        assert out


def test_asking_leaves_the_log_as_it_is(
    stance: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: tuple[str, str]
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
    monkeypatch.setenv("STANCE_PREFIX", line[1])
    with Producer(*line) as producer:
        producer.publish(told(1, 0.6))
    before = stance("statements", "--json")
    stance("what-if", rules(tmp_path, SIX_STORIES))
    stance("stances", "--as-of", str(day(3)))
    assert stance("statements", "--json") == before
    assert stance("shifts", "--json")[1] == ""


def test_what_has_been_taken_back_by_now_was_never_true_but_was_known(tmp_path: Path) -> None:
    word, deed = told(1, 0.4), told(2, 0.9)
    back = StatementRetracted(statement=deed, at=told(9, 0.4).published, reason="withdrawn")
    path = written(tmp_path / "log.jsonl", [word, closed(1), deed, closed(2), back, closed(9)])
    source, then = LogFile(path, ("GBR",)), day(2)
    known = asyncio.run(known_then(source, Rules(), then, ["GBR"])).stances["GBR", "CHN"]
    true = asyncio.run(true_then(source, Rules(), then, ["GBR"])).stances["GBR", "CHN"]
    assert (known.stories, true.stories) == (2, 1)
    assert true.score < known.score


def test_a_withdrawn_copy_leaves_its_story_to_the_others_though_memory_has_forgotten_them(
    stance: Any, monkeypatch: pytest.MonkeyPatch, line: tuple[str, str]
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
    monkeypatch.setenv("STANCE_PREFIX", line[1])
    gone, copy, other = (told(*each) for each in ((1, 0.9), (2, 0.6), (3, 0.6)))
    gone, copy = (each.model_copy(update={"sketch": (7,)}) for each in (gone, copy))
    long_after = 600
    with Producer(*line) as producer:
        for event in (gone, copy, other, closed(3), closed(long_after)):
            producer.publish(event)
    assert stance("retract", gone.id, "--reason", "withdrawn")[0] == 0
    back = json.loads(stance("statements", "--json")[1].splitlines()[-1])
    assert [each["id"] for each in back["copies"]] == [copy.id]
    log = asyncio.run(log_of(World(*line), {"GBR"}))
    never = [event for event in log if event not in (gone, log[-1])]
    with_it, without = (refolded(events, Rules()).states["GBR"].toward("CHN").tally for events in (log, never))
    assert with_it == without


def test_a_withdrawn_article_is_taken_back_once_with_all_its_statements(
    stance: Any, monkeypatch: pytest.MonkeyPatch, line: tuple[str, str]
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
    monkeypatch.setenv("STANCE_PREFIX", line[1])
    kept, gone = told(1, 0.6), told(2, 0.9)
    with Producer(*line) as producer:
        for event in (kept, gone):
            producer.publish(event)
    retraction = ("retract", gone.article_id, "--reason", "the paper withdrew it", "--json")
    status, out, _ = stance(*retraction)
    assert (status, [json.loads(each)["id"] for each in out.splitlines()]) == (0, [gone.id])
    logged = [json.loads(each) for each in stance("statements", "--json")[1].splitlines()]
    assert [each.get("reason") for each in logged] == [None, None, "the paper withdrew it"]
    assert stance("statements")[1].count("taken back") == 1
    (true,) = [
        json.loads(each) for each in stance("stances", "--as-of", str(day(3)), "--true", "--json")[1].splitlines()
    ]
    assert true["stories"] == 1
    status, _, err = stance(*retraction)
    assert status == 2
    assert "nothing of this id" in err
