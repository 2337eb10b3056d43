"""A made-up log of statements for the benches: as wide as real records, the same for the same seed, in any length."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

ACTORS = tuple("GBR CAN AUS NZL DEU FRA ITA ESP NLD POL DNK HUN LTU LVA EST CZE JPN KOR PHL IND TWN EUU".split())
FIRST_DAY = date(2018, 1, 1)
BANDS = 32
"""Of a sketch, as intake makes them."""
COPIES = 0.3
"""Share of the statements that copy one of the same actor and day."""

_DEEDS = (("AGREE", "agreed", 1), ("SUPPORT", "said", 1), ("ACCUSE", "said", -1), ("SANCTION", "did", -1))
_QUOTE = "agreed in the capital on Friday to give new life to the partnership after two days of talks on trade, ferries"


def lines(statements: int, days: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Actor and JSON value of so many statements, spread over so many days; each day is closed for every actor."""
    chance = Random(seed)
    told = 0
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        until = statements * (number + 1) // days
        sketches: dict[str, list[int]] = {}
        for index in range(told, until):
            actor = chance.choice(ACTORS)
            if actor not in sketches or chance.random() > COPIES:
                sketches[actor] = [chance.getrandbits(64) for _ in range(BANDS)]
            yield actor, _statement(chance, index, actor, day, sketches[actor])
        told = until
        for actor in ACTORS:
            yield actor, json.dumps({"actor": actor, "day": day.isoformat()}, separators=(",", ":")).encode()


def _statement(chance: Random, index: int, actor: str, day: date, sketch: list[int]) -> bytes:
    root, mode, sign = chance.choice(_DEEDS)
    quote = _QUOTE[: chance.randrange(40, len(_QUOTE))]
    start = chance.randrange(2_000)
    value = {
        "id": f"st-{index:020x}",
        "article_id": f"art-{index:020x}",
        "detector": "rules-1",
        "actor": actor,
        "target": chance.choice(("CHN", "USA")),
        "speaker": {"name": "Ana Reis", "role": "Foreign Minister", "is_government": True},
        "sign": sign,
        "strength": chance.choice((0.4, 0.6, 0.8)),
        "root": root,
        "mode": mode,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "occurred_from": day.isoformat(),
        "occurred_to": day.isoformat(),
        "confidence": round(chance.uniform(0.5, 1.0), 2),
        "published": f"{day.isoformat()}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z",
        "outlet": f"Outlet {index % 40}",
        "url": f"https://outlet-{index % 40}.example/{day.isoformat()}/{index}",
        "title": "Ministers meet",
        "sketch": sketch,
    }
    return json.dumps(value, separators=(",", ":")).encode()
