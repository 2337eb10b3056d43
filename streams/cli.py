"""The program `stance`: what can be asked of it, and what it answers."""

import asyncio
import itertools
import shutil
import signal
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Never, TypeVar

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schemas.shifts import Shift
from schemas.statements import StatementDetected
from streams import composition, history, views, views_of_backtests, views_of_history
from streams.alerting.channel import Channel
from streams.alerting.console import ConsoleChannel
from streams.alerting.json_lines import JsonChannel
from streams.alerting.slack import SlackChannel
from streams.backtesting import Backtest, backtest, calibrate, made_up, with_thresholds
from streams.broker import local, topics
from streams.broker.errors import BrokerError
from streams.broker.probe import assert_reachable
from streams.detection.classify import BadPair, classify
from streams.detection.detect import explain as find_statements
from streams.detection.phrases import spoken_for
from streams.history import OnRecord, Source, World
from streams.injecting import powers
from streams.intake.cleaning import cleaned
from streams.intake.day_closer import close_days
from streams.intake.document import Document, Refusal
from streams.intake.producer import Producer, produce
from streams.intake.reading import NoInput, documents
from streams.judgement.bearing import bearing, ground
from streams.judgement.calibration import TooShort
from streams.judgement.differences import differences
from streams.judgement.explain import sentence
from streams.judgement.panel import see
from streams.judgement.refolding import Refolded, at_close, closed_now
from streams.judgement.rules import Profile, Rules
from streams.judgement.scoring import Known
from streams.line import Line, PartGivenUp
from streams.log_file import BadLog, LogFile
from streams.metrics import PortTaken
from streams.peers import compare
from streams.plotting import picture
from streams.replaying import Sorted, outcome, replay_in, sort_out
from streams.series import BadSeries, History, read_history, read_known
from streams.settings import (
    SHIPPED,
    BadSetting,
    Environment,
    Settings,
    changed_rules,
    read_environment,
    read_other_rules,
    read_settings,
)
from streams.views_of_history import View

DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit status: done; the work failed; the call or the input is wrong; Ctrl-C."""

HOME = Path(".stance")
"""Where a local line keeps its broker and logs."""

RECORDS_TOLD = 1_000
"""Records between two tellings of progress."""

Answer = TypeVar("Answer")

app = typer.Typer(
    help="Which government said or did what to whom, how stances toward China and the United States shift, and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
broker = typer.Typer(help="The local Kafka alone.", no_args_is_help=True)
app.add_typer(broker, name="broker")

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .md, .jsonl), folders, or - for standard input.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output, nothing else.")]
Prefix = Annotated[str | None, typer.Option(help="Put before topic names; else STANCE_PREFIX.")]
FromFile = Annotated[
    Path | None,
    typer.Option("--from", help="A log in a file, as `stance statements --json` writes it; no Kafka needed."),
]
Speed = Annotated[float | None, typer.Option(min=0.001, help="Days a second; else as fast as the line.")]


Series = Annotated[
    Path, typer.Argument(help="Daily edges (.csv: date, iso3, chn_edge, usa_edge) or statements (.jsonl).")
]
Pole = Annotated[str | None, typer.Option(help="Only toward this pole.")]
Budget = Annotated[float, typer.Option(min=0.01, max=10.0, help="False alarms a year of an actor toward a pole.")]
AProfile = Annotated[Profile | None, typer.Option(help="What the evidence is like; else as the file is.")]


class WrongCall(ValueError):
    """The call or its input cannot be used; the message says what, where and what to do."""


def main() -> None:
    """Run the program: every expected failure is one line on standard error and an exit status."""
    # Also SIGINT, which a shell ignores on behalf of what it starts in the background.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        app()
    except (BadSetting, BadLog, BadSeries, TooShort, WrongCall, NoInput, BadPair, PortTaken) as failure:
        _fail(str(failure), WRONG)
    except (BrokerError, PartGivenUp, OSError) as failure:
        _fail(str(failure), FAILED)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)


@app.command()
def demo() -> None:
    """Replay the sample briefs on a local Kafka and show the alerts; leaves nothing running."""
    briefs = Path(__file__).parents[1] / "seeds" / "articles"
    if not briefs.is_dir():
        raise WrongCall(f"{briefs} is not there: run the demo from a clone of the repository")
    environment, settings = _settings(None)
    given = _sorted([str(briefs)])
    with _world(environment) as world:
        _replayed(world, given, environment, settings, None)
        composition.tell_all(world, settings, [ConsoleChannel(out)])
        done = asyncio.run(outcome(world, settings))
    out.print(views.stances_tables(done.stances, views.standing(done.steps)))
    out.print(
        f"{len(given.articles)} articles, {done.statements} statements, {len(done.steps)} steps of shifts.\n\n"
        "Next:\n"
        "  .venv/bin/stance replay seeds/articles --json   the same for programs\n"
        "  .venv/bin/stance detect FILE                    what is found in a text of yours\n"
        "  .venv/bin/stance up                             the whole line, kept running\n"
        "  .venv/bin/stance --help                         everything else"
    )


@app.command()
def up(
    directory: Annotated[Path, typer.Option(help="Where the local Kafka and the logs are kept.")] = HOME,
    metrics_port: Annotated[int, typer.Option(min=0, max=65_532, help="First of four; 0 takes free ones.")] = 9464,
) -> None:
    """Keep the whole line running until Ctrl-C: broker, workers, notifier, closer of days, metrics."""
    environment, _ = _settings(None)
    with _kept_broker(environment, directory / "kafka") as bootstrap:
        world = World(bootstrap, environment.prefix)
        topics.create(*world)
        logs = directory / "logs"
        with Line(composition.live_parts(world, environment, metrics_port), logs) as line:
            err.print(f"Kafka at {bootstrap}; logs in {logs}; metrics on loopback from port {metrics_port} on")
            err.print("Feed it: .venv/bin/stance produce PATH...   End it: Ctrl-C")
            while not threading.Event().wait(0.5):
                line.insist()


@broker.command("start")
def broker_start(port: Annotated[int | None, typer.Option(help="Where to listen; else a free port.")] = None) -> None:
    """Start the local Kafka; it goes on after this command."""
    running = local.start(local.DEFAULT_DIRECTORY, port)
    out.print(f"Kafka at {running.bootstrap} (process {running.pid})")


@broker.command("stop")
def broker_stop() -> None:
    """End the local Kafka; its records stay."""
    running = local.stop(local.DEFAULT_DIRECTORY)
    out.print(f"ended process {running.pid}" if running else "no local Kafka runs here")


@broker.command("status")
def broker_status() -> None:
    """Tell whether the local Kafka runs; exit status 1 when it does not."""
    running = local.status(local.DEFAULT_DIRECTORY)
    if running is None:
        raise BrokerError("no local Kafka runs here: start one with `stance broker start`")
    out.print(f"Kafka at {running.bootstrap} (process {running.pid})")


@app.command("produce")
def produce_articles(paths: Paths, prefix: Prefix = None, as_json: Json = False) -> None:
    """Put articles onto Kafka, and return."""
    environment, _ = _settings(prefix)
    now = composition.now()
    world = _running_world(environment)
    topics.create(*world)
    with Producer(*world) as producer:
        done = produce(documents(paths), producer, now, _say_refused)
    if as_json:
        typer.echo(views.json_line({"type": "summary", "articles": done.published, "rejected": done.refused}))
    else:
        out.print(f"{done.published} articles produced, {done.refused} refused")
    if not done.published:
        raise WrongCall("nothing could be taken")


@app.command()
def replay(
    paths: Paths,
    as_json: Json = False,
    speed: Speed = None,
    prefix: Prefix = None,
    send: Annotated[bool, typer.Option(help="Send the alerts to Slack, too.")] = False,
) -> None:
    """Replay articles in a world of their own and print the shifts and alerts that they give."""
    environment, settings = _settings(prefix)
    if send and environment.slack is None:
        raise WrongCall("--send needs STANCE_SLACK_WEBHOOK_URL or STANCE_SLACK_WEBHOOK_URL_FILE")
    given = _sorted(paths)
    with _world(environment) as world:
        _replayed(world, given, environment, settings, speed)
        rows: list[dict[str, Any]] = []
        channel: Channel = JsonChannel(rows.append) if as_json else ConsoleChannel(out)
        _tell(world, settings, channel, environment if send else None)
        done = asyncio.run(outcome(world, settings))
    summary = {
        "type": "summary",
        "articles": len(given.articles),
        "rejected": len(given.refused),
        "statements": done.statements,
        "shifts": len(done.steps),
        "alerts": len(rows),
        "state_hash": done.state_hash,
    }
    if as_json:
        rows.sort(key=lambda row: (row["at"], row["actor"], row["pole"], row["id"]))
        for row in (*map(views.shift_row, done.steps), *rows, summary):
            typer.echo(views.json_line(row))
    else:
        out.print(views.shifts_table(done.steps))
        out.print(views.stances_tables(done.stances, views.standing(done.steps)))
        out.print(f"state hash {done.state_hash}")


@app.command()
def worker(stage: Annotated[str, typer.Argument(help="detection or judgement")], prefix: Prefix = None) -> None:
    """Run a stage of the line until it is told to end."""
    if stage not in composition.STAGES:
        raise WrongCall(f"no stage {stage!r}: choose {' or '.join(composition.STAGES)}")
    environment, settings = _settings(prefix)
    world = _running_world(environment)
    topics.create(*world)
    composition.run_worker(stage, world, environment, settings)


@app.command()
def notify(prefix: Prefix = None) -> None:
    """Tell shifts to Slack (STANCE_SLACK_WEBHOOK_URL), else on the console, until told to end."""
    environment, settings = _settings(prefix)
    world = _running_world(environment)
    topics.create(*world)
    composition.run_notifier(world, environment, settings, out)


@app.command("close-days")
def close_days_live(prefix: Prefix = None) -> None:
    """Close each day at midnight UTC for every watched actor, until told to end."""
    environment, settings = _settings(prefix)
    world = _running_world(environment)
    topics.create(*world)
    watched = composition.watched(environment, settings)
    with Producer(*world) as producer, watched.serve(lambda: True):
        close_days(producer, settings.watch.actors, threading.Event())


@app.command("detect")
def detect_statements(
    paths: Paths,
    as_json: Json = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show which words decided, and what was dropped.")] = False,
) -> None:
    """Find the statements in texts; no Kafka needed."""
    rows = []
    refused = 0
    for document in documents(paths):
        if isinstance(document, Refusal):
            refused += 1
            _say_refused(document)
            continue
        for row in _statement_rows(document, explain):
            if as_json:
                typer.echo(views.json_line(row))
            else:
                rows.append(row)
    if not as_json:
        out.print(views.statements_table(rows))
    if refused:
        raise WrongCall(f"{refused} could not be read")


_PAIRS_AT_ONCE = 512
"""Pairs read together: enough for sentences of like length to share a batch, few enough to stream."""


@app.command("classify")
def classify_pairs(
    paths: Annotated[list[Path], typer.Argument(help="JSON lines with id and marked; - for standard input.")],
    as_json: Json = False,
) -> None:
    """Classify given pairs: what <s>source</s> does to <t>target</t> in a sentence."""
    given = views.json_rows(paths)
    while rows := list(islice(given, _PAIRS_AT_ONCE)):
        for row, told in zip(rows, classify([row["marked"] for row in rows]), strict=True):
            line = views.classification_row(row["id"], told)
            typer.echo(views.json_line(line) if as_json else str(line))


@app.command("actor")
def actor_of_phrase(
    phrase: Annotated[
        str, typer.Argument(help="A phrase, a file of JSON lines with id, phrase and on, or - for them.")
    ],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; else any day.")] = None,
    as_json: Json = False,
) -> None:
    """Tell whom a phrase such as "the Danish prime minister" speaks for; nothing where that is not sure."""
    many = phrase == "-" or phrase.endswith(".jsonl")
    asked = views.json_rows([Path(phrase)], "phrase") if many else [{"phrase": phrase}]
    for row in asked:
        day = _day(row) or (on.date() if on else None)
        told = views.spoken_row(row["phrase"], spoken_for(row["phrase"], day))
        line = {"id": row["id"], **told} if many else told
        typer.echo(views.json_line(line) if as_json else views.spoken_line(told))


def _day(row: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(row["on"]) if row.get("on") else None
    except (ValueError, TypeError) as failure:
        raise NoInput(f"{row['id']}: `on` is a day such as 2024-05-01, not {row['on']!r}") from failure


@app.command()
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
    environment, settings = _settings(prefix)
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


@app.command()
def shifts(file: FromFile = None, prefix: Prefix = None, as_json: Json = False) -> None:
    """Show every step of every shift."""
    environment, settings = _settings(prefix)
    steps = asyncio.run(history.steps_of(_source(file, environment, settings), settings.judgement))
    if as_json:
        for step in steps:
            typer.echo(views.json_line(views.shift_row(step)))
    else:
        out.print(views.shifts_table(steps))


@app.command()
def statements(
    actor: Annotated[str | None, typer.Option(help="Whose, such as GBR.")] = None,
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Show the statements of the log with their ids; --json gives the whole log, closed days too, for --from."""
    environment, settings = _settings(prefix)
    asyncio.run(_tell_statements(_source(file, environment, settings), actor, as_json))


