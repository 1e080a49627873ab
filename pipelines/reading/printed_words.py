"""The words of printed dates in ten languages, folded, as tables and patterns.

The table is dates.toml beside this file. All languages are known at once: a
month's name means the same month in each of them.
"""

import re
import tomllib
import unicodedata
from importlib.resources import files

_TABLE = tomllib.loads(files("pipelines.reading").joinpath("dates.toml").read_text("utf-8"))
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_HAN_RUN = re.compile(r"[〇零一二三四五六七八九十]{1,4}(?=\s*[年月日号號時时点點])")
_ROC = re.compile(r"民[國国]\s*(\d{1,3})\s*年")


def fold(text: str) -> str:
    """Return the text in one width, lower case, with ASCII digits and Gregorian years.

    Native digits (Thai, Lao, Khmer, Burmese), Chinese numerals before 年月日
    and years of the Republic of China become plain numbers.
    """
    flat = unicodedata.normalize("NFKC", text).lower()
    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in flat
    )
    numbers = _HAN_RUN.sub(lambda match: _han_number(match.group()), digits)
    return _ROC.sub(lambda match: f"{int(match.group(1)) + 1911}年", numbers)


def _han_number(run: str) -> str:
    if "十" not in run:
        return "".join(str(_HAN_DIGITS[digit]) for digit in run)
    tens, _, ones = run.partition("十")
    return str((_HAN_DIGITS.get(tens, 1)) * 10 + (_HAN_DIGITS.get(ones, 0)))


def _words(listed: str) -> list[str]:
    return [fold(word) for word in listed.split("|")]


def _numbered(section: str) -> dict[str, int]:
    return {
        word: number
        for names in _TABLE[section].values()
        for number, listed in enumerate(names)
        for word in _words(listed)
    }


def _valued(section: str) -> dict[str, int]:
    return {word: int(value) for value, all_ in _TABLE[section].items() for word in _words(all_)}


def any_of(words: object) -> str:
    """Return a pattern for any of the words, the longest first.

    A word in Latin script stands by itself; in the others anything may follow.
    """
    assert isinstance(words, dict | list | tuple)
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(_edged(word) for word in ordered) + ")"


def _edged(word: str) -> str:
    latin = word[-1] < "\u0250" or "\u1e00" <= word[-1] < "\u1f00"
    return re.escape(word) + (r"(?![^\W\d_])" if latin and word[-1] != "." else "")


#: month names to 1..12
MONTHS = {word: number + 1 for word, number in _numbered("months").items()}
#: weekday names to 0..6, Monday first
WEEKDAYS = _numbered("weekdays")
#: units of relative times to seconds
UNITS = _valued("units")
#: "today", "yesterday" to days before today
DAYS = _valued("days")
AGO_AFTER = _words(_TABLE["ago"]["after"])
AGO_BEFORE = _words(_TABLE["ago"]["before"])
ONE = _words(_TABLE["ago"]["one"])
JUST_NOW = _words(_TABLE["ago"]["now"])
#: parts of the day; True adds twelve hours before noon
DAYPARTS = dict.fromkeys(_words(_TABLE["dayparts"]["am"]), False) | dict.fromkeys(
    _words(_TABLE["dayparts"]["pm"]), True
)
