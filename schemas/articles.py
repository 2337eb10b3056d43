"""An article as it enters the line."""

from typing import Annotated, ClassVar

from pydantic import Field

from schemas.event import Event, Instant

Sketch = Annotated[tuple[int, ...], Field(max_length=64)]
"""LSH bands over the MinHash of an article's word shingles, unsigned 64-bit each.

Two articles that share a band are near-copies of each other with high probability.
"""


class ArticlePublished(Event):
    """A news article: cleaned text and where it came from.

    `text` is what the offsets of every quote count in (Unicode code points).
    """

    ce_type: ClassVar[str] = "stance.article-published.v1"

    id: str
    url: str | None
    outlet: str
    title: str | None
    published: Instant
    text: str
    sketch: Sketch

    @property
    def event_id(self) -> str:
        """The article's id."""
        return self.id

    @property
    def event_time(self) -> Instant:
        """The moment of publication."""
        return self.published

    @property
    def key(self) -> str:
        """The article's id: copies land on one partition."""
        return self.id
