"""What the commands print of the past and of what hangs on what: JSON rows for programs, tables for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Column, Table
from rich.text import Text

from schemas.names import actor_name, seat_name
from schemas.shifts import Evidence, Shift
from schemas.stances import StanceMeasured
from schemas.statements import StatementDetected, StatementRetracted
from streams.alerting.message import headline_of
from streams.judgement.bearing import Bearing, Ground, Piece
from streams.judgement.differences import Change, Difference
from streams.judgement.fold import Judged
from streams.judgement.refolding import Refolded
from streams.judgement.stories import MILLION
from streams.views import evidence_text, signed, stance_row, standing

Row = dict[str, Any]

View = Literal["known", "true"]
"""What had arrived by a day, and what had happened by it as far as is known now."""

SHOWN = 20
"""Pieces of evidence in a table; JSON has all."""

_TITLES: dict[View, str] = {"known": "known then", "true": "true by now"}

_COLOURS = {"gained": "green", "lost": "red"}


def then_row(view: View, day: date, stance: StanceMeasured) -> Row:
    """A stance as of a day, as `stances --as-of --json` gives it."""
    return {**stance_row(stance), "as_of": day.isoformat(), "view": view}


def then_tables(views: Mapping[View, Refolded], day: date) -> Group:
    """A table for each pole: each actor's stance and open shift as of a day, in one view or in both side by side."""
    poles = sorted({pole for folded in views.values() for _, pole in folded.stances})
    return Group(*(_then_table(views, pole, day) for pole in poles))


def _then_table(views: Mapping[View, Refolded], pole: str, day: date) -> Table:
    columns = [Column(_TITLES[view], no_wrap=True) for view in views]
    title = f"Stances toward {seat_name(pole)} at the close of {day}"
    table = Table(Column("actor"), *columns, title=title, box=SIMPLE_HEAD)
    actors = sorted({actor for folded in views.values() for actor, of in folded.stances if of == pole})
    for actor in actors:
        table.add_row(actor_name(actor), *(_then_cell(folded, actor, pole) for folded in views.values()))
    return table


def _then_cell(folded: Refolded, actor: str, pole: str) -> Text:
    stance = folded.stances.get((actor, pole))
    if stance is None:
        return Text("nothing known", style="dim")
    told = Text.assemble(signed(stance.score), f" ({stance.low:+.2f} to {stance.high:+.2f})")
    for step in standing(folded.steps):
        if (step.actor, step.pole) == (actor, pole):
            told.append(f"\n{step.direction}, {step.status}", "dim")
    return told


def difference_row(difference: Difference) -> Row:
    """What becomes of a shift, as `what-if --json` gives it; `days` is negative for earlier."""
    step = difference.step
    return {
        "type": "difference",
        "change": difference.change,
        "actor": step.actor,
        "pole": step.pole,
        "direction": step.direction,
        "days": difference.days,
        "was": _step_row(difference.was),
        "would_be": _step_row(difference.would_be),
        "deciding": [each.model_dump(mode="json") for each in difference.deciding],
    }


def _step_row(step: Shift | None) -> Row | None:
    if step is None:
        return None
    fields = {"id", "onset", "at", "before", "after", "test", "threshold", "stories", "outlets", "reason"}
    return {**step.model_dump(mode="json", include=fields), "status": step.status}


def differences_table(found: Iterable[Difference], title: str) -> Table:
    """The shifts that are gained, lost, earlier or later, with the evidence that decides each."""
    table = Table(
        Column("change", no_wrap=True),
        Column("shift and what decides it", overflow="fold"),
        title=title,
        box=SIMPLE_HEAD,
    )
    for each in found:
        change = each.change if each.days is None else f"{each.change}\n{abs(each.days)} d"
        told = Text(f"{headline_of(each.step)}\n", "bold")
        told.append(f"{_dated('was', each.was)}; {_dated('would be', each.would_be)}\n")
        for piece in each.deciding[:3]:
            told.append_text(evidence_text(piece))
        table.add_row(Text(change, style=_COLOURS.get(each.change, "")), told)
    return table


