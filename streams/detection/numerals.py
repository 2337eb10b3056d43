"""Numbers in words, as far as dates use them: "twenty-first", "nineteen ninety nine", "two thousand and ten"."""

import re

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * (number + 2)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_ORDINALS = {
    word: number + 1
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
} | {"thirtieth": 30}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_BELOW_100 = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(_UNITS)}))?|{_any(_UNITS)})"
_YEAR = re.compile(
    rf"\b(?:(?P<thousand>two thousand)(?: and)?(?: (?P<rest>{_BELOW_100}))?"
    rf"|(?P<century>nineteen|twenty)[- ](?P<years>(?:zero |oh )?{_BELOW_100}))\b"
)
_ORDINAL = re.compile(rf"\b(?:(?P<tens>twenty|thirty)[- ])?(?P<ordinal>{_any(_ORDINALS)})\b")
_CARDINAL = re.compile(rf"\b{_BELOW_100}\b")
_LARGE = re.compile(
    rf"\b(?:(?P<thousands>{_BELOW_100}) thousand,?(?: and)? )?(?P<hundreds>{_BELOW_100}) hundred"
    rf"(?:(?: and)? (?P<rest>{_BELOW_100}))?\b"
)
_DECADES = "tens twenties thirties forties fifties sixties seventies eighties nineties".split()
_DECADE = re.compile(
    rf"\b(?:(?P<century>nineteen|twenty)[- ]|two thousand(?: and)? )(?P<decade>{'|'.join(_DECADES)})\b"
    r"|\btwo thousands\b"
)

_NUMERAL = re.compile(rf"\b(?:{_any(_UNITS | _TENS | _ORDINALS)})")
"""What each of these begins with: most clauses have none, and are spared all of them."""


def in_digits(text: str) -> str:
    """A text in small letters with its numbers below 10,000, its years and its decades in digits.

    "the twenty-first of may" becomes "the 21st of may"; thousands without hundreds are read as years only.
    """
    if not _NUMERAL.search(text):
        return text
    text = _DECADE.sub(_decade, text)
    text = _YEAR.sub(_year, text)
    text = _LARGE.sub(_large, text)
    text = _ORDINAL.sub(_ordinal, text)
    return _CARDINAL.sub(lambda match: str(_below_100(match.group())), text)


def _decade(match: re.Match[str]) -> str:
    if match["decade"] is None:
        return "2000s"
    century = 1900 if match["century"] == "nineteen" else 2000
    return f"{century + 10 * (_DECADES.index(match['decade']) + 1)}s"


def _large(match: re.Match[str]) -> str:
    parts = (("thousands", 1000), ("hundreds", 100), ("rest", 1))
    return str(sum(size * _below_100(match[name]) for name, size in parts if match[name]))


def _year(match: re.Match[str]) -> str:
    if match["thousand"]:
        return str(2000 + (_below_100(match["rest"]) if match["rest"] else 0))
    years = _below_100(match["years"].removeprefix("zero ").removeprefix("oh "))
    # "twenty two" is a number, "twenty twenty" a year.
    if match["century"] == "twenty" and years < 10:
        return str(20 + years)
    return str((19 if match["century"] == "nineteen" else 20) * 100 + years)


def _ordinal(match: re.Match[str]) -> str:
    number = (_TENS[match["tens"]] if match["tens"] else 0) + _ORDINALS[match["ordinal"]]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _below_100(words: str) -> int:
    return sum(_TENS.get(word, _UNITS.get(word, 0)) for word in re.split(r"[- ]", words))
