"""Detection: who said or did what to whom, in a text.

A text is masked and cut into sentences; in each, the parties, the speech and the clauses are read; each cue of the
lexicon proposes directed pairs; strict rules drop what is no statement; the encoder is asked about what is left in
doubt; a sentence has one vote for each pair and sign.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from schemas.articles import ArticlePublished
from schemas.plover import Mode, Root, Sign
from schemas.statements import Speaker, StatementDetected, statement_id
from streams.detection.actors import Mention, mentions
from streams.detection.clauses import clauses
from streams.detection.dates import When
from streams.detection.dating import happened
from streams.detection.doubts import answered, asks, is_silent, question, silent
from streams.detection.encoder import read
from streams.detection.gazetteer import place_at
from streams.detection.lexicon import cues
from streams.detection.masking import dateline, masked
from streams.detection.modes import mode_of
from streams.detection.pairs import proposals
from streams.detection.remembering import remember, sides
from streams.detection.scene import Proposal, Scene
from streams.detection.sentences import Sentence, sentences
from streams.detection.speech import speeches
from streams.detection.story import Party, Story
from streams.detection.verdicts import reason_to_drop

DETECTOR = "hybrid-5"
"""The version of the detector, part of each statement's id."""

_REACH = 8
"""Sentences back to one that names who is meant."""

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
    """The words that decided and the construction, for `detect --explain`."""


class Decision(NamedTuple):
    """A proposal and what became of it: `finding` if it stayed, else `dropped` says why it did not."""

    finding: Finding
    dropped: str | None


def detect(text: str, published: date | None) -> tuple[Finding, ...]:
    """The statements in a text, in the order of the text; at most one for a sentence, directed pair and sign.

    `published` is the day that relative dates count from; without it they stay unresolved.
    """
    kept = ((scene, proposal) for scene, proposal, reason in _decided(text, published) if reason is None)
    return tuple(_finding(text, scene, proposal, published) for scene, proposal in kept)


def explain(text: str, published: date | None) -> tuple[Decision, ...]:
    """Every proposal for a text, kept or dropped, in the order of the text."""
    return tuple(
        Decision(_finding(text, scene, proposal, published), reason)
        for scene, proposal, reason in _decided(text, published)
    )


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


class Judged(NamedTuple):
    """A proposal, and why it is no statement if it is none."""

    proposal: Proposal
    reason: str | None


class Told(NamedTuple):
    """A sentence that has been read, with all that is proposed of it."""

    scene: Scene
    judged: list[Judged]

    @property
    def open(self) -> dict[int, Proposal]:
        """What the strict rules let pass and leave in doubt, by number."""
        return {
            number: proposal
            for number, (proposal, reason) in enumerate(self.judged)
            if reason is None and asks(proposal, self.scene)
        }


def _of_sentence(sentence: Sentence, story: Story) -> Told | None:
    """What the rules make of a sentence; the story goes on from what they would keep."""
    named = mentions(sentence.words, story)
    if not named and not story.person:
        return None
    story.pair = story.pair or sides(named)
    scene = _scene(sentence, named, story)
    proposed = proposals(scene, story)
    judged = [Judged(each, reason_to_drop(scene, each)) for each in [*proposed, *silent(scene, proposed)]]
    remember(story, scene, _strongest([each for each, reason in judged if not reason and not is_silent(each)]))
    return Told(scene, judged)


def _ask(prose: str, told: Sequence[Told]) -> None:
    """Have the encoder read what the rules leave in doubt, and judge it by the answers."""
    scenes = [one.scene for one in told]
    asked = [
        (one, doubts, question(prose, one.scene, doubts, scenes[max(0, number - _REACH) : number]))
        for number, one in enumerate(told)
        if (doubts := one.open)
    ]
    for (one, doubts, its), readings in zip(asked, read([its.asked for _, _, its in asked]), strict=True):
        answers = {number: each for numbers, each in zip(its.numbers, readings, strict=True) for number in numbers}
        for number, proposal in doubts.items():
            one.judged[number] = Judged(*answered(proposal, answers.get(number), one.scene))


