"""Forward decay in exact integers: what happened on a day weighs 2^(day / half-life), for ever.

A sum then never has to be touched as time passes, whatever order its terms come in: reading it on day T divides
by the weight of T. Weights are rounded integers, so every sum is exact and leaving a term out is a subtraction.

Source: Cormode, Shkapenyuk, Srivastava and Xu, "Forward decay", ICDE 2009; decimal arithmetic, because the
binary logarithms of different computers differ in their last bit.
"""

from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

EPOCH = date(2000, 1, 1).toordinal()
"""Day 0; earlier days weigh as much as this one. An integer grows by a bit each half-life from here."""

SCALE_BITS = 40
"""Weights carry so many binary digits behind the point."""

_DIGITS = 60
"""Decimal digits of the power: more than the integers of the next century have at a half-life of 240 days."""


@lru_cache(maxsize=16_384)
def growth(day: int, half_life: int) -> int:
    """The weight of a day (a date's ordinal), in 2^-SCALE_BITS, for a half-life in days."""
    context = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN)
    exponent = context.divide(Decimal(max(day - EPOCH, 0)), Decimal(half_life))
    power = context.power(Decimal(2), context.add(exponent, Decimal(SCALE_BITS)))
    return int(power.to_integral_value(context=context))
