"""What the commands print: one JSON object a line for programs, tables for people."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Column, Table
from rich.text import Text

from schemas.names import actor_name, seat_name
from schemas.shifts import Evidence, Shift, ShiftEscalated
from schemas.stances import StanceMeasured
from streams.alerting.message import headline_of
from streams.detection.classify import Classification
from streams.detection.detect import Decision, Finding
from streams.detection.phrases import Spoken
from streams.intake.reading import NoInput


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON; dates as ISO text."""
    return json.dumps(value, ensure_ascii=False, default=date.isoformat)


def proposal_row(identifier: str, decision: Decision, quote: str, published: date | None) -> dict[str, Any]:
    """A proposal as `detect --explain --json` gives it: a statement, with why it was `dropped` if it was."""
    return {**statement_row(identifier, decision.finding, quote, published), "dropped": decision.dropped}


def statement_row(identifier: str, finding: Finding, quote: str, published: date | None) -> dict[str, Any]:
    """A statement as `detect --json` gives it; `quote` is text[start:end] of the text as given."""
    return {
        "id": identifier,
        "source": finding.actor,
        "target": finding.target,
        "sign": finding.sign,
        "strength": finding.strength,
        "root": finding.root,
        "mode": finding.mode,
        "is_government": finding.speaker.is_government,
        "speaker": finding.speaker.name,
        "role": finding.speaker.role,
        "quote": quote,
        "start": finding.start,
        "end": finding.end,
        "occurred_from": finding.occurred_from,
        "occurred_to": finding.occurred_to,
        "confidence": finding.confidence,
        "published": published,
        "why": finding.why,
    }


def shift_row(step: Shift) -> dict[str, Any]:
    """A step of a shift as `replay --json` and `shifts --json` give it.

    An escalation and a reinforcement are told as confirmations, so that readers who know four statuses read on.
    """
    told = step.model_dump(mode="json", exclude={"evidence"})
    return {
        "type": "shift",
        **told,
        "status": "confirmed" if step.status in ("escalated", "reinforced") else step.status,
        "escalated": isinstance(step, ShiftEscalated),
        "step_id": step.event_id,
        "evidence": [evidence.model_dump(mode="json") for evidence in step.evidence],
    }


def stance_row(stance: StanceMeasured) -> dict[str, Any]:
    """A stance as `stances --json` gives it."""
    return {"type": "stance", **stance.model_dump(mode="json")}


def classification_row(identifier: str, told: Classification) -> dict[str, Any]:
    """The class of a given pair as `classify --json` gives it."""
    return {"id": identifier, "root": told.root, "quad": told.quad, "sign": told.sign, "confidence": told.confidence}


def json_rows(paths: Iterable[Path], text: str = "marked") -> Iterator[dict[str, Any]]:
    """The objects of files of JSON lines, each with an id and the text that is asked about; - is standard input.

    Raises:
        NoInput: a file that is not there, or a line that is no object with `id` and `text`'s key.
    """
    for path in paths:
        source = nullcontext(sys.stdin) if str(path) == "-" else path.open(encoding="utf-8")
        with source as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                    yield {**row, "id": row["id"], text: str(row[text])}
                except (ValueError, KeyError, TypeError) as failure:
                    raise NoInput(f"{path}:{number}: give one JSON object a line with id and {text}") from failure


def spoken_row(phrase: str, side: Spoken | None) -> dict[str, Any]:
    """Whom a phrase speaks for, as `stance actor --json` prints it; the country is "" where it is not sure."""
    if side is None:
        return {"phrase": phrase, "country": "", "name": None, "role": None, "is_government": False, "kind": None}
    return {
        "phrase": phrase,
        "country": side.country,
        "name": side.name,
        "role": side.role,
        "is_government": side.government,
        "kind": side.kind,
    }


def spoken_line(told: Mapping[str, Any]) -> str:
    """The same for the reader of a terminal."""
    if not told["country"]:
        return f"{told['phrase']}: nobody's, or not sure"
    who = told["name"] if told["role"] in (None, told["name"]) else f"{told['name']}, {told['role']}"
    return f"{told['phrase']}: {told['country']} ({who}; {'government' if told['is_government'] else 'no government'})"


