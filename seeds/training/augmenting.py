"""Sentences made of labelled ones, for a small network to ask a large one about: other names, parts, words, pairs.

Nobody has labelled them, and they need not make sense: what is learnt is how the large one reads. Source: Jiao et al.
2020, "TinyBERT", which has a student learn from words replaced by chance.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from seeds.training.labelled import Labelled
from streams.detection.encoder import Asked, Pair, Span

RENAMED = 0.8
"""Of the names of a sentence, the share that others take the place of."""
REWORDED = 0.3
"""Of the longer words of a sentence, the share that others of the same ending take the place of."""
ENDING = 3
"""Letters of a word that keep its place in the grammar, more or less; a longer word has at least two more."""
STRANGE = 2
"""Words that are no actors and are asked about all the same, in each sentence."""
MOST = 14
"""Pairs asked of a sentence."""

_WORD = re.compile(r"\w[\w'’.-]*")
_SHORTEST = 8
"""Words of a part."""


def augmented(rows: Sequence[Labelled], copies: int, seed: int) -> Iterator[Asked]:
    """So many changed copies of each sentence, less those that come to nothing."""
    random = Random(seed)
    names = [row.text[start:end] for row in rows for start, end in row.actors.values()]
    for _ in range(copies):
        for row in rows:
            text, actors = _renamed(row, names, random) if random.random() < 0.5 else _part(row, random)
            pairs = _pairs(text, actors, random)
            if pairs:
                yield Asked(text, pairs)


def reworded(rows: Sequence[Labelled], copies: int, vocabulary: Iterable[str], seed: int) -> Iterator[Asked]:
    """So many changed copies of each sentence, in which words from other sentences and from a vocabulary stand too."""
    random = Random(seed)
    known = _by_ending(word for row in rows for word in _WORD.findall(row.text))
    strange = _by_ending(sorted(vocabulary))
    for asked in augmented(rows, copies, seed + 1):
        places = sorted({place for pair in asked.pairs for place in pair})
        text, moved, at = "", dict[Span, Span](), 0
        for start, end in places:
            text += _other_words(asked.text[at:start], known, strange, random)
            moved[start, end] = (len(text), len(text) + end - start)
            text += asked.text[start:end]
            at = end
        text += _other_words(asked.text[at:], known, strange, random)
        yield Asked(text, [Pair(moved[pair.source], moved[pair.target]) for pair in asked.pairs])


def _by_ending(words: Iterable[str]) -> dict[str, list[str]]:
    pools: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= ENDING + 2 and word.isalpha() and word.islower():
            pools.setdefault(word[-ENDING:], []).append(word)
    return pools


def _other_words(text: str, known: dict[str, list[str]], strange: dict[str, list[str]], random: Random) -> str:
    """The text with some of its words exchanged: as often for one that the sentences use as for any other."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        pools = known if random.random() < 0.5 else strange
        pool = pools.get(word[-ENDING:]) if len(word) >= ENDING + 2 and word.islower() else None
        return random.choice(pool) if pool and random.random() < REWORDED else word

    return _WORD.sub(other, text)


def _renamed(row: Labelled, names: Sequence[str], random: Random) -> tuple[str, list[Span]]:
    """The sentence with other actors in the places of its own."""
    text, actors, at = "", list[Span](), 0
    for start, end in sorted(row.actors.values()):
        name = random.choice(names) if random.random() < RENAMED else row.text[start:end]
        text += row.text[at:start]
        actors.append((len(text), len(text) + len(name)))
        text += name
        at = end
    return text + row.text[at:], actors


def _part(row: Labelled, random: Random) -> tuple[str, list[Span]]:
    """Some words of a sentence that follow each other, and the actors among them."""
    words = [match.span() for match in _WORD.finditer(row.text)]
    least = min(len(words), max(_SHORTEST, len(words) // 3))
    count = random.randint(least, len(words))
    first = random.randint(0, len(words) - count)
    begin, end = words[first][0], words[first + count - 1][1]
    inside = [(start - begin, stop - begin) for start, stop in row.actors.values() if begin <= start and stop <= end]
    return row.text[begin:end], inside


def _pairs(text: str, actors: Sequence[Span], random: Random) -> list[Pair]:
    """Ordered pairs of the actors and of some other words, most of those with a capital."""
    words = [match.span() for match in _WORD.finditer(text)]
    capitals = [word for word in words if text[word[0]].isupper()]
    places = list(actors)
    for _ in range(STRANGE):
        start, end = random.choice(capitals if capitals and random.random() < 0.6 else words)
        if all(end <= other[0] or start >= other[1] for other in places):
            places.append((start, end))
    pairs = [Pair(source, target) for source in places for target in places if source != target]
    random.shuffle(pairs)
    return pairs[:MOST]
