"""The table of cues, as detection reads it."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from schemas.plover import Root
from streams.detection.lexicon import cues
from streams.detection.sentences import sentences


def found(text: str) -> list[tuple[str, str]]:
    (sentence,) = sentences(text)
    words = sentence.words
    return [
        (" ".join(word.text for word in words[cue.first : cue.last]), cue.kind)
        for cue in cues(words, [False] * len(words))
    ]


def test_no_phrase_stands_twice_for_the_second_would_never_be_read() -> None:
    text = files("streams.detection").joinpath("tables", "lexicon.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    counted = Counter(phrase for row in rows for phrase in row["phrases"].split(";"))
    assert [phrase for phrase, times in counted.items() if times > 1] == []
    assert {row["root"] for row in rows} <= set(Root)
    assert all(0 <= float(row["strength"]) <= 1 for row in rows)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They banned it.", [("banned", "does-")]),
        ("They were banning it.", [("banning", "does-")]),
        ("It was a visa-free stay.", [("visa - free", "thing+")]),
        ("They signed the long new pact.", [("signed the long new pact", "joint+")]),
        ("There was no surprise at all.", []),
    ],
)
def test_the_longest_phrase_from_the_left_wins_in_all_its_forms(text: str, told: list[tuple[str, str]]) -> None:
    assert found(text) == told
