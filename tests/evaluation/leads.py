"""News leads: from a text to {(source, target, sign)} toward the two poles, and how many a second."""

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from streams.detection.detect import detect
from tests.evaluation.measure import Figure, f1, percent

POLES = {"CHN", "USA"}


OWN = Path(__file__).parents[2] / "seeds" / "leads"
APART = OWN / "apart.jsonl"


def figures(folder: Path) -> Iterator[Figure]:
    """F1 of the statements, on leads of others and our own, and the leads read in a second on one core."""
    leads = _read(folder / "news-leads" / "dev.jsonl")
    score, found = _score(leads)
    yield Figure("news leads dev: F1 of (source, target, sign)", "two annotators 92.7", "82", found, score >= 0.82)
    seen = [lead for path in sorted(OWN.glob("*.jsonl")) if path != APART for lead in _read(path)]
    for leads_of_ours, which in ((seen, "in view when rules were made"), (_read(APART), "whose errors nobody read")):
        score, found = _score(leads_of_ours)
        yield Figure(f"our own {len(leads_of_ours)} leads, {which}: F1", "", "75", found, score >= 0.75)
    rate = _rate(leads)
    yield Figure(
        "news leads a second, one core", "MiniLM on every sentence: about 60", "150", f"{rate:.0f}", rate >= 150
    )


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _score(leads: list[dict[str, Any]]) -> tuple[float, str]:
    """F1, and as the table prints it; what is optional neither helps nor harms."""
    told = [_statements(lead) for lead in leads]
    wanted = [{tuple(each) for each in lead["gold"]} for lead in leads]
    spared = [{tuple(each) for each in lead["optional"]} for lead in leads]
    right = sum(len(a & b) for a, b in zip(wanted, told, strict=True))
    wrong = sum(len(b - a - c) for a, b, c in zip(wanted, told, spared, strict=True))
    missed = sum(len(a - b) for a, b in zip(wanted, told, strict=True))
    precision, recall, score = f1(right, wrong, missed)
    return score, f"{percent(score)} (precision {percent(precision)}, recall {percent(recall)})"


def _statements(lead: dict[str, Any]) -> set[tuple[str, str, int]]:
    found = detect(lead["text"], lead["published"] and date.fromisoformat(lead["published"][:10]))
    return {(each.actor, each.target, each.sign) for each in found if each.target in POLES and each.actor not in POLES}


def _rate(leads: list[dict[str, Any]]) -> float:
    """The median of five passes; the first one, which also loads tables and weights, has been made before."""
    passes = []
    for _ in range(5):
        start = time.process_time()
        for lead in leads:
            _statements(lead)
        passes.append(len(leads) / (time.process_time() - start))
    return sorted(passes)[2]
