"""The clauses of a sentence, each with whose words it is, and the subject that it has or takes over."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from streams.detection.actors import Mention
from streams.detection.lexicon import Cue
from streams.detection.sentences import Word
from streams.detection.speech import Speech, innermost
from streams.detection.vocabulary import words as vocabulary

_MARKS = frozenset([";", ":", "—", "(", ")"])


class Clause(NamedTuple):
    """The words from `first` to `last` (exclusive)."""

    first: int
    last: int
    speech: Speech | None
    subject: tuple[Mention, ...]
    """Who does what the clause tells; more than one where they are joined by "and"; none where it is not known."""
    own: bool
    """Whether the subject stands in the clause itself."""
    condition: bool

    def holds(self, at: int) -> bool:
        """Whether a word stands in it."""
        return self.first <= at < self.last


def clauses(
    words: Sequence[Word], named: Sequence[Mention], told: Sequence[Speech], cues: Sequence[Cue]
) -> list[Clause]:
    """The clauses of a sentence, in order."""
    verbs = _verbs(words, cues)
    edges = _edges(words, named, told, verbs)
    found: list[Clause] = []
    for first, last in itertools.pairwise(edges):
        speech = innermost(told, first)
        own = _own_subject(words, named, verbs, first, last)
        strange = not own and _is_of_a_stranger(words, named, verbs, first, last)
        subject = own or (() if strange else _taken_over(words, named, speech, found, first))
        condition = words[first].lower in vocabulary("clauses.condition")
        found.append(Clause(first, last, speech, subject, bool(own), condition))
    return found


def group(words: Sequence[Word], named: Sequence[Mention], one: Mention) -> tuple[Mention, ...]:
    """The parties joined to one: "Canada and Mexico", "Oslo, Riga and the European Union"."""
    at = named.index(one)
    first, last = _run(words, named, at, listed=True)
    if last - first < 2 or not any(_ends_list(words, named, n) for n in range(first, last)):
        first, last = _run(words, named, at, listed=False)
    return tuple(named[first : last + 1])


def _run(words: Sequence[Word], named: Sequence[Mention], at: int, listed: bool) -> tuple[int, int]:
    """The first and the last of the parties around one that are joined, in a list also by mere commas."""
    first, last = at, at
    while first and _joined(words, named[first - 1], named[first], listed):
        first -= 1
    while last + 1 < len(named) and _joined(words, named[last], named[last + 1], listed):
        last += 1
    return first, last


def _ends_list(words: Sequence[Word], named: Sequence[Mention], at: int) -> bool:
    return not {"and", "or", "&"}.isdisjoint(word.lower for word in words[named[at].last : named[at + 1].first])


_JOINTS = frozenset(", and the both as well - / & along with plus or his her its their".split())


def _joined(words: Sequence[Word], left: Mention, right: Mention, listed: bool) -> bool:
    between = [word.lower for word in words[left.last : right.first]]
    if left.kind == "adjective" and right.kind in ("adjective", "body"):
        return bool(between) and set(between) <= {"and", "-", "/"}
    if left.owner or left.kind == "adjective":
        return False
    if "as" in between and "well" not in between:
        return False
    if left.first == right.first:
        return True
    return bool(between) and set(between) <= _JOINTS and between != ["with"] and (listed or between != [","])


def _edges(words: Sequence[Word], named: Sequence[Mention], told: Sequence[Speech], verbs: frozenset[int]) -> list[int]:
    inside = {n for mention in named for n in range(mention.first + 1, mention.last)}
    cuts = {n for n in range(1, len(words)) if n not in inside and _cuts(words, named, n)}
    cuts |= {end for n in cuts if (end := _end_of_relative(words, n, verbs))}
    cuts |= {end for n in (0, *cuts) if (end := _end_of_opening(words, named, verbs, n))}
    spoken = {edge for speech in told for edge in (speech.first, speech.last)} - inside
    return sorted({0, len(words), *cuts, *(edge for edge in spoken if 0 < edge < len(words))})


def _cuts(words: Sequence[Word], named: Sequence[Mention], at: int) -> bool:
    word, before = words[at], words[at - 1]
    if before.text in _MARKS or word.text in _MARKS:
        return True
    if word.lower == "and":
        return _begins_clause(words, named, at)
    if word.lower == "as":
        return (
            not any(mention.first == at + 1 for mention in named)
            or before.text == ","
            or _subject_at(named, at + 1) is not None
        )
    if word.lower in vocabulary("clauses.subordinate"):
        return True
    return before.text == "," and word.lower.endswith("ing") and len(word.lower) > 5


def _end_of_relative(words: Sequence[Word], first: int, verbs: frozenset[int]) -> int | None:
    """Where, as in "Mexico, which follows Rome, raised its tariffs", what goes before a relative clause goes on."""
    if words[first].lower not in vocabulary("clauses.which") or words[first - 1].text != ",":
        return None
    commas = (n for n in range(first + 2, len(words) - 1) if words[n].text == ",")
    return next((n + 1 for n in commas if n + 1 in verbs or _is_past(words[n + 1])), None)


def _end_of_opening(words: Sequence[Word], named: Sequence[Mention], verbs: frozenset[int], first: int) -> int | None:
    """Where, as in "After jets struck the port, Oman condemned the attack", a main clause begins."""
    if not first and words[0].lower.endswith("ing") and not any(mention.first == 0 for mention in named):
        return _end_of_participle(words, named, verbs)
    if words[first].lower not in vocabulary("clauses.subordinate") or (first and words[first - 1].text != ","):
        return None
    told = min((n for n in range(first + 1, len(words)) if n in verbs or _is_past(words[n])), default=len(words))
    commas = (n for n in range(told + 1, len(words) - 2) if words[n].text == ",")
    return next(
        (n + 1 for n in commas if _subject_at(named, n + 1 + (words[n + 1].lower in vocabulary("clauses.articles")))),
        None,
    )


def _end_of_participle(words: Sequence[Word], named: Sequence[Mention], verbs: frozenset[int]) -> int | None:
    """Where a main clause begins after "Standing beside Obama, ...": at the last party before its verb."""
    commas = [n for n in range(1, len(words) - 2) if words[n].text == ","]
    opened = next(iter(commas), len(words))
    told = next((n for n in range(opened, len(words)) if n in verbs or _is_past(words[n])), 0)
    begins = (n + 1 + (words[n + 1].lower in vocabulary("clauses.articles")) for n in commas if n < told)
    return max((n for n in begins if _subject_at(named, n)), default=None)


def _is_past(word: Word) -> bool:
    irregular = word.lower in vocabulary("speech.said") or word.lower in vocabulary("clauses.participles")
    return word.text.islower() and (irregular or word.lower.endswith("ed"))


def _begins_clause(words: Sequence[Word], named: Sequence[Mention], at: int) -> bool:
    """Whether "and" goes on with a new subject."""
    if words[at - 1].text == "," and at + 1 < len(words) and words[at + 1].lower in vocabulary("clauses.pronouns"):
        return True
    start = at + 1 + (at + 1 < len(words) and words[at + 1].lower in vocabulary("clauses.owning"))
    subject = _subject_at(named, start)
    if subject is None:
        return False
    if words[at - 1].text == "," and words[min(subject.last, len(words) - 1)].lower in vocabulary("clauses.auxiliary"):
        return True
    ends = any(mention.last == at or mention.last == at - 1 for mention in named)
    between = any(word.lower == "between" for word in words[max(0, at - 8) : at])
    return not ends and not between


def _subject_at(named: Sequence[Mention], at: int) -> Mention | None:
    return next((mention for mention in named if mention.first == at and mention.acts), None)


_VERBAL = frozenset(["does+", "does-", "goes", "up", "down", "lift", "impose", "oppose"])


def _verbs(words: Sequence[Word], cues: Sequence[Cue]) -> frozenset[int]:
    """Where verbs stand, as far as we know them."""
    auxiliaries = {n for n, word in enumerate(words) if word.lower in vocabulary("clauses.auxiliary")}
    return frozenset(auxiliaries | {cue.first for cue in cues if cue.kind in _VERBAL})


def _own_subject(
    words: Sequence[Word], named: Sequence[Mention], verbs: frozenset[int], first: int, last: int
) -> tuple[Mention, ...]:
    """The subject that stands in a clause: the first party that acts, if no verb goes before it."""
    own = next((mention for mention in named if first <= mention.first < last and mention.acts), None)
    if own is None or _is_participle(words, first):
        return ()
    article = words[min(first + 1, last - 1)].lower in vocabulary("clauses.articles")
    if words[first].lower in vocabulary("clauses.which") and own.first > first + 1 + article:
        return ()
    comma = max((n for n in range(first, own.first) if words[n].text == ","), default=first)
    if any(n in verbs for n in range(comma, own.first)) or _is_of_a_pronoun(words, first, own):
        return ()
    return tuple(each for each in group(words, named, own) if each.first < last)


def _is_of_a_pronoun(words: Sequence[Word], first: int, own: Mention) -> bool:
    """Whether who was named before acts, and a party is what it acts on: "that it no longer recognised Taiwan"."""
    opens = words[first].lower in vocabulary("clauses.subordinate")
    pronoun = own.first > first + 2 and words[first + 1].lower in ("it", "they", "we")
    return opens and pronoun and words[first + 2].text != ","


def _is_of_a_stranger(
    words: Sequence[Word], named: Sequence[Mention], verbs: frozenset[int], first: int, last: int
) -> bool:
    """Whether a clause has a subject that is no party: "as students protested", "the accord that lets Rome in"."""
    if first + 2 >= last or words[first].lower not in vocabulary("clauses.subordinate"):
        return False
    if any(mention.owner and first < mention.first <= first + 2 for mention in named):
        return False
    if words[first].lower == "that" and first + 1 in verbs and not any(mention.last == first for mention in named):
        return True
    outside = words[first + 1].lower in vocabulary("actors.outside")
    noun = outside or words[first + 1].lower in vocabulary("clauses.determiners")
    return noun and any(n in verbs for n in range(first + 2, last))


def _is_participle(words: Sequence[Word], first: int) -> bool:
    """Whether a clause begins as "visiting Indonesia" or "while visiting Indonesia" does."""
    opening = words[first : first + 2]
    return any(word.lower.endswith("ing") and len(word.lower) > 5 and word.text.islower() for word in opening)


def _taken_over(
    words: Sequence[Word], named: Sequence[Mention], speech: Speech | None, before: Sequence[Clause], first: int
) -> tuple[Mention, ...]:
    """The subject of a clause that has none.

    The party that a relative clause follows, the owner in "as Trump's threats", the last subject, the speaker.
    """
    if words[first].lower in vocabulary("clauses.which"):
        nearest = [mention for mention in named if mention.last <= first and mention.kind != "adjective"][-1:]
        return tuple(each._replace(preposition="", owner=False) for each in nearest)
    if words[first].lower in vocabulary("clauses.subordinate"):
        owners = [mention for mention in named if mention.owner and first < mention.first <= first + 2]
        if owners:
            return (owners[0]._replace(owner=False),)
    resumes = (
        bool(before) and words[before[-1].first].lower in vocabulary("clauses.which") and words[first - 1].text == ","
    )
    earlier = before[:-1] if resumes else before
    taken = next((clause.subject for clause in reversed(earlier) if clause.speech == speech and clause.subject), ())
    return taken or ((speech.speaker,) if speech and speech.speaker else ())
