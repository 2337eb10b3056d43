"""Values for tests: each builder takes what the test is about and makes up the rest."""

from datetime import UTC, date, datetime, time
from typing import Any

from schemas.articles import ArticlePublished
from schemas.plover import Mode, Root
from schemas.statements import Speaker, StatementDetected, statement_id

NOON = time(12, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
"""A present in which everything in these tests is past."""

BODY = (
    "The prime minister said on Thursday that the government would open a new round of trade talks with Beijing, "
    "after a meeting at which both sides agreed to lower tariffs on cars and to restore direct flights."
)


def noon(day: str | date) -> datetime:
    """12:00 UTC of a day such as "2026-01-29"."""
    return datetime.combine(date.fromisoformat(day) if isinstance(day, str) else day, NOON)


def an_article(id: str = "art-1", day: str = "2026-01-29", text: str = BODY, **fields: Any) -> ArticlePublished:  # noqa: A002
    """An article published at noon of `day`."""
    given = {"url": None, "outlet": "The Example", "title": None, "sketch": (), **fields}
    return ArticlePublished(id=id, published=noon(day), text=text, **given)


def a_statement(
    actor: str = "GBR", target: str = "CHN", polarity: float = 0.5, day: str = "2026-01-29", **fields: Any
) -> StatementDetected:
    """A statement of `actor`'s government toward `target` on `day`, reported at noon of that day."""
    quote = fields.pop("quote", "would open trade talks")
    article = fields.get("article_id", f"art-{actor}-{target}-{day}")
    given = {
        "id": statement_id(article, "test", (0, len(quote)), (actor, target)),
        "article_id": article,
        "detector": "test",
        "speaker": Speaker(name="A Minister", role="minister", is_government=True),
        "root": Root.AGREE if polarity >= 0 else Root.REJECT,
        "mode": Mode.SAID,
        "occurred_from": date.fromisoformat(day),
        "occurred_to": date.fromisoformat(day),
        "confidence": 0.9,
        "published": noon(day),
        "outlet": "The Example",
        "url": None,
        "title": None,
        "sketch": (),
        **fields,
    }
    sign = (polarity > 0) - (polarity < 0)
    return StatementDetected(
        actor=actor, target=target, sign=sign, strength=abs(polarity), quote=quote, start=0, end=len(quote), **given
    )
