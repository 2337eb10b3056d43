"""How fast a log in a file is judged, beside the empty loop over its lines; and whether it slows down with history.

    .venv/bin/python tests/bench/fold_from_file.py [--statements 400000] [--days 1000] [--calls]

Seconds are of the processor, and ratios within one run; what else runs on the computer still shows in both. Function
calls do not: with --calls they are counted instead, which tells whether the work grows with the history.
"""

import argparse
import cProfile
import pstats
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from made_up_log import ACTORS, lines

from streams.judgement.fold import Judged
from streams.judgement.refolding import Refolding
from streams.judgement.rules import Rules
from streams.log_file import LogFile, read_log_file

PARTS = 10


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--statements", type=int, default=400_000)
    asked.add_argument("--days", type=int, default=1_000)
    asked.add_argument("--calls", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = LogFile(Path(folder) / "log.jsonl", ACTORS)
        with log.path.open("wb") as file:
            file.writelines(line + b"\n" for _, line in lines(given.statements, given.days))
        (_count_calls if given.calls else _measure)(log, given.statements, given.days)


def _measure(log: LogFile, statements: int, days: int) -> None:
    closes = days * len(ACTORS)
    print(f"{statements} statements, {closes} closed days, {log.path.stat().st_size / 1e6:.0f} MB")
    with log.path.open("rb") as file:
        empty = _seconds(file)
    decoding = _seconds(read_log_file(log))
    folding = Refolding(Rules())
    parts = [_folded(part, folding) for part in _parts(log, statements + closes)]
    for name, seconds in (("empty loop", empty), ("decoding", decoding), ("decoding and fold", sum(parts))):
        each, rate = seconds / statements * 1e6, statements / seconds
        print(f"{name:18}{rate:12,.0f} statements/s {each:8.1f} us each, {seconds / empty:6.1f} times the empty loop")
    print("by tenth of the history:", " ".join(f"{statements / PARTS / seconds:,.0f}" for seconds in parts))
    largest = max(len(state.to_bytes()) for state in folding.outcome().states.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"largest state {largest:,} bytes; peak memory {peak} MiB")


def _count_calls(log: LogFile, statements: int, days: int) -> None:
    folding = Refolding(Rules())
    counted = []
    for part in _parts(log, statements + days * len(ACTORS)):
        profile = cProfile.Profile()
        profile.runcall(_folded, part, folding)
        counted.append(pstats.Stats(profile).total_calls / statements * PARTS)
    print("calls a statement, by tenth of the history:", " ".join(f"{calls:.0f}" for calls in counted))


def _parts(log: LogFile, events: int) -> Iterator[Iterator[Judged]]:
    """The log in PARTS parts, which are to be read in order."""
    told = read_log_file(log)
    return (islice(told, -(-events // PARTS)) for _ in range(PARTS))


def _seconds(events: Iterable[object]) -> float:
    begun = time.process_time()
    for _ in events:
        pass
    return time.process_time() - begun


def _folded(events: Iterable[Judged], folding: Refolding) -> float:
    begun = time.process_time()
    for event in events:
        folding.take(event)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
