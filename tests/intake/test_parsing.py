import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.document import Document, Refusal
from streams.intake.parsing import parse_line, parse_text

MD = """---
url: https://www.example.org/world/uk-china?utm_source=x
outlet: The Example
title: Starmer goes to Beijing
published: 2026-01-29
unknown: ignored
---
The prime minister met the president on Thursday.
"""


def a_document(text: str, where: str = "a.md") -> Document:
    parsed = parse_text(text, where)
    assert isinstance(parsed, Document), parsed
    return parsed


def a_line(**fields: object) -> Document | Refusal:
    return parse_line(json.dumps({"text": "The two met.", **fields}), "a.jsonl:1")


def test_front_matter_tells_url_outlet_title_and_date():
    document = a_document(MD)
    assert document.url == "https://www.example.org/world/uk-china?utm_source=x"
    assert (document.outlet, document.title) == ("The Example", "Starmer goes to Beijing")
    assert document.published == datetime(2026, 1, 29, 12, tzinfo=UTC)


def test_the_text_is_kept_whole_so_that_offsets_count_in_the_file():
    assert a_document(MD).text == MD


def test_links_to_one_page_give_one_id_and_other_pages_another():
    same = MD.replace("https://www.example.org/world/uk-china?utm_source=x", "http://m.example.org/world/uk-china/#top")
    other = MD.replace("uk-china", "uk-japan")
    assert a_document(MD).id == a_document(same).id != a_document(other).id


def test_without_a_page_the_id_comes_from_the_text_not_from_its_frame():
    text = "Published: 2026-01-29\n\nThe two met.\n"
    assert a_document(text).id == a_document("Published: 2026-01-30\n\n\nThe two  met.").id
    assert a_document(text).id != a_document("Published: 2026-01-29\n\nThe two parted.\n").id


def test_the_front_page_of_a_site_names_no_article():
    first, second = (
        parse_line(json.dumps({"text": text, "url": "https://example.org/"}), "a:1") for text in ("One.", "Two.")
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id != second.id


def test_an_outlet_is_the_site_where_it_has_no_name_and_unknown_without_one():
    assert a_document(MD.replace("outlet: The Example\n", "")).outlet == "example.org"
    assert a_document("The two met.").outlet == "unknown"


def test_a_text_without_front_matter_may_tell_its_date_in_a_junk_line():
    document = a_document(" date 2026-01-29 + ↺ − 16 px\n\nThe two met on Thursday, officials said.\n")
    assert document.published == datetime(2026, 1, 29, 12, tzinfo=UTC)
    assert document.title is None


def test_a_short_first_line_without_a_full_stop_is_the_title():
    assert a_document("Starmer goes to Beijing\n\nThe two met on Thursday.").title == "Starmer goes to Beijing"
    assert a_document("# Starmer goes to Beijing\n\nThe two met.").title == "Starmer goes to Beijing"
    assert a_document("The two met.\n\nThey talked.").title is None
    assert a_document("Starmer goes to Beijing").title is None


def test_an_undated_text_is_a_document_without_a_date():
    assert a_document("The two met on Thursday.").published is None


def test_a_line_keeps_its_own_id_and_text():
    parsed = a_line(id="lead-1", text="A\r\nB", published="2026-01-29", outlet="The Example", title="T")
    assert isinstance(parsed, Document)
    assert (parsed.id, parsed.text, parsed.outlet, parsed.title) == ("lead-1", "A\r\nB", "The Example", "T")


def test_a_number_is_an_id():
    parsed = a_line(id=17)
    assert isinstance(parsed, Document)
    assert parsed.id == "17"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON: Expecting"),
        ("[1]", "no JSON object"),
        ("3", "no JSON object"),
        ("null", "no JSON object"),
        pytest.param("[" * 100_000, "no JSON: ", id="deep"),
        ('{"id": "a"}', "no text"),
        ('{"text": ["a"]}', "text is no text"),
        ('{"text": "a", "published": 20260129}', "published is no text"),
        ('{"text": "a", "published": "soon"}', "published: 'soon' is no date; give one like 2026-01-29"),
        ('{"text": "a", "url": "javascript:alert(1)"}', "url: 'javascript:alert.1.' is no web address"),
        ('{"text": "a \\ud800"}', "text holds what is no character"),
        ('{"text": "a \\u0000"}', "text holds what is no character"),
        ('{"text": "a", "id": {}}', "id is no text"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_place_and_reason(line, reason):
    refused = parse_line(line, "a.jsonl:7")
    assert isinstance(refused, Refusal)
    assert refused.where == "a.jsonl:7"
    assert refused.content == line.encode()
    assert re.match(reason, refused.reason)


def test_broken_front_matter_is_refused_with_its_line():
    refused = parse_text("---\nurl: https://example.org/a\ntitle: A: B\n---\nThe two met.", "a.md")
    assert isinstance(refused, Refusal)
    assert refused.where == "a.md:3"
    assert refused.reason.startswith("front matter: mapping values are not allowed")


def test_a_published_that_is_no_date_is_refused_and_not_looked_for_elsewhere():
    refused = parse_text("---\npublished: last week\n---\n29 January 2026\n\nThe two met.", "a.md")
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("published: 'last week' is no date")


@given(st.text())
def test_any_text_gives_a_document_or_a_reason(text):
    parsed = parse_text(text, "a.txt")
    assert isinstance(parsed, Refusal) or parsed.text == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["id", "text", "url", "published"]) | st.text(), x),
    )
)
def test_any_json_gives_a_document_or_a_reason(value):
    assert isinstance(parse_line(json.dumps(value), "a:1"), Document | Refusal)