async def _tell_statements(source: Source, actor: str | None, as_json: bool) -> None:
    told = (event async for event in history.read_log_of(source) if actor in (None, event.actor))
    if as_json:
        async for event in told:
            typer.echo(event.model_dump_json())
    else:
        out.print(views_of_history.log_table([each async for each in told if isinstance(each, StatementDetected)]))


@app.command()
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
    environment, settings = _settings(prefix)
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
    log = asyncio.run(history.log_of_actor(source, statement.actor))
    told = bearing(statement, log, settings.judgement)
    if as_json:
        typer.echo(views.json_line(views_of_history.bearing_row(told)))
    else:
        out.print(views_of_history.bearing_tables(told))


@app.command("what-if")
def what_if(
    rules: Annotated[Path, typer.Argument(help="A stance.toml, or only those of its keys that differ.")],
    file: FromFile = None,
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Judge the log again under other rules and show which shifts differ; nothing is changed."""
    environment, settings = _settings(prefix)
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


@app.command()
def rebuild(prefix: Prefix = None, as_json: Json = False) -> None:
    """Fold the log again and compare its state hash with the live one; exit status 1 when they differ."""
    environment, settings = _settings(prefix)
    world = _running_world(environment)
    again = _folded("folding", partial(history.refold, world, settings.judgement))
    rebuilt, live = history.hash_of(again), asyncio.run(history.live_hash(world))
    same = rebuilt == live
    if as_json:
        typer.echo(views.json_line({"type": "rebuild", "same": same, "rebuilt": rebuilt, "live": live}))
    else:
        out.print(f"rebuilt {rebuilt}\nlive    {live}\n{'the same' if same else 'DIFFERENT'}")
    if not same:
        raise typer.Exit(FAILED)


@app.command("backtest")
def backtest_series(  # noqa: PLR0913 -- an option each
    series: Series,
    known: Annotated[Path, typer.Option(help="CSV of known shifts: id, actor, toward, direction, onset, what.")],
    pole: Pole = None,
    train_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Set thresholds by this day, judge what follows.")
    ] = None,
    budget: Budget = 0.5,
    profile: AProfile = None,
    inject: Annotated[bool, typer.Option("--inject", help="Also put shifts in, and tell how many are found.")] = False,
    peers: Annotated[bool, typer.Option("--peers", help="Also under ADWIN, Page-Hinkley, CUSUM; needs river.")] = False,
    plot: Annotated[str | None, typer.Option(help="ACTOR/POLE to draw, into ACTOR-POLE.svg here.")] = None,
    as_json: Json = False,
) -> None:
    """Judge a history under a budget of false alarms and compare the alarms with known shifts; no Kafka needed."""
    rules, history_ = _history(series, pole, profile)
    shifts_ = read_known(known)
    done = backtest(history_, shifts_, rules, budget, train_until.date() if train_until else None)
    power = powers(history_.source, rules, done.calibration) if inject else []
    others = compare(history_, shifts_, rules, done) if peers else []
    if plot:
        _plotted(history_, rules, done, shifts_, plot)
    if as_json:
        more = {"inject": [each.row() for each in power]} if inject else {}
        more |= {"peers": [each.row() for each in others]} if peers else {}
        typer.echo(views.json_line({**done.row(), **more}))
    else:
        out.print(views_of_backtests.summary(done, power, others))


def _plotted(history: History, rules: Rules, done: Backtest, known: Sequence[Known], named: str) -> None:
    actor, _, pole = named.partition("/")
    if (actor, pole) not in history.pairs:
        raise WrongCall(f"--plot {named}: no such pair is judged; give one as GBR/CHN")
    figures = see(history.source.panel(1), rules).figure[:, history.pairs.index((actor, pole))]
    days = [history.day(row) for row in range(len(figures))]
    path = Path(f"{actor}-{pole}.svg")
    path.write_text(picture(days, figures, (actor, pole), done, known), encoding="utf-8")
    err.print(f"drawn: {path}")


@app.command("calibrate")
def calibrate_thresholds(
    series: Annotated[Path | None, typer.Argument(help="A history; else made-up steady actors.")] = None,
    budget: Budget = 0.5,
    pole: Pole = None,
    profile: AProfile = None,
    write: Annotated[Path, typer.Option(help="The settings that get the thresholds.")] = Path("stance.toml"),
    as_json: Json = False,
) -> None:
    """Find the thresholds that keep to a budget of false alarms, and write them to stance.toml with the evidence."""
    if series is None:
        rules, source, on = _rules(profile or "sparse"), made_up(_rules("sparse")), "made-up steady actors"
    else:
        rules, history_ = _history(series, pole, profile)
        source, on = history_.source, series.name
    found, rate = calibrate(source, rules, budget)
    write.write_text(with_thresholds(_own_settings(write), rules, found, rate, on), encoding="utf-8")
    if as_json:
        typer.echo(views.json_line({**views_of_backtests.calibration_row(found, rate, on), "written": str(write)}))
    else:
        out.print(f"warming {found.warming}, cooling {found.cooling}: {rate:.3f} alarms a year for {budget} on fresh")
        out.print(f"shuffles of {on} ({found.block_days}-day blocks, {found.actor_years:.0f} years); in {write}")


def _history(series: Path, pole: str | None, profile: Profile | None) -> tuple[Rules, History]:
    """Rules of the profile that the evidence asks for (edges are dense, statements sparse), and the history."""
    rules = _rules(profile or ("dense" if series.suffix == ".csv" else "sparse"))
    return rules, read_history(series, rules, [pole] if pole else rules.poles)


def _rules(profile: Profile) -> Rules:
    """The user's rules, if they are of this profile; else those that ship."""
    own = read_settings(read_environment().config).judgement
    return own if own.profile == profile else Rules(profile=profile)


def _own_settings(path: Path) -> str:
    return (path if path.is_file() else SHIPPED).read_text(encoding="utf-8")


def _settings(prefix: str | None) -> tuple[Environment, Settings]:
    environment = read_environment()
    if prefix is not None:
        environment = environment.model_copy(update={"prefix": prefix})
    return environment, read_settings(environment.config)


def _source(file: Path | None, environment: Environment, settings: Settings) -> Source:
    """Where the log stands: the file where one is given, else the topics of the world that is there."""
    return LogFile(file, settings.watch.actors) if file else _running_world(environment)


def _folded(what: str, fold: Callable[[OnRecord], Coroutine[Any, Any, Answer]]) -> Answer:
    """What a reading of the log gives, with its progress shown."""
    with _progress("reading the log:") as progress:
        task = progress.add_task(what, total=None)
        counted = itertools.count(1)

        def on_record() -> None:
            if (number := next(counted)) % RECORDS_TOLD == 0:
                progress.update(task, completed=number)

        return asyncio.run(fold(on_record))


def _sorted(paths: Sequence[str]) -> Sorted:
    with _progress("reading") as progress:
        task = progress.add_task("reading", total=None)
        given = sort_out(list(progress.track(documents(paths), task_id=task)))
    for refusal in given.refused:
        _say_refused(refusal)
    if not given.articles:
        raise WrongCall("nothing could be taken: see the reasons above")
    return given


def _replayed(world: World, given: Sorted, environment: Environment, settings: Settings, speed: float | None) -> None:
    logs = Path(tempfile.mkdtemp(prefix="stance-logs-"))
    with _progress("replaying") as progress:
        task = progress.add_task("starting", total=len(given.articles))
        replay_in(
            world,
            given,
            environment,
            settings,
            logs,
            speed,
            lambda done, _total, day: progress.update(task, completed=done, description=str(day)),
        )
    shutil.rmtree(logs)


def _tell(world: World, settings: Settings, channel: Channel, sending: Environment | None) -> None:
    if sending is None or sending.slack is None:
        composition.tell_all(world, settings, [channel])
        return
    composition.tell_all(world, settings, [channel, SlackChannel(sending.slack, httpx.AsyncClient())])


def _running_world(environment: Environment) -> World:
    """The world that is there: KAFKA_BOOTSTRAP, else the local Kafka that runs here."""
    running = None if environment.bootstrap else local.status(local.DEFAULT_DIRECTORY)
    bootstrap = environment.bootstrap or (running.bootstrap if running else None)
    if bootstrap is None:
        raise BrokerError("no Kafka: run `stance up` or `stance broker start`, or set KAFKA_BOOTSTRAP")
    assert_reachable(bootstrap)
    return World(bootstrap, environment.prefix)


@contextmanager
def _world(environment: Environment) -> Iterator[World]:
    """A world for a replay: the one named by a prefix, which stays, else a fresh one, which goes."""
    prefix = environment.prefix or f"replay-{uuid.uuid4().hex[:8]}-"
    running = None if environment.bootstrap else local.status(local.DEFAULT_DIRECTORY)
    bootstrap = environment.bootstrap or (running.bootstrap if running else None)
    if bootstrap is None:
        with tempfile.TemporaryDirectory(prefix="stance-") as directory, local.LocalKafka(Path(directory)) as kafka:
            yield World(kafka.bootstrap, prefix)
        return
    assert_reachable(bootstrap)
    try:
        yield World(bootstrap, prefix)
    finally:
        if not environment.prefix:
            topics.delete(bootstrap, prefix)


@contextmanager
def _kept_broker(environment: Environment, directory: Path) -> Iterator[str]:
    if environment.bootstrap:
        assert_reachable(environment.bootstrap)
        yield environment.bootstrap
    else:
        with local.LocalKafka(directory) as kafka:
            yield kafka.bootstrap


def _statement_rows(document: Document, explained: bool) -> Iterator[dict[str, Any]]:
    published = document.published.date() if document.published else None
    for decision in find_statements(cleaned(document.text), published):
        quote = document.text[decision.finding.start : decision.finding.end]
        if explained:
            yield views.proposal_row(document.id, decision, quote, published)
        elif decision.dropped is None:
            yield views.statement_row(document.id, decision.finding, quote, published)


def _say_refused(refusal: Refusal) -> None:
    err.print(f"refused: {refusal.where}: {refusal.reason}", markup=False)


def _progress(what: str) -> Progress:
    return Progress(
        TextColumn(f"{what} {{task.description}}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def _interrupt(_number: int, _frame: object) -> Never:
    raise KeyboardInterrupt


def _fail(message: str, status: int) -> Never:
    err.print(f"stance: {message}", style="red", markup=False, soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
