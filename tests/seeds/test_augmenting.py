"""Changed copies of labelled sentences keep their pairs on names, and the same seed makes the same copies."""

from seeds.training.augmenting import augmented, reworded
from seeds.training.labelled import labelled, parsed

ROW = parsed("[a|Ottawa] thanked [b|Beijing] for supporting the region there.\ta>b SUPPORT said", "here")


def test_words_are_exchanged_for_others_of_the_same_ending_and_names_are_not() -> None:
    texts = {asked.text for asked in reworded([ROW] * 200, 1, ["clapping", "legion"], seed=3)}
    words = {word for text in texts for word in text.rstrip(".").split()}
    assert {"clapping", "legion"} <= words
    assert words - {"clapping", "legion"} <= set("Ottawa thanked Beijing for supporting the region there".split())


def test_a_pair_of_a_copy_stands_where_its_words_do() -> None:
    rows = labelled()[:300]
    known = {word for row in rows for word in row.text.split()} | {"banning", "pledges"}
    names = {row.text[start:end] for row in rows for start, end in row.actors.values()}
    for asked in reworded(rows, 1, ["banning", "pledges"], seed=1):
        for start, end in {place for pair in asked.pairs for place in pair}:
            told = asked.text[start:end]
            assert told in names or any(told in word for word in known)


def test_the_same_seed_makes_the_same_copies() -> None:
    rows = labelled()[:50]
    assert list(augmented(rows, 2, seed=5)) == list(augmented(rows, 2, seed=5))
    assert list(reworded(rows, 2, ["banning"], seed=5)) == list(reworded(rows, 2, ["banning"], seed=5))
