"""The door of detection: articles in, statements out."""

from collections.abc import Callable

import faust

from schemas.articles import ArticlePublished
from schemas.cloudevents import Undecodable, decode
from schemas.topics import ARTICLES
from streams.broker.stage import Incoming, Stage, Taken
from streams.detection.detect import statements_of

Observe = Callable[[Incoming, Taken], None]

NAME = "detection"
"""The stage's name: its consumer group, after the prefix."""


def build_app(bootstrap: str, prefix: str, commit_seconds: float, observe: Observe) -> faust.App:
    """The Faust app that detects the statements of each article."""
    stage = Stage(NAME, ARTICLES, bootstrap, prefix, commit_seconds)
    app = stage.build_app()
    stage.attach(app, detect_record, observe=observe)
    return app


def detect_record(incoming: Incoming) -> Taken:
    """The statements of an article's record, or its rejection."""
    try:
        article = decode(incoming.headers, incoming.value)
    except Undecodable as failure:
        return Taken((incoming.rejected(str(failure)),))
    if not isinstance(article, ArticlePublished):
        return Taken((incoming.rejected(f"{article.ce_type} does not belong on {incoming.topic}"),))
    return Taken(statements_of(article))
