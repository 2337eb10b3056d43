"""Events on the wire: CloudEvents 1.0 in Kafka's binary mode (attributes as headers, JSON as value).

Source: CloudEvents Kafka protocol binding 1.0.2, section 3.2.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from schemas.event import Event
from schemas.topics import TOPICS

EVENT_TYPES: dict[str, type[Event]] = {event.ce_type: event for topic in TOPICS for event in topic.events}

Headers = Sequence[tuple[str, bytes]]

Known = TypeVar("Known", bound=Event)


class Undecodable(ValueError):
    """A record that is no event of this language; the message says why, in one line."""


class Record(NamedTuple):
    """What goes onto Kafka."""

    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


def encode(event: Event, source: str) -> Record:
    """The record of an event; `source` names the part that made it, such as "stance/detection"."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": event.event_id,
        "ce_type": event.ce_type,
        "ce_source": source,
        "ce_time": event.event_time.isoformat(),
        "content-type": "application/json",
    }
    headers = [(name, value.encode()) for name, value in attributes.items()]
    return Record(event.key.encode(), event.model_dump_json().encode(), headers)


def decode(headers: Headers, value: bytes | None) -> Event:
    """The event of a record.

    Raises:
        Undecodable: no `ce_type` header, an unknown type, an empty value, or JSON that does not fit the type.
    """
    types = [text for name, text in headers if name == "ce_type"]
    if not types:
        raise Undecodable("no ce_type header")
    name = types[0].decode(errors="replace")
    if (event_type := EVENT_TYPES.get(name)) is None:
        raise Undecodable(f"unknown event type {name[:80]!r}")
    if value is None:
        raise Undecodable(f"{name} without a value")
    return decode_value(event_type, value)


def decode_value(event_type: type[Known], value: bytes) -> Known:
    """The event of a type that a JSON value holds.

    Raises:
        Undecodable: JSON that does not fit the type.
    """
    try:
        return event_type.model_validate_json(value)
    except ValidationError as failure:
        raise Undecodable(f"{event_type.ce_type}: {_first_line(failure)}") from failure


def _first_line(failure: ValidationError) -> str:
    first = failure.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "value"
    more = failure.error_count() - 1
    return f"{where}: {first['msg']}" + (f" (and {more} more)" if more else "")
