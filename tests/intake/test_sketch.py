"""The sketch against exact Jaccard similarity: who shares a band."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.sketch import BANDS, ROWS, content_words, sketch

TRIALS = 300


def _pair(similarity: float, chance: random.Random) -> tuple[str, str]:
    """Two texts of 100 words each whose sets of words have about the given Jaccard similarity."""
    shared = round(200 * similarity / (1 + similarity))
    words = [f"w{chance.getrandbits(60):x}" for _ in range(200 - shared)]
    return " ".join(words[:100]), " ".join(words[100 - shared :])


def _share_of_pairs_that_meet(similarity: float) -> float:
    chance = random.Random(7)
    pairs = [_pair(similarity, chance) for _ in range(TRIALS)]
    return sum(bool(set(sketch(a)) & set(sketch(b))) for a, b in pairs) / TRIALS


def _curve(similarity: float) -> float:
    return 1 - (1 - similarity**ROWS) ** BANDS


def test_pairs_are_as_similar_as_they_are_said_to_be():
    a, b = (set(content_words(text)) for text in _pair(0.75, random.Random(1)))
    assert len(a & b) / len(a | b) == pytest.approx(0.75, abs=0.01)


def test_near_copies_meet():
    assert _curve(0.75) > 0.98
    assert _share_of_pairs_that_meet(0.78) > 0.98


def test_texts_on_one_topic_do_not_meet():
    assert _curve(0.3) < 0.025
    assert _share_of_pairs_that_meet(0.2) < 0.01


@pytest.mark.parametrize("similarity", [0.4, 0.5, 0.6, 0.7])
def test_between_them_the_chance_of_meeting_follows_the_curve(similarity):
    # Four standard errors of a share of TRIALS pairs, at most 0.116.
    assert _share_of_pairs_that_meet(similarity) == pytest.approx(_curve(similarity), abs=0.116)


def test_case_punctuation_order_and_repetition_do_not_matter():
    assert sketch("China’s envoy met Canada’s.") == sketch("Canadas met: CHINAS ENVOY! Envoy met")


def test_a_sketch_is_the_same_in_every_version():
    # Kept from the first version: with another value new articles would not find their copies in the log.
    assert sketch("Starmer met Xi in Beijing")[:2] == (5966545468389077555, 15059357509592249144)


def test_a_text_without_words_has_no_sketch_and_so_no_copies():
    assert sketch("… — 。 of the") == ()


@given(st.text(min_size=1, max_size=200))
def test_bands_are_unsigned_64_bit_integers(text):
    bands = sketch(text)
    assert len(bands) in (0, BANDS)
    assert all(0 <= band < 2**64 for band in bands)
