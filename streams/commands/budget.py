"""Commands that set a budget of false alarms and try it on a history, without Kafka."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from streams import views, views_of_backtests
from streams.backtesting import Backtest, backtest, calibrate, made_up, with_thresholds
from streams.injecting import powers
from streams.judgement.panel import see
from streams.judgement.rules import Profile, Rules
from streams.judgement.scoring import Known
from streams.peers import compare
from streams.plotting import picture
from streams.series import History, read_history, read_known
from streams.settings import SHIPPED, read_environment, read_settings
from streams.terminal import Json, WrongCall, err, out

Series = Annotated[
    Path, typer.Argument(help="Daily edges (.csv: date, iso3, chn_edge, usa_edge) or statements (.jsonl).")
]
Pole = Annotated[str | None, typer.Option(help="Only toward this pole.")]
Budget = Annotated[float, typer.Option(min=0.01, max=10.0, help="False alarms a year of an actor toward a pole.")]
AProfile = Annotated[Profile | None, typer.Option(help="What the evidence is like; else as the file is.")]


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


def calibrate_thresholds(
    series: Annotated[Path | None, typer.Argument(help="A history; else made-up steady actors.")] = None,
    budget: Budget = 0.5,
    pole: Pole = None,
    profile: AProfile = None,
    write: Annotated[Path, typer.Option(help="The settings that get the thresholds.")] = Path("stance.toml"),
    as_json: Json = False,
) -> None:
    """Find the thresholds that keep to a budget of false alarms, and write them to stance.toml with the evidence."""
    if series is None and profile == "dense":
        raise WrongCall("--profile dense needs a history: made-up actors speak 5 to 100 times a year")
    if series is None:
        rules, source, on = _rules("sparse"), made_up(_rules("sparse")), "made-up steady actors"
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
