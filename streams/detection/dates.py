"""When it happened: the day or days that a clause names, against the day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from streams.detection.numerals import in_digits

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday",
            "sunday",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number + 1
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        )
    )
    for name in names.split()
}  # fmt: skip
_SPANS = {"day": 0, "week": 7, "fortnight": 14, "month": 1, "quarter": 3, "year": 12, "decade": 120}
"""Days of those that count days, else months."""
_FEW = {"a": 1, "an": 1, "few": 3, "a few": 3, "several": 3, "couple": 2, "a couple of": 2, "some": 3}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
            "eighties": 80, "nineties": 90, "noughties": 0}  # fmt: skip


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_W = rf"(?P<weekday>{_any(_WEEKDAYS)})\b\.?"
_M = rf"(?P<month>{_any(_MONTHS)})\b\.?"
_TH = "(?:st|nd|rd|th)?"
_D = rf"(?P<day>\d{{1,2}}){_TH}"
_OLD_Y = r"(?P<year>(?:1\d|20)\d{2})\b(?!%)"
"""A year that follows a day and a month, and so cannot be a number of something else."""
_Y = r"(?P<year>(?:1[5-9]|20)\d{2})\b(?!%)"
_N = rf"(?P<n>\d{{1,3}}|{_any(_FEW)})"
_U = r"(?P<unit>day|week|fortnight|month|year|decade)s?\b"
_LAST = r"(?P<which>last|past|previous)"
_WEEK_OF = r"\b(?:the )?(?:week (?:of|starting|beginning|commencing)(?: on)?|w/c)"
_BETWEEN = r"(?:to|until|till|through|and|-|–)"
_LENGTH = f"{_N} {_U}".replace("?P<n>", "?:").replace("?P<unit>", "?:")


def _after(*words: str) -> str:
    """Behind one of these words, which are no part of the date itself."""
    # The boundary first: most places of a text fall by it, before the words behind them are looked at.
    return r"\b(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"


_CUE = re.compile(
    rf"\d|\b(?:today|tonight|now|yesterday|this|days?|weeks?|fortnights?|weekend|months?|quarter|years?|decades?"
    rf"|{_any(_WEEKDAYS)}|{_any(_MONTHS)}|{_any(_DECADES)})\b"
)
"""Without one of these a clause names no date: most clauses are spared all the forms."""


class When(NamedTuple):
    """The first and the last day on which it may have happened."""

    first: date
    last: date


class _Told(NamedTuple):
    start: int
    end: int
    days: When | None
    """None where it is written as a date and is none: the 30th of February."""


_Match = re.Match[str]


@lru_cache(maxsize=4)  # what two do together is asked for once from each side
def when(clause: str, published: date) -> When | None:
    """The first date that a clause names, or None. Never one that begins after the day of publication.

    A day without a year, and a weekday, is the last one before publication; "from ... to ..." is one span.
    """
    # All that follows reads small letters: to look for both costs a third more.
    text = in_digits(" ".join(clause.lower().split()))
    if not _CUE.search(text):
        return None
    told = [days for days in _spans(_found(text, published), text) if days.first <= published]
    return told[0] if told else None


def _found(text: str, published: date) -> list[_Told]:
    """The dates named, in order; of those that overlap, the one that begins first, then the longest."""
    able = sorted(
        (
            _Told(match.start(), match.end(), _read(read, match, published))
            for pattern, read in _FORMS
            for match in pattern.finditer(text)
        ),
        key=lambda each: (each.start, -each.end),
    )
    kept: list[_Told] = []
    for each in able:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _read(read: "_Reader", match: _Match, published: date) -> When | None:
    try:
        return read(match, published)
    except (ValueError, OverflowError, IndexError):
        # No such day: the 30th of February, a fifth Sunday, the year 0.
        return None


def _spans(found: list[_Told], text: str) -> Iterator[When]:
    """The days told; two dates that "to", "until" or a dash joins, and those of "between ... and", are one span."""
    at = 0
    while at < len(found):
        days, until = found[at].days, None
        if days and at + 1 < len(found):
            until = _until(days, found[at], found[at + 1], text)
        if days and until is None and (lasting := _LASTING.search(text[: found[at].start])):
            yield _for(lasting["length"], days.first)
        elif days:
            yield When(days.first, until or days.last)
        at += 2 if until else 1


def _until(days: When, first: _Told, second: _Told, text: str) -> date | None:
    """The last day of the span that two dates make, None if they make none; the second may be of the year after."""
    joint = text[first.end : second.start].strip(" ,").removesuffix(" the")
    between = re.search(r"\bbetween (?:the )?$", text[: first.start])
    if second.days is None or not re.fullmatch(_BETWEEN, joint) or (joint == "and" and not between):
        return None
    if days.first <= second.days.last:
        return second.days.last
    yearless = not re.search(r"\d{4}", text[second.start : second.end])
    return _months_on(second.days.last, 12) if yearless and _months_on(second.days.last, 12) > days.first else None


# Single days


def _on(day: date) -> When:
    return When(day, day)


def _full(match: _Match, published: date) -> When:
    month = match["month"] if "month" in match.re.groupindex else ""
    number = _MONTHS[month] if month else int(match["m"])
    year = match.groupdict().get("year")
    if year:
        return _on(date(_century(int(year)), number, int(match["day"])))
    return _on(_latest(published, number, int(match["day"])))


def _latest(published: date, month: int, day: int) -> date:
    """That day of this year, or of the last one that has it and in which it is not to come."""
    for year in range(published.year, published.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= published:
            return date(year, month, day)
    raise ValueError("no such day")


def _century(year: int) -> int:
    """A year of two digits is one of the hundred that end in 2030."""
    return year if year > 99 else year + (2000 if year <= 30 else 1900)


def _numeric(match: _Match, published: date) -> When:
    """Numbers in the American order, unless only the European one is a date."""
    first, second = int(match["a"]), int(match["b"])
    month, day = (first, second) if first <= 12 else (second, first)
    year = match.groupdict().get("year")
    return _on(date(_century(int(year)), month, day) if year else _latest(published, month, day))


def _of_this_month(match: _Match, published: date) -> When:
    day = int(match["day"])
    for back in range(0, -3, -1):
        first = _months_on(published.replace(day=1), back)
        if day <= monthrange(first.year, first.month)[1] and first.replace(day=day) <= published:
            return _on(first.replace(day=day))
    raise ValueError("no such day")


def _day_of_this_month(match: _Match, published: date) -> When:
    return _on(published.replace(day=int(match["day"])))


def _weekday(match: _Match, published: date) -> When:
    back = (published.weekday() - _WEEKDAYS[match["weekday"]]) % 7
    return _on(published - timedelta(back + (7 if match["which"] and back == 0 else 0)))


def _weekday_of_last_week(match: _Match, published: date) -> When:
    return _on(_monday(published) - timedelta(7 - _WEEKDAYS[match["weekday"]]))


def _days_of_week(match: _Match, published: date) -> When:
    monday = _monday(published) - timedelta(7 if match["which"] else 0)
    first, last = (monday + timedelta(_WEEKDAYS[match[day]]) for day in ("begin", "weekday"))
    return When(first, last)


def _nth_weekday(match: _Match, published: date) -> When:
    """The third Tuesday of a month; "last Friday of July"."""
    month = match.groupdict().get("month")
    first = published.replace(day=1)
    if month:
        first = _month_of(match, published).first
    elif match["which"]:
        first = _months_on(first, -1)
    begins = (_WEEKDAYS[match["weekday"]] - first.weekday()) % 7
    days = range(1 + begins, monthrange(first.year, first.month)[1] + 1, 7)
    return _on(first.replace(day=days[-1] if match["nth"] == "last" else days[int(match["nth"]) - 1]))


def _ago(match: _Match, published: date) -> When:
    """So long ago, as in "2 years, 1 month and 21 days ago"; counted from yesterday where it says so."""
    day = published - timedelta("yesterday" in match.group())
    for part in _PART.finditer(match.group()):
        day = _back(day, _count(part["n"]), part["unit"])
    return _on(day)


_PART = re.compile(rf"{_N} {_U}")
_LASTING = re.compile(
    rf"\b(?:for|within|less than) (?:the next )?(?P<length>{_LENGTH}),? "
    r"(?:from|starting|beginning|commencing)(?: on)?(?: the)? $"
)
"""What stands before the first of so many days: "for 2 weeks from"."""


def _within(match: _Match, published: date) -> When:
    """From the day of publication on, for as long as told."""
    return _for(match.group(), published)


def _for(lengths: str, first: date) -> When:
    """The days from the first on, for so long: "2 weeks"."""
    after = first
    for part in _PART.finditer(lengths):
        after = _back(after, -_count(part["n"]), part["unit"])
    return When(first, after - timedelta(1))


def _count(told: str) -> int:
    return _FEW.get(told) or int(told)


def _back(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year", "decade", "quarter"):
        return _months_on(day, -count * _SPANS[unit])
    return day - timedelta(count * (_SPANS[unit] or 1))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


# Weeks, months, years


def _days_of_month(match: _Match, published: date) -> When:
    """From one day of a month to another: "between 4 and 22 January"."""
    named = match.groupdict().get("month")
    last = _full(match, published).first if named else published.replace(day=int(match["day"]))
    return When(last.replace(day=int(match["from"])), last)


def _month_of(match: _Match, published: date) -> When:
    told = match.groupdict()
    month = _MONTHS[told["month"]] if told.get("month") else int(told["m"])
    year = told.get("year")
    last_one = match.groupdict().get("which") in ("last", "past", "previous")
    if year:
        first = date(int(year), month, 1)
    else:
        first = date(published.year - (month > published.month or (last_one and month == published.month)), month, 1)
    if last_one and not year and first.year == published.year:
        first = first.replace(year=first.year - 1)
    return When(first, first.replace(day=monthrange(first.year, month)[1]))


def _month_until(match: _Match, published: date) -> When | None:
    """The month of "by March"; of what is still to be, in a month that has not begun, it is one to come."""
    to_come = _MONTHS[match["month"]] > published.month and _COMING.search(match.string[: match.start()])
    return None if to_come else _month_of(match, published)


_COMING = re.compile(
    r"\b(?:will|would|shall|should|must"
    r"|(?:is|are|be|expected|due|likely|set|aims?|plans?|hopes?|agreed|vowed) to)\b"
)


def _year_of(match: _Match, _: date) -> When:
    return When(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31))


def _years(match: _Match, _: date) -> When:
    return When(date(int(match["begin"]), 1, 1), date(int(match["year"]), 12, 31))


def _unit_of(unit: str, day: date) -> When:
    """The week, month, quarter, year or decade that a day lies in; the weekend of its week."""
    if unit == "day":
        return _on(day)
    if unit == "week":
        return When(_monday(day), _monday(day) + timedelta(6))
    if unit == "weekend":
        return When(_monday(day) + timedelta(5), _monday(day) + timedelta(6))
    months = _SPANS[unit]
    begins = (day.year * 12 + day.month - 1) // months * months
    if unit == "decade":
        begins = day.year // 10 * 120
    first = date(begins // 12, begins % 12 + 1, 1)
    return When(first, _months_on(first, months) - timedelta(1))


def _this(match: _Match, published: date) -> When:
    return _part(match.groupdict().get("part"), _unit_of(match["span"], published), published)


def _last(match: _Match, published: date) -> When:
    unit = match["span"]
    before = _back(published, 1, "week" if unit == "weekend" else unit)
    return _part(match.groupdict().get("part"), _unit_of(unit, before), published)


def _past(match: _Match, published: date) -> When:
    """The days of "the past three weeks", up to yesterday; decades are counted whole."""
    count, unit = _count(match["n"]), match["unit"]
    if unit == "decade":
        begins = published.year // 10 * 10
        return When(date(begins - 10 * count, 1, 1), date(begins - 1, 12, 31))
    return When(_back(published, count, unit), published - timedelta(1))


def _part(part: str | None, whole: When, published: date) -> When:
    """The early, middle or late part of a span; "earlier this week" ends with the day of publication."""
    told = (part or "").strip(" -")
    if told == "earlier":
        return When(whole.first, min(whole.last, published))
    if told in ("later", "rest"):
        return When(max(whole.first, published), whole.last)
    if not told:
        return whole
    length = (whole.last - whole.first).days + 1
    if length > 300 and told in ("beginning", "middle", "end"):
        third = 4 * ("beginning", "middle", "end").index(told)
        return When(_months_on(whole.first, third), _months_on(whole.first, third + 4) - timedelta(1))
    if length > 300:
        half = _months_on(whole.first, 6)
    elif length > 20:
        half = whole.first + timedelta(15)
    else:
        half = whole.first + timedelta(3)
    if told in ("early", "beginning"):
        return When(whole.first, half - timedelta(1))
    if told in ("late", "end"):
        return When(half, whole.last)
    return When(whole.first + timedelta(length // 3), whole.last - timedelta(length // 3))


def _part_of_month(match: _Match, published: date) -> When:
    return _part(match["part"], _month_of(match, published), published)


def _part_of_year(match: _Match, published: date) -> When:
    return _part(match["part"], _year_of(match, published), published)


def _nth_week(match: _Match, published: date) -> When:
    """The first week of a month or a year is the one that holds its first Thursday. Source: ISO 8601."""
    whole = _month_of(match, published) if match.groupdict().get("month") else _whole_year(match, published)
    nth = match["nth"]
    begins = _monday(whole.first + timedelta(3))
    if nth == "last":
        begins = _monday(whole.last - timedelta(3))
    else:
        begins += timedelta(7 * (int(nth) - 1))
    return When(begins, begins + timedelta(6))


def _whole_year(match: _Match, published: date) -> When:
    year = match.groupdict().get("year")
    if year:
        return _year_of(match, published)
    back = match.groupdict().get("which") in ("last", "previous")
    return _unit_of("year", _months_on(published, -12 if back else 0))


def _week_of(match: _Match, published: date) -> When:
    return _unit_of("week", (_full if match.groupdict().get("month") else _of_this_month)(match, published).first)


def _quarter(match: _Match, published: date) -> When:
    whole = _whole_year(match, published)
    size = 3 if match["kind"] in ("q", "quarter") else 6
    first = _months_on(whole.first, size * (int(match["nth"]) - 1))
    if not match.groupdict().get("year") and not match.groupdict().get("which") and first > published:
        first = _months_on(first, -12)
    return When(first, _months_on(first, size) - timedelta(1))


def _decade(match: _Match, _: date) -> When:
    told = match["decade"]
    if told in _DECADES:
        year = (2000 if _DECADES[told] < 20 else 1900) + _DECADES[told]
    else:
        year = int(told) if len(told) == 4 else 1900 + int(told)
    return When(date(year, 1, 1), date(year + 9, 12, 31))


def _century_of(match: _Match, _: date) -> When:
    first = (int(match["n"]) - 1) * 100
    return When(date(max(first, 1), 1, 1), date(first + 99, 12, 31))


def _days_back(count: int) -> "_Reader":
    return lambda _, published: _on(published - timedelta(count))


_Reader = Callable[[_Match, date], When | None]

_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\b(?:today|tonight|now|this (?:morning|afternoon|evening))\b", _days_back(0)),
        (r"\byesterday\b", _days_back(1)),
        (r"\bthe day before yesterday\b", _days_back(2)),
        (r"\b(?:the |this )?(?P<which>last|past) day\b", _days_back(1)),
        (rf"\b(?:(?P<which>last|past|previous) )?{_W}", _weekday),
        (rf"\b{_W},? (?:the )?{_D}(?!\d)", _of_this_month),
        (rf"\blast week(?: on)? {_W}", _weekday_of_last_week),
        (rf"\b(?:this|(?P<which>last)) week,? (?:from|between) (?P<begin>{_any(_WEEKDAYS)})\b\.? {_BETWEEN} {_W}",
         _days_of_week),
        (rf"\b{_W} (?:of )?last week\b", _weekday_of_last_week),
        (rf"\b(?P<nth>[1-5]|last){_TH} {_W} (?:of|in) {_M}(?:,? {_Y})?", _nth_weekday),
        (rf"\b(?P<nth>[1-5])(?:st|nd|rd|th) {_W}(?: of (?:the )?(?:this|(?P<which>last|previous)) month)?",
         _nth_weekday),
        (rf"\b{_LENGTH}(?:(?:,| and|, and)? {_LENGTH})* (?:ago|earlier|before yesterday|before now)\b", _ago),
        (rf"\b(?:the |over the )?{_LAST} {_N} ?{_U}", _past),
        (r"\b(?:the )?(?:(?P<part>early|earlier|mid|late|later|end|beginning|rest)(?: of| in)?(?: the)? ?)?"
         r"(?:this|the same|current|(?:the|my|our)(?= (?:week|month|year)\b)|(?<=rest of )(?=week)) ?"
         r"(?P<span>day|week|weekend|month|quarter|year|decade)\b", _this),
        (rf"\b(?:(?P<part>early|earlier|mid|late|end|beginning)(?: of)? )?{_LAST} "
         r"(?P<span>week|weekend|month|quarter|year|decade)\b", _last),
        (rf"\b(?:(?:{_any(_WEEKDAYS)})\b\.?,? )?{_D}(?: of|-)? ?{_M}(?:,? {_OLD_Y})?", _full),
        (rf"\b{_D} of this month\b", _day_of_this_month),
        (rf"\b(?:(?:{_any(_WEEKDAYS)})\b\.?,? )?(?P<month>{_any(_MONTHS)})\.?[-/ ]?(?:the )?{_D}"
         rf"(?!\d|[%.]\d)(?:,? {_Y})?", _full),
        (r"\b(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})\b", _full),
        (rf"\b{_Y}[-/]{_M}[-/]{_D}\b", _full),
        (r"\b(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.,](?P<year>\d{4}|\d{2})\b", _numeric),
        (_after("on", "from", "to", "between", "and") + r"(?P<a>\d{1,2})[-/](?P<b>\d{1,2})\b(?![-/.]\d)", _numeric),
        (r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})$", _numeric),
        (_after("on", "for") + rf"(?:the )?{_D}(?= ?[.!?,]*$)", _of_this_month),
        (rf"\b(?P<from>\d{{1,2}}){_TH} ?{_BETWEEN} ?{_D}(?: of|-)? ?"
         rf"(?:{_M}(?:,? {_Y})?|this month\b)", _days_of_month),
        (rf"\b(?P<from>\d{{1,2}}){_TH} ?{_BETWEEN} ?{_M} ?{_D}(?!\d)(?:,? {_Y})?", _days_of_month),
        (rf"\b{_M} (?:between|from) (?:the )?(?P<from>\d{{1,2}}){_TH} ?{_BETWEEN} ?(?:the )?{_D}(?!\d)",
         _days_of_month),
        (r"(?<=\bthe )(?P<day>\d{1,2})(?:st|nd|rd|th)(?! (?:century|quarter|week|anniversary|time|\w+day))\b",
         _of_this_month),
        (rf"\b{_M}(?: ?, ?| of | )?{_Y}", _month_of),
        (rf"\b{_Y}(?: ?, ?| ){_M}(?![-/]\d)", _month_of),
        (_after("in", "since", "of", "during", "from", "to", "and") + rf"{_M}(?! ?\d)", _month_of),
        (_after("by", "until", "till") + rf"{_M}(?! ?\d)", _month_until),
        (rf"\b(?:this|(?P<which>last)) {_M}(?! ?\d)", _month_of),
        (r"\b(?P<month>january|february|july|september|october|november|december)\b(?! ?\d)", _month_of),
        (r"\b(?P<m>1[0-2]|0?[1-9]) ?[-/.] ?(?P<year>(?:19|20)\d{2})\b", _month_of),
        (r"\b(?P<year>(?:19|20)\d{2}) ?[-/.] ?(?P<m>1[0-2]|0?[1-9])\b(?![-/.]?\d)", _month_of),
        (rf"\b(?P<part>early|mid|middle|late|end|beginning)(?: of| in)?[- ]{_M}(?! ?\d{{1,2}}\b)(?:,? {_Y})?",
         _part_of_month),
        (rf"\b(?P<part>early|mid|middle|late|end|beginning)(?: of| in)?[- ]{_Y}", _part_of_year),
        (rf"\b(?P<nth>\d|last){_TH} week (?:of|in) {_M}(?:,? {_Y})?", _nth_week),
        (rf"\b(?P<nth>\d|last){_TH} week (?:of|in) (?:{_Y}|(?:this|(?P<which>last)) year\b)", _nth_week),
        (rf"{_WEEK_OF} (?:{_M}\.? ?)?(?:the )?{_D}", _week_of),
        (rf"{_WEEK_OF} (?:the )?{_D}(?: of)? {_M}", _week_of),
        (rf"\b(?P<nth>[1-4])(?:st|nd|rd|th) (?P<kind>quarter|half)(?: (?:of|in))?"
         rf"(?: {_Y}| (?:this|(?P<which>last)) year)?", _quarter),
        (rf"\b(?P<kind>[qh])(?P<nth>[1-4])(?:,? (?:of )?{_Y}| (?:this|(?P<which>last)) year)?", _quarter),
        (r"\b(?P<year>(?:19|20)\d{2}),? ?(?:the )?(?:(?P<kind>[qh])(?P<nth>[1-4]))\b", _quarter),
        (r"\b(?P<decade>(?:1[5-9]|20)\d0)(?:'|’)?s\b", _decade),
        (r"\b(?:in|of|since|during) (?:the )?(?:'|’)?(?P<decade>[2-9]0)(?:'|’)?s\b", _decade),
        (rf"\bthe (?P<decade>{_any(_DECADES)})\b", _decade),
        (r"\b(?P<n>1[0-9]|2[01])(?:st|th) +century\b", _century_of),
        (r"\b(?:the )?year (?P<year>\d{3,4})\b(?!%)", _year_of),
        (rf"\bwithin (?:the )?(?:(?:next|upcoming|coming) )?{_LENGTH}(?:(?:,| and|, and)? {_LENGTH})*"
         r"(?! (?:of|after|from)\b)", _within),
        (_after("in", "since", "of", "its", "the", "from", "by", "to", "until", "till", "between", "and", "through")
         + rf"{_Y}(?![-/.'’]?[\ds])", _year_of),
        (rf"\b(?P<begin>(?:19|20)\d{{2}})[-–]{_Y}(?![-/.]\d)", _years),
    )
)  # fmt: skip
