"""When an article was published, by what it says itself; a date is read, never guessed.

A date without an hour stands for 12:00 UTC, which lies on that day nearly everywhere on Earth.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_ISO = r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/]|-\d)", re.IGNORECASE)
    for form in (rf"(?P<iso>{_ISO})", rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}", rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}")
)

_HEAD_LINES = 10
_HEAD_LENGTH = 160

_PUBLISHED = re.compile(r"\W*(?:first |date )?(?:published|posted|issued|released|dated?)\b", re.IGNORECASE)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified)\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|on|at|time|date|[ap]m|px|min(?:ute)?s?|read"
    r"|gmt|utc|z|bst|i?st|c?e?s?t|[ecmp][sd]t|cet|cest|jst|\d{1,4}|\d{1,2}h\d{2}",
    re.IGNORECASE,
)
_DATELINE_PLACE = re.compile(r"\W*[A-Z][A-Z.'’ -]+(?:,\s*[\w .'’]{2,30}?)?,?\s*\(?")
_DATELINE_DASH = re.compile(r"\)?\s*(?:\([^()]{2,40}\)\s*)?[-–—:]")


class _Mention(NamedTuple):
    """A date in a line, with what stands before and after it."""

    before: str
    moment: datetime
    after: str


def read(value: str) -> datetime | None:
    """The moment that a value names (ISO 8601, RFC 2822, "29 January 2026" or "January 29, 2026"), in UTC.

    None when it names none. A time without a zone counts as UTC.
    """
    value = value.strip()
    for reading in (_iso, _words, _rfc2822):
        if (moment := reading(value)) is not None:
            return moment
    return None


def stated(text: str) -> datetime | None:
    """The date that the head of `text` states: labelled, alone on its line, in a byline or in a dateline.

    A date in a sentence or a headline is when something happened, not when it was told; it is left alone.
    """
    head = [line for line in text.splitlines() if line.strip()]
    mentions = [mention for line in islice(head, _HEAD_LINES) for mention in _mentions(line[:_HEAD_LENGTH])]
    for rule in _RULES:
        for mention in mentions:
            if rule(mention):
                return mention.moment
    return None


def _iso(value: str) -> datetime | None:
    try:
        return _at_noon(date.fromisoformat(value))
    except ValueError:
        pass
    try:
        return _in_utc(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        return None


def _words(value: str) -> datetime | None:
    return next((mention.moment for mention in _mentions(value) if not (mention.before or mention.after)), None)


def _rfc2822(value: str) -> datetime | None:
    try:
        return _in_utc(parsedate_to_datetime(value))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _mentions(line: str) -> Iterator[_Mention]:
    for form in _FORMS:
        for found in form.finditer(line):
            if (moment := _moment(found)) is not None:
                yield _Mention(line[: found.start()], moment, line[found.end() :])


def _moment(found: re.Match[str]) -> datetime | None:
    parts = found.groupdict()
    if iso := parts.get("iso"):
        return _iso(iso.upper())
    month = _MONTHS.index(parts["month"][:3].lower()) + 1
    try:
        return _at_noon(date(int(parts["year"]), month, int(parts["day"])))
    except ValueError:
        return None


def _at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _is_published(mention: _Mention) -> bool:
    label = _PUBLISHED.match(mention.before)
    return label is not None and _is_furniture(mention.before[label.end() :])


def _is_updated(mention: _Mention) -> bool:
    label = _UPDATED.match(mention.before)
    return label is not None and _is_furniture(mention.before[label.end() :])


def _is_alone(mention: _Mention) -> bool:
    return _is_furniture(mention.before) and _is_furniture(mention.after)


def _is_in_a_byline(mention: _Mention) -> bool:
    line = f"{mention.before} {mention.after}".strip()
    names_who_or_where = line.lower().startswith("by ") or re.search(r"[|·•]", line)
    return bool(names_who_or_where) and len(line) < 100 and not re.search(r"[.!?][\"”’]?\s*$", line)


def _is_in_a_dateline(mention: _Mention) -> bool:
    return bool(_DATELINE_PLACE.fullmatch(mention.before) and _DATELINE_DASH.match(mention.after))


def _is_furniture(part: str) -> bool:
    return all(_FURNITURE.fullmatch(word) for word in _words_of(part))


def _words_of(part: str) -> Iterable[str]:
    return re.findall(r"\w+", part)


_RULES: tuple[Callable[[_Mention], bool], ...] = (
    _is_published,
    _is_alone,
    _is_in_a_byline,
    _is_in_a_dateline,
    _is_updated,
)
