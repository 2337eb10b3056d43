"""Blanks what is no prose and levels typography, letter for letter, so that every offset holds."""

import re

_LEVEL = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("–—―‒", "—"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\t\r\u00ad", " "),
        **dict.fromkeys("\u061c\u200b\u200c\u200d\u200e\u200f\ufeff", " "),
        **dict.fromkeys(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]), " "),
        **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
    }
)
_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,300}>|&(?:#\d{1,7}|[a-z]{2,8});|https?://[^\s<>\"]{1,500}")
_LINE = re.compile(r"[^\n]+")
_FURNITURE = re.compile(
    r"\W*(?:advertisement|sponsored|subscribe|sign up|newsletter|read more|also read|related|share this|follow us"
    r"|click here|photo|image|file photo|picture|copyright|all rights reserved|updated|published|posted)\b"
    r"[^.!?]{0,120}$",
    re.IGNORECASE,
)
_PROSE = 4
"""Words that a line of prose has at the least."""
_CREDIT = re.compile(r"\([^()\n]{0,80}\b(?:Getty|AFP|Reuters|EPA|AP Photo|Photo|Image)\b[^()\n]{0,80}\)")
_CITY = r"(?:[A-Z]{3,}[A-Z .'/]{0,40}|[A-Z][a-z']+(?:[ /][A-Z][a-z']+){0,2})"
_DATELINE = re.compile(
    rf"\s*{_CITY}(?:, ?[A-Z][\w.]{{1,12}}(?: \d{{1,2}})?){{0,2}}\s*(?:\([\w .]{{2,20}}\)\s*)?(?:—|--?)\s"
    rf"|\s*[\[(]{_CITY}[\])]\s*[-—]?\s*"
    r"|\s*[A-Z]{3,}[A-Z ,./]{0,40}:\s"
)
_BEGINNING = 400
"""Characters among which a dateline ends."""
_HARD_WRAP = re.compile(r"(?<=[a-z,])\n(?=[a-z])")


def levelled(text: str) -> str:
    """`text` in one typography, letter for letter: for a phrase, which is no line of prose."""
    return text.translate(_LEVEL)


def masked(text: str) -> str:
    """`text` in one typography, with markup, page furniture, picture credits and datelines made spaces.

    It is as long as `text`, and what stands at an offset there stands at the same offset here.
    """
    level = _HARD_WRAP.sub(" ", text.translate(_LEVEL))
    bare = _CREDIT.sub(_blank, _TAG.sub(_blank, level))
    return _LINE.sub(_line, bare)


def dateline(text: str) -> str:
    """The words before a text that say where it was written: "KYIV, Nov 29"; "" where there are none."""
    first = _LINE.search(levelled(text.lstrip()[:_BEGINNING]).lstrip())
    found = _DATELINE.match(first.group()) if first else None
    return found.group().strip(" -—:") if found else ""


def _line(line: re.Match[str]) -> str:
    printed = line.group()
    if _is_furniture(printed):
        return " " * len(printed)
    dateline = _DATELINE.match(printed)
    return " " * dateline.end() + printed[dateline.end() :] if dateline else printed


def _is_furniture(line: str) -> bool:
    if len(line) > 240:
        return False
    letters = sum(word.isalpha() for word in line.split())
    return letters < _PROSE - 1 or _FURNITURE.match(line) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
