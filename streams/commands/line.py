"""Commands that run the line: its parts, articles into it, statements out of it, and the local Kafka."""

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from streams import composition, history, views
from streams.alerting.channel import Channel
from streams.alerting.console import ConsoleChannel
from streams.alerting.json_lines import JsonChannel
from streams.alerting.slack import SlackChannel
from streams.broker import local, topics
from streams.broker.errors import BrokerError
from streams.history import World
from streams.intake.day_closer import close_days
from streams.intake.producer import Producer, produce
from streams.intake.reading import documents
from streams.judgement.withdrawing import retractions
from streams.line import Line
from streams.replaying import Sorted, outcome, replay_in, sort_out
from streams.settings import Environment, Settings
from streams.terminal import Json, Paths, Prefix, WrongCall, err, out, say_refused, settings_of, showing
from streams.worlds import kept_broker, running_world, world_for_replay

HOME = Path(".stance")
"""Where a local line keeps its broker and logs."""

Speed = Annotated[float | None, typer.Option(min=0.001, help="Days a second; else as fast as the line.")]


def demo() -> None:
    """Replay the sample briefs on a local Kafka and show the alerts; leaves nothing running."""
    briefs = Path(__file__).parents[2] / "seeds" / "articles"
    if not briefs.is_dir():
        raise WrongCall(f"{briefs} is not there: run the demo from a clone of the repository")
    environment, settings = settings_of(None)
    given = _sorted([str(briefs)])
    with world_for_replay(environment) as world:
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


def up(
    directory: Annotated[Path, typer.Option(help="Where the local Kafka and the logs are kept.")] = HOME,
    metrics_port: Annotated[int, typer.Option(min=0, max=65_532, help="First of four; 0 takes free ones.")] = 9464,
) -> None:
    """Keep the whole line running until Ctrl-C: broker, workers, notifier, closer of days, metrics."""
    environment, _ = settings_of(None)
    with kept_broker(environment, directory / "kafka") as bootstrap:
        world = World(bootstrap, environment.prefix)
        topics.create(*world)
        logs = directory / "logs"
        with Line(composition.live_parts(world, environment, metrics_port), logs) as line:
            err.print(f"Kafka at {bootstrap}; logs in {logs}; metrics on loopback from port {metrics_port} on")
            err.print("Feed it: .venv/bin/stance produce PATH...   End it: Ctrl-C")
            while not threading.Event().wait(0.5):
                line.insist()


def broker_start(port: Annotated[int | None, typer.Option(help="Where to listen; else a free port.")] = None) -> None:
    """Start the local Kafka; it goes on after this command."""
    running = local.start(local.DEFAULT_DIRECTORY, port)
    out.print(f"Kafka at {running.bootstrap} (process {running.pid})")


def broker_stop() -> None:
    """End the local Kafka; its records stay."""
    running = local.stop(local.DEFAULT_DIRECTORY)
    out.print(f"ended process {running.pid}" if running else "no local Kafka runs here")


def broker_status() -> None:
    """Tell whether the local Kafka runs; exit status 1 when it does not."""
    running = local.status(local.DEFAULT_DIRECTORY)
    if running is None:
        raise BrokerError("no local Kafka runs here: start one with `stance broker start`")
    out.print(f"Kafka at {running.bootstrap} (process {running.pid})")


def produce_articles(paths: Paths, prefix: Prefix = None, as_json: Json = False) -> None:
    """Put articles onto Kafka, and return."""
    environment, _ = settings_of(prefix)
    now = composition.now()
    world = running_world(environment)
    topics.create(*world)
    with Producer(*world) as producer:
        done = produce(documents(paths), producer, now, say_refused)
    if as_json:
        typer.echo(views.json_line({"type": "summary", "articles": done.published, "rejected": done.refused}))
    else:
        out.print(f"{done.published} articles produced, {done.refused} refused")
    if not done.published:
        raise WrongCall("nothing could be taken")


def retract(
    identifier: Annotated[str, typer.Argument(help="A statement (st-...), or an article (art-...) with all of its.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words: it stands in the log, beside what is taken back.")],
    prefix: Prefix = None,
    as_json: Json = False,
) -> None:
    """Take back what a withdrawn article or a misread sentence counted for; the next close of a day judges again."""
    if not (why := reason.strip()):
        raise WrongCall(f"{identifier}: say why with --reason")
    environment, settings = settings_of(prefix)
    world = running_world(environment)
    held = asyncio.run(history.held_of(world, identifier))
    if not held:
        raise WrongCall(
            f"{identifier}: nothing of this id stands in the log that is not taken back; `stance statements` lists ids"
        )
    log = asyncio.run(history.log_of(world, {statement.actor for statement in held}))
    with Producer(*world) as producer:
        for back in retractions(held, log, composition.now(), why, settings.judgement):
            producer.publish(back)
    for statement in held:
        row = {"type": "retraction", "id": statement.id, "actor": statement.actor, "target": statement.target}
        line = f"taken back: {statement.id} ({statement.actor} on {statement.target}): {statement.quote}"
        typer.echo(views.json_line({**row, "reason": why}) if as_json else line)


def replay(
    paths: Paths,
    as_json: Json = False,
    speed: Speed = None,
    prefix: Prefix = None,
    send: Annotated[bool, typer.Option(help="Send the alerts to Slack, too.")] = False,
) -> None:
    """Replay articles in a world of their own and print the shifts and alerts that they give."""
    environment, settings = settings_of(prefix)
    if send and environment.slack is None:
        raise WrongCall("--send needs STANCE_SLACK_WEBHOOK_URL or STANCE_SLACK_WEBHOOK_URL_FILE")
    given = _sorted(paths)
    with world_for_replay(environment) as world:
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


def worker(stage: Annotated[str, typer.Argument(help="detection or judgement")], prefix: Prefix = None) -> None:
    """Run a stage of the line until it is told to end."""
    if stage not in composition.STAGES:
        raise WrongCall(f"no stage {stage!r}: choose {' or '.join(composition.STAGES)}")
    environment, settings = settings_of(prefix)
    world = running_world(environment)
    topics.create(*world)
    composition.run_worker(stage, world, environment, settings)


def notify(prefix: Prefix = None) -> None:
    """Tell shifts to Slack (STANCE_SLACK_WEBHOOK_URL), else on the console, until told to end."""
    environment, settings = settings_of(prefix)
    world = running_world(environment)
    topics.create(*world)
    composition.run_notifier(world, environment, settings, out)


def close_days_live(prefix: Prefix = None) -> None:
    """Close each day at midnight UTC for every watched actor, until told to end."""
    environment, settings = settings_of(prefix)
    world = running_world(environment)
    topics.create(*world)
    watched = composition.watched(environment, settings)
    with Producer(*world) as producer, watched.serve(lambda: True):
        close_days(producer, settings.watch.actors, threading.Event())


def _sorted(paths: Sequence[str]) -> Sorted:
    with showing("reading") as progress:
        task = progress.add_task("reading", total=None)
        given = sort_out(list(progress.track(documents(paths), task_id=task)))
    for refusal in given.refused:
        say_refused(refusal)
    if not given.articles:
        raise WrongCall("nothing could be taken: see the reasons above")
    return given


def _replayed(world: World, given: Sorted, environment: Environment, settings: Settings, speed: float | None) -> None:
    logs = Path(tempfile.mkdtemp(prefix="stance-logs-"))
    with showing("replaying") as progress:
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
