"""The encoder: each pair is read for itself, in sentences of any length, with the same answer every time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.plover import Root, sign_of
from streams.detection.encoder import LONGEST, MOST, Asked, Pair, Reading, read, tokenizer_of, windows

TOKENIZER = tokenizer_of(
    '{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,'
    '"pre_tokenizer": {"type": "Whitespace"}, "post_processor": {"type": "TemplateProcessing",'
    '"single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},'
    '{"SpecialToken": {"id": "[SEP]", "type_id": 0}}], "pair": [], "special_tokens":'
    '{"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]},'
    '"[SEP]": {"id": "[SEP]", "ids": [2], "tokens": ["[SEP]"]}}},'
    '"decoder": null, "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "S": 3, "T": 4},'
    '"unk_token": "[UNK]"}}'
)
"""A tokenizer of words that knows S and T, to see what is read without the network."""


def span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def asked(text: str, *pairs: tuple[str, str]) -> Asked:
    return Asked(text, [Pair(span(text, source), span(text, target)) for source, target in pairs])


def test_direction_is_told_by_who_is_source_and_who_is_target() -> None:
    text = "Lisbon accused Havana of jailing its citizens."
    ((forth, back),) = read([asked(text, ("Lisbon", "Havana"), ("Havana", "Lisbon"))])
    assert forth.sign == -1
    assert forth.of_sign(-1) > back.of_sign(-1)


def test_a_pair_is_read_the_same_beside_others() -> None:
    text = "Lisbon thanked Havana for its doctors while Madrid sanctioned Caracas."
    ((alone,),) = read([asked(text, ("Lisbon", "Havana"))])
    ((among, *_),) = read([asked(text, ("Lisbon", "Havana"), ("Madrid", "Caracas"), ("Caracas", "Lisbon"))])
    # Weights are whole numbers, scaled anew for each reading: the last digits differ, no more.
    assert among.statement == pytest.approx(alone.statement, abs=0.05)


def test_the_same_sentence_gives_the_same_bits() -> None:
    one = asked("Oslo will send Kyiv more gas, it said.", ("Oslo", "Kyiv"))
    assert read([one, one])[0] == read([one, one])[1] == read([one])[0]


def test_the_chances_of_the_signs_add_up_to_that_of_a_statement() -> None:
    reading = Reading(dict.fromkeys(Root, 0.05))
    assert reading.of_sign(1) + reading.of_sign(-1) == pytest.approx(reading.statement) == pytest.approx(0.75)
    assert sign_of(reading.root_of(-1)) == -1


def test_nothing_asked_is_nothing_read() -> None:
    assert read([Asked("Rain fell.", [])]) == [[]]
    assert read([]) == []


def test_reading_leaves_nothing_on_the_computer(tmp_path: Path) -> None:
    code = "from streams.detection.classify import classify; classify(['<s>Oslo</s> met <t>Riga</t>.'])"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    at_home = {**kept, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=at_home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 400), st.booleans())
def test_both_of_a_pair_are_read_wherever_they_stand(ahead: int, between: int, after: int, turned: bool) -> None:
    first, second = ("T", "S") if turned else ("S", "T")
    text = " ".join(["w"] * ahead + [first] + ["w"] * between + [second] + ["w"] * after)
    source = text.index("S"), text.index("S") + 1
    target = text.index("T"), text.index("T") + 1
    (window,) = windows(TOKENIZER, [Asked(text, [Pair(source, target)])])
    assert len(window.ids) <= LONGEST
    ((at, to),) = window.marks
    assert (window.ids[at], window.ids[to]) == (3, 4)


def test_many_pairs_of_one_sentence_are_read_some_at_a_time_and_each_once() -> None:
    text = "S and T met."
    pair = Pair((0, 1), (6, 7))
    read_in = windows(TOKENIZER, [Asked(text, [pair] * (2 * MOST + 1))])
    assert [len(window.marks) for window in read_in] == [MOST, MOST, 1]
    assert [number for window in read_in for number in window.numbers] == list(range(2 * MOST + 1))
