"""Slack's webhook, against a real HTTP server: what each reply means, and that its address stays a secret."""

import logging
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from alerting_builders import an_alert
from pydantic import SecretStr
from webhook_server import SECRET, Answer, Webhook, webhook

from streams.alerting.channel import Delivered, Outcome, Refused, RetryAfter
from streams.alerting.message import compose
from streams.alerting.slack import SlackChannel
from streams.alerting.slack_payload import blocks_payload, plain_payload


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as client:
        yield client


async def sent(client: httpx.AsyncClient, *answers: Answer, seconds: float = 30.0) -> tuple[Outcome, Webhook]:
    with webhook(*answers) as hook:
        return await SlackChannel(hook.url, client, seconds).send(an_alert()), hook


async def test_ok_is_delivered_and_the_blocks_were_sent_once(client: httpx.AsyncClient) -> None:
    outcome, hook = await sent(client, Answer(200, b"ok"))
    assert outcome == Delivered()
    assert hook.payloads == [blocks_payload(compose(an_alert()))]
    assert hook.paths == [f"/services/{SECRET}"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, b"<html>Log in to the hotel's network"), Refused("200: an answer that is not Slack's")),
        (Answer(200, b""), Refused("200: an answer that is not Slack's")),
        (Answer(200, b"invalid_token"), Refused("200: invalid_token")),
        (
            Answer(302, b"", {"location": "http://127.0.0.1:9/"}),
            Refused("302: an answer that is not Slack's"),
        ),
        (Answer(429, b"", {"retry-after": "7"}), RetryAfter("429: too many messages", 7)),
        (Answer(429, b"", {"retry-after": "3600"}), RetryAfter("429: too many messages", 3600)),
        (Answer(429, b"", {"retry-after": "-1"}), RetryAfter("429: too many messages")),
        (
            Answer(429, b"", {"retry-after": "Fri, 16 Jan 2026 09:00:00 GMT"}),
            RetryAfter("429: too many messages"),
        ),
        (Answer(429), RetryAfter("429: too many messages")),
        (Answer(500, b"rollup_error"), RetryAfter("500: rollup_error")),
        (Answer(503, b"<h1>down"), RetryAfter("503: an answer that is not Slack's")),
        (Answer(403, b"action_prohibited"), Refused("403: action_prohibited", disables=True)),
        (Answer(404, b"channel_not_found"), Refused("404: channel_not_found", disables=True)),
        (Answer(410, b"channel_is_archived"), Refused("410: channel_is_archived", disables=True)),
        (Answer(418, b"teapot"), Refused("418: teapot")),
    ],
)
async def test_a_reply_means(client: httpx.AsyncClient, answer: Answer, outcome: Outcome) -> None:
    actual, hook = await sent(client, answer)
    assert actual == outcome
    assert len(hook.payloads) == 1


async def test_refused_blocks_are_sent_once_more_as_plain_text(client: httpx.AsyncClient) -> None:
    outcome, hook = await sent(client, Answer(400, b"invalid_blocks"))
    assert outcome == Delivered()
    message = compose(an_alert())
    assert hook.payloads == [blocks_payload(message), plain_payload(message)]


async def test_refused_plain_text_is_refused_for_good(client: httpx.AsyncClient) -> None:
    outcome, hook = await sent(client, Answer(400, b"invalid_blocks"), Answer(400, b"no_text"))
    assert outcome == Refused("400: no_text")
    assert len(hook.payloads) == 2


@pytest.mark.parametrize("where", ["before", "after"])
async def test_a_server_that_hangs_is_tried_later(client: httpx.AsyncClient, where: str) -> None:
    outcome, _ = await sent(client, Answer(hangs=where), seconds=0.3)
    assert outcome == RetryAfter("no answer within 0.3 s")


async def test_an_endless_answer_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    outcome, _ = await sent(client, Answer(200, b"ok" * 10_000_000))
    assert outcome == Refused("200: an answer that is not Slack's")


async def test_a_server_that_is_not_there_is_tried_later(client: httpx.AsyncClient) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = SecretStr(f"http://127.0.0.1:{held.getsockname()[1]}/services/{SECRET}")
        assert await SlackChannel(url, client).send(an_alert()) == RetryAfter("not reached: ConnectError")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(),
        Answer(302, b"", {"location": f"http://127.0.0.1:9/services/{SECRET}"}),
        Answer(404, f"nothing at /services/{SECRET}".encode()),
        Answer(hangs="before"),
    ],
)
async def test_the_address_is_in_no_log_line_outcome_or_representation(
    client: httpx.AsyncClient, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with webhook(answer) as hook:
        channel = SlackChannel(hook.url, client, 0.3)
        outcome = await channel.send(an_alert())
    told = [caplog.text, repr(outcome), repr(channel), str(vars(channel))]
    assert not [text for text in told if "secret" in text.replace("SecretStr", "")]
    assert "[webhook]" in caplog.text or answer.hangs


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/services/secret",
        "http://127.0.0.1@hooks.example/secret",
        "http://localhost.example/secret",
        "ftp://127.0.0.1/secret",
        "https:///secret",
        "secret",
        "",
        "https://hooks.example:port/secret",
    ],
)
async def test_an_address_that_would_tell_the_secret_is_refused_without_telling_it(
    client: httpx.AsyncClient, url: str
) -> None:
    with pytest.raises(ValueError, match="must be https") as refusal:
        SlackChannel(SecretStr(url), client)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is refusal.value.__context__ is None


@pytest.mark.parametrize("url", ["https://hooks.example/x", "http://localhost:1/x", "http://[::1]:1/x"])
async def test_https_and_loopback_are_taken(client: httpx.AsyncClient, url: str) -> None:
    assert SlackChannel(SecretStr(url), client).name == "slack"
