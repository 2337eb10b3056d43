"""No labelled sentence that the encoder was trained on may stand in the evaluation data."""

import re
from collections.abc import Iterator
from pathlib import Path

from seeds.training.labelled import labelled
from tests.evaluation.measure import Figure


def figures(folder: Path) -> Iterator[Figure]:
    """How many labelled sentences are found, letter case, marks and spaces aside, in any file of the folder."""
    texts = [_bare(path.read_text("utf-8", errors="replace")) for path in sorted(folder.rglob("*")) if path.is_file()]
    ours = {_bare(row.text) for row in labelled()}
    twice = [sentence for sentence in ours if any(sentence in text for text in texts)]
    yield Figure(f"training sentences ({len(ours)}) found in the data", "", "0", str(len(twice)), not twice)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
