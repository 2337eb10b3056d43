"""How far a group has read a topic, and waiting until it has read all of it."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from schemas.topics import PARTITIONS
from streams.broker.errors import BrokerError

Offsets = Mapping[int, int]
"""The next offset to read (or to be written) in each partition."""

PATIENCE = 180.0
"""Seconds without any movement after which a group counts as stuck: long enough for a worker to be restarted."""

_SOON, _LATER = 0.001, 0.05

Answer = TypeVar("Answer")


class Stuck(BrokerError):
    """A group has not read on for as long as we are willing to wait."""


def ends(admin: KafkaAdminClient, topic: str) -> Offsets:
    """The next offset to be written in each partition of `topic`."""
    asked = {TopicPartition(topic, partition): OffsetSpec.LATEST for partition in range(PARTITIONS)}
    return {place.partition: end.offset for place, end in admin.list_partition_offsets(asked).items()}


def committed(admin: KafkaAdminClient, group: str, topic: str) -> Offsets:
    """The next offset that `group` would read in each partition of `topic`; 0 where it has committed none."""
    asked = [TopicPartition(topic, partition) for partition in range(PARTITIONS)]
    found = admin.list_group_offsets({group: asked})[group]
    return {place.partition: max(0, mark.offset) for place, mark in found.items()}


def behind(reached: Offsets, upto: Offsets) -> int:
    """How many records lie between two sets of offsets, of the partitions in `upto`."""
    return sum(max(0, end - reached.get(partition, 0)) for partition, end in upto.items())


def drained(
    admin: KafkaAdminClient, group: str, topic: str, upto: Offsets | None = None, patience: float = PATIENCE
) -> None:
    """Wait until `group` has committed all of `topic`, or the offsets in `upto` when they are given.

    A broker that restarts meanwhile is waited for; `patience` is in seconds, counted from the last movement.

    Raises:
        Stuck: the group did not move for `patience` seconds.
    """
    what = f"group {group} on {topic}"
    target = _Wait(what, patience).until_known(lambda: upto if upto is not None else ends(admin, topic))
    wait = _Wait(what, patience)
    while left := wait.until_known(lambda: behind(committed(admin, group, topic), target)):
        wait.after(left)


class _Wait:
    """Waiting for a figure to come to nothing, no longer than `patience` seconds from its last change."""

    def __init__(self, what: str, patience: float) -> None:
        self._what = what
        self._patience = patience
        self._moved, self._pause = time.monotonic(), _SOON
        self._left: int | None = None

    def until_known(self, measure: Callable[[], Answer]) -> Answer:
        """Ask the broker; one that restarts is asked again."""
        while True:
            try:
                return measure()
            except KafkaError as failure:
                if not failure.retriable:
                    raise
                self._sleep("no broker answered")

    def after(self, left: int) -> None:
        """Wait a little, having seen so many `left`."""
        if left != self._left:
            self._left, self._moved, self._pause = left, time.monotonic(), _SOON
        self._sleep(f"{left} records left")

    def _sleep(self, told: str) -> None:
        if time.monotonic() - self._moved > self._patience:
            raise Stuck(f"{self._what} did not move for {self._patience:.0f} s: {told}; is its worker running?")
        time.sleep(self._pause)
        self._pause = min(self._pause * 1.5, _LATER)
