"""Commands that ask the log: stances, shifts, statements, why, and what if."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from schemas.shifts import Shift
from streams import composition, history, views, views_of_history
from streams.history import OnRecord, Source
from streams.judgement.bearing import bearing, ground
from streams.judgement.differences import differences
from streams.judgement.explain import sentence
from streams.judgement.refolding import Refolded, at_close, closed_now
from streams.log_file import LogFile
from streams.settings import Environment, Settings, changed_rules, read_other_rules
from streams.terminal import FAILED, Json, Prefix, WrongCall, err, out, settings_of, showing
from streams.views_of_history import View
from streams.worlds import running_world

RECORDS_TOLD = 1_000
"""Records between two tellings of progress."""

Answer = TypeVar("Answer")

FromFile = Annotated[
    Path | None,
    typer.Option("--from", help="A log in a file, as `stance statements --json` writes it; no Kafka needed."),
]


def stances(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="At the close of that day: both views of it.")
    ] = None,
    known: Annotated[bool, typer.Option("--known", help="With --as-of: only what had arrived by then.")] = False,
    true: Annotated[
        bool, typer.Option("--true", help="With --as-of: only what had happened by then, as is known now.")
    ] = False,
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Show each actor's stance toward each pole, folded from the log; as of a day, what was known and what is true."""
    environment, settings = settings_of(prefix)
    source = _source(file, environment, settings)
    if as_of is not None:
        _stances_then(source, settings, as_of.date(), _views_asked(known, true), as_json)
    elif known or true:
        raise WrongCall("--known and --true ask of a day: give it with --as-of DATE")
    else:
        _stances_now(source, settings, as_json)


def _views_asked(known: bool, true: bool) -> list[View]:
    asked: dict[View, bool] = {"known": known, "true": true}
    return [view for view, wanted in asked.items() if wanted] or list(asked)


def _stances_now(source: Source, settings: Settings, as_json: bool) -> None:
    folded = _folded("folding", partial(history.refold, source, settings.judgement))
    waiting = at_close(folded, settings.watch.actors, settings.judgement)
    measured = sorted({**folded.stances, **waiting}.values(), key=lambda each: each.key)
    if as_json:
        for stance in measured:
            typer.echo(views.json_line({**views.stance_row(stance), "closed": stance not in waiting.values()}))
    else:
        out.print(views.stances_tables(measured, views.standing(folded.steps)))
    if waiting:
        err.print(f"{folded.last} is not closed yet: its stances may move, and shifts are decided when it is")


def _stances_then(source: Source, settings: Settings, day: date, asked: Sequence[View], as_json: bool) -> None:
    if day > composition.now().date():
        raise WrongCall(f"--as-of {day} has not come yet")
    ask = {"known": history.known_then, "true": history.true_then}
    told: dict[View, Refolded] = {
        view: _folded(view, partial(ask[view], source, settings.judgement, day, settings.watch.actors))
        for view in asked
    }
    if as_json:
        for view, folded in told.items():
            for stance in sorted(folded.stances.values(), key=lambda each: each.key):
                typer.echo(views.json_line(views_of_history.then_row(view, day, stance)))
    else:
        out.print(views_of_history.then_tables(told, day))
        err.print("known then: of what had arrived by that day; true by now: of what had happened by it, whenever told")


def shifts(file: FromFile = None, prefix: Prefix = None, as_json: Json = False) -> None:
    """Show every step of every shift."""
    environment, settings = settings_of(prefix)
    steps = asyncio.run(history.steps_of(_source(file, environment, settings), settings.judgement))
    if as_json:
        for step in steps:
            typer.echo(views.json_line(views.shift_row(step)))
    else:
        out.print(views.shifts_table(steps))