def differences_summary(found: Sequence[Difference], changed: Mapping[str, tuple[Any, Any]], statements: int) -> Row:
    """The last line of `what-if --json`; `rules` has each changed key with the value it has and the other."""
    rules = {key: {"was": was, "would_be": would_be} for key, (was, would_be) in changed.items()}
    return {"type": "summary", "statements": statements, "rules": rules, **_counted(found)}


def differences_sentence(found: Sequence[Difference], changed: Mapping[str, tuple[Any, Any]]) -> str:
    """What the other rules are and how many shifts they change, for people."""
    counted = ", ".join(f"{count} {change}" for change, count in _counted(found).items())
    rules = "; ".join(f"{key} {was} -> {would_be}" for key, (was, would_be) in changed.items())
    return f"{rules or 'the rules are those in force'}\nshifts: {counted}"


def _counted(found: Sequence[Difference]) -> dict[str, int]:
    return {change: sum(each.change == change for each in found) for change in get_args(Change)}


def _dated(tense: str, step: Shift | None) -> str:
    if step is None:
        return f"{tense} none"
    return f"{tense} {step.status} on {step.at} (test {step.test:.2f} of {step.threshold:.2f})"


def ground_row(ground: Ground) -> Row:
    """A stance with all that it rests on, as `explain ACTOR/POLE --json` gives it; parts are in points."""
    return {
        **stance_row(ground.stance),
        "evidence": [_piece_row(piece) for piece in ground.pieces],
        "rest": ground.rest / MILLION,
    }


def _piece_row(piece: Piece) -> Row:
    vote, quote = piece.story.best.vote, piece.story.best.quote
    return {
        "part": piece.part / MILLION,
        "without": piece.without,
        "statement_id": quote.statement,
        "article_id": quote.article,
        "quote": quote.text,
        "start": quote.start,
        "end": quote.end,
        "speaker": quote.speaker,
        "root": quote.root,
        "outlet": quote.outlet,
        "outlets": piece.story.outlets,
        "url": quote.url,
        "occurred": date.fromordinal(vote.day),
        "sign": piece.story.sign,
    }


def ground_sentence(ground: Ground) -> str:
    """A stance in a sentence."""
    stance = ground.stance
    stories = "1 recent story" if stance.stories == 1 else f"{stance.stories} recent stories"
    return (
        f"{actor_name(stance.actor)} toward {seat_name(stance.pole)}, {stance.day}: {stance.score:+.6f} "
        f"({stance.low:+.2f} to {stance.high:+.2f}), {stories}; its baseline is {stance.baseline:+.6f}"
    )


def ground_table(ground: Ground) -> Table:
    """From the baseline to the stance, story by story; the parts and the rest add up exactly."""
    table = Table("part", "without", Column("quote", overflow="fold"), box=SIMPLE_HEAD)
    for row in map(_piece_row, ground.pieces[:SHOWN]):
        said = f"{row['speaker']}, {', '.join(row['outlets'])}, {row['occurred']}"
        where = f"{row['statement_id']}, {row['start']} to {row['end']} of {row['url'] or row['article_id']}"
        without = "none" if row["without"] is None else f"{row['without']:+.6f}"
        quote = Text.assemble(f"“{row['quote']}”\n", (f"{said}\n{where}\n", "dim"))
        table.add_row(f"{row['part']:+.6f}", without, quote)
    rest = ground.rest + sum(piece.part for piece in ground.pieces[SHOWN:])
    table.add_row(f"{rest / MILLION:+.6f}", "", "all older and lighter evidence")
    return table


