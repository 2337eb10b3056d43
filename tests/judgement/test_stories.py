from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgement_builders import RULES, a_statement, at_noon, day

from streams.judgement.stories import BANDS, MOST_OUTLETS, Story, copies, first_since, joined
from streams.judgement.weighing import story_of

BAND = st.sampled_from([0, 1, 2**30, 2**31 - 1])
"""The extremes of a band."""


def a_story(name: str, bands: tuple[int, ...] = (), hours: float = 0, polarity: float = 0.7) -> Story:
    told = a_statement(0, polarity, article_id=name, published=at_noon(0, hours), sketch=bands, outlet=f"{name} Times")
    return story_of(told, 0, RULES)


def test_articles_that_share_a_band_tell_one_story() -> None:
    assert copies([a_story("a", (1, 2))], a_story("b", (3, 2)), 72) == [a_story("a", (1, 2))]


def test_articles_without_a_common_band_tell_two() -> None:
    assert copies([a_story("a", (1, 2))], a_story("b", (3, 4)), 72) == []
    assert copies([a_story("a", (1, 2))], a_story("b", (2, 1)), 72) == []
    assert copies([a_story("a")], a_story("b"), 72) == []


@given(st.lists(st.tuples(BAND, BAND), min_size=BANDS - 1, max_size=BANDS - 1))
def test_a_band_is_shared_where_both_sketches_have_it_in_one_place(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    shared = any(mine == theirs for mine, theirs in pairs)
    assert bool(copies([a_story("a", one)], a_story("b", other), 72)) == shared


def test_stories_since_a_day_begin_with_the_first_of_a_publication_on_it_or_later() -> None:
    told = sorted([a_story("a", hours=-12.01), a_story("b", hours=-12), a_story("c", hours=30)])
    assert first_since(told, day(0).toordinal()) == 1


@pytest.mark.parametrize(("hours", "found"), [(72, 1), (-72, 1), (72.01, 0), (-72.01, 0)])
def test_copies_are_sought_within_the_window_on_both_sides(hours: float, found: int) -> None:
    assert len(copies([a_story("a", (1,))], a_story("b", (1,), hours), 72)) == found


def test_an_article_with_both_signs_tells_two_stories() -> None:
    assert copies([a_story("a", polarity=0.7)], a_story("a", polarity=-0.7), 72) == []


def test_the_heaviest_account_speaks_and_then_the_earliest() -> None:
    light, early, late = a_story("a", polarity=0.4), a_story("b", hours=1), a_story("c", hours=2)
    assert joined([light, late, early]).best == early.best


def test_joining_in_any_order_or_again_gives_the_same() -> None:
    told = [a_story("a", (1, 3)), a_story("b", (1, 2), 10), a_story("c", (4, 2), 60)]
    one = joined(told)
    assert {joined(order) for order in permutations(told)} == {one}
    assert joined([one, *told]) == one
    assert one.outlets == ("a Times", "b Times", "c Times")


def test_copies_of_copies_join_what_they_copy() -> None:
    first, last, between = a_story("a", (1, 3)), a_story("c", (4, 2), 60), a_story("b", (1, 2), 30)
    assert copies([first, last], between, 72) == [first, last]


def test_the_outlets_of_a_story_are_bounded() -> None:
    assert len(joined([a_story(f"{n:02}") for n in range(MOST_OUTLETS + 5)]).outlets) == MOST_OUTLETS