def _decided(text: str, published: date | None) -> Iterator[tuple[Scene, Proposal, str | None]]:
    """Each proposal for a text with its sentence, and why it is dropped if it is."""
    home, prose = _home(text, published), masked(text)
    story = Story(published, home, actor=home)
    told = [each for sentence in sentences(prose) if (each := _of_sentence(sentence, story)) is not None]
    _ask(prose, told)
    for scene, judged in told:
        strongest = _strongest([proposal for proposal, reason in judged if reason is None])
        for proposal, reason in judged:
            weaker = None if proposal in strongest else "a stronger cue says as much"
            yield scene, proposal, reason or weaker


def _home(text: str, published: date | None) -> Party | None:
    """Whose "the foreign ministry" is until a government was named: that of the place the text was written in."""
    words = tuple(word for sentence in sentences(dateline(text).title()) for word in sentence.words)
    found = place_at(words, 0, published) if words else None
    return (
        Party(found[1].country, " ".join(word.text for word in words[: found[0]]), None, government=True)
        if found and found[1].country
        else None
    )


def _scene(sentence: Sentence, named: Sequence[Mention], story: Story) -> Scene:
    taken = [False] * len(sentence.words)
    for mention in named:
        for at in range(mention.first, mention.last):
            taken[at] = True
    told = speeches(sentence, named, story)
    found = cues(sentence.words, taken)
    parts = clauses(sentence.words, named, told, found)
    return Scene(sentence, tuple(named), tuple(found), tuple(parts), tuple(told))


def _strongest(told: Sequence[Proposal]) -> list[Proposal]:
    """The strongest of each clause and pair, and of these the strongest of each sign: one sentence, one vote."""
    of_clause = _best(told, lambda each: (each.clause.first, each.source.country, each.target.country))
    return _best(of_clause, lambda each: (each.sign, each.source.country, each.target.country))


def _best(told: Iterable[Proposal], key: Callable[[Proposal], Hashable]) -> list[Proposal]:
    best: dict[Hashable, Proposal] = {}
    for each in told:
        if key(each) not in best or _weight(each) > _weight(best[key(each)]):
            best[key(each)] = each
    return list(best.values())


def _weight(proposal: Proposal) -> float:
    """By which the strongest of a clause is chosen; a meeting gives way to what was said at it."""
    return proposal.reading.strength * proposal.trust * (0.6 if proposal.root is Root.CONSULT else 1.0)


def _finding(text: str, scene: Scene, proposal: Proposal, published: date | None) -> Finding:
    start, end = _span(scene, proposal)
    days = happened(text[start:end], start, scene, proposal, published) if published else None
    retold = bool(days and published and published - days.last > LONG_PAST)
    mode = Mode.RETOLD if retold else mode_of(scene.words, proposal)
    spoken = days or (When(published, published) if published else None)
    party = proposal.source.party
    return Finding(
        actor=proposal.source.country,
        target=proposal.target.country,
        speaker=Speaker(name=party.name, role=party.role, is_government=party.government),
        sign=proposal.sign,
        strength=round(proposal.reading.strength, 3),
        root=Root.THREATEN if mode is Mode.THREATENED and proposal.root is not Root.REJECT else proposal.root,
        mode=mode,
        quote=text[start:end],
        start=start,
        end=end,
        occurred_from=spoken.first if spoken else None,
        occurred_to=min(spoken.last, published) if spoken and published else None,
        confidence=round(min(1.0, proposal.trust), 3),
        why=_why(scene, proposal),
    )


def _why(scene: Scene, proposal: Proposal) -> str:
    if is_silent(proposal):
        return proposal.how
    words = scene.words[proposal.reading.first : proposal.cue.last]
    return f"{' '.join(word.text for word in words)} ({proposal.how})"


_EDGES = frozenset([",", ";", ":", "—", "-", "(", ")"])


def _span(scene: Scene, proposal: Proposal) -> tuple[int, int]:
    """The clause, with who does it before it, whom it is done to after it, and what a warning says."""
    parties = [(each.first, each.last) for each in (proposal.source, proposal.target) if each.last > each.first]
    told = [(each.first, each.last) for each in scene.speeches if each.verb == proposal.cue.first]
    spans = [(proposal.clause.first, proposal.clause.last), *parties, *told]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    while scene.words[first].text in _EDGES and first < last - 1:
        first += 1
    while scene.words[last - 1].text in _EDGES and last - 1 > first:
        last -= 1
    return scene.words[first].start, scene.words[last - 1].end
