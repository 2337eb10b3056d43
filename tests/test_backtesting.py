"""The commands backtest and calibrate, as their user runs them, on histories made for these tests."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from streams.backtesting import made_up, with_thresholds
from streams.injecting import injected, powers
from streams.judgement.calibration import Calibration
from streams.judgement.edges import Edges
from streams.judgement.rules import Rules
from streams.series import BadSeries, read_history, read_known
from streams.settings import SHIPPED, read_settings

START = date(2018, 1, 1)
TURN = 700
KNOWN = "id,actor,toward,direction,onset,what\n"


def stance(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "streams.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=os.environ, capture_output=True, text=True, timeout=300, check=False)


def row_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    row: dict[str, Any] = json.loads(line)
    return row


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Eight steady actors toward two poles, of which one turns away from China after 700 days."""
    random, lines = Random(3), ["date,iso3,chn_edge,usa_edge"]
    for day in range(1100):
        for actor in ("PRT", "ESP", "FRA", "DEU", "ITA", "POL", "NLD", "BEL"):
            turned = -40 if actor == "PRT" and day >= TURN else 0
            chn, usa = random.gauss(5 + turned, 15), random.gauss(10, 15)
            lines.append(f"{START + timedelta(days=day)},{actor},{chn:.2f},{usa:.2f}")
    path = tmp_path / "edges.csv"
    path.write_text("\n".join(lines) + "\n")
    (tmp_path / "known.csv").write_text(
        f"{KNOWN}a,PRT,CHN,cool,{START + timedelta(days=TURN)},a turn\nb,SWE,CHN,cool,2019-01-01,not in the file\n"
    )
    return path


@pytest.fixture
def statements(tmp_path: Path) -> Path:
    """Rows as `detect --json` gives them: two actors that speak every nine days; one warms after 700 days."""
    random, rows = Random(5), []
    for day in range(0, 1400, 9):
        for actor in ("PRT", "ESP"):
            score = max(-1.0, min(1.0, random.gauss(0.6 if actor == "PRT" and day >= TURN else -0.3, 0.4)))
            when = str(START + timedelta(days=day))
            rows.append(
                {"id": f"{actor}{day}", "source": actor, "target": "CHN", "sign": 1 if score > 0 else -1,
                 "strength": abs(score), "published": when, "is_government": True}
            )  # fmt: skip
    path = tmp_path / "told.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "known.csv").write_text(f"{KNOWN}a,PRT,CHN,warm,{START + timedelta(days=TURN)},a turn\n")
    return path


def test_a_backtest_of_edges_keeps_its_budget_and_finds_the_turn(edges: Path, tmp_path: Path) -> None:
    row = row_of(stance("backtest", str(edges), "--known", "known.csv", "--json", cwd=tmp_path))
    assert (row["strict"]["hits"], row["strict"]["of"]) == (1, 1)
    assert row["wide"]["hits"] == 1
    assert 0 <= row["median_delay_days"] <= 14
    assert row["shuffled_rate"] == pytest.approx(0.5, rel=0.2)
    assert row["alarms"] == len(row["list"])
    assert row["rate"] == pytest.approx(row["alarms"] / row["actor_years"], rel=1e-3)
    assert row["actor_years"] == pytest.approx(16 * 980 / 365.25, rel=1e-3)
    assert set(row["list"][0]) >= {"actor", "pole", "direction", "date"}


def test_one_pole_can_be_asked_for(edges: Path, tmp_path: Path) -> None:
    row = row_of(stance("backtest", str(edges), "--known", "known.csv", "--pole", "USA", "--json", cwd=tmp_path))
    assert {each["pole"] for each in row["list"]} <= {"USA"}
    assert row["strict"]["of"] == 0


def test_thresholds_may_be_fixed_before_what_they_judge(edges: Path, tmp_path: Path) -> None:
    asked = ["backtest", str(edges), "--known", "known.csv", "--train-until", "2019-06-30", "--json"]
    row = row_of(stance(*asked, cwd=tmp_path))
    assert min(each["date"] for each in row["list"]) > "2019-06-30"
    assert row["strict"]["hits"] == 1
    days = 1100 - (date(2019, 6, 30) - START).days - 1
    assert row["actor_years"] == pytest.approx(16 * days / 365.25, rel=1e-3)


def test_statements_are_a_series_too(statements: Path, tmp_path: Path) -> None:
    row = row_of(stance("backtest", str(statements), "--known", "known.csv", "--json", cwd=tmp_path))
    assert row["strict"] == {"hits": 1, "of": 1, "chance": row["strict"]["chance"]}


def test_copies_of_a_story_have_one_vote_in_a_series(tmp_path: Path) -> None:
    told = {"source": "PRT", "target": "CHN", "sign": 1, "strength": 1.0, "published": "2020-01-01T08:00:00Z"}
    once, copied = tmp_path / "once.jsonl", tmp_path / "copied.jsonl"
    once.write_text(json.dumps({**told, "id": "a", "sketch": [1, 2]}))
    copied.write_text("\n".join(json.dumps({**told, "id": each, "sketch": [1, 2]}) for each in ("a", "b", "c")))
    rules = Rules()
    one, three = (read_history(path, rules, ["CHN"]).source.panel(1) for path in (once, copied))
    assert (one.w == three.w).all()


