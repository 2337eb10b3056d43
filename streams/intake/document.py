"""What was read from a file, before anything is asked of it; and what could not be taken."""

from datetime import datetime
from typing import NamedTuple


class Document(NamedTuple):
    """A text as given, with what it says about itself.

    `where` is its path, with a line in a .jsonl file. `text` is all of it, front matter included: offsets count
    in it. `published` is in UTC, or None when the document tells no date.
    """

    where: str
    id: str
    text: str
    url: str | None
    outlet: str
    title: str | None
    published: datetime | None


class Refusal(NamedTuple):
    """Input that is not taken: where it stood, why, and its bytes."""

    where: str
    reason: str
    content: bytes
