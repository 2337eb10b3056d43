"""When it happened: the day or days that a clause names, against the day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

_DAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_MONTHS = {
    name: number + 1
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ]
    )
    for name in names.split()
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_M = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}


class When(NamedTuple):
    """The first and the last day on which it may have happened."""

    first: date
    last: date


def when(clause: str, published: date) -> When | None:
    """The first date that a clause names, or None. Never after the day of publication for what has happened."""
    found = [
        (match.start(), read(match, published))
        for pattern, read in _FORMS
        if (match := pattern.search(clause)) is not None
    ]
    told = [(start, days) for start, days in found if days is not None and days.first <= published]
    return min(told)[1] if told else None


def _day(day: date) -> When:
    return When(day, day)


def _weekday(match: re.Match[str], published: date) -> When:
    back = (published.weekday() - _DAYS[match["day"].lower()]) % 7
    return _day(published - timedelta(back + (7 if match["last"] and back == 0 else 0)))


def _ago(match: re.Match[str], published: date) -> When:
    number = _NUMBERS.get(match["n"].lower()) or int(match["n"])
    unit = _UNIT[match["unit"].lower()]
    middle, slack = published - timedelta(number * unit), unit // 4
    return When(middle - timedelta(slack), middle + timedelta(slack))


def _full(match: re.Match[str], published: date) -> When | None:
    year = int(match["year"]) if match["year"] else published.year
    try:
        day = date(year, _MONTHS[match["month"].lower()], int(match["d"]))
    except ValueError:
        return None
    return _day(day.replace(year=year - 1) if not match["year"] and day > published and day.day < 29 else day)


def _month(match: re.Match[str], published: date) -> When:
    month = _MONTHS[match["month"].lower()]
    year = int(match["year"]) if match["year"] else published.year - (month > published.month)
    first = date(year, month, 1)
    return When(first, min(published, first.replace(day=monthrange(year, month)[1])) if first <= published else first)


def _period(days_back: int, length: int) -> Callable[[re.Match[str], date], When]:
    return lambda _, published: When(
        published - timedelta(days_back), published - timedelta(days_back) + timedelta(length)
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], When | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _period(0, 0)),
        (r"\byesterday\b", _period(1, 0)),
        (rf"\b(?P<last>last )?(?P<day>{'|'.join(_DAYS)})\b", _weekday),
        (r"\blast week\b", lambda _, day: When(day - timedelta(day.weekday() + 7), day - timedelta(day.weekday() + 1))),
        (r"\b(?:a fortnight|two weeks) (?:ago|after|earlier|before)\b", _period(16, 4)),
        (rf"\b{_N} (?P<unit>day|week|fortnight|month|year)s? (?:ago|earlier|before)\b", _ago),
        (r"\bearlier this week\b", lambda _, day: When(day - timedelta(day.weekday()), day)),
        (r"\bearlier this month\b", lambda _, day: When(day.replace(day=1), day)),
        (
            r"\blast month\b",
            lambda _, day: When((day.replace(day=1) - timedelta(1)).replace(day=1), day.replace(day=1) - timedelta(1)),
        ),
        (r"\blast year\b", lambda _, day: When(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
        (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? {_M}\b\.?(?:,? (?P<year>\d{{4}}))?", _full),
        (rf"\b{_M}\.? (?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?", _full),
        (rf"\b(?:in|since|of) {_M}\b(?! \d{{1,2}}\b)(?:,? (?P<year>\d{{4}}))?", _month),
        (
            r"\b(?:in|since|of|its|the|from) (?P<year>(?:19|20)\d{2})\b",
            lambda match, _: When(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)),
        ),
    )
)
