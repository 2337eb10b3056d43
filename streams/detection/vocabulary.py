"""The classes of words by which the rules read a sentence, from tables/words.toml."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """A class such as "actors.person": words in lower case.

    Raises:
        KeyError: the table has no such class.
    """
    section, entry = name.split(".")
    return frozenset(_table()[section][entry].split())


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("streams.detection").joinpath("tables", "words.toml").read_text(encoding="utf-8"))
