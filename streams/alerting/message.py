"""What an alert says, in parts that every channel lays out in its own way."""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from schemas.names import actor_name, seat_name
from schemas.shifts import Evidence, Shift, Status
from streams.alerting.alert import Alert

QUOTE_LENGTH = 300
"""Characters of a quote that a message shows; the whole quote stands in the shift."""

_NAME_LENGTH = 80
_REASON_LENGTH = 500
_URL_LENGTH = 300
_NAMED = 5
"""How many other actors a message names."""

_BIDIRECTIONAL = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F)}
_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}


class Fact(NamedTuple):
    """One line of a message: what it is about, and what it says."""

    label: str
    text: str


class Quote(NamedTuple):
    """A piece of evidence, ready to be shown."""

    text: str
    speaker: str
    outlet: str
    published: str
    share: str
    url: str | None
    """http or https, in ASCII without characters that a link's syntax uses; else None."""


class Message(NamedTuple):
    """An alert in words. Everything is one line, without control or direction-changing characters."""

    headline: str
    measure: str
    reason: str
    facts: tuple[Fact, ...]
    quotes: tuple[Quote, ...]
    alongside: str
    """Which other actors move alike, or nothing."""
    footer: str


def compose(alert: Alert) -> Message:
    """The words of an alert."""
    step = alert.step
    return Message(
        headline=headline_of(step),
        measure=f"{signed(step.before)} → {signed(step.after)} "
        f"(95 % interval {signed(step.low)} to {signed(step.high)})",
        reason=one_line(step.reason, _REASON_LENGTH),
        facts=tuple(_facts(alert)),
        quotes=tuple(_quote(evidence) for evidence in alert.evidence),
        alongside=_alongside(alert),
        footer=" · ".join((alert.id, f"rules {one_line(step.rules, _NAME_LENGTH)}", _instant(step.event_time))),
    )


def text_of(alert: Alert) -> str:
    """The plain text of an alert, the same for the same log: it leaves out what other actors were doing."""
    return text_from(compose(alert)._replace(alongside=""))


def text_from(message: Message) -> str:
    """A message as plain text, a line for each part."""
    return "\n".join(
        (
            message.headline,
            message.measure,
            f"Why: {message.reason}",
            *(f"{fact.label}: {fact.text}" for fact in message.facts),
            *filter(None, [message.alongside]),
            *(line for each in message.quotes for line in _quote_lines(each)),
            message.footer,
        )
    )


def headline_of(step: Shift) -> str:
    """What happened, such as "Canada warming to Beijing"."""
    who, pole = actor_name(step.actor), seat_name(step.pole)
    toward = f"{step.direction} {'to' if step.direction == 'warming' else 'toward'} {pole}"
    headlines: dict[Status, str] = {
        "suspected": f"{who} may be {toward}",
        "confirmed": f"{who} {toward}",
        "reinforced": f"{who} {toward}: reinforced",
        "escalated": f"{who} {toward}: escalated",
        "eased": f"{who} {toward}: easing",
        "ended": f"{who} at its baseline toward {pole} again",
    }
    return headlines[step.status]


def signed(score: float) -> str:
    """A score as people read it, such as "+0.22"; zero is never negative."""
    return f"{round(score, 2) + 0.0:+.2f}"


def percent(share: float) -> str:
    """A share in whole percent, such as "31 %"."""
    return f"{round(100 * share)} %"


def day(moment: date) -> str:
    """A date as news writes it, such as "16 January 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def one_line(text: str, length: int) -> str:
    """The text on one line of at most `length` characters, cut at a word with an ellipsis.

    Control characters, which drive a terminal, and marks that turn the direction of writing become spaces.
    """
    line = " ".join("".join(" " if _is_unseen(letter) else letter for letter in text).split())
    if len(line) <= length:
        return line
    word_end = line.rfind(" ", length // 2, length)
    return line[: word_end if word_end > 0 else length - 1].rstrip() + "…"


def web_address(url: str | None) -> str | None:
    """The address as a link may hold it; None where it is no plain address of the web, or is too long."""
    url = (url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # A name before an @ makes a stranger's host look like a known outlet's.
    is_web = parts.scheme in {"http", "https"} and parts.hostname and parts.netloc.isascii() and "@" not in parts.netloc
    if not is_web or any(_is_unseen(letter) for letter in url):
        return None
    address = quote(url, safe="%/:=&?~#+!$,;'@()*[].-_")
    return address if len(address) <= _URL_LENGTH else None


def _facts(alert: Alert) -> Iterator[Fact]:
    step = alert.step
    yield Fact("Rule", f"test {step.test:.2f} against {step.threshold:.2f}")
    yield Fact("Since", f"{day(step.onset)}; {step.status} on {day(step.at)}")
    yield from _toward_others(alert)
    yield Fact("Sources", f"{_count(step.stories, 'independent story', 'independent stories')}, {_outlets(step)}")
    yield Fact("Confidence", percent(step.confidence))


def _toward_others(alert: Alert) -> Iterator[Fact]:
    for other in alert.elsewhere[:_NAMED]:
        hedging = "hedging: " if alert.step.hedging and other.direction != alert.step.direction else ""
        move = f"{signed(other.before)} → {signed(other.after)}"
        yield Fact(f"Toward {seat_name(other.pole)}", f"{hedging}{other.direction} since {day(other.onset)}, {move}")
    if alert.step.hedging and not alert.elsewhere:
        yield Fact("Hedging", "the opposite move toward the other pole is under way")


def _alongside(alert: Alert) -> str:
    named = [f"{actor_name(other.actor)} (since {day(other.onset)})" for other in alert.alongside[:_NAMED]]
    more = len(alert.alongside) - len(named)
    if not named:
        return ""
    return f"Also {alert.step.direction}: {', '.join(named)}" + (f" and {more} more" if more else "")


def _quote(evidence: Evidence) -> Quote:
    more = len(set(evidence.outlets) - {evidence.outlet})
    return Quote(
        text=one_line(evidence.quote, QUOTE_LENGTH),
        speaker=one_line(evidence.speaker, _NAME_LENGTH),
        outlet=one_line(evidence.outlet, _NAME_LENGTH) + (f" and {more} more" if more else ""),
        published=day(evidence.published.date()),
        share=f"{percent(evidence.share)} of the move",
        url=web_address(evidence.url),
    )


def _quote_lines(shown: Quote) -> Iterator[str]:
    yield f"“{shown.text}”"
    yield f"  {shown.speaker}, {shown.outlet}, {shown.published}, {shown.share}"
    if shown.url:
        yield f"  {shown.url}"


def _outlets(step: Shift) -> str:
    return _count(step.outlets, "outlet", "outlets")


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _is_unseen(letter: str) -> bool:
    return letter in _BIDIRECTIONAL or unicodedata.category(letter) in _INVISIBLE
