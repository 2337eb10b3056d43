"""The door of judgement: statements and closed days in, measured stances and steps of shifts out.

The table's value carries the last offset that was applied to an actor, so that a redelivered record is
skipped: each statement counts exactly once, also across SIGKILL.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import faust

from schemas.cloudevents import Headers, Undecodable, decode
from schemas.topics import PARTITIONS, STATEMENTS
from streams.broker.stage import Incoming, SafeTable, Stage, Taken
from streams.judgement.fold import Judged, apply
from streams.judgement.rules import Rules
from streams.judgement.state import ActorState

NAME = "judgement"
"""The stage's name: its consumer group, after the prefix."""

TABLE = "states"
"""The name of the table of actors' states; its changelog is what a rebuild is compared with."""

_OFFSET_BYTES = 8


class Kept(NamedTuple):
    """A value of the table: the state of an actor and the last offset applied to it."""

    offset: int
    state: ActorState

    def to_bytes(self) -> bytes:
        """The offset (8 bytes, big-endian), then the state."""
        return self.offset.to_bytes(_OFFSET_BYTES, "big") + self.state.to_bytes()

    @classmethod
    def from_bytes(cls, value: bytes) -> "Kept":
        """The inverse of `to_bytes`."""
        offset = int.from_bytes(value[:_OFFSET_BYTES], "big")
        return cls(offset, ActorState.from_bytes(value[_OFFSET_BYTES:]))


def build_app(
    bootstrap: str, prefix: str, commit_seconds: float, rules: Rules, observe: Callable[[Incoming, Taken], None]
) -> faust.App:
    """The Faust app that folds each actor's statements."""
    stage = Stage(NAME, STATEMENTS, bootstrap, prefix, commit_seconds)
    app = stage.build_app()
    table = app.Table(TABLE, partitions=PARTITIONS, key_type=bytes, value_type=bytes)
    stage.attach(app, Judge(table, rules), cast(SafeTable, table), observe)
    return app


def changelog(prefix: str) -> str:
    """The topic that holds every actor's last state."""
    return f"{prefix}{NAME}-{TABLE}-changelog"


def judged_event(key: bytes | None, headers: Headers, value: bytes | None) -> Judged:
    """The event that a record of `statements` holds for the fold.

    Raises:
        Undecodable: no event, one of another topic, or one under another actor's key.
    """
    event = decode(headers, value)
    if not isinstance(event, Judged):
        raise Undecodable(f"{event.ce_type} does not belong among statements")
    if key != event.key.encode():
        raise Undecodable(f"keyed by {key!r}, but it is of {event.key}")
    return event


class Judge:
    """Takes records against the table; remembers decoded states, which the table holds as bytes."""

    def __init__(self, table: Any, rules: Rules) -> None:
        self._table = table
        self._rules = rules
        self._decoded: dict[bytes, tuple[bytes, Kept]] = {}

    def __call__(self, incoming: Incoming) -> Taken:
        """The steps and stances that a record leads to and the actor's next state, or its rejection."""
        try:
            event = judged_event(incoming.key, incoming.headers, incoming.value)
        except Undecodable as failure:
            return Taken((incoming.rejected(str(failure)),))
        key = event.key.encode()
        kept = self._kept(key)
        if kept is not None and incoming.offset <= kept.offset:
            return Taken(())
        state = kept.state if kept else ActorState.initial(event.key)
        state, decided = apply(state, event, self._rules)
        return Taken(decided, self._remember(key, Kept(incoming.offset, state)))

    def _kept(self, key: bytes) -> Kept | None:
        value = self._table.get(key)
        if value is None:
            return None
        # The table is the truth: after a rebalance it may hold a later state than the one remembered.
        remembered = self._decoded.get(key)
        if remembered is not None and remembered[0] == value:
            return remembered[1]
        return Kept.from_bytes(value)

    def _remember(self, key: bytes, kept: Kept) -> bytes:
        value = kept.to_bytes()
        self._decoded[key] = (value, kept)
        return value