def statements(
    actor: Annotated[str | None, typer.Option(help="Whose, such as GBR.")] = None,
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Show the statements of the log with their ids; --json gives the whole log, closed days too, for --from."""
    environment, settings = settings_of(prefix)
    asyncio.run(_tell_statements(_source(file, environment, settings), actor, as_json))


async def _tell_statements(source: Source, actor: str | None, as_json: bool) -> None:
    told = (event async for event in history.read_log_of(source) if actor in (None, event.actor))
    if as_json:
        async for event in told:
            typer.echo(event.model_dump_json())
    else:
        out.print(views_of_history.log_table([each async for each in told]))


def explain(
    identifier: Annotated[
        str,
        typer.Argument(help="The id of a shift, of one of its steps or of a statement; or ACTOR/POLE for a stance."),
    ],
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Show what a shift or a stance rests on, down to quotes and exact shares, or what a statement changes."""
    environment, settings = settings_of(prefix)
    source = _source(file, environment, settings)
    if "/" in identifier:
        _explain_stance(source, settings, identifier, as_json)
    elif told := _steps_named(source, settings, identifier):
        _explain_shift(told, as_json)
    else:
        _explain_statement(source, settings, identifier, as_json)


def _steps_named(source: Source, settings: Settings, identifier: str) -> list[Shift]:
    steps = asyncio.run(history.steps_of(source, settings.judgement))
    return [step for step in steps if identifier in (step.id, step.event_id)]


def _explain_shift(steps: Sequence[Shift], as_json: bool) -> None:
    for step in steps:
        if as_json:
            typer.echo(views.json_line({**views.shift_row(step), "sentence": sentence(step)}))
        else:
            out.print(sentence(step))
            out.print(views.evidence_table(step))


def _explain_stance(source: Source, settings: Settings, identifier: str, as_json: bool) -> None:
    actor, _, pole = identifier.upper().partition("/")
    folded = _folded("folding", partial(history.refold, source, settings.judgement))
    state = closed_now(folded, actor, settings.judgement)
    told = ground(state, pole, settings.judgement) if state else None
    if told is None:
        raise WrongCall(f"no stance {actor}/{pole}; `stance stances` lists them, each as ACTOR/POLE such as GBR/CHN")
    if as_json:
        typer.echo(views.json_line(views_of_history.ground_row(told)))
    else:
        out.print(views_of_history.ground_sentence(told))
        out.print(views_of_history.ground_table(told))


def _explain_statement(source: Source, settings: Settings, identifier: str, as_json: bool) -> None:
    statement = asyncio.run(history.find_statement(source, identifier))
    if statement is None:
        raise WrongCall(
            f"nothing has the id {identifier}; `stance shifts` and `stance statements` list ids, "
            "and a stance is asked as ACTOR/POLE such as GBR/CHN"
        )
    log = asyncio.run(history.log_of(source, {statement.actor}))
    told = bearing(statement, log, settings.judgement)
    if as_json:
        typer.echo(views.json_line(views_of_history.bearing_row(told)))
    else:
        out.print(views_of_history.bearing_tables(told))


def what_if(
    rules: Annotated[Path, typer.Argument(help="A stance.toml, or only those of its keys that differ.")],
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Judge the log again under other rules and show which shifts differ; nothing is changed."""
    environment, settings = settings_of(prefix)
    other = read_other_rules(rules, environment.config)
    source = _source(file, environment, settings)
    was, would_be = _folded("folding", partial(history.refold_under, source, [settings.judgement, other]))
    found = differences(was.steps, would_be.steps)
    told = [each for each in found if each.change != "same"]
    changed = changed_rules(settings.judgement, other)
    if as_json:
        for each in told:
            typer.echo(views.json_line(views_of_history.difference_row(each)))
        typer.echo(views.json_line(views_of_history.differences_summary(found, changed, was.statements)))
    else:
        out.print(views_of_history.differences_table(told, "What if"))
        out.print(views_of_history.differences_sentence(found, changed))


def rebuild(prefix: Prefix = None, as_json: Json = False) -> None:
    """Fold the log again and compare its state hash with the live one; exit status 1 when they differ."""
    environment, settings = settings_of(prefix)
    world = running_world(environment)
    again = _folded("folding", partial(history.refold, world, settings.judgement))
    rebuilt, live = history.hash_of(again), asyncio.run(history.live_hash(world))
    same = rebuilt == live
    if as_json:
        typer.echo(views.json_line({"type": "rebuild", "same": same, "rebuilt": rebuilt, "live": live}))
    else:
        out.print(f"rebuilt {rebuilt}\nlive    {live}\n{'the same' if same else 'DIFFERENT'}")
    if not same:
        raise typer.Exit(FAILED)


def _source(file: Path | None, environment: Environment, settings: Settings) -> Source:
    """Where the log stands: the file where one is given, else the topics of the world that is there."""
    return LogFile(file, settings.watch.actors) if file else running_world(environment)


def _folded(what: str, fold: Callable[[OnRecord], Coroutine[Any, Any, Answer]]) -> Answer:
    """What a reading of the log gives, with its progress shown."""
    with showing("reading the log:") as progress:
        task = progress.add_task(what, total=None)
        counted = itertools.count(1)

        def on_record() -> None:
            if (number := next(counted)) % RECORDS_TOLD == 0:
                progress.update(task, completed=number)

        return asyncio.run(fold(on_record))
