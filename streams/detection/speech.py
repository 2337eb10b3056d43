"""Who speaks in a sentence: named before or after the verb of speech, or carried over from the last one."""

from collections.abc import Sequence
from typing import NamedTuple

from streams.detection.actors import Mention, in_person
from streams.detection.text import Word

VERBS = frozenset(
    [
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "added",
        "adds",
        "called",
        "calls",
        "described",
        "describes",
        "declared",
        "declares",
        "stressed",
        "stresses",
        "insisted",
        "insists",
        "noted",
        "notes",
        "argued",
        "argues",
        "stated",
        "states",
        "announced",
        "announces",
        "admitted",
        "admits",
        "conceded",
        "warned",
        "warns",
        "wrote",
        "writes",
        "vowed",
        "vows",
        "claimed",
        "claims",
        "acknowledged",
        "remarked",
        "commented",
        "replied",
        "urged",
        "explained",
        "reiterated",
        "promised",
        "pledged",
        "suggested",
    ]
)
PRONOUNS = frozenset(["he", "she", "they"])
OFFICES = frozenset(
    [
        "minister",
        "president",
        "premier",
        "chancellor",
        "leader",
        "secretary",
        "government",
        "ministry",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "officials",
        "commissioner",
        "ambassador",
        "chief",
    ]
)


_ADJACENT = 2
"""Words between a subject and its verb: "Trump again said"."""


class Speech(NamedTuple):
    """The speech in a sentence."""

    speaker: Mention | None
    """Who speaks, if anyone does."""
    verb: int | None
    """The index of the verb of speech."""
    carries: Mention | None
    """Who "he", "she" or "the minister" would be in the next sentence."""
    both: tuple[Mention, Mention] | None = None
    """Whom "the two governments" or "both sides" means, where the sentence is about them."""


def speech_of(words: Sequence[Word], named: Sequence[Mention], carried: Mention | None) -> Speech:
    """Who speaks in a sentence, given who spoke before."""
    subject = _pronoun_subject(words)
    verb = next((n for n, word in enumerate(words) if word.lower in VERBS), None)
    people = [mention for mention in named if mention.kind == "official" or mention.speaks]
    if verb is None:
        first = people[0] if people and people[0].first <= 6 else None
        return Speech(carried if subject else None, None, first or carried)
    before = [mention for mention in people if mention.last <= verb]
    inverted = [mention for mention in people if verb < mention.first <= verb + 6]
    # The verb's subject stands right before it, or, as in "met X and said", where the sentence began.
    adjacent = [mention for mention in before if verb - mention.last <= _ADJACENT]
    close = adjacent[-1:] or before
    speaker = in_person(close) if close else None
    if subject and not (close and close[0].first < 2):
        speaker = carried
    elif speaker is None and _unnamed(words, verb):
        speaker = None
    elif speaker is None and inverted and verb > 3:
        speaker = inverted[0]
    elif speaker is None:
        speaker = carried if verb <= 4 and _office_subject(words, verb) else None
    return Speech(speaker, verb, speaker or (people[0] if people else None))


def names_both(words: Sequence[Word]) -> bool:
    """Whether a sentence is about two sides named before: "The two leaders ...", "Both sides ..."."""
    start = [word.lower for word in words[:2]]
    return start == ["the", "two"] or start[:1] == ["both"]


def _pronoun_subject(words: Sequence[Word]) -> bool:
    return any(word.lower in PRONOUNS for word in words[:2]) or _office_subject(words, min(5, len(words)))


def _office_subject(words: Sequence[Word], until: int) -> bool:
    return bool(words) and words[0].lower == "the" and any(word.lower in OFFICES for word in words[1:until])


def _unnamed(words: Sequence[Word], verb: int) -> bool:
    """Whether a name that is not in our tables stands right before the verb."""
    return verb > 0 and words[verb - 1].text[:1].isupper() and words[verb - 1].lower not in PRONOUNS
