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
    rf"|(?P<century>nineteen|twenty)[- ](?P<years>(?:zero |oh )?{_BELOW_100}))\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:(?P<tens>twenty|thirty)[- ])?(?P<ordinal>{_any(_ORDINALS)})\b", re.IGNORECASE)
_CARDINAL = re.compile(rf"\b{_BELOW_100}\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """The text with its numbers below 100, and its years, in digits: "the twenty-first of May" to "the 21st of May"."""
    text = _YEAR.sub(_year, text)
    text = _ORDINAL.sub(_ordinal, text)
    return _CARDINAL.sub(lambda match: str(_below_100(match.group())), text)


def _year(match: re.Match[str]) -> str:
    if match["thousand"]:
        return str(2000 + (_below_100(match["rest"]) if match["rest"] else 0))
    years = _below_100(match["years"].lower().removeprefix("zero ").removeprefix("oh "))
    # "twenty two" is a number, "twenty twenty" a year.
    if match["century"].lower() == "twenty" and years < 10:
        return str(20 + years)
    return str((19 if match["century"].lower() == "nineteen" else 20) * 100 + years)


def _ordinal(match: re.Match[str]) -> str:
    number = (_TENS[match["tens"].lower()] if match["tens"] else 0) + _ORDINALS[match["ordinal"].lower()]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _below_100(words: str) -> int:
    return sum(_TENS.get(word, _UNITS.get(word, 0)) for word in re.split(r"[- ]", words.lower()))
