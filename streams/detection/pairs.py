"""From whom and toward whom a cue points, with which sign."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.plover import Root, Sign
from streams.detection.actors import Mention, in_person
from streams.detection.lexicon import Cue
from streams.detection.speech import Speech
from streams.detection.text import Word

_REACH = 10
"""Words before a cue within which it can be negated or undone."""

_BARE_REACH = 4
"""The same for a bare "not" or "no"."""

_BARE = frozenset(["not", "no", "never", "n't", "nor", "without", "cannot", "against"])
_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are", "be"])


class Directed(NamedTuple):
    """A cue from a source to a target."""

    cue: Cue
    source: Mention
    target: Mention
    sign: Sign
    root: Root
    strength: float
    confidence: float
    why: str

    @property
    def weight(self) -> float:
        """By which the strongest of several is chosen."""
        return self.strength * self.confidence


def directed(
    words: Sequence[Word],
    cues: Sequence[Cue],
    named: Sequence[Mention],
    speech: Speech,
    clause: tuple[int, int],
) -> list[Directed]:
    """What the cues of a clause say about whom. Indexes are into the words of the whole sentence."""
    return [each for cue in cues for each in _of_cue(words, cue, cues, named, speech, clause)]


class Turned(NamedTuple):
    """What a cue says once it is read with what negates, undoes or increases it."""

    sign: Sign
    root: Root
    strength: float
    first: int
    """The first word that takes part in it."""


def turned(cue: Cue, cues: Sequence[Cue]) -> Turned | None:
    """Read a cue among the others of its clause; None for a word that only turns others."""
    kind = cue.entry.kind
    if kind in ("up", "down", "lift", "neg"):
        return None
    flips = _flips(cue, cues)
    friendly = kind in ("act+", "good", "weak+", "mutual")
    sign: Sign = 1 if friendly == (len(flips) % 2 == 0) else -1
    stronger = [flip for flip in flips if flip.entry.kind in ("down", "lift")] + _before(cue, cues, ("up",))
    strength = max([cue.entry.strength, *(each.entry.strength for each in stronger)])
    return Turned(sign, _root(cue, flips, sign), strength, min([cue.first, *(flip.first for flip in flips)]))


def _of_cue(
    words: Sequence[Word],
    cue: Cue,
    cues: Sequence[Cue],
    named: Sequence[Mention],
    speech: Speech,
    clause: tuple[int, int],
) -> Iterator[Directed]:
    if (read := turned(cue, cues)) is None:
        return
    why = " ".join(word.text for word in words[read.first : cue.last])
    for source, target, confidence in _ends(words, cue, cue.entry.kind, named, speech, clause):
        if source.country != target.country:
            faded = 0.6 if cue.entry.kind == "weak+" else 1.0
            yield Directed(cue, source, target, read.sign, read.root, read.strength, confidence * faded, why)


def _flips(cue: Cue, cues: Sequence[Cue]) -> list[Cue]:
    lifting = ("lift",) if cue.entry.kind in ("bad", "act-") else ()
    turned = _before(cue, cues, ("neg", "down", *lifting))
    kept = []
    for each in turned:
        bare = " ".join(each.entry.form) in _BARE
        if bare and cue.first - each.last >= _BARE_REACH:
            later = [other for other in turned if 0 <= other.first - each.last < _BARE_REACH]
            if not later:
                continue
        kept.append(each)
    return kept


def _before(cue: Cue, cues: Sequence[Cue], kinds: Sequence[str]) -> list[Cue]:
    return [each for each in cues if each.entry.kind in kinds and 0 <= cue.first - each.last < _REACH]


def _root(cue: Cue, flips: Sequence[Cue], sign: int) -> Root:
    if not flips:
        return cue.entry.root
    undone = any(flip.entry.kind in ("down", "lift") for flip in flips)
    if sign > 0:
        return Root.YIELD if undone else Root.SUPPORT
    return Root.SANCTION if undone else Root.REJECT


def _ends(
    words: Sequence[Word],
    cue: Cue,
    kind: str,
    named: Sequence[Mention],
    speech: Speech,
    clause: tuple[int, int],
) -> Iterator[tuple[Mention, Mention, float]]:
    inside = [mention for mention in named if clause[0] <= mention.first < clause[1]]
    left = [mention for mention in inside if mention.last <= cue.first]
    right = [mention for mention in inside if mention.first >= cue.last]
    content = speech.speaker is not None and speech.verb is not None
    source = _source(words, cue, left, right, speech, content)
    if speech.both and not inside and kind in ("good", "act+", "mutual"):
        one, other = speech.both
        yield one, other, 0.7
        yield other, one, 0.6
        return
    if source is None:
        return
    others = [mention for mention in right if mention.country != source.country]
    behind = [mention for mention in reversed(left) if mention.country != source.country]
    if others:
        yield source, others[0], 0.8
    elif behind and not kind.startswith("act"):
        yield source, behind[0], 0.7
    elif behind and content:
        yield source, behind[0], 0.6
    else:
        earlier = [mention for mention in named if mention.last <= clause[0]]
        elsewhere = [mention for mention in earlier if mention.country != source.country]
        if elsewhere and kind != "weak+":
            yield source, elsewhere[-1], 0.45
    if kind == "mutual" and (others or behind):
        other = (others or behind)[0]
        if other.speaks:
            yield other, source, 0.6


def _source(
    words: Sequence[Word],
    cue: Cue,
    left: Sequence[Mention],
    right: Sequence[Mention],
    speech: Speech,
    content: bool,
) -> Mention | None:
    if cue.entry.kind.startswith("act") and cue.first and words[cue.first - 1].lower in _PASSIVE:
        agent = next((mention for mention in right if words[mention.first - 1].lower in ("by", "the")), None)
        if agent:
            return agent
    speakers = [mention for mention in left if mention.speaks]
    if content and (cue.first > (speech.verb or 0) or not speakers):
        return speech.speaker
    if not speakers and speech.speaker is None and speech.carries is not None:
        # "Britons will travel without a visa", said after a minister of theirs was named.
        citizens = any(mention.country == speech.carries.country for mention in left)
        return speech.carries if citizens else None
    return in_person(speakers) if speakers else speech.speaker
