"""What a backtest shows to people."""

from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table

from streams.backtesting import Backtest
from streams.injecting import WITHIN, Power
from streams.judgement.calibration import Calibration
from streams.judgement.scoring import Score, median_delay
from streams.peers import Compared


def summary(done: Backtest, power: Sequence[Power], peers: Sequence[Compared]) -> Group:
    """The rates beside the budget, the hits beside chance, and every alarm."""
    return Group(_rates(done), *([_powers(power)] if power else []), *([_peers(peers)] if peers else []), _alarms(done))


def calibration_row(found: Calibration, rate: float, on: str) -> dict[str, Any]:
    """As `calibrate --json` gives it: thresholds, budget, and the rate on shuffles that had no part in them."""
    return {"type": "calibration", **found._asdict(), "shuffled_rate": round(rate, 4), "on": on}


def _rates(done: Backtest) -> Table:
    table = Table("what", "measured", title="Backtest", box=SIMPLE_HEAD)
    scope, found = done.scope, done.calibration
    table.add_row("judged", f"{scope.first} to {scope.last}, {scope.actor_years:.0f} years of an actor toward a pole")
    table.add_row("alarms a year", f"{done.rate:.2f} ({len(done.told)} alarms)")
    table.add_row(
        f"on shuffled history, {found.block_days}-day blocks",
        f"{done.shuffled_rate:.2f} for a budget of {found.budget}",
    )
    table.add_row("thresholds", f"warming {found.warming}, cooling {found.cooling}")
    table.add_row("known shifts hit, strict", _hits(done.strict))
    table.add_row("known shifts hit, wide", _hits(done.wide))
    delay = median_delay(done.strict)
    table.add_row("median delay", "none hit" if delay is None else f"{delay:g} days")
    return table


def _powers(power: Sequence[Power]) -> Table:
    columns = ("injected", "size", "found", "where most days have evidence", "median delay")
    table = Table(*columns, title=f"Found within {WITHIN} days", box=SIMPLE_HEAD)
    for each in power:
        found = f"{each.found} of {each.injected} ({each.share:.0%})"
        often = "-" if each.share_most_days is None else f"{each.share_most_days:.0%} of {each.injected_most_days}"
        table.add_row(each.direction, f"{each.size:g} scales", found, often, f"{each.median_delay_days} days")
    return table


def _peers(peers: Sequence[Compared]) -> Table:
    table = Table("detector", "alarms a year", "strict", "wide", title="Under the same budget", box=SIMPLE_HEAD)
    for each in peers:
        table.add_row(each.name, f"{each.rate:.2f}", _hits(each.strict), _hits(each.wide))
    return table


def _hits(found: Score) -> str:
    return f"{found.hits} of {found.of} (by chance {found.chance:.1f})"


def _alarms(done: Backtest) -> Table:
    table = Table("date", "actor", "pole", "direction", "", title="Alarms", box=SIMPLE_HEAD)
    for told in done.told:
        table.add_row(str(told.at), told.actor, told.pole, told.direction, "escalated" if told.escalates else "")
    return table
