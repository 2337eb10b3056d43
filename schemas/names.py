"""What people call the actors: "United Kingdom" for GBR, "Beijing" for China as a pole."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global

_OWN = {"EUU": "European Union", "NATO": "NATO", "USA": "United States", "HKG": "Hong Kong", "MMR": "Myanmar"}
_SEATS = {"CHN": "Beijing", "USA": "Washington"}


@lru_cache
def actor_name(actor: str) -> str:
    """The English name of an actor by its alpha-3 code; the code itself where there is none.

    Source: Unicode CLDR through babel.
    """
    territory = get_global("territory_aliases").get(actor, [actor])[0]
    return _OWN.get(actor) or str(Locale("en").territories.get(territory, actor))


def seat_name(pole: str) -> str:
    """How news names a pole that one warms to: by its seat of government."""
    return _SEATS.get(pole, actor_name(pole))
