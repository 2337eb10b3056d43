"""What `stance` tells Prometheus about itself, and the small server that answers it.

Every series carries `mode`: a replay counts as mode="replay", so that live panels and rules, which select
mode="live", never see the past pass by.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from socket import AF_INET6
from typing import TYPE_CHECKING, Any, Literal
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import ThreadingWSGIServer, make_wsgi_app

from schemas.shifts import Shift
from schemas.stances import StanceMeasured

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Mode = Literal["live", "replay"]

OTHER = "other"
"""The label of an actor or pole that is not watched: labels are few and known beforehand."""

LAG_SECONDS = (1, 10, 60, 600, 3_600, 21_600, 86_400, 172_800, 604_800, 2_592_000)
"""Buckets from a second to 30 days: articles are minutes old, and a day's steps are taken at its close."""

READY, NOT_READY = "ready\n", "not ready: starting, or waiting for its partitions\n"


class PortTaken(OSError):
    """The metrics cannot be served; the message says where and what to do, in one line."""


class Metrics:
    """The metrics of one process, on a registry of its own.

    `actors` and `poles` are those of the watchlist: others are counted under `other`.
    """

    def __init__(
        self, registry: CollectorRegistry, actors: Iterable[str], poles: Iterable[str], mode: Mode = "live"
    ) -> None:
        self._actors, self._poles, self._mode = frozenset(actors), frozenset(poles), mode
        self._last_event = float("-inf")
        self._score = Gauge("stance_score", "Stance in [-1, 1]", ["actor", "pole", "mode"], registry=registry)
        self._shifts = Counter(
            "stance_shifts_total",
            "Shifts confirmed",
            ["actor", "pole", "direction", "mode"],
            registry=registry,
        )
        self._articles = Counter("stance_articles_total", "Articles by outcome", ["outcome", "mode"], registry=registry)
        self._deliveries = Counter(
            "stance_alert_deliveries_total",
            "Alerts by channel and outcome; retried and disabled count the channel's failures",
            ["channel", "outcome", "mode"],
            registry=registry,
        )
        self._queue = Gauge(
            "stance_alert_queue_depth", "Steps of shifts not dealt with yet", ["mode"], registry=registry
        )
        self._lag = Histogram(
            "stance_event_lag_seconds",
            "From an event's own time to when it was taken",
            ["mode"],
            buckets=LAG_SECONDS,
            registry=registry,
        )
        self._last = Gauge(
            "stance_last_event_timestamp_seconds",
            "Time of the latest event taken, since the epoch",
            ["mode"],
            registry=registry,
        )
        Info("stance_build", "What runs here", registry=registry).info({"version": _version()})

    def stance(self, measured: StanceMeasured) -> None:
        """An actor's stance toward a pole was measured."""
        actor, pole = self._actor(measured.actor), self._pole(measured.pole)
        if OTHER not in (actor, pole):
            self._score.labels(actor, pole, self._mode).set(measured.score)

    def shift(self, step: Shift) -> None:
        """A shift took a step; the confirmed ones are counted."""
        if step.status == "confirmed":
            self._shifts.labels(self._actor(step.actor), self._pole(step.pole), step.direction, self._mode).inc()

    def article(self, outcome: Literal["published", "rejected"]) -> None:
        """An article was taken or refused."""
        self._articles.labels(outcome, self._mode).inc()

    def delivery(
        self, channel: str, outcome: Literal["delivered", "refused", "silenced", "retried", "disabled"]
    ) -> None:
        """Something became of an alert on a channel."""
        self._deliveries.labels(channel, outcome, self._mode).inc()

    def queue(self, depth: int) -> None:
        """So many steps wait for the notifier."""
        self._queue.labels(self._mode).set(depth)

    def event(self, happened: datetime, now: datetime) -> None:
        """An event was taken `now`; one that comes late does not take the latest event's time back."""
        self._lag.labels(self._mode).observe(max(0.0, (now - happened).total_seconds()))
        self._last_event = max(self._last_event, happened.timestamp())
        self._last.labels(self._mode).set(self._last_event)

    def _actor(self, actor: str) -> str:
        return actor if actor in self._actors else OTHER

    def _pole(self, pole: str) -> str:
        return pole if pole in self._poles else OTHER


@contextmanager
def serve(registry: CollectorRegistry, port: int, ready: Callable[[], bool], host: str = "127.0.0.1") -> Iterator[int]:
    """Answer /metrics and /ready (200, or 503 with the reason) while the context lasts; gives the port.

    `ready` is asked in another thread, so that a busy event loop does not keep Prometheus waiting.
    Port 0 takes a free one.

    Raises:
        PortTaken: the port cannot be had on `host`.
    """
    try:
        server = make_server(host, port, _app(registry, ready), _server_of(host), _Handler)
    except OSError as failure:
        raise PortTaken(
            f"cannot serve metrics on {host}:{port}: {failure.strerror or failure}; "
            "set STANCE_METRICS_PORT to a free port, or to 0 for any"
        ) from failure
    answering = threading.Thread(target=server.serve_forever, args=(0.05,), name="metrics", daemon=True)
    answering.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        answering.join()
        server.server_close()


def _app(registry: CollectorRegistry, ready: Callable[[], bool]) -> "WSGIApplication":
    metrics: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/metrics":
                return metrics(environ, start)
            case "/ready" if ready():
                return _say(start, "200 OK", READY)
            case "/ready":
                return _say(start, "503 Service Unavailable", NOT_READY)
            case _:
                return _say(start, "404 Not Found", "see /metrics and /ready\n")

    return answer


def _say(start: "StartResponse", status: str, text: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


class _Handler(WSGIRequestHandler):
    timeout = 10.0

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing: a scrape every few seconds is no news."""


class _SixServer(ThreadingWSGIServer):
    address_family = AF_INET6


def _server_of(host: str) -> type[ThreadingWSGIServer]:
    return _SixServer if ":" in host else ThreadingWSGIServer


def _version() -> str:
    try:
        return version("stance")
    except PackageNotFoundError:
        return "unknown"
