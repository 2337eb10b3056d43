"""From a file's text or a JSON line to a document: pure, and forgiving only where nothing is invented."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from schemas.ids import content_id
from streams.intake.address import NoWebAddress, canonical, site
from streams.intake.cleaning import cleaned
from streams.intake.dates import read, stated
from streams.intake.document import Document, Refusal
from streams.intake.front_matter import BadFrontMatter, front_matter

_TITLE_LENGTH = 160


class _Unfit(ValueError):
    """A field that cannot be used; the message names it."""


def parse_text(text: str, where: str) -> Document | Refusal:
    """The document of a text file, with what its front matter, or else its head, says about it."""
    try:
        fields = front_matter(text)
    except BadFrontMatter as failure:
        return Refusal(f"{where}:{failure.line}", str(failure), text.encode())
    try:
        return _document(where, text, fields)
    except _Unfit as failure:
        return Refusal(where, str(failure), text.encode())


def parse_line(line: str, where: str) -> Document | Refusal:
    """The document of a JSON line: `text` and, where known, `id`, `published`, `url`, `outlet`, `title`."""
    try:
        fields = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as failure:
        return Refusal(where, f"no JSON: {failure}", line.encode())
    try:
        texts = _texts(fields)
        return _document(where, texts.pop("text"), texts)
    except _Unfit as failure:
        return Refusal(where, str(failure), line.encode())


def _texts(fields: object) -> dict[str, str]:
    if not isinstance(fields, dict):
        raise _Unfit('no JSON object: give {"id", "text", "published"} on each line')
    if "id" in fields and isinstance(fields["id"], int):
        fields["id"] = str(fields["id"])
    known = {
        name: fields[name]
        for name in ("id", "text", "published", "url", "outlet", "title")
        if fields.get(name) is not None
    }
    for name, value in known.items():
        if not isinstance(value, str):
            raise _Unfit(f"{name} is no text")
        if re.search("[\0\ud800-\udfff]", value):
            raise _Unfit(f"{name} holds what is no character (NUL or half a surrogate pair)")
    if "text" not in known:
        raise _Unfit("no text")
    return known


def _document(where: str, text: str, fields: Mapping[str, str]) -> Document:
    body = cleaned(text)
    url = fields.get("url", "").strip() or None
    address = _canonical(url)
    return Document(
        where=where,
        id=fields.get("id", "").strip() or content_id("art", address or " ".join(body.split())),
        text=text,
        url=url,
        outlet=fields.get("outlet", "").strip() or (site(url) if url else "unknown"),
        title=fields.get("title", "").strip() or _title(body),
        published=_published(fields, text),
    )


def _canonical(url: str | None) -> str | None:
    try:
        return canonical(url) if url else None
    except NoWebAddress as failure:
        raise _Unfit(f"url: {failure}") from failure


def _published(fields: Mapping[str, str], text: str) -> datetime | None:
    value = fields.get("published", "").strip()
    if not value:
        return stated(text)
    if (moment := read(value)) is None:
        raise _Unfit(f"published: {value[:80]!r} is no date; give one like 2026-01-29 or 2026-01-29T10:15:00Z")
    return moment


def _title(body: str) -> str | None:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if len(lines) < 2 or len(lines[0]) > _TITLE_LENGTH or lines[0].endswith((".", ".”", '."')):
        return None
    return lines[0].lstrip("# ") or None
