"""The labelled sentences hold to their guide: one pair each, and labels that agree with each other."""

import csv
import re
from pathlib import Path

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


def holds_to_the_guide(row: dict[str, str]) -> bool:
    future_kindness = row["mode"] in {"agreed", "will"} and row["root"] in KIND
    return (
        row["root"] in {*Root, "NONE"}
        and int(row["sign"]) == sign_of(row["root"])
        and (row["mode"] == "-") == (row["root"] == "NONE")
        and row["mode"] in {*Mode, "-"}
        and (not future_kindness or row["root"] == "AGREE")
        and all(len(re.findall(rf"<{mark}>[^<>]+</{mark}>", row["text"])) == 1 for mark in ("s", "t"))
    )


def test_each_marks_one_pair_and_its_labels_agree() -> None:
    assert [where for where, row in ROWS if not holds_to_the_guide(row)] == []


def test_no_pair_of_a_sentence_is_labelled_twice() -> None:
    marked = [row["text"].casefold() for _, row in ROWS]
    assert [text for text in set(marked) if marked.count(text) > 1] == []
