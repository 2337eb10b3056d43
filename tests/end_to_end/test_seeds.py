"""The seeds tell the story that they were written for, twice the same, through the program as its user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "articles"
FOUNDING_DAY = "2026-01-29"


def stance(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "streams.cli", *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)


def replayed() -> list[dict[str, Any]]:
    done = stance("replay", str(SEEDS), "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return replayed()


def shifts(rows: list[dict[str, Any]], **wanted: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["type"] == "shift" and all(row[key] == value for key, value in wanted.items())]


def open_on(rows: list[dict[str, Any]], day: str) -> Iterator[dict[str, Any]]:
    last = {row["id"]: row for row in rows if row["type"] == "shift" and row["at"] <= day}
    return (row for row in last.values() if row["status"] != "ended")


@pytest.mark.parametrize("actor", ["GBR", "CAN"])
def test_the_founding_example_is_open_at_the_end_of_january_2026(rows: list[dict[str, Any]], actor: str) -> None:
    standing = [row for row in open_on(rows, "2026-01-31") if (row["actor"], row["pole"]) == (actor, "CHN")]
    assert [(row["direction"], row["status"]) for row in standing] == [("warming", "confirmed")]
    assert any(
        "harbourcourier.example/2026/01/starmer-xi-beijing" in (piece["url"] or "")
        or FOUNDING_DAY in piece["published"]
        for piece in standing[0]["evidence"]
    )


def test_australia_warmed_in_2022_and_britain_cooled_in_2020(rows: list[dict[str, Any]]) -> None:
    warming = shifts(rows, actor="AUS", pole="CHN", direction="warming", status="confirmed")
    cooling = shifts(rows, actor="GBR", pole="CHN", direction="cooling", status="confirmed")
    assert any("2022-06" <= row["at"] < "2024" for row in warming)
    assert any("2020-06" <= row["at"] < "2021" for row in cooling)


def test_the_european_union_and_the_steady_ones_are_left_in_peace(rows: list[dict[str, Any]]) -> None:
    told = shifts(rows, status="confirmed")
    assert not [row for row in told if row["actor"] == "EUU" and row["at"].startswith("2026-01")]
    assert not [row for row in told if row["actor"] in ("HUN", "LTU") or (row["actor"], row["pole"]) == ("POL", "USA")]


def test_shares_add_up_and_quotes_are_verbatim(rows: list[dict[str, Any]]) -> None:
    texts = {path.read_text(encoding="utf-8") for path in SEEDS.glob("*.md")}
    for row in shifts(rows):
        micro = sum(round(piece["share"] * 1_000_000) for piece in row["evidence"]) + round(row["rest"] * 1_000_000)
        assert micro in {0, 1_000_000}
        for piece in row["evidence"]:
            assert any(text[piece["start"] : piece["end"]] == piece["quote"] for text in texts)


def test_the_same_seeds_give_the_same_bytes_and_the_same_ids(rows: list[dict[str, Any]]) -> None:
    assert replayed() == rows


def test_the_demo_shows_the_alerts_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = stance("demo", TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Canada warming to Beijing" in done.stdout
    assert "United Kingdom warming to Beijing" in done.stdout
    assert not [process for process in psutil.process_iter() if is_of(process, tmp_path)]
    assert list(tmp_path.iterdir()) == []


def is_of(process: psutil.Process, directory: Path) -> bool:
    """Whether a process was started for a run that has its temporary files in `directory`."""
    try:
        return str(directory) in f"{process.cmdline()} {process.environ()}"
    except psutil.Error:
        return False
