"""Tells a worker that has died on its feet from one that has nothing to do."""

from collections.abc import Mapping

AGAIN_SECONDS = 1.0
"""Between two requests to read the same partition again."""

STALLED_SECONDS = 30.0
"""Records ahead and none taken for so long: faust issues 175, 596 and 640 describe such consumers."""

Place = tuple[str, int]
"""Topic and partition."""


class Stalled(RuntimeError):
    """A worker holds partitions with records ahead and takes none; raised to crash and be restarted."""


class Progress:
    """How far a worker has come on each partition, and when it last moved (monotonic seconds)."""

    def __init__(self) -> None:
        self._taken: dict[Place, int] = {}
        self._asked: dict[Place, float] = {}
        self._moved: float | None = None

    def expected(self, place: Place, committed: int | None) -> int | None:
        """The next offset to take; none if nothing is known of the partition since the assignment.

        `committed` is the group's next offset; others may have taken what lies before it.
        """
        known = [offset for offset in (committed, self._taken.get(place, -1) + 1) if offset]
        return max(known, default=None)

    def may_ask_again(self, place: Place, now: float) -> bool:
        """Whether to ask now for reading again: once, and once more after AGAIN_SECONDS in case it was lost."""
        if now - self._asked.get(place, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return False
        self._asked[place] = now
        return True

    def note(self, place: Place, offset: int, now: float) -> None:
        """A record was taken."""
        self._taken[place] = max(offset, self._taken.get(place, 0))
        self._moved = now

    def forget(self) -> None:
        """Partitions are given out anew: what was taken and not committed will come again."""
        self._taken.clear()
        self._asked.clear()

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
