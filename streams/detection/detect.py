"""Detection: who said or did what to whom, in a text.

For each clause, cues of the lexicon are given a source and a target, turned by what negates or undoes them, and
joined to one finding for each directed pair.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from schemas.articles import ArticlePublished
from schemas.plover import Mode, Root, Sign
from schemas.statements import Speaker, StatementDetected, statement_id
from streams.detection.actors import Mention, mentions
from streams.detection.dates import When, when
from streams.detection.lexicon import Cue, cues
from streams.detection.modes import mode_of
from streams.detection.pairs import Directed, directed
from streams.detection.speech import Speech, names_both, speech_of
from streams.detection.text import Span, Word, clauses, sentences, trimmed, words

DETECTOR = "rules-1"
"""The version of the detector, part of each statement's id."""

LONG_PAST = timedelta(days=60)
"""What happened longer before publication is retold."""


class Finding(NamedTuple):
    """A statement in a text; text[start:end] == quote. Dates are None where the text is undated."""

    actor: str
    target: str
    speaker: Speaker
    sign: Sign
    strength: float
    root: Root
    mode: Mode
    quote: str
    start: int
    end: int
    occurred_from: date | None
    occurred_to: date | None
    confidence: float
    why: str
    """The cue and what turned it, for `detect --explain`."""


def detect(text: str, published: date | None) -> tuple[Finding, ...]:
    """The statements in a text, in the order of the text, at most one for a clause and directed pair."""
    known: set[str] = set()
    carried: Mention | None = None
    pair: tuple[Mention, Mention] | None = None
    found: list[Finding] = []
    for sentence in sentences(text):
        told = words(text, sentence)
        named = mentions(told, published, known)
        speech = speech_of(told, named, carried)
        carried = speech.carries
        if names_both(told):
            speech = speech._replace(both=pair)
        pair = _pair(named) or pair
        days = when(text[sentence.start : sentence.end], published) if published else None
        for clause in clauses(text, sentence):
            found.extend(_findings(text, clause, told, named, speech, published, days))
    return tuple(found)


def _pair(named: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The first two governments of a sentence."""
    able = [mention for mention in named if mention.speaks]
    other = next((mention for mention in able if mention.country != able[0].country), None)
    return (able[0], other) if other else None


def statements_of(article: ArticlePublished) -> tuple[StatementDetected, ...]:
    """The statements of an article, as events."""
    published = article.published.date()
    return tuple(
        StatementDetected(
            id=statement_id(article.id, DETECTOR, (finding.start, finding.end), (finding.actor, finding.target)),
            article_id=article.id,
            detector=DETECTOR,
            occurred_from=finding.occurred_from or published,
            occurred_to=finding.occurred_to or published,
            published=article.published,
            outlet=article.outlet,
            url=article.url,
            title=article.title,
            sketch=article.sketch,
            **{name: value for name, value in finding._asdict().items() if name in _SHARED},
        )
        for finding in detect(article.text, published)
    )


_SHARED = {
    "actor", "target", "speaker", "sign", "strength", "root", "mode", "quote", "start", "end", "confidence"
}  # fmt: skip


def _findings(
    text: str,
    clause: Span,
    told: Sequence[Word],
    named: Sequence[Mention],
    speech: Speech,
    published: date | None,
    days: When | None,
) -> Iterator[Finding]:
    span = trimmed(text, clause)
    inside = [n for n, word in enumerate(told) if span.start <= word.start < span.end]
    if not inside:
        return
    first, last = inside[0], inside[-1] + 1
    names = {n for mention in named for n in range(mention.first, mention.last)}
    shifted = (Cue(cue.first + first, cue.last + first, cue.entry) for cue in cues(told[first:last]))
    held = [cue for cue in shifted if names.isdisjoint(range(cue.first, cue.last))]
    quote = text[span.start : span.end]
    days = (when(quote, published) if published else None) or days
    for pair in _strongest(directed(told, held, named, speech, (first, last))):
        yield _finding(pair, span, quote, days, published, told)


def _strongest(pairs: Sequence[Directed]) -> list[Directed]:
    best: dict[tuple[str, str], Directed] = {}
    for pair in pairs:
        key = (pair.source.country, pair.target.country)
        if key not in best or pair.weight > best[key].weight:
            best[key] = pair
    return list(best.values())


def _finding(
    pair: Directed, span: Span, quote: str, days: When | None, published: date | None, told: Sequence[Word]
) -> Finding:
    retold = bool(days and published and published - days.last > LONG_PAST)
    mode = Mode.RETOLD if retold else mode_of(told, pair)
    root = Root.THREATEN if mode is Mode.THREATENED and pair.sign < 0 else pair.root
    spoken = days or (When(published, published) if published else None)
    source = pair.source
    return Finding(
        actor=source.country,
        target=pair.target.country,
        speaker=Speaker(name=source.name, role=source.role, is_government=source.government),
        sign=pair.sign,
        strength=round(pair.strength, 3),
        root=root,
        mode=mode,
        quote=quote,
        start=span.start,
        end=span.end,
        occurred_from=spoken.first if spoken else None,
        occurred_to=min(spoken.last, published) if spoken and published else None,
        confidence=round(pair.confidence, 3),
        why=pair.why,
    )
