"""Who speaks: each stretch of a sentence that is somebody's words, with whose they are."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from streams.detection.actors import Mention
from streams.detection.sentences import Sentence, Word
from streams.detection.story import Party, Story
from streams.detection.vocabulary import words as vocabulary

_REACH = 7
"""Words between a speaker and the verb: "Kallas, in an apparent reference to China, said"."""
_AFTER = 5
"""Words between the verb and a speaker that follows it: "said Sir Keir Starmer"."""
_TIME = frozenset(
    [
        "on",
        "in",
        "at",
        "to",
        "yesterday",
        "during",
        "after",
        "while",
        "late",
        "early",
        "last",
        "this",
        "today",
        "as",
        "when",
    ]
)
_TELLING = frozenset(["told", "tells", "tell", "telling"])
_LISTENER = 5
"""Words of who is told: "a committee of the Senate"."""
_OPENING = 4
"""Words before the subject of a sentence: "On Monday evening in Paris"."""


class Speech(NamedTuple):
    """The words from `first` to `last` (exclusive) are the speaker's; None where the speaker is no government."""

    speaker: Mention | None
    verb: int
    first: int
    last: int
    bad: bool
    """The verb itself holds what is said to be bad: warned, complained."""
    addressee: Mention | None


def speeches(sentence: Sentence, named: Sequence[Mention], story: Story) -> list[Speech]:
    """The speech in a sentence, in order; a sentence that is all in quotation marks is the last speaker's."""
    told = list(_spoken(sentence.words, named))
    if not told and _wholly_quoted(sentence) and story.speaker:
        speaker = Mention(0, 0, story.speaker, "person", False, "", 0.8)
        told = [Speech(speaker, 0, 0, len(sentence.words), False, None)]
    return told


def innermost(told: Sequence[Speech], at: int) -> Speech | None:
    """The speech that a word stands in; of several, the one that begins last."""
    holding = [speech for speech in told if speech.first <= at < speech.last]
    return max(holding, key=lambda speech: (speech.first, -speech.last), default=None)


def _wholly_quoted(sentence: Sentence) -> bool:
    return sentence.opens_quoted or (sentence.words[0].text == '"' and sum(w.text == '"' for w in sentence.words) < 3)


def _spoken(words: Sequence[Word], named: Sequence[Mention]) -> Iterator[Speech]:
    inside = {n for mention in named for n in range(mention.first, mention.last)}
    for at, word in enumerate(words):
        if word.quoted or at in inside:
            continue
        if told := _of_noun(words, named, at):
            yield told
        elif word.lower in vocabulary("speech.said") and not (_does_more(words, at) or _is_thing(words, at)):
            yield from _of_verb(words, named, at)
        elif word.lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
            yield from _according(words, named, at)
        elif word.text == ":" and 0 < at < len(words) - 2:
            yield from _headline(words, named, at)


def _does_more(words: Sequence[Word], at: int) -> bool:
    """Whether a verb does more than tell: "declared war", "ruled out", "recalled its ambassador"."""
    near = [word.lower for word in words[at + 1 : at + 4]]
    called_home = words[at].lower == "recalled" and not vocabulary("references.abroad").isdisjoint(near)
    return called_home or (bool(near) and near[0] in ("persona", "war", "independence", "out"))


def _is_thing(words: Sequence[Word], at: int) -> bool:
    """Whether a word that may be a verb is none: "a warning", "the suggested changes", "its claims"."""
    return at > 0 and words[at - 1].lower in vocabulary("clauses.before_things")


def _of_verb(words: Sequence[Word], named: Sequence[Mention], verb: int) -> Iterator[Speech]:
    before = [word.lower for word in words[max(0, verb - 2) : verb]]
    if words[verb].lower == "told" and any(word in vocabulary("clauses.be") or word == "am" for word in before):
        return  # "Beijing had been told that": it does not speak, it listens
    bad = words[verb].lower in vocabulary("speech.bad")
    inverted = _inverted(words, named, verb)
    if inverted:
        yield Speech(inverted, verb, 0, verb, bad, None)
        if inverted.last < len(words) - 1 and words[inverted.last].text in (",", '"'):
            yield Speech(inverted, verb, inverted.last, len(words), bad, None)
        return
    speaker = _subject(words, named, verb)
    start = speaker.first if speaker else verb - 1
    addressee = _addressee(words, named, verb)
    after = addressee.last if addressee else verb + 1
    if _trailing(words, start, _after_listener(words, verb, start, after)):
        yield Speech(speaker, verb, 0, start, bad, addressee)
        quote = next((n for n in range(after, len(words)) if words[n].text == '"'), None)
        if quote is None and [word.lower for word in words[after : after + 2]] == [",", "and"]:
            quote = after + 1  # "it stood open, she added, and they were friends": she speaks on
        if quote is not None:
            yield Speech(speaker, verb, quote, len(words), bad, addressee)
    else:
        yield Speech(speaker, verb, after, _end(words, after), bad, addressee)


def _of_noun(words: Sequence[Word], named: Sequence[Mention], noun: int) -> Speech | None:
    """What a noun tells up to a comma: "despite warnings from Washington that ...", "Beijing's claim that ..."."""
    if words[noun].lower not in vocabulary("speech.nouns"):
        return None
    owner = next((each for each in named if each.owner and each.last in (noun, noun - 1)), None)
    giver = next((each for each in named if each.first > noun and each.preposition in ("from", "by")), None)
    near = giver if giver and giver.first <= noun + 3 else None
    first, speaker = near.last if near else noun + 1, near or owner
    opens = speaker is not None and min(speaker.first, noun) <= _OPENING // 2
    if speaker is None or opens or not _is_told(words, named, first):
        return None
    last = next((n for n in range(first, len(words)) if words[n].text == ","), len(words))
    return Speech(speaker, noun, first, last, words[noun].lower in vocabulary("speech.bad"), None)


