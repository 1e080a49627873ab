"""Editions: which one of a row of meetings a text speaks of, as in 第三届 or ke-3."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from news.toml_files import read_toml

_NATIVE_DIGIT = re.compile(r"(?![0-9])\d")
#: above this it is a day of the year, a rank or a year
MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    patterns: tuple[str, ...]
    words: Mapping[str, int]
    numbers: Mapping[str, int]


@cache
def _words() -> _Words:
    return read_toml(Path(__file__).with_name("editions.toml")).read(_Words)


@cache
def _pattern() -> re.Pattern[str]:
    numbers = sorted(_words().numbers, key=len, reverse=True)
    one = "|".join([r"\d{1,2}", *map(re.escape, numbers)])
    whole = [
        pattern.replace("{n}", f"(?P<n{at}>{one})") for at, pattern in enumerate(_words().patterns)
    ]
    words = sorted(_words().words, key=len, reverse=True)
    return re.compile(
        "|".join([*whole, rf"\b(?P<word>{'|'.join(map(re.escape, words))})\b"]), re.IGNORECASE
    )


@cache
def _numbers() -> dict[str, int]:
    return {**_words().numbers, **_words().words}


def editions(text: str) -> Iterator[tuple[int, int, int]]:
    """Return the editions named in a text, as (number, start, end)."""
    digits = _NATIVE_DIGIT.sub(lambda one: str(unicodedata.digit(one[0])), text)
    for found in _pattern().finditer(digits):
        said = next(part for part in found.groups() if part is not None).casefold()
        number = int(said) if said.isdigit() else _numbers()[said]
        if 1 < number <= MOST:
            yield number, found.start(), found.end()