def statements_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Statements for people; rows of proposals also show the words that decided, and why one was dropped."""
    table = Table("pair", "sign", "what", "quote", title="Statements", box=SIMPLE_HEAD, show_lines=True)
    for row in rows:
        table.add_row(
            f"{row['source']} → {row['target']}",
            signed(row["sign"] * row["strength"]),
            f"{row['root']}\n{row['mode']}\n{row['occurred_to'] or 'undated'}",
            _quoted(row),
        )
    return table


def _quoted(row: Mapping[str, Any]) -> Text:
    government = "" if row["is_government"] else " (not government)"
    told = Text.assemble((f"{row['speaker']}{government}: ", "bold"), row["quote"])
    if "dropped" in row:
        told.append(f"\ndecided by {row['why']}", "dim")
    if row.get("dropped"):
        told.append(f"\ndropped: {row['dropped']}", "red")
    return told


def stances_tables(stances: Sequence[StanceMeasured], standing: Iterable[Shift]) -> Group:
    """A table for each pole: the last stance of each actor with its 95 % interval, and the shift that is open."""
    opened = {(step.actor, step.pole): step for step in standing}
    poles = sorted({stance.pole for stance in stances})
    return Group(*(_stances_table([each for each in stances if each.pole == pole], opened) for pole in poles))


def _stances_table(stances: Sequence[StanceMeasured], opened: Mapping[tuple[str, str], Shift]) -> Table:
    days = sorted({str(stance.day) for stance in stances})
    title = f"Stances toward {seat_name(stances[0].pole)}, {' to '.join(dict.fromkeys((days[0], days[-1])))}"
    table = Table(_whole("actor"), _whole("stance"), "before", "stories", "shift", title=title, box=SIMPLE_HEAD)
    for stance in sorted(stances, key=lambda each: -each.score):
        step = opened.get((stance.actor, stance.pole))
        table.add_row(
            actor_name(stance.actor),
            Text.assemble(signed(stance.score), f" ({stance.low:+.2f} to {stance.high:+.2f})"),
            f"{stance.baseline:+.2f}",
            str(stance.stories),
            f"{step.direction} since {step.onset}, {step.status}" if step else "",
        )
    return table


def shifts_table(steps: Iterable[Shift]) -> Table:
    """Steps of shifts for people."""
    table = Table(_whole("at"), "shift", _whole("id"), title="Shifts", box=SIMPLE_HEAD)
    for step in steps:
        stories = "1 story" if step.stories == 1 else f"{step.stories} stories"
        told = f"{headline_of(step)}{' (hedging)' if step.hedging else ''}"
        moved = f"{step.before:+.2f} → {step.after:+.2f}, {stories}"
        table.add_row(str(step.at), Text.assemble(f"{told}\n", (moved, "dim")), step.id)
    return table


def _whole(header: str) -> Column:
    """A column that is never folded."""
    return Column(header, no_wrap=True)


def evidence_table(step: Shift) -> Table:
    """The quotes behind a step with the exact share of each, most weighty first."""
    title = f"test {step.test:.2f} against {step.threshold:.2f}"
    table = Table("share", "test\nwithout", Column("quote", overflow="fold"), title=title, box=SIMPLE_HEAD)
    for each in step.evidence:
        without = "" if each.without is None else f"{each.without:.2f}"
        table.add_row(f"{each.share:+.6f}", without, evidence_text(each))
    table.add_row(f"{step.rest:+.6f}", "", "all older and lighter evidence")
    return table


def evidence_text(piece: Evidence) -> Text:
    """A quote, who said it, who carried it, and where it stands."""
    said = f"{piece.speaker}, {', '.join(piece.outlets)}, {piece.occurred}"
    where = f"{piece.statement_id}, {piece.start} to {piece.end} of {piece.url or piece.article_id}"
    return Text.assemble(f"“{piece.quote}”\n", (f"{said}\n{where}\n", "dim"))


def standing(steps: Iterable[Shift]) -> list[Shift]:
    """The last step of each episode that has not ended."""
    last = {step.id: step for step in steps}
    return [step for step in last.values() if step.status != "ended"]


def signed(number: float) -> Text:
    """A number with its sign, coloured."""
    colour = "green" if number > 0 else "red" if number < 0 else ""
    return Text(f"{number:+.2f}", style=colour)
