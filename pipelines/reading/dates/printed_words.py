"""The words of printed dates in ten languages, folded, as tables and patterns.

The table is dates.toml beside this file. All languages are known at once: a
month's name means the same month in each of them.
"""

import re
import sys
import tomllib
import unicodedata
from importlib.resources import files

_TABLE = tomllib.loads(files("pipelines.reading.dates").joinpath("dates.toml").read_text("utf-8"))
#: every native digit to its ASCII one
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, sys.maxunicode + 1)
    if chr(code).isdecimal()
}
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_HAN_RUN = re.compile(r"[〇零一二三四五六七八九十百廿卅]{1,6}(?=\s*[年月日号號时時点點分])")
_HAN_TENS = (("廿", "二十"), ("卅", "三十"), ("百零", "百"))
#: Half past, a quarter past, three quarters past, sharp.
_HAN_PARTS = {"半": "30", "一刻": "15", "三刻": "45", "整": "00"}
_HAN_PART = re.compile(r"(\d{1,2})\s*[时時点點](半|一刻|三刻|整)")
#: Years of the Republic of China, by name or by their three digits.
_ROC = re.compile(r"(?:民[國国]\s*(\d{1,3})|(?<!\d)(1[01]\d))\s*年(?=\s*\d{1,2}\s*月)")


def fold(text: str) -> str:
    """Return the text in one width, lower case, with ASCII digits and Gregorian years.

    Native digits (Thai, Lao, Khmer, Burmese), Chinese numerals before 年月日
    and years of the Republic of China become plain numbers.
    """
    flat = unicodedata.normalize("NFKC", text).lower()
    if flat.isascii():
        return flat
    # Burmese hands type the digit nought for the letter wa, which looks alike.
    digits = flat.replace("\u1040\u102b", "\u101d\u102b").translate(_DIGITS)
    numbers = _HAN_RUN.sub(lambda match: _han_number(match.group()), digits)
    hours = _HAN_PART.sub(lambda match: f"{match[1]}:{_HAN_PARTS[match[2]]}", numbers)
    return _ROC.sub(lambda match: f"{int(match[1] or match[2]) + 1911}年", hours)


def _han_number(run: str) -> str:
    for short, long in _HAN_TENS:
        run = run.replace(short, long)
    if "十" not in run and "百" not in run:
        return "".join(str(_HAN_DIGITS[digit]) for digit in run)
    hundreds, _, rest = run.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    number = _HAN_DIGITS.get(hundreds, 1) * 100 if "百" in run else 0
    number += _HAN_DIGITS.get(tens, 1) * 10 if ten else 0
    return str(number + _HAN_DIGITS.get(ones, 0))


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
    Words that begin alike share their beginning, which makes the search for
    two hundred month names twice as fast.
    """
    assert isinstance(words, dict | list | tuple)
    return _tree({word: word for word in words})


def _tree(rests: dict[str, str]) -> str:
    # From whole words to what is left of each behind the letters already written.
    branches: dict[str, dict[str, str]] = {}
    ends = [word for word, rest in rests.items() if not rest]
    for word, rest in rests.items():
        if rest:
            branches.setdefault(rest[0], {})[word] = rest[1:]
    written = [re.escape(letter) + _tree(below) for letter, below in branches.items()]
    written += [_edge(word) for word in ends]
    return written[0] if len(written) == 1 else "(?:" + "|".join(written) + ")"


def _edge(word: str) -> str:
    latin = word[-1] < "\u0250" or "\u1e00" <= word[-1] < "\u1f00"
    return r"(?![^\W\d_])" if latin and word[-1] != "." else ""


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
#: parts of the day to "am", "pm", "noon", "night"
DAYPARTS = {word: kind for kind, listed in _TABLE["dayparts"].items() for word in _words(listed)}
#: labels of the time of publication, and of the last change
PUBLISHED = _words(_TABLE["labels"]["published"])
UPDATED = _words(_TABLE["labels"]["updated"])
