"""How far a group has read a topic, and waiting until it has read all of it."""

import time
from collections.abc import Callable, Mapping

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from schemas.topics import PARTITIONS
from streams.broker.errors import BrokerError

Offsets = Mapping[int, int]
"""The next offset to read (or to be written) in each partition."""

PATIENCE = 60.0
"""Seconds without any movement after which a group counts as stuck."""

_SOON, _LATER = 0.001, 0.05


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


def lag(admin: KafkaAdminClient, group: str, topic: str) -> int:
    """How many records of `topic` the `group` has still to commit."""
    return behind(committed(admin, group, topic), ends(admin, topic))


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
    target = upto if upto is not None else ends(admin, topic)
    _await_zero(lambda: behind(committed(admin, group, topic), target), f"group {group} on {topic}", patience)


def _await_zero(measure: Callable[[], int], what: str, patience: float) -> None:
    left, moved, pause = None, time.monotonic(), _SOON
    while (now_left := _asked(measure, left)) != 0:
        if now_left != left:
            left, moved, pause = now_left, time.monotonic(), _SOON
        elif time.monotonic() - moved > patience:
            raise Stuck(f"{what} did not move for {patience:.0f} s: {_told(left)}; is its worker running?")
        time.sleep(pause)
        pause = min(pause * 1.5, _LATER)


def _asked(measure: Callable[[], int], otherwise: int | None) -> int | None:
    try:
        return measure()
    except KafkaError as failure:
        if not failure.retriable:
            raise
        return otherwise


def _told(left: int | None) -> str:
    return "no broker answered" if left is None else f"{left} records left"