@pytest.mark.parametrize("name", ["none.csv", "wrong.txt", "broken.csv", "broken.jsonl"])
def test_what_is_no_history_is_named(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_text('{"source": "PRT"}\n1\n')
    with pytest.raises(BadSeries, match=name):
        read_history(tmp_path / name, Rules(), ["CHN"])
    (tmp_path / "known.csv").write_text(f"{KNOWN}a,PRT,CHN,sideways,2020-01-01,x\n")
    with pytest.raises(BadSeries, match=r"known.csv:2"):
        read_known(tmp_path / "known.csv")


def test_calibrate_writes_thresholds_with_their_evidence_into_the_users_settings(edges: Path, tmp_path: Path) -> None:
    row = row_of(stance("calibrate", str(edges), "--budget", "1", "--json", cwd=tmp_path))
    written = read_settings(tmp_path / "stance.toml").judgement
    assert (written.profile, written.warming_threshold) == ("dense", row["warming"])
    assert "1.0 false alarms a year" in (tmp_path / "stance.toml").read_text()


def test_a_dense_budget_is_not_set_on_made_up_actors(tmp_path: Path) -> None:
    done = stance("calibrate", "--profile", "dense", cwd=tmp_path)
    assert done.returncode == 2
    assert "needs a history" in done.stderr
    assert not (tmp_path / "stance.toml").exists()


def test_thresholds_replace_those_that_were_set_before() -> None:
    found = Calibration(1.5, 1.6, 0.5, 5000.0, 1)
    once = with_thresholds(SHIPPED.read_text(), Rules(), found, 0.49, "tests")
    again = with_thresholds(once, Rules(), found, 0.49, "tests")
    assert tomllib.loads(once)["judgement"]["warming_threshold"] == 1.5
    assert once.rstrip() == again.rstrip()
    assert with_thresholds("[watch]", Rules(), found, 0.49, "tests").count("[judgement]") == 1


def test_the_shipped_settings_are_the_shipped_rules() -> None:
    assert read_settings(SHIPPED).judgement == Rules()


def test_made_up_actors_speak_of_every_level_at_every_pace() -> None:
    assert made_up(Rules()).series == 4 * 17


def test_injected_shifts_are_found_the_more_the_larger_they_are(edges: Path, tmp_path: Path) -> None:
    row = row_of(stance("backtest", str(edges), "--known", "known.csv", "--inject", "--json", cwd=tmp_path))
    share = {(each["direction"], each["size"]): each["share"] for each in row["inject"]}
    assert share["cooling", 3.0] > share["cooling", 1.5] > 0.2
    assert share["warming", 3.0] > share["warming", 1.5] > 0.2
    assert {each["injected"] for each in row["inject"]} == {4 * 16}


def test_a_pair_without_evidence_has_no_shift_to_find() -> None:
    rules = Rules(profile="dense")
    values = np.random.default_rng(3).normal(1.0, 1.0, (900, 2, 3))
    values[:, 1, 2] = np.nan
    found = powers(Edges(values), rules, Calibration(2.0, 2.0, 0.5, 1.0, seed=1))
    assert {each.injected for each in found} == {4 * 5}


def test_series_with_evidence_on_most_days_are_also_counted_apart() -> None:
    rules = Rules(profile="dense")
    values = np.random.default_rng(3).normal(1.0, 1.0, (900, 2, 3))
    values[np.arange(900) % 3 > 0, 0, 0] = np.nan
    found = powers(Edges(values), rules, Calibration(2.0, 2.0, 0.5, 1.0, seed=1))
    assert {(each.injected, each.injected_most_days) for each in found} == {(4 * 6, 4 * 5)}
    assert all(0 <= each.found - each.found_most_days <= 4 for each in found)


def test_an_injection_is_its_size_at_first_and_a_third_of_it_in_the_end() -> None:
    still = Edges(np.full((400, 1, 1), 2.0))
    shifted, (begun,) = injected(still, 3.0, -1, seed=1)
    added = (shifted.values - still.values)[:, 0, 0]
    # The scale of who always shows 2 is 2. A half-life of ten days later: 1/3 + 2/3 * 1/2 of 3 * 2.
    assert added[begun - 1] == 0
    assert added[begun] == pytest.approx(-6.0)
    if begun + 10 < 400:
        assert added[begun + 10] == pytest.approx(-4.0)


def test_a_series_is_drawn_with_its_alarms_and_known_shifts(edges: Path, tmp_path: Path) -> None:
    done = stance("backtest", str(edges), "--known", "known.csv", "--plot", "PRT/CHN", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    drawn = ElementTree.parse(tmp_path / "PRT-CHN.svg")
    titles = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert any("a turn" in title for title in titles)
    assert any("cooling 20" in title for title in titles)
    assert stance("backtest", str(edges), "--known", "known.csv", "--plot", "SWE/CHN", cwd=tmp_path).returncode == 2


def test_other_detectors_are_given_the_same_budget(edges: Path, tmp_path: Path) -> None:
    row = row_of(stance("backtest", str(edges), "--known", "known.csv", "--peers", "--json", cwd=tmp_path))
    assert [each["name"] for each in row["peers"]] == ["CUSUM", "ADWIN", "PageHinkley"]
    assert all(each["strict"]["of"] == row["strict"]["of"] for each in row["peers"])
    assert all(each["rate"] <= 3 * row["budget"] for each in row["peers"])
