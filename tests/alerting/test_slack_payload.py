"""What is sent to Slack: within its limits whatever an article holds, and nothing in it that pages or links."""

import json
import re
from datetime import date
from html import escape, unescape
from typing import Any

from alerting_builders import a_step, an_alert, an_evidence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.alerting.alert import Alert
from streams.alerting.message import compose
from streams.alerting.slack_payload import HEADER, WHOLE, blocks_payload, escaped, plain_payload

FORMATTED = re.compile(r"<[^>]*>")
"""What Slack acts on: links, mentions, and special mentions such as <!channel>."""

LINK = re.compile(r"<https?://[\x21-\x7e]+\|[^<>|]*>", re.IGNORECASE)


def payload_of(alert: Alert) -> dict[str, Any]:
    return blocks_payload(compose(alert))


def marked_texts(payload: dict[str, Any]) -> list[str]:
    """Every text in which Slack looks for formatting."""
    texts = [payload["text"]]
    for block in payload["blocks"]:
        for part in [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]:
            if part and part["type"] == "mrkdwn":
                assert part["verbatim"] is True
                texts.append(part["text"])
    return texts


def test_the_first_block_is_the_headline_and_the_last_holds_the_id() -> None:
    alert = an_alert()
    first, *_, last = payload_of(alert)["blocks"]
    assert first == {"type": "header", "text": {"type": "plain_text", "text": "Canada warming to Beijing"}}
    assert last["elements"][0]["text"].startswith(alert.id)


def test_a_quote_stands_with_its_speaker_linked_outlet_date_and_share() -> None:
    sections = [block["text"]["text"] for block in payload_of(an_alert())["blocks"] if "text" in block]
    assert sections[-1] == (
        "> “We are opening a new chapter with China”\n"
        "Mark Carney, <https://ledger.example/canada-china|The Daily Ledger>, 16 January 2026, 31 % of the move"
    )


def test_links_are_not_unfurled_and_there_is_always_a_text() -> None:
    payload = payload_of(an_alert())
    assert payload["unfurl_links"] is payload["unfurl_media"] is False
    assert payload["text"].startswith("Canada warming to Beijing\n")


def test_a_channel_mention_in_a_quote_pages_nobody() -> None:
    evidence = an_evidence(quote="<!channel> & <@U1> <https://evil.example|here>", speaker="<!here>", url=None)
    for text in marked_texts(payload_of(an_alert(evidence))):
        assert FORMATTED.findall(text) == []
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in payload_of(an_alert(evidence))["text"]


def test_an_address_cannot_break_out_of_its_link() -> None:
    evidence = an_evidence(url="https://a.example/?b=1&c=<!channel>|d", outlet="X|<!everyone>", outlets=())
    links = [link for text in marked_texts(payload_of(an_alert(evidence))) for link in FORMATTED.findall(text)]
    assert links == ["<https://a.example/?b=1&amp;c=%3C!channel%3E%7Cd|X/&lt;!everyone&gt;>"]


def test_the_plain_message_keeps_its_id_however_long_the_rest() -> None:
    evidence = [an_evidence(quote="&" * 5_000, speaker="<" * 500, outlet=">" * 500)] * 3
    alert = an_alert(*evidence, reason="&" * 5_000)
    assert alert.id in plain_payload(compose(alert))["text"].splitlines()[-1]


hostile = st.one_of(
    st.text(max_size=500),
    st.sampled_from(['"', "&", "<", "\\", "\U0001f9ed", "<!channel> ", "w "]).map(lambda part: part * 2_000),
)
addresses = st.one_of(st.none(), hostile, st.integers(0, 290).map(lambda n: "https://a.example/?" + "&" * n))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    evidence=st.lists(
        st.builds(an_evidence, quote=hostile, speaker=hostile, outlet=hostile, url=addresses), max_size=3
    ),
    reason=hostile,
    rules=hostile,
    others=st.integers(0, 12),
)
def test_no_article_makes_a_message_that_slack_would_refuse(
    evidence: list[Any], reason: str, rules: str, others: int
) -> None:
    codes = ("GBR", "AUS", "DEU", "FRA", "ITA", "JPN", "KOR", "PHL", "NZL", "IND", "ARE", "BIH")[:others]
    alert = Alert(
        a_step(reason=reason, rules=rules, hedging=True),
        tuple(evidence),
        elsewhere=tuple(a_step(pole=code, onset=date(2025, 9, 30)) for code in codes),
        alongside=tuple(a_step(actor=code) for code in codes),
    )
    payload = payload_of(alert)
    assert len(json.dumps(payload, ensure_ascii=False)) < WHOLE
    assert len(payload["blocks"]) <= 50
    assert 0 < len(payload["blocks"][0]["text"]["text"]) <= HEADER
    for block in payload["blocks"]:
        assert len(block.get("fields", ())) <= 10
        assert all(0 < len(field["text"]) <= 2_000 for field in block.get("fields", ()))
    for text in marked_texts(payload):
        assert 0 < len(text) <= 4_000
        assert all(LINK.fullmatch(found) for found in FORMATTED.findall(text))
    json.dumps(payload).encode()


@given(st.text(st.sampled_from("a&<>é ")), st.integers(1, 60))
def test_escaping_keeps_within_the_length_and_cuts_no_entity(text: str, length: int) -> None:
    made = escaped(text, length)
    assert len(made) <= length
    assert not re.search(r"&(?!(amp|lt|gt);)|[<>]", made)
    if len(escape(text, quote=False)) <= length:
        assert unescape(made) == text
    else:
        assert made.endswith("…")
        assert text.startswith(unescape(made[:-1]))
