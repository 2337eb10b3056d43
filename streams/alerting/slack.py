"""Slack as a channel: an incoming webhook, whose address is a secret.

Source for the replies: Slack's "Sending messages using incoming webhooks", error handling.
"""

import asyncio
import logging
import re
from contextlib import aclosing
from typing import NamedTuple

import httpx
from pydantic import SecretStr

from streams.alerting.alert import Alert
from streams.alerting.channel import Delivered, Outcome, Refused, RetryAfter
from streams.alerting.message import compose
from streams.alerting.slack_payload import Payload, blocks_payload, plain_payload

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LOGS = ("httpx", "httpcore.http11")
"""Loggers whose lines hold the address that is asked, or one that a server redirects to."""

_BODY_BYTES = 200
_ERROR_WORD = re.compile(r"[a-z_]{1,40}")


class Reply(NamedTuple):
    """What the webhook answered; of the body only its beginning."""

    status: int
    body: str
    retry_after: str


class SlackChannel:
    """Posts each alert to an incoming webhook, through a client that the composition opens and closes.

    A try takes `seconds` at most.

    Raises:
        ValueError: the address is not private, see `assert_private`.
    """

    name = "slack"

    def __init__(self, url: SecretStr, client: httpx.AsyncClient, seconds: float = 15.0) -> None:
        assert_private(url)
        for told in _LOGS:
            logging.getLogger(told).addFilter(_Redacted(url))
        self._url = url
        self._client = client
        self._seconds = seconds

    async def send(self, alert: Alert) -> Outcome:
        """Post it once; twice, the second time as plain text, where Slack does not take its blocks."""
        message = compose(alert)
        reply = await self._post(blocks_payload(message))
        if isinstance(reply, Reply) and reply.status == 400:
            reply = await self._post(plain_payload(message))
        return outcome_of(reply) if isinstance(reply, Reply) else reply

    async def _post(self, payload: Payload) -> Reply | RetryAfter:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._exchange(payload)
        except TimeoutError:
            return RetryAfter(f"no answer within {self._seconds:g} s")
        except httpx.HTTPError as failure:
            return RetryAfter(f"not reached: {type(failure).__name__}")

    async def _exchange(self, payload: Payload) -> Reply:
        url = self._url.get_secret_value()
        request = self._client.build_request("POST", url, json=payload, headers={"accept-encoding": "identity"})
        response = await self._client.send(request, stream=True, follow_redirects=False)
        async with aclosing(response):
            body = b""
            async for part in response.aiter_raw():
                body += part
                if len(body) > _BODY_BYTES:
                    break
            text = body[:_BODY_BYTES].decode(errors="replace").strip()
            return Reply(response.status_code, text, response.headers.get("retry-after", ""))


def assert_private(url: SecretStr) -> None:
    """Assert that what is posted to the address, and the address itself, cannot be read on the way.

    Raises:
        ValueError: it is neither https nor http on loopback; it is not repeated.
    """
    try:
        address = httpx.URL(url.get_secret_value())
    except httpx.InvalidURL:
        address = httpx.URL("")
    on_loopback = address.scheme == "http" and address.host in _LOOPBACK
    if not address.host or not (address.scheme == "https" or on_loopback):
        raise ValueError("the Slack webhook's address must be https (http on loopback only)")


def outcome_of(reply: Reply) -> Outcome:
    """What a reply means: delivered only at 200 with the body "ok"."""
    match reply.status:
        case 200 if reply.body == "ok":
            return Delivered()
        case 429:
            return RetryAfter("429: too many messages", _seconds(reply.retry_after))
        case status if status >= 500:
            return RetryAfter(_told(reply))
        case 403 | 404 | 410:
            return Refused(_told(reply), disables=True)
        case _:
            return Refused(_told(reply))


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdecimal() else 0.0


def _told(reply: Reply) -> str:
    # Slack answers with a word; another server's page might repeat the address that it was asked for.
    word = reply.body if _ERROR_WORD.fullmatch(reply.body) else "an answer that is not Slack's"
    return f"{reply.status}: {word}"


class _Redacted(logging.Filter):
    """Takes the secret part of the address, its path, out of the log lines of the HTTP libraries."""

    def __init__(self, url: SecretStr) -> None:
        super().__init__()
        self._url = url

    def filter(self, record: logging.LogRecord) -> bool:
        line, path = record.getMessage(), httpx.URL(self._url.get_secret_value()).raw_path.decode()
        if len(path) > 1 and path in line:
            record.msg, record.args = line.replace(path, "/[webhook]"), ()
        return True
