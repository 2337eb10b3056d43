"""A real HTTP server on loopback that answers as a test tells it to."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from pydantic import SecretStr

SECRET = "T0/B0/very-secret-token"


class Answer(NamedTuple):
    """What the server says; it falls silent `before` or `after` its headers when told to hang."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    hangs: str = ""
    first: Callable[[], None] = lambda: None
    """Done before answering."""


class Webhook:
    """The requests that came, and the answers still to give; after those it says ok."""

    def __init__(self, port: int, answers: tuple[Answer, ...]) -> None:
        self.url = SecretStr(f"http://127.0.0.1:{port}/services/{SECRET}")
        self.payloads: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.answers = deque(answers)
        self.over = threading.Event()

    @property
    def texts(self) -> list[str]:
        return [payload["text"] for payload in self.payloads]


@contextmanager
def webhook(*answers: Answer) -> Iterator[Webhook]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = False
    hook = server.hook = Webhook(server.server_port, answers)  # type: ignore[attr-defined]
    answering = threading.Thread(target=server.serve_forever, args=(0.02,))
    answering.start()
    try:
        yield hook
    finally:
        hook.over.set()
        server.shutdown()
        server.server_close()
        answering.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        hook: Webhook = self.server.hook  # type: ignore[attr-defined]
        hook.payloads.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        hook.paths.append(self.path)
        answer = hook.answers.popleft() if hook.answers else Answer()
        answer.first()
        with suppress(OSError):  # of a client that has gone, which some tests make it do
            self._give(answer, hook.over)

    def _give(self, answer: Answer, over: threading.Event) -> None:
        if answer.hangs == "before":
            over.wait()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if answer.hangs == "after":
            over.wait()
        self.wfile.write(answer.body)

    def log_message(self, *_: Any) -> None:
        pass