def bearing_row(bearing: Bearing) -> Row:
    """A statement with all that it bears on, as `explain STATEMENT --json` gives it."""
    return {
        "type": "statement",
        **bearing.statement.model_dump(mode="json", exclude={"sketch"}),
        "counts": bearing.uncounted is None,
        "uncounted": bearing.uncounted,
        "retold": bearing.retold,
        "stances": [
            {"actor": with_it.actor, "pole": with_it.pole, "day": with_it.day, **_scores(with_it, without)}
            for with_it, without in bearing.stances
        ],
        "named": [_named_row(step, piece) for step, piece in bearing.named],
        "without": [difference_row(each) for each in bearing.shifts],
    }


def _scores(with_it: StanceMeasured, without: StanceMeasured | None) -> Row:
    return {"with": with_it.score, "without": without.score if without else None}


def _named_row(step: Shift, piece: Evidence) -> Row:
    told = {"shift_id": step.id, "step_id": step.event_id, "status": step.status, "at": step.at, "share": piece.share}
    return {**told, "test": step.test, "without": piece.without, "threshold": step.threshold}


def bearing_tables(bearing: Bearing) -> Group:
    """A statement, the stances and steps of shifts that it moves, and the shifts that would be otherwise without it."""
    return Group(*_bearing_parts(bearing))


def _bearing_parts(bearing: Bearing) -> Iterator[Text | Table]:
    yield _statement_text(bearing.statement)
    if bearing.uncounted:
        yield Text(f"It is no evidence: {bearing.uncounted}.")
    if bearing.retold:
        yield Text(f"Its story is told by {', '.join(bearing.retold)}, too: without it, the vote is theirs.\n")
    if bearing.stances:
        yield _scores_table(bearing.stances)
    if bearing.named:
        yield _named_table(bearing.named)
    if bearing.shifts:
        yield differences_table(bearing.shifts, "Without it")


def _statement_text(statement: StatementDetected) -> Text:
    happened = " to ".join(dict.fromkeys((str(statement.occurred_from), str(statement.occurred_to))))
    where = f"{statement.start} to {statement.end} of {statement.url or statement.article_id}"
    kind = f"{statement.root}, {statement.mode}, {happened}, confidence {statement.confidence:.2f}"
    return Text.assemble(
        (f"{statement.actor} → {statement.target} ", "bold"),
        signed(statement.polarity),
        f" {kind}\n“{statement.quote}”\n",
        (f"{statement.speaker.name}, {statement.outlet}, published {statement.published.date()}\n{where}\n", "dim"),
    )


def _scores_table(stances: Sequence[tuple[StanceMeasured, StanceMeasured | None]]) -> Table:
    table = Table("stance", "day", "with it", "without", "moves it by", title="Stances of now", box=SIMPLE_HEAD)
    for with_it, without in stances:
        other = f"{without.score:+.6f}" if without else "none"
        moved = f"{with_it.score - without.score:+.6f}" if without else ""
        table.add_row(with_it.key, str(with_it.day), f"{with_it.score:+.6f}", other, moved)
    return table


def _named_table(named: Iterable[tuple[Shift, Evidence]]) -> Table:
    columns = ("at", "step", Column("shift", no_wrap=True), "share", "test, without it")
    table = Table(*columns, title="Steps that name it", box=SIMPLE_HEAD)
    for step, piece in named:
        without = "" if piece.without is None else f", {piece.without:.2f}"
        figures = f"{step.test:.2f}{without}"
        table.add_row(str(step.at), step.status, step.id, f"{piece.share:+.6f}", figures)
    return table


def log_table(events: Sequence[Judged]) -> Table:
    """The statements of a log with their ids; those that were taken back say why."""
    retracted = {each.statement.id: each for each in events if isinstance(each, StatementRetracted)}
    table = Table(Column("day", no_wrap=True), "pair", "quote", Column("id", no_wrap=True), box=SIMPLE_HEAD)
    for each in events:
        if isinstance(each, StatementDetected):
            pair = Text.assemble(f"{each.actor} → {each.target}\n", signed(each.polarity))
            quote = Text(each.quote)
            if back := retracted.get(each.id):
                quote.append(f"\ntaken back on {back.at.date()}: {back.reason}", "red")
            table.add_row(str(each.occurred_to), pair, quote, each.id)
    return table
