"""Made-up news: many short articles over many days, no two alike, with turns in them; the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from schemas.articles import ArticlePublished
from schemas.event import Event
from schemas.statements import DayClosed
from streams.detection.detect import statements_of
from streams.intake.replay import days_of
from streams.intake.sketch import sketch

ACTORS = ("GBR", "CAN", "AUS", "JPN", "DEU")
FIRST_DAY = date(2022, 6, 1)

_LEADERS = {
    "GBR": "British Foreign Secretary James Cleverly",
    "CAN": "Canadian Prime Minister Justin Trudeau",
    "AUS": "Australian Prime Minister Anthony Albanese",
    "JPN": "Japanese Prime Minister Fumio Kishida",
    "DEU": "German Chancellor Olaf Scholz",
}
_WARM = ("praised China for its help with", "signed an agreement with China on", "welcomed talks with China about")
_COLD = ("condemned China over", "imposed sanctions on China over", "accused China of coercion in")
_WORDS = [
    "harbour",
    "ferry",
    "copper",
    "orchard",
    "satellite",
    "museum",
    "cotton",
    "glacier",
    "violin",
    "lantern",
    "pepper",
    "saddle",
    "anchor",
    "meadow",
]


def some_articles(number: int, days: int, seed: int = 1) -> list[ArticlePublished]:
    """So many articles, spread evenly over so many days; each actor turns half-way."""
    chance = random.Random(seed)
    return [_article(chance, index, index * days // number, days) for index in range(number)]


def as_replayed(articles: list[ArticlePublished]) -> Iterator[Event]:
    """What judgement reads of a replay, by way of no broker."""
    told = days_of(articles)
    for day, following in zip(told, [*told[1:], None], strict=True):
        for article in day.articles:
            yield from (statement for statement in statements_of(article))
        over = following.day - timedelta(days=1) if following else day.day
        yield from (DayClosed(actor=actor, day=over) for actor in ACTORS)


def _article(chance: random.Random, index: int, day: int, days: int) -> ArticlePublished:
    actor = ACTORS[index % len(ACTORS)]
    # Two thirds of the news go with the tide, which turns half-way.
    warm = (chance.random() < 0.67) == ((day < days // 2) == (actor in ("GBR", "JPN")))
    act = chance.choice(_WARM if warm else _COLD)
    filler = " ".join(chance.choice(_WORDS) + str(chance.randrange(10_000)) for _ in range(25))
    text = f"{_LEADERS[actor]} {act} {filler}. Nobody in the town of {filler[::-1]} took notice of it."
    moment = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) + timedelta(
        days=day, minutes=index % 1_000
    )
    return ArticlePublished(
        id=f"made-up-{index}",
        url=None,
        outlet=f"Outlet {index % 9}",
        title=None,
        published=moment,
        text=text,
        sketch=sketch(text),
    )
