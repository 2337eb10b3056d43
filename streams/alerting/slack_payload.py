"""A message as Slack takes it: blocks within Slack's limits, and nothing in them that acts on a reader.

Source: Slack's reference for Block Kit (header 150 characters, section 3,000, 10 fields of 2,000, 50 blocks)
and its formatting rules (& < > are to be escaped; `verbatim` keeps text from becoming links and mentions).
"""

from collections.abc import Iterator
from html import escape
from itertools import accumulate
from typing import Any

from streams.alerting.message import Fact, Message, Quote, one_line, text_from

HEADER, WHOLE = 150, 12_000
"""Characters that Slack takes in a header, and in a whole message."""

_FALLBACK, _QUOTE, _TEXT, _LINK, _NAME = 3_000, 700, 600, 400, 240
"""What each part may take with its entities, so that the most hostile of messages stays under WHOLE."""

_FIELDS = 10

Payload = dict[str, Any]


def blocks_payload(message: Message) -> Payload:
    """The message in blocks, with its plain text as the fallback for notifications and screen readers."""
    return {**plain_payload(message), "blocks": list(_blocks(message))}


def plain_payload(message: Message) -> Payload:
    """The message as plain text alone, for when Slack does not take the blocks."""
    body = escaped(text_from(message._replace(footer="")), _FALLBACK)
    text = f"{body.rstrip()}\n{escaped(message.footer, _NAME)}"
    return {"text": text, "unfurl_links": False, "unfurl_media": False}


def escaped(text: str, length: int) -> str:
    """The text with & < > as entities, at most `length` characters with them, never cut within one."""
    whole = escape(text, quote=False)
    if len(whole) <= length:
        return whole
    ends = accumulate(len(escape(letter, quote=False)) for letter in text)
    kept = sum(end < length for end in ends)
    return f"{escape(text[:kept], quote=False).rstrip()}…"


def _blocks(message: Message) -> Iterator[Payload]:
    yield {"type": "header", "text": {"type": "plain_text", "text": one_line(message.headline, HEADER)}}
    yield _section(f"*{escaped(message.measure, _NAME)}*\n{escaped(message.reason, _TEXT)}")
    yield {"type": "section", "fields": [_field(fact) for fact in message.facts[:_FIELDS]]}
    yield from (_section(_quoted(quote)) for quote in message.quotes)
    yield from (_context(escaped(text, _TEXT)) for text in (message.alongside, message.footer) if text)


def _field(fact: Fact) -> Payload:
    return _markdown(f"*{escaped(fact.label, _NAME)}*\n{escaped(fact.text, _NAME)}")


def _quoted(quote: Quote) -> str:
    details = f"{quote.published}, {quote.share}"
    return f"> “{escaped(quote.text, _QUOTE)}”\n{escaped(quote.speaker, _NAME)}, {_source(quote)}, {details}"


def _source(quote: Quote) -> str:
    outlet = escaped(quote.outlet.replace("|", "/"), _NAME)
    address = escape(quote.url or "", quote=False)
    return f"<{address}|{outlet}>" if 0 < len(address) <= _LINK else outlet


def _section(text: str) -> Payload:
    return {"type": "section", "text": _markdown(text)}


def _context(text: str) -> Payload:
    return {"type": "context", "elements": [_markdown(text)]}


def _markdown(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
