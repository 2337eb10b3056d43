"""What a text says about itself in the YAML between two lines of hyphens at its start."""

import re

import yaml

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[^\S\n]*\n(?=[\w\"' #-]+:|---)(?P<yaml>.*?)^---[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"\A\ufeff?---[^\S\n]*\n\w+[^\S\n]*:")


class BadFrontMatter(ValueError):
    """Front matter that cannot be read; `line` counts from 1 in the whole text."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"front matter: {problem}")
        self.line = line


def front_matter(text: str) -> dict[str, str]:
    """The keys of the front matter whose values are plain text, as it stands there; empty without any.

    Raises:
        BadFrontMatter: it is not closed, no YAML, or no mapping.
    """
    found = FRONT_MATTER.match(text)
    if found is None:
        if _OPENED.match(text):
            raise BadFrontMatter(1, "opened by --- and never closed")
        return {}
    return _texts(_loaded(found["yaml"]))


def _loaded(source: str) -> object:
    try:
        # The base loader makes nothing but texts, lists and mappings; a title that reads "No" stays one.
        return yaml.load(source, yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as failure:
        line = failure.problem_mark.line + 2 if failure.problem_mark else 1
        raise BadFrontMatter(line, failure.problem or "no YAML") from failure
    except (yaml.YAMLError, RecursionError) as failure:
        raise BadFrontMatter(1, "no YAML") from failure


def _texts(loaded: object) -> dict[str, str]:
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise BadFrontMatter(1, "no mapping of keys to values")
    return {key: value for key, value in loaded.items() if isinstance(key, str) and isinstance(value, str)}
