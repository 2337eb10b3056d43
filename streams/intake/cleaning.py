"""Takes out of a text what is no article, letter for letter, so that every offset stays where it was."""

import html
import re
import unicodedata
from collections.abc import Callable

from streams.intake.front_matter import FRONT_MATTER

_MARKUP = re.compile(
    r"<!--.{0,2000}?-->|<(?P<kind>script|style)\b.{0,2000}?</(?P=kind)\s*>|<[/!]?[a-z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029]")

_REST = r"[^\n]{0,160}$"
_JUNK_LINES = (
    # widgets that set the date or the size of the letters
    r"date[^\w\n]+\d{4}-\d{2}-\d{2}[^\n]{0,40}$",
    r"(?:first |last )?(?:published|updated|posted|modified)\b[^\n.!?]{0,20}\d[^\n.!?]{0,60}$",
    r"\d+[ -]min(?:ute)?s? read[^\w\n]*$",
    # ways to other pages
    r"(?:read|see|watch|listen|learn|find out|click here for) (?:more|also|next|now)(?:$|[^\w\n]" + _REST + ")",
    r"(?:related|recommended|more on this|most read|more stories|trending)(?: \w+)?(?:$|:" + _REST + ")",
    r"(?:skip to|jump to|back to) [^\n]{0,40}$",
    # asking for something
    r"(?:advertisement|advert|sponsored(?: content)?|story continues below|ad feature)\b[^\w\n]*(?:advertisement)?$",
    r"share(?: (?:this|on|via|by)\b[^\n]{0,60})?$",
    r"(?:copy link|email|print|save|bookmark|comments?)$",
    r"(?:sign up|subscribe|register)\b[^\n]{0,100}\b(?:newsletters?|e-?mails?|inbox|alerts|briefing|free)\b" + _REST,
    r"(?:sign up|subscribe(?: now| today)?|log in|sign in|register)$",
    r"(?:follow|like|join) us\b" + _REST,
    r"(?:download|get) (?:the|our) app\b" + _REST,
    r"support (?:our|independent) journalism\b" + _REST,
    # law
    r"(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved)" + _REST,
    r"(?:this (?:site|website) uses|we use|by continuing[^\n]{0,60}) cookies?\b[^\n]{0,240}$",
    r"(?:accept|manage|reject)(?: all)? cookies[^\n]{0,40}$",
)
_JUNK = re.compile(rf"^[^\w\n]*?(?:{'|'.join(_JUNK_LINES)})", re.IGNORECASE | re.MULTILINE)
_CREDIT = re.compile(
    r"[\[(]?\b(?:file )?(?:photo(?:graph)?|image|picture|illustration)s?(?: credit| by)?\s*[:/][^\n]{0,100}$"
    r"|\((?:photo|image|picture)[^()\n]{0,100}\)|\bphoto by [^\n]{0,100}$",
    re.IGNORECASE | re.MULTILINE,
)


def cleaned(text: str) -> str:
    """`text` with front matter, junk lines, picture credits, markup and control characters made spaces.

    Its length is that of `text` and its line ends stand where they stood: offsets in one count in the other.
    An entity such as &quot; becomes spaces and its character, so that quotes stay quotes.
    """
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return "".join(map(_without_control, text))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _character(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return (character if len(character) == 1 else "").rjust(len(found[0]))


def _without_control(character: str) -> str:
    return " " if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" else character


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (FRONT_MATTER, _blank),
    (_MARKUP, _blank),
    (_ENTITY, _character),
    (_JUNK, _blank),
    (_CREDIT, _blank),
    (_BIDIRECTIONAL, _blank),
)
