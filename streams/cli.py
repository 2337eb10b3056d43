"""The program `stance`: what can be asked of it."""

import signal
import sys
from typing import Never

import typer

from streams.broker.errors import BrokerError
from streams.commands import budget, line, record, texts
from streams.detection.classify import BadPair
from streams.intake.reading import NoInput
from streams.judgement.calibration import TooShort
from streams.line import PartGivenUp
from streams.log_file import BadLog
from streams.metrics import PortTaken
from streams.series import BadSeries
from streams.settings import BadSetting
from streams.terminal import FAILED, INTERRUPTED, WRONG, WrongCall, err

app = typer.Typer(
    help="Which government said or did what to whom, how stances toward China and the United States shift, and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
broker = typer.Typer(help="The local Kafka alone.", no_args_is_help=True)
app.add_typer(broker, name="broker")

app.command()(line.demo)
app.command()(line.up)
broker.command("start")(line.broker_start)
broker.command("stop")(line.broker_stop)
broker.command("status")(line.broker_status)
app.command("produce")(line.produce_articles)
app.command()(line.retract)
app.command()(line.replay)
app.command()(line.worker)
app.command()(line.notify)
app.command("close-days")(line.close_days_live)
app.command("detect")(texts.detect_statements)
app.command("classify")(texts.classify_pairs)
app.command("actor")(texts.actor_of_phrase)
app.command()(record.stances)
app.command()(record.shifts)
app.command()(record.statements)
app.command()(record.explain)
app.command("what-if")(record.what_if)
app.command()(record.rebuild)
app.command("backtest")(budget.backtest_series)
app.command("calibrate")(budget.calibrate_thresholds)


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


def _interrupt(_number: int, _frame: object) -> Never:
    raise KeyboardInterrupt


def _fail(message: str, status: int) -> Never:
    err.print(f"stance: {message}", style="red", markup=False, soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