def _is_told(words: Sequence[Word], named: Sequence[Mention], at: int) -> bool:
    """Whether "that" stands at a word and a subject behind it, so that it is no relative one."""
    if at + 1 >= len(words) or words[at].lower != "that":
        return False
    opening = words[at + 1].lower
    subject = ("clauses.pronouns", "clauses.owning", "references.they")
    return any(opening in vocabulary(kind) for kind in subject) or any(each.first == at + 1 for each in named)


def _subject(words: Sequence[Word], named: Sequence[Mention], verb: int) -> Mention | None:
    """The one who speaks before the verb; None where it is a stranger or nobody."""
    near = [mention for mention in named if mention.acts and mention.last <= verb]
    if not near:
        return None
    opening = near[0] if near[0].first <= _OPENING else None
    if words[verb].lower.endswith("ing") or _coordinated(words, verb):
        return opening
    close = near[-1]
    inside = {n for mention in named for n in range(mention.first, mention.last)}
    between = [words[n] for n in range(close.last, verb) if n not in inside]
    if any(_is_stranger(word) for word in between[-2:]):
        return None
    return close if len(between) <= _REACH else opening


def _coordinated(words: Sequence[Word], verb: int) -> bool:
    """Whether, as in "Payne met Wang and said", the verb goes on with the subject of the sentence."""
    return any(word.lower in ("and", "but", "then") for word in words[max(0, verb - 2) : verb])


def _is_stranger(word: Word) -> bool:
    named = word.text[0].isupper() and word.text.isalpha() and word.lower not in vocabulary("names.no")
    return named or word.lower in vocabulary("actors.outside")


def _inverted(words: Sequence[Word], named: Sequence[Mention], verb: int) -> Mention | None:
    if not verb or words[verb - 1].text not in (",", '"', "'"):
        return None
    if words[min(verb + 1, len(words) - 1)].lower == "that":
        return None  # "Erdogan, who is to host the summit, said that"
    following = [mention for mention in named if verb < mention.first <= verb + _AFTER and mention.kind != "adjective"]
    return following[0] if following and not following[0].preposition else None


def _after_listener(words: Sequence[Word], verb: int, start: int, after: int) -> int:
    """Where the words for who listens end, after a quotation: '"...," Haddad told reporters in Rio'."""
    if words[verb].lower not in _TELLING or not start or words[start - 1].text != '"':
        return after
    ends = (
        n for n in range(after, min(after + _LISTENER, len(words))) if not words[n].text.isalpha() or _ends(words[n])
    )
    return next(ends, after)


def _ends(word: Word) -> bool:
    return word.lower in _TIME or word.lower == "that"


def _addressee(words: Sequence[Word], named: Sequence[Mention], verb: int) -> Mention | None:
    told = words[verb].lower in _TELLING or words[verb].lower in ("warned", "warns", "warning", "assured", "cautioned")
    if words[min(verb + 1, len(words) - 1)].lower == "that":
        return None
    after = [mention for mention in named if verb < mention.first <= verb + 2 and mention.kind != "adjective"]
    return after[0] if told and after and after[0].preposition in ("", "to") else None


def _trailing(words: Sequence[Word], start: int, after: int) -> bool:
    """Whether what was said stands before the speaker: "..., Starmer said on Thursday"."""
    if start and words[start - 1].lower in vocabulary("clauses.articles"):
        start -= 1
    left = start >= 4 and words[start - 1].text in (",", '"', "'")
    if not left:
        return False
    if after >= len(words) or words[after].text in (",", ".", ";", '"', "—"):
        return True
    return words[after].lower in _TIME and not any(word.lower == "that" for word in words[after : after + 8])


def _end(words: Sequence[Word], first: int) -> int:
    """Where indirect speech ends: at the sentence's end, or where "while" or the speaker's next act begins."""
    return next((n for n in range(first + 1, len(words)) if _goes_on(words, n)), len(words))


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether a sentence goes on with what is not said: "..., while", "said it was not for sale and accused"."""
    if words[at].text == ";":
        return True
    apart = words[at].lower in ("while", "whereas") and words[at - 1].text == ","
    act = words[at].lower == "and" and words[min(at + 1, len(words) - 1)].lower in vocabulary("speech.acts")
    return (apart or act) and not words[at].quoted


def _according(words: Sequence[Word], named: Sequence[Mention], at: int) -> Iterator[Speech]:
    speaker = next((mention for mention in named if at < mention.first <= at + 4), None)
    able = speaker if speaker and speaker.kind != "adjective" else None
    if able:
        yield Speech(able, at, 0 if at > 3 else able.last, at if at > 3 else len(words), False, None)


def _headline(words: Sequence[Word], named: Sequence[Mention], at: int) -> Iterator[Speech]:
    speaker = next(
        (
            mention
            for mention in named
            if mention.last == at and mention.first <= 1 and mention.kind in ("person", "body")
        ),
        None,
    )
    if speaker:
        yield Speech(speaker, at, at + 1, len(words), False, None)


def last_speaker(told: Sequence[Speech]) -> Party | None:
    """Who speaks on, if the next sentence is quoted without a name."""
    return next((speech.speaker.party for speech in reversed(told) if speech.speaker), None)
