"""A sentence that has been read, and what is proposed of it."""

from typing import NamedTuple

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause
from streams.detection.lexicon import Cue
from streams.detection.sentences import Sentence, Word
from streams.detection.speech import Speech
from streams.detection.turning import Direction, Reading


class Scene(NamedTuple):
    """A sentence that has been read: its words, parties, cues, clauses and speech."""

    sentence: Sentence
    named: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    clauses: tuple[Clause, ...]
    speeches: tuple[Speech, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.sentence.words


class Proposal(NamedTuple):
    """A directed pair with what is said about it; `how` names the construction."""

    source: Mention
    target: Mention
    cue: Cue
    reading: Reading
    clause: Clause
    sign: Direction
    root: Root
    trust: float
    how: str


class Link(NamedTuple):
    """A source and a target of a cue, before its sign is known."""

    source: Mention
    target: Mention
    trust: float
    how: str
    sign: Direction | None = None
    """Where the construction decides it."""
    root: Root | None = None
