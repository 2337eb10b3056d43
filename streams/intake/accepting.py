"""What of the documents read is taken as an article; all else is refused, with the reason."""

import re
from datetime import UTC, datetime, timedelta

from schemas.articles import ArticlePublished
from schemas.rejected import KEPT_BYTES, Rejected
from schemas.topics import MAX_RECORD_BYTES
from streams.intake.cleaning import cleaned
from streams.intake.document import Document, Refusal
from streams.intake.language import is_english
from streams.intake.sketch import sketch

LEAST_WORDS = 20
"""Shorter texts are captions, headlines and error pages: they bear no statement with its source."""

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""How far ahead of us another's clock or calendar may be."""


def accept(document: Document, now: datetime) -> ArticlePublished | Refusal:
    """The article that `document` is, or why it is none; `now` (aware) tells what lies in the future."""
    text = cleaned(document.text)
    if (reason := _unfit(text, document.published, now)) is not None:
        return refusal(document, reason)
    assert document.published is not None
    article = ArticlePublished(
        id=document.id,
        url=document.url,
        outlet=document.outlet,
        title=document.title,
        published=document.published,
        text=text,
        sketch=sketch(text),
    )
    size = len(article.model_dump_json().encode())
    if size > MAX_RECORD_BYTES:
        return refusal(document, f"too large: {size} bytes as a record, {MAX_RECORD_BYTES} at most")
    return article


def refusal(document: Document, reason: str) -> Refusal:
    """The refusal of a document that was read."""
    return Refusal(document.where, reason, document.text.encode())


def rejected(refused: Refusal, now: datetime) -> Rejected:
    """What stands on the topic `rejected` for a refusal."""
    return Rejected(where=refused.where, reason=refused.reason, content=refused.content[:KEPT_BYTES], at=now)


def _unfit(text: str, published: datetime | None, now: datetime) -> str | None:
    words = len(re.findall(r"\w+", text))
    if words < LEAST_WORDS:
        return f"empty: {words} words of text, {LEAST_WORDS} at least"
    if published is None:
        return "undated: give `published` in front matter or JSON, or a line such as `Published: 2026-01-29`"
    if published > now + AHEAD:
        return f"dated in the future: {published:%Y-%m-%d}"
    if published < EARLIEST:
        return f"dated before 1900: {published:%Y-%m-%d}"
    return None if is_english(text) else "not in English"
