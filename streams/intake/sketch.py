"""A short fingerprint of a text by which near-copies find each other.

MinHash (Broder 1997) with LSH bands (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3): two
texts of Jaccard similarity s share a band with probability 1 - (1 - s^ROWS)^BANDS: 0.998 at 0.75, 0.8 at
0.6, 0.02 at 0.3. Compared is the set of content words: measured on news leads, a light rewording keeps 0.78 of it
(of word pairs 0.56), while different reports of one event share at most 0.17.
"""

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from schemas.articles import Sketch

BANDS = 32
ROWS = 6

_FUNCTION_WORDS = (
    "a about after also an and any are as at be been before but by can could did do does for from had has have he "
    "her his how i if in into is it its more no not of on one or our out over said says she so some than that the "
    "their them then there these they this to two under up us was we were what when which while who will with "
    "would you"
)

_Words = NDArray[np.uint64]


def sketch(text: str) -> Sketch:
    """The bands of `text`, BANDS unsigned 64-bit integers; empty when it holds no content words.

    Case, punctuation, order and repetition of words do not matter.
    """
    words = content_words(text)
    if not words:
        return ()
    smallest = _permuted(np.array([_hash64(word.encode()) for word in words], np.uint64)).min(axis=1)
    return tuple(_hash64(band.tobytes()) for band in np.split(smallest.astype("<u8"), BANDS))


def content_words(text: str) -> list[str]:
    """The distinct words of `text` that carry content, lower-case, without apostrophes, sorted."""
    words = re.findall(r"\w+", re.sub(r"['’]", "", text.lower()))
    return sorted(set(words) - set(_FUNCTION_WORDS.split()))


def _permuted(hashes: _Words) -> _Words:
    """The hashes under each of BANDS * ROWS functions: multiply-add-shift (Dietzfelbinger et al. 1997)."""
    factors, summands = _functions()
    return (factors[:, None] * hashes[None, :] + summands[:, None]) >> np.uint64(32)


@lru_cache(maxsize=1)
def _functions() -> tuple[_Words, _Words]:
    count = range(BANDS * ROWS)
    factors = np.array([_hash64(f"factor {number}".encode()) | 1 for number in count], np.uint64)
    summands = np.array([_hash64(f"summand {number}".encode()) for number in count], np.uint64)
    return factors, summands


def _hash64(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
