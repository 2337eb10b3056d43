"""A backtest: a history judged under thresholds that its own shuffled days set, against known shifts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from streams.judgement.alarming import alarms
from streams.judgement.calibration import SIGNS, Calibration, Source, TooShort, Votes, alarm_rate, calibrated, shuffle
from streams.judgement.panel import Panel, see
from streams.judgement.rules import Rules
from streams.judgement.scoring import STRICT, WIDE, Known, Scope, Score, Told, median_delay, score
from streams.judgement.simulation import LEVELS, Cast, simulate
from streams.series import History

_CALIBRATING, _CHECKING = 1, 2
"""Seeds: the shuffles on which a budget is checked are not those on which it was set."""


_JUDGEMENT = "[judgement]"
_EVIDENCE = ("# Set by `stance calibrate` for", "# that it had not seen (")
"""How the lines begin that `with_thresholds` writes above its numbers, and replaces."""


class Backtest(NamedTuple):
    """What was told, and under what."""

    told: list[Told]
    scope: Scope
    calibration: Calibration
    shuffled_rate: float
    strict: Score
    wide: Score

    @property
    def rate(self) -> float:
        """Alarms a year of an actor toward a pole."""
        return len(self.told) / self.scope.actor_years

    def row(self) -> dict[str, Any]:
        """As `backtest --json` gives it."""
        return {
            "actor_years": round(self.scope.actor_years, 2),
            "alarms": len(self.told),
            "rate": round(self.rate, 4),
            "shuffled_rate": round(self.shuffled_rate, 4),
            "budget": self.calibration.budget,
            "thresholds": dict(self.calibration.thresholds),
            "block_days": self.calibration.block_days,
            "calibration_years": round(self.calibration.actor_years),
            "strict": _score_row(self.strict),
            "wide": _score_row(self.wide),
            "median_delay_days": median_delay(self.strict),
            "list": [_told_row(each) for each in self.told],
        }


def backtest(
    history: History, known: Sequence[Known], rules: Rules, budget: float, train_until: date | None = None
) -> Backtest:
    """Set thresholds on the history, or on what came up to and including `train_until`, and judge what comes after.

    Raises:
        TooShort: nothing can be judged, or nothing is left after `train_until`.
    """
    start = (train_until - history.first).days + 1 if train_until else 0
    if train_until and not 0 < start < history.source.days:
        raise TooShort(f"{train_until} leaves nothing to train on or nothing to judge")
    past = history.source.until(start) if start else history.source
    calibration = calibrated(past, rules, budget, _CALIBRATING)
    told = tell(history, rules, calibration, start)
    scope = _scope(history, rules, start)
    return Backtest(
        told,
        scope,
        calibration,
        alarm_rate(shuffle(past, rules, _CHECKING), rules, calibration.thresholds),
        score(told, known, scope, STRICT),
        score(told, known, scope, WIDE),
    )


def tell(history: History, rules: Rules, calibration: Calibration, start: int = 0) -> list[Told]:
    """The alarms of a history from row `start` on, by day."""
    found = []
    for direction, sign in SIGNS.items():
        seen = see(history.source.panel(sign), rules)
        for alarm in alarms(seen, sign, calibration.thresholds[direction], rules):
            actor, pole = history.pairs[alarm.series]
            if alarm.day >= start:
                found.append(Told(actor, pole, direction, history.day(alarm.day), alarm.escalates))
    return sorted(found, key=lambda each: (each.at, each.actor, each.pole))


def _scope(history: History, rules: Rules, start: int) -> Scope:
    """What can alarm from row `start` on."""
    source = history.source
    begun = see(source.panel(1), rules).begun + rules.warm_up
    judged = np.maximum(source.days - np.maximum(begun, start), 0)
    first = max(start, int(begun.min()))
    audible = frozenset(pair for pair, days in zip(history.pairs, judged, strict=True) if days)
    last = history.first + timedelta(days=source.days - 1)
    return Scope(audible, history.actors, history.day(first), last, float(judged.sum() / 365.25))


def _score_row(found: Score) -> dict[str, Any]:
    return {"hits": found.hits, "of": found.of, "chance": round(found.chance, 2)}


def _told_row(told: Told) -> dict[str, Any]:
    return {
        "actor": told.actor,
        "pole": told.pole,
        "direction": told.direction,
        "date": told.at.isoformat(),
        "status": "escalated" if told.escalates else "confirmed",
    }


def calibrate(source: Source, rules: Rules, budget: float) -> tuple[Calibration, float]:
    """Thresholds for a budget, and the alarm rate that they give on shuffles they have not seen."""
    found = calibrated(source, rules, budget, _CALIBRATING)
    return found, alarm_rate(shuffle(source, rules, _CHECKING), rules, found.thresholds)


def made_up(rules: Rules) -> Source:
    """Steady actors of every level that speak 5 to 100 times a year, each frequency alike, for eight years."""
    panels = [simulate(Cast(LEVELS, per_year), rules, seed) for seed, per_year in enumerate((5, 12, 30, 100))]
    return Votes(Panel(*(np.concatenate(each, axis=1) for each in zip(*panels, strict=True))))


def with_thresholds(settings: str, rules: Rules, found: Calibration, rate: float, on: str) -> str:
    """The text of a stance.toml with the thresholds, and what they rest on, in place of any that it had."""
    evidence = (
        f"# Set by `stance calibrate` for {found.budget} false alarms a year of an actor toward a pole; on shuffles\n"
        f"# that it had not seen ({found.block_days}-day blocks of {on}, {found.actor_years:.0f} years): {rate:.3f}."
    )
    own = {
        "profile": f'profile = "{rules.profile}"',
        "warming_threshold": f"{evidence}\nwarming_threshold = {found.warming}",
        "cooling_threshold": f"cooling_threshold = {found.cooling}",
    }
    lines = [own.pop(_key(line), line) for line in settings.splitlines() if not line.startswith(_EVIDENCE)]
    if _JUDGEMENT not in lines:
        lines += ["", _JUDGEMENT]
    at = lines.index(_JUDGEMENT) + 1
    return "\n".join([*lines[:at], *own.values(), *lines[at:], ""])


def _key(line: str) -> str:
    return line.partition("=")[0].strip()
