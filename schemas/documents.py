"""The language written down for others: JSON Schema for each event, and an AsyncAPI document of the topics."""

import json
from pathlib import Path
from typing import Any

import yaml

from schemas.cloudevents import EVENT_TYPES
from schemas.event import Event
from schemas.topics import PARTITIONS, TOPICS, Topic

HERE = Path(__file__).parent
Json = dict[str, Any]

_HEADERS = {
    "ce_specversion": "The version of CloudEvents, 1.0.",
    "ce_id": "From the event's content: the same fact has the same id.",
    "ce_type": "The event's type with its version.",
    "ce_source": "The part of stance that made it.",
    "ce_time": "When the fact happened, ISO 8601.",
    "content-type": "application/json",
}


def documents() -> dict[Path, str]:
    """Every generated file with its contents: `json/<type>.json` and `asyncapi.yaml`, below this folder."""
    told = {HERE / "json" / f"{name}.json": _json(schema_of(event)) for name, event in EVENT_TYPES.items()}
    told[HERE / "asyncapi.yaml"] = yaml.safe_dump(asyncapi(), sort_keys=False, allow_unicode=True, width=110)
    return told


def schema_of(event: type[Event]) -> Json:
    """The JSON Schema (2020-12) of an event's value."""
    schema = event.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{event.ce_type}.json", **schema}


def asyncapi() -> Json:
    """The AsyncAPI 3.0 document of the topics."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "stance",
            "version": "1",
            "description": "Events of stance on Kafka: CloudEvents 1.0 in binary mode, JSON values.",
        },
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {f"read-{topic.name}": _operation(topic) for topic in TOPICS},
        "components": {"messages": {name: _message(event) for name, event in EVENT_TYPES.items()}},
    }


def write() -> None:
    """Write every document."""
    for path, text in documents().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _channel(topic: Topic) -> Json:
    return {
        "address": topic.name,
        "description": f"{topic.purpose[0].upper()}{topic.purpose[1:]}; keyed by {topic.keyed_by}.",
        "messages": {event.ce_type: {"$ref": f"#/components/messages/{event.ce_type}"} for event in topic.events},
        "bindings": {
            "kafka": {
                "partitions": PARTITIONS,
                "topicConfiguration": {
                    "cleanup.policy": [topic.config["cleanup.policy"]],
                    "retention.ms": int(topic.config["retention.ms"]),
                    "retention.bytes": int(topic.config["retention.bytes"]),
                },
            }
        },
    }


def _operation(topic: Topic) -> Json:
    return {"action": "receive", "channel": {"$ref": f"#/channels/{topic.name}"}}


def _message(event: type[Event]) -> Json:
    return {
        "name": event.ce_type,
        "summary": (event.__doc__ or "").strip().splitlines()[0],
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "required": sorted(_HEADERS),
            "properties": {name: {"type": "string", "description": told} for name, told in _HEADERS.items()},
        },
        "payload": {"$ref": f"./json/{event.ce_type}.json"},
    }


def _json(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write()
