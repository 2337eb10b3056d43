"""A series as an SVG picture: the figure of each day between its thresholds, its alarms, and its known shifts."""

from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

from streams.backtesting import Backtest
from streams.judgement.calibration import SIGNS
from streams.judgement.panel import Array
from streams.judgement.scoring import Known, Told

_WIDTH, _HEIGHT, _MARGIN = 1000, 320, 40
_COLOURS = {"warming": "#0b6e4f", "cooling": "#b3261e"}


def picture(days: Sequence[date], figures: Array, pair: tuple[str, str], done: Backtest, known: Iterable[Known]) -> str:
    """The SVG text for one actor toward one pole; `figures` holds a number a day."""
    top = max(4.0, float(abs(figures).max()))

    def x(day: date) -> float:
        return _MARGIN + (day - days[0]).days / max(1, (days[-1] - days[0]).days) * (_WIDTH - 2 * _MARGIN)

    def y(figure: float) -> float:
        return _HEIGHT / 2 - figure / top * (_HEIGHT / 2 - _MARGIN)

    thresholds = done.calibration.thresholds
    levels = [(0.0, "#888")]
    levels += [(sign * thresholds[direction], _COLOURS[direction]) for direction, sign in SIGNS.items()]
    points = " ".join(f"{x(day):.1f},{y(float(figure)):.1f}" for day, figure in zip(days, figures, strict=True))
    told = [each for each in done.told if (each.actor, each.pole) == pair]
    shifts = [each for each in known if (each.actor, each.pole) == pair and days[0] <= each.onset <= days[-1]]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_MARGIN, 20, f"{pair[0]} toward {pair[1]}: recent stance against baseline, in standard errors"),
        *(_level(y(level), colour, f"{level:+.1f}") for level, colour in levels),
        f'<polyline points="{points}" fill="none" stroke="#222"/>',
        *(_alarm(x(each.at), each) for each in told),
        *(_shift(x(each.onset), each) for each in shifts),
        *(_text(x(day), _HEIGHT - 8, str(day.year)) for day in days if (day.month, day.day) == (1, 1)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _level(y: float, colour: str, label: str) -> str:
    line = f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"'
    return f'{line} stroke-dasharray="4"/>' + _text(4, y + 4, label)


def _alarm(x: float, told: Told) -> str:
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_MARGIN}" y2="{_HEIGHT - _MARGIN}"'
    title = f"<title>{told.direction} {told.at}</title>"
    return f'{line} stroke="{_COLOURS[told.direction]}" stroke-width="2">{title}</line>'


def _shift(x: float, known: Known) -> str:
    mark = f'<path d="M{x:.1f} {_HEIGHT - _MARGIN} l6 12 h-12 z" fill="{_COLOURS[known.direction]}">'
    return f"{mark}<title>{escape(f'{known.onset} {known.what}')}</title></path>"


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
