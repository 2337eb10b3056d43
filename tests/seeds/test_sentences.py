"""The labelled sentences hold to their guide: one pair each, and labels that agree with each other."""

import csv
import re
from pathlib import Path

import pytest

from schemas.plover import Mode, Root

FOLDER = Path(__file__).parents[2] / "seeds" / "sentences"
KIND = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"}
ROWS = [
    (f"{path.name}:{number}", row)
    for path in sorted(FOLDER.glob("*.tsv"))
    for number, row in enumerate(
        csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), start=2
    )
]


def sign_of(root: str) -> int:
    return 0 if root == "NONE" else 1 if root in KIND else -1


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[where for where, _ in ROWS])
def test_a_sentence_marks_one_pair_and_its_labels_agree(row: dict[str, str]) -> None:
    assert row["root"] in {*Root, "NONE"}
    assert int(row["sign"]) == sign_of(row["root"])
    assert (row["mode"] == "-") == (row["root"] == "NONE")
    assert row["mode"] in {*Mode, "-"}
    for mark in ("s", "t"):
        assert len(re.findall(rf"<{mark}>[^<>]+</{mark}>", row["text"])) == 1


def test_no_sentence_stands_twice() -> None:
    plain = [re.sub(r"</?[st]>", "", row["text"]).casefold() for _, row in ROWS]
    assert len(set(plain)) == len(plain)
