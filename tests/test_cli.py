"""The commands as a program uses them: JSON lines that hold to the contract, one-line errors, exit statuses."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from builders import a_statement
from typer.testing import CliRunner

from schemas.statements import DayClosed
from streams import cli
from streams.intake.producer import Producer

TEXT = 'Japanese Foreign Minister Takeshi Iwaya condemned China on Friday, calling its drills "reckless".'
NOBODY = "127.0.0.1:1"


def test_detect_gives_every_field_of_the_contract_and_offsets_into_the_text_as_given(
    stance: Any, tmp_path: Path
) -> None:
    given = tmp_path / "texts.jsonl"
    given.write_text(json.dumps({"id": "mine-1", "text": TEXT, "published": "2024-11-15"}) + "\n", encoding="utf-8")
    status, out, _ = stance("detect", str(given), "--json")
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert row["id"] == "mine-1"
    assert (row["source"], row["target"], row["sign"]) == ("JPN", "CHN", -1)
    assert TEXT[row["start"] : row["end"]] == row["quote"]
    assert row["occurred_from"] == row["occurred_to"] == "2024-11-15"
    assert {"strength", "root", "mode", "is_government", "speaker", "role", "confidence", "published"} <= set(row)


def test_detect_counts_offsets_in_a_file_with_front_matter_from_its_first_character(
    stance: Any, tmp_path: Path
) -> None:
    given = tmp_path / "brief.md"
    given.write_text(f"---\noutlet: Quay Gazette\npublished: 2024-11-15\n---\n{TEXT}\n", encoding="utf-8")
    _, out, _ = stance("detect", str(given), "--json")
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert given.read_text(encoding="utf-8")[row["start"] : row["end"]] == row["quote"]


def test_detect_takes_an_undated_text_and_leaves_its_dates_open(stance: Any, tmp_path: Path) -> None:
    given = tmp_path / "undated.txt"
    given.write_text(TEXT, encoding="utf-8")
    status, out, _ = stance("detect", str(given), "--json")
    assert status == 0
    assert {json.loads(line)["occurred_from"] for line in out.splitlines()} == {None}


def test_one_bad_line_is_refused_by_its_place_and_the_others_go_on(stance: Any, tmp_path: Path) -> None:
    given = tmp_path / "texts.jsonl"
    good = json.dumps({"id": "a", "text": TEXT, "published": "2024-11-15"})
    given.write_text(f"{good}\nnot json\n{good.replace('a', 'b', 1)}\n", encoding="utf-8")
    status, out, err = stance("detect", str(given), "--json")
    assert status == 2
    assert len(out.splitlines()) == 2
    assert "texts.jsonl:2" in err


def test_classify_gives_root_quad_and_sign(stance: Any, tmp_path: Path) -> None:
    given = tmp_path / "pairs.jsonl"
    given.write_text('{"id": "p", "marked": "<s>Norway</s> imposed sanctions on <t>Belarus</t>."}\n', encoding="utf-8")
    status, out, _ = stance("classify", str(given), "--json")
    row = json.loads(out)
    assert status == 0
    assert (row["id"], row["root"], row["quad"], row["sign"]) == ("p", "SANCTION", 4, -1)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("detect", "nothing-here.txt"), 2, "nothing-here.txt: no such file"),
        (("worker", "divination"), 2, "no stage 'divination': choose detection or judgement"),
        (("stances",), 1, "no Kafka: run `stance up`"),
        (("broker", "status"), 1, "no local Kafka runs here"),
        (("classify", "nothing-here.jsonl"), 1, "nothing-here.jsonl"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_what_is_wrong_is_said_in_words_with_a_status(
    stance: Any, arguments: tuple[str, ...], status: int, told: str
) -> None:
    got, out, err = stance(*arguments)
    assert (got, out) == (status, "")
    assert told in err
    assert "Traceback" not in err


def test_a_missing_broker_is_named(stance: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", NOBODY)
    status, _, err = stance("shifts")
    assert status == 1
    assert NOBODY in err


def test_nothing_to_take_is_no_success(stance: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    status, _, err = stance("replay", str(tmp_path / "empty.txt"))
    assert status == 2
    assert "empty.txt" in err


def test_sending_a_replay_to_slack_needs_a_webhook(stance: Any, tmp_path: Path) -> None:
    status, _, err = stance("replay", str(tmp_path), "--send")
    assert status == 2
    assert "STANCE_SLACK_WEBHOOK_URL" in err


def test_stances_of_a_day_that_is_not_closed_are_shown_and_said_to_be(
    stance: Any, monkeypatch: pytest.MonkeyPatch, line: tuple[str, str]
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
    with Producer(*line) as producer:
        producer.publish(a_statement())
    _, out, err = stance("stances", "--json", "--prefix", line[1])
    (row,) = [json.loads(told) for told in out.splitlines()]
    assert (row["actor"], row["pole"], row["stories"], row["closed"]) == ("GBR", "CHN", 1, False)
    assert "is not closed yet" in err
    with Producer(*line) as producer:
        producer.publish(DayClosed(actor="GBR", day=row["day"]))
    _, out, err = stance("stances", "--json", "--prefix", line[1])
    (after,) = [json.loads(told) for told in out.splitlines()]
    assert after == {**row, "closed": True}
    assert err == ""


def test_a_taken_port_for_metrics_is_named(stance: Any, monkeypatch: pytest.MonkeyPatch, line: tuple[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("KAFKA_BOOTSTRAP", line[0])
        monkeypatch.setenv("STANCE_METRICS_PORT", port)
        status, _, err = stance("worker", "detection", "--prefix", line[1])
    assert status == 2
    assert port in err
    assert "STANCE_METRICS_PORT" in err


def test_help_names_every_command() -> None:
    told = CliRunner().invoke(cli.app, ["--help"]).output
    for command in (
        "demo",
        "up",
        "replay",
        "produce",
        "retract",
        "worker",
        "notify",
        "detect",
        "stances",
        "shifts",
        "statements",
        "explain",
        "what-if",
        "rebuild",
    ):
        assert command in told


def test_detect_explains_what_decided_and_what_was_dropped(stance: Any, tmp_path: Path) -> None:
    given = tmp_path / "ask.txt"
    given.write_text(f"{TEXT} Will Tokyo sanction China?\n", encoding="utf-8")
    _, out, _ = stance("detect", str(given), "--explain", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["why"] for row in rows if row["dropped"] is None] == ["condemned (subject to object)"]
    assert "a question" in {row["dropped"] for row in rows}
    assert "dropped: a question" in stance("detect", str(given), "--explain")[1]
