"""Forward decay in exact integers: what happened on a day weighs 2^(day / half-life), for ever.

A sum then never has to be touched as time passes, whatever order its terms come in: reading it on day T divides
by the weight of T. Weights are rounded integers, so every sum is exact and leaving a term out is a subtraction.

Source: Cormode, Shkapenyuk, Srivastava and Xu, "Forward decay", ICDE 2009; decimal arithmetic, because the
binary logarithms of different computers differ in their last bit.
"""

from datetime import date
from decimal import Context, Decimal
from functools import lru_cache

EPOCH = date(2000, 1, 1).toordinal()
"""Day 0. Earlier days weigh less than one unit and lose precision, not correctness."""

SCALE_BITS = 40
"""Weights carry so many binary digits behind the point."""

_CONTEXT = Context(prec=60)


@lru_cache(maxsize=16_384)
def growth(day: int, half_life: int) -> int:
    """The weight of a day (a date's ordinal), in 2^-SCALE_BITS, for a half-life in days."""
    exponent = _CONTEXT.divide(Decimal(day - EPOCH), Decimal(half_life))
    return int(_CONTEXT.power(Decimal(2), _CONTEXT.add(exponent, Decimal(SCALE_BITS))).to_integral_value())
