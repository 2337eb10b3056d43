"""Tells a worker that has died on its feet from one that has nothing to do."""

from collections.abc import Mapping

STALLED_SECONDS = 30.0
"""Records ahead and none taken for so long: faust issues 175, 596 and 640 describe such consumers."""

Place = tuple[str, int]
"""Topic and partition."""


class Stalled(RuntimeError):
    """A worker holds partitions with records ahead and takes none; raised to crash and be restarted."""


class Skipped(RuntimeError):
    """Records were passed over that nobody has committed; raised to crash before the loss is committed, too."""


class Progress:
    """How far a worker has come on each partition, and when it last moved (monotonic seconds)."""

    def __init__(self) -> None:
        self._taken: dict[Place, int] = {}
        self._moved: float | None = None

    def insist_on_next(self, place: Place, offset: int, committed: int | None) -> None:
        """Check that no record lies between those taken or committed and the one at `offset`.

        `committed` is the group's next offset as of the assignment; others may have taken what lies before it.
        Seen on faust-streaming 0.15.3: a rebalance that suspends the flow drops the records in hand, while the
        read offset goes on (`Consumer.getmany`, `wait_first`).

        Raises:
            Skipped: some were.
        """
        taken = self._taken.get(place)
        if taken is None and not committed:
            return
        expected = max(committed or 0, 0 if taken is None else taken + 1)
        if offset > expected:
            raise Skipped(f"{place[0]}/{place[1]} jumped from {expected} to {offset}; restarting to read them")

    def note(self, place: Place, offset: int, now: float) -> None:
        """A record was taken."""
        self._taken[place] = offset
        self._moved = now

    def insist(self, ends: Mapping[Place, int], now: float) -> None:
        """Check against the end offsets of the partitions held.

        Raises:
            Stalled: records are ahead on a partition already read from, and nothing moved for STALLED_SECONDS.
        """
        behind = [place for place, offset in self._taken.items() if ends.get(place, 0) > offset + 1]
        if not behind or self._moved is None:
            self._moved = now
        elif now - self._moved > STALLED_SECONDS:
            raise Stalled(f"nothing taken from {behind} for {now - self._moved:.0f} s; restarting")
