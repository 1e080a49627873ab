"""Words of money in ten languages: scales and currencies, found in flat text.

Facts are read with them, and amounts in questions, so that `amount>20 miliar
RMB` means what a story says. The words stand in money.toml.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from news.toml_files import read_toml

#: a letter of a word; no digit and no underscore
LETTER = r"[^\W\d_]"
#: vowels and marks that go on with a letter: ตัน is no ตันทร, ပေါင် not the head of ပေါင်း
_MARKS = r"\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebd\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
#: every decimal digit of Unicode as its ASCII twin, character for character
_DIGITS = {
    point: str(unicodedata.decimal(chr(point)))
    for point in range(0x80, 0x1FBFA)
    if chr(point).isdecimal()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Money:
    """What stands in money.toml."""

    scales: Mapping[str, float]
    currencies: Mapping[str, tuple[str, ...]]


def flat(text: str) -> str:
    """Return the text in lower case with ASCII digits, each character in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower if lower.isascii() else lower.translate(_DIGITS)


# More than one rule of more than one stage reads a story's text so.
@lru_cache(maxsize=4)
def flat_whole(text: str) -> str:
    """Return the whole text of a story flat, as `flat` does; the last ones are kept."""
    return flat(text)


def edged(word: str) -> str:
    """Return a pattern for a word: in Latin letters it stands by itself."""
    head = rf"(?<!{LETTER})" if is_latin(word[0]) else ""
    tail = rf"(?!{LETTER})" if is_latin(word[-1]) else f"(?![{_MARKS}])" if word[-1] > "ก" else ""
    return f"{head}{re.escape(word)}{tail}"


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "(?:" + "|".join(edged(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def is_latin(letter: str) -> bool:
    """Say whether a character is a letter of the Latin script."""
    return letter.isalpha() and "LATIN" in unicodedata.name(letter, "")


@cache
def scales() -> Mapping[str, float]:
    """Return what each scale word, in flat text, multiplies by."""
    return {flat(word): value for word, value in _words().scales.items()}


@cache
def currencies() -> Mapping[str, str]:
    """Return the ISO 4217 code of each currency's words, in flat text."""
    return {flat(word): code for code, words in _words().currencies.items() for word in words}


@cache
def _words() -> _Money:
    return read_toml(Path(__file__).with_name("money.toml")).read(_Money)
