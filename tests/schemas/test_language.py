"""The language keeps its word: golden events read and written alike, bad records refused by name, documents fresh."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import schemas
from schemas.cloudevents import EVENT_TYPES, Undecodable, decode, encode
from schemas.documents import asyncapi, documents, schema_of
from schemas.ids import content_id
from schemas.plover import QUADS, Root, sign_of
from schemas.statements import DayClosed, StatementDetected, StatementRetracted
from schemas.topics import TOPICS, topic_of

GOLDEN = Path(schemas.__file__).parent / "golden"


def golden(name: str) -> dict[str, Any]:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def headed(name: str) -> list[tuple[str, bytes]]:
    return [("ce_type", name.encode())]


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_golden_event_reads_and_writes_the_same_value(name: str) -> None:
    told = golden(name)
    event = decode(headed(name), json.dumps(told).encode())
    record = encode(event, "stance/test")
    assert json.loads(record.value) == told
    assert decode(record.headers, record.value) == event


def test_a_retraction_that_was_written_before_it_named_copies_is_read_as_one_of_none() -> None:
    told = golden("stance.statement-retracted.v1")
    del told["copies"]
    event = decode(headed("stance.statement-retracted.v1"), json.dumps(told).encode())
    assert isinstance(event, StatementRetracted)
    assert event.copies == ()


def test_a_copy_is_of_the_same_actor_target_and_sign() -> None:
    told = golden("stance.statement-retracted.v1")
    told["copies"][0]["target"] = "USA"
    with pytest.raises(Undecodable, match="is no copy of"):
        decode(headed("stance.statement-retracted.v1"), json.dumps(told).encode())


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_golden_event_fits_its_json_schema(name: str) -> None:
    Draft202012Validator(schema_of(EVENT_TYPES[name])).validate(golden(name))


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_record_bears_the_attributes_of_cloudevents(name: str) -> None:
    event = EVENT_TYPES[name].model_validate(golden(name))
    told = dict(encode(event, "stance/test").headers)
    assert told["ce_specversion"] == b"1.0"
    assert told["ce_type"] == name.encode()
    assert told["ce_id"] == event.event_id.encode()
    assert datetime.fromisoformat(told["ce_time"].decode()) == event.event_time
    assert told["content-type"] == b"application/json"


@given(
    actor=st.from_regex(r"[A-Z]{3}", fullmatch=True),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 1, 1)),
)
def test_any_closed_day_survives_the_wire(actor: str, day: date) -> None:
    event = DayClosed(actor=actor, day=day)
    record = encode(event, "s")
    assert decode(record.headers, record.value) == event
    assert record.key == actor.encode()


@given(quote=st.text(min_size=1, max_size=300), start=st.integers(0, 10**6), sketch=st.lists(st.integers(0, 2**64 - 1)))
def test_any_statement_survives_the_wire(quote: str, start: int, sketch: list[int]) -> None:
    quote = quote.encode("utf-8", "replace").decode()
    told = golden("stance.statement-detected.v1") | {
        "quote": quote, "start": start, "end": start + len(quote), "sketch": sketch[:64]
    }  # fmt: skip
    event = StatementDetected.model_validate(told)
    record = encode(event, "s")
    assert decode(record.headers, record.value) == event


@pytest.mark.parametrize(
    ("headers", "value", "reason"),
    [
        ([], b"{}", "no ce_type header"),
        (headed("stance.unheard-of.v1"), b"{}", "unknown event type 'stance.unheard-of.v1'"),
        ([("ce_type", b"\xff\xfe")], b"{}", "unknown event type"),
        (headed("stance.day-closed.v1"), None, "without a value"),
        (headed("stance.day-closed.v1"), b"", "Invalid JSON"),
        (headed("stance.day-closed.v1"), b"{", "Invalid JSON"),
        (headed("stance.day-closed.v1"), b'{"actor": "PRT"}', "day: Field required"),
        (headed("stance.day-closed.v1"), b'{"actor": "Portugal", "day": "2024-01-01"}', "actor: .*pattern"),
        (headed("stance.day-closed.v1"), b'{"actor": "PRT", "day": "2024-01-01", "x": 1}', "x: Extra inputs"),
    ],
)
def test_a_bad_record_is_refused_in_one_line(
    headers: list[tuple[str, bytes]], value: bytes | None, reason: str
) -> None:
    with pytest.raises(Undecodable, match=reason) as told:
        decode(headers, value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": 9999},
        {"start": -1},
        {"target": "PRT"},
        {"sign": 2},
        {"strength": 1.5},
        {"occurred_from": "2024-04-01"},
        {"root": "SMILE"},
        {"published": "2024-03-08T09:30:00"},
        {"confidence": "NaN"},
    ],
)
def test_a_statement_that_contradicts_itself_is_no_statement(wrong: dict[str, Any]) -> None:
    told = golden("stance.statement-detected.v1") | wrong
    with pytest.raises(Undecodable):
        decode(headed("stance.statement-detected.v1"), json.dumps(told).encode())


def test_equal_parts_give_equal_ids_and_shifted_parts_others() -> None:
    assert content_id("x", "ab", "c") == content_id("x", "ab", "c")
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")
    assert content_id("x", "ab") != content_id("y", "ab")


def test_a_statement_that_happened_later_than_published_counts_at_publication() -> None:
    told = golden("stance.statement-detected.v1") | {"occurred_to": "2024-12-31"}
    event = StatementDetected.model_validate(told)
    assert event.event_time == datetime(2024, 3, 8, 9, 30, tzinfo=UTC)


def test_every_event_stands_on_exactly_one_topic() -> None:
    for name, event_type in EVENT_TYPES.items():
        event = event_type.model_validate(golden(name))
        assert [topic for topic in TOPICS if event_type in topic.events] == [topic_of(event)]


def test_facts_are_kept_for_ever_and_snapshots_compacted() -> None:
    policies = {topic.name: topic.config["cleanup.policy"] for topic in TOPICS}
    assert policies == {
        "articles": "delete",
        "statements": "delete",
        "stances": "compact",
        "shifts": "delete",
        "deliveries": "compact",
        "rejected": "delete",
    }
    assert {topic.name for topic in TOPICS if topic.config["retention.ms"] != "-1"} == {"rejected"}


@pytest.mark.parametrize("root", Root)
def test_a_sign_follows_from_the_quad_class(root: Root) -> None:
    assert sign_of(root) == (1 if QUADS[root] in (1, 2) else -1)


def test_the_generated_documents_are_fresh() -> None:
    stale = [path.name for path, text in documents().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make schemas`"


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    told = yaml.safe_load((GOLDEN.parent / "asyncapi.yaml").read_text(encoding="utf-8"))
    assert told == asyncapi()
    for channel in told["channels"].values():
        for name, reference in channel["messages"].items():
            assert reference["$ref"] == f"#/components/messages/{name}"
            payload = told["components"]["messages"][name]["payload"]["$ref"]
            assert (GOLDEN.parent / payload).is_file()
    for operation in told["operations"].values():
        assert operation["channel"]["$ref"].removeprefix("#/channels/") in told["channels"]
