"""The labelled sentences hold to their guide: actors marked, and labels that agree with each other."""

import pytest

from schemas.plover import Mode, Root
from seeds.training.labelled import BadSentence, Label, labelled, parsed

ROWS = labelled()
KIND = {Root.AGREE, Root.CONSULT, Root.SUPPORT, Root.COOPERATE, Root.AID, Root.YIELD}


def holds_to_the_guide(label: Label) -> bool:
    if label.root == "NONE":
        return label.mode == "-"
    kind, to_come = Root(label.root) in KIND, label.mode in {Mode.AGREED, Mode.WILL}
    return label.mode in {*Mode} and (not to_come or label.root == Root.AGREE) and (kind or not to_come)


def test_the_labels_of_each_sentence_agree() -> None:
    assert [row.text for row in ROWS if not all(map(holds_to_the_guide, row.labels.values()))] == []


def test_no_pair_of_a_sentence_is_labelled_twice() -> None:
    told = [(row.text.casefold(), row.actors[a], row.actors[b]) for row in ROWS for a, b in row.labels]
    assert len(told) == len(set(told))


def test_there_are_at_least_four_thousand_sentences() -> None:
    assert len({row.text for row in ROWS}) >= 4_000


def test_a_pair_that_is_not_listed_says_nothing_and_one_with_a_question_mark_is_left_out() -> None:
    row = parsed("[a|Oslo] thanked [b|Riga] and [c|Vilnius].\ta>b SUPPORT said; b>c ?; c>b ?; b>a ?", "here")
    assert row.text == "Oslo thanked Riga and Vilnius."
    assert row.text[slice(*row.actors["c"])] == "Vilnius"
    none = Label("NONE", "-")
    assert row.labels == {("a", "b"): Label("SUPPORT", "said"), ("a", "c"): none, ("c", "a"): none}


@pytest.mark.parametrize("line", ["[a|Oslo] alone.\t-", "[a|Oslo] and [b|Riga]\ta>c AID did", "[a|Oslo] [b|Riga"])
def test_a_line_in_another_form_is_refused_by_its_place(line: str) -> None:
    with pytest.raises(BadSentence, match="first.tsv:7"):
        parsed(line, "first.tsv:7")
