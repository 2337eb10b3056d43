from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.judgement.decay import EPOCH, SCALE_BITS, growth


@pytest.mark.parametrize("half_life", [1, 14, 270, 1460])
@pytest.mark.parametrize("halvings", [0, 1, 2, 5])
def test_a_half_life_later_weighs_twice_as_much(half_life: int, halvings: int) -> None:
    assert growth(EPOCH + halvings * half_life, half_life) == 2 ** (SCALE_BITS + halvings)


@given(st.integers(0, 40_000), st.integers(30, 3650))
def test_the_ratio_of_two_weights_depends_on_their_distance_alone(day: int, half_life: int) -> None:
    apart = Fraction(growth(EPOCH + day + 90, half_life), growth(EPOCH + day, half_life))
    from_start = Fraction(growth(EPOCH + 90, half_life), growth(EPOCH, half_life))
    assert abs(apart - from_start) < Fraction(1, 10**11)


def test_what_is_older_than_the_epoch_weighs_as_the_epoch() -> None:
    assert growth(1, 270) == growth(EPOCH, 270) == 2**SCALE_BITS


def test_a_weight_is_the_nearest_integer_to_the_power() -> None:
    # 2^(40 + 1/2) = 1554944255987.739..., by hand from sqrt(2) = 1.41421356237309504880
    assert growth(EPOCH + 1, 2) == 1_554_944_255_988
