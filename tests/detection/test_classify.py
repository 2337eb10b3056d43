"""The class of a given pair, as its user asks for it."""

import pytest

from schemas.plover import Root
from streams.detection.classify import BadPair, Classification, classify, unmarked


def test_marks_are_taken_out_and_the_pair_keeps_its_place() -> None:
    asked = unmarked("Late on Sunday <t>Riga</t> was thanked by <s>Oslo</s>.")
    assert asked.text == "Late on Sunday Riga was thanked by Oslo."
    ((source, target),) = asked.pairs
    assert (asked.text[slice(*source)], asked.text[slice(*target)]) == ("Oslo", "Riga")


def test_plain_sentences_get_their_class() -> None:
    told = classify(
        [
            "<s>Kenya</s> condemned <t>Somalia</t> over the raid.",
            "<s>Poland</s> shelled a village in <t>Belarus</t>, killing six people.",
            "<s>Chile's president</s> met <t>Peru's foreign minister</t> in Arica for talks.",
        ]
    )
    assert [each.root for each in told] == [Root.ACCUSE, Root.ASSAULT, Root.CONSULT]
    assert [each.sign for each in told] == [-1, -1, 1]
    assert [int(each.quad) for each in told] == [3, 4, 1]


def test_a_sentence_that_names_them_side_by_side_holds_no_statement() -> None:
    (told,) = classify(["The ferry calls at ports in <s>Tunisia</s> and <t>Malta</t> twice a week."])
    assert told.confidence < 0.5


def test_one_of_the_two_may_be_left_unmarked() -> None:
    (told,) = classify(["<s>The rebels</s> blew up the bridge before dawn."])
    assert isinstance(told, Classification)


@pytest.mark.parametrize("sentence", ["Oslo thanked Riga.", "<s>Oslo thanked Riga.", "<s></s> thanked <t></t>"])
def test_a_sentence_without_a_pair_is_refused_with_what_to_do(sentence: str) -> None:
    with pytest.raises(BadPair, match="mark the pair as <s>source</s>"):
        classify([sentence])
