import pytest
from judgement_builders import RULES, a_statement, at_noon, day

from schemas.plover import Mode, Root
from schemas.statements import Speaker, StatementDetected
from streams.judgement.stories import copies
from streams.judgement.weighing import MOST_QUOTED, counts, story_of, weight_of


def test_only_a_governments_own_sure_and_signed_word_toward_a_pole_counts() -> None:
    assert counts(a_statement(), RULES)


@pytest.mark.parametrize(
    "statement",
    [
        a_statement(target="FRA"),
        a_statement().model_copy(update={"sign": 0}),
        a_statement().model_copy(update={"strength": 0.0}),
        a_statement(confidence=0.39),
        a_statement(speaker=Speaker(name="Liz Rowe", role="former premier", is_government=False)),
    ],
    ids=["another target", "neutral", "without strength", "unsure", "not of the government"],
)
def test_what_does_not_count(statement: StatementDetected) -> None:
    assert not counts(statement, RULES)


@pytest.mark.parametrize(
    ("statement", "votes"),
    [
        (a_statement(polarity=1.0), 1.5),
        (a_statement(polarity=-0.5), 1.125),
        (a_statement(polarity=1.0, confidence=0.5), 0.75),
        (a_statement(polarity=1.0, mode=Mode.RETOLD), 0.75),
        (a_statement(polarity=0.4, mode=Mode.SAID), 0.63),
        (a_statement(polarity=1.0, root=Root.CONSULT, mode=Mode.WILL), 0.6),
    ],
)
def test_a_vote_weighs_by_strength_kind_and_confidence(statement: StatementDetected, votes: float) -> None:
    assert weight_of(statement, RULES) == round(votes * 1_000_000)


def test_a_story_is_dated_when_it_happened_and_never_after_its_publication() -> None:
    assert story_of(a_statement(9, happened=day(2)), 0, RULES).best.vote.day == day(2).toordinal()
    assert story_of(a_statement(9, happened=day(12)), 0, RULES).best.vote.day == day(9).toordinal()


def test_a_long_quote_is_cut_and_its_offsets_with_it() -> None:
    quote = story_of(a_statement(quote="word " * 100), 0, RULES).best.quote
    assert (quote.text, quote.start, quote.end) == (("word " * 100)[:MOST_QUOTED], 10, 10 + MOST_QUOTED)


def test_statements_of_one_article_share_a_band_and_those_of_two_do_not() -> None:
    one, same, other = (
        story_of(a_statement(polarity=each, article_id=article), 0, RULES)
        for each, article in ((0.4, "art-1"), (0.7, "art-1"), (0.4, "art-2"))
    )
    assert copies([one], same, RULES.copy_window) == [one]
    assert copies([one], other, RULES.copy_window) == []


def test_what_comes_after_the_horizon_is_kept_from_when_it_came() -> None:
    on_time = story_of(a_statement(0), day(7).toordinal(), RULES)
    late = story_of(a_statement(0), day(8).toordinal(), RULES)
    assert on_time.prints[0].until == day(0 + RULES.memory).toordinal()
    assert late.prints[0].until == day(8 + RULES.memory).toordinal()


def test_the_moment_of_publication_is_kept_to_the_second() -> None:
    assert story_of(a_statement(published=at_noon(3, 1.5)), 0, RULES).best.published == int(at_noon(3, 1.5).timestamp())
