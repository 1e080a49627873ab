"""Editions: which one of a row of meetings a text speaks of, as in 第三届 or ke-3."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from news.toml_files import read_toml
from pipelines.days import matches_at
from query.money import flat_whole

_DIGITS = re.compile(r"\d+")
#: letters up to the first that is a sign of patterns, or may be missing
_HEAD = re.compile(r"(?:[^\W\d_]|[\u0300-\u1fff](?!\?)|[ -](?!\?))*")
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


def _starts(text: str) -> list[int]:
    """Return where an edition could begin: at some digit, or at a word that begins one.

    The pattern tried at every letter takes most of what the keys of an event cost.
    """
    lower = flat_whole(text)
    found = _heads().find_matches_as_indexes(lower, overlapping=True)
    return sorted({start for _, start, _ in found}.union(_digits(lower)))


def _digits(lower: str) -> Iterator[int]:
    for run in _DIGITS.finditer(lower):
        yield from range(
            run.start(), run.end() if run.end() - run.start() > 2 else run.start() + 1
        )


@cache
def _heads() -> ahocorasick_rs.AhoCorasick:
    """Return what editions begin with: the heads of patterns, or numbers, and words."""
    heads = {_head(pattern) for pattern in _words().patterns}
    return ahocorasick_rs.AhoCorasick(
        sorted(head.lower() for head in {*heads, *_words().numbers, *_words().words} if head)
    )


def _head(pattern: str) -> str:
    """Return the letters that a pattern always begins with; "" where it begins with a number."""
    found = _HEAD.match(pattern.removeprefix(r"\b"))
    return found.group() if found else ""


@cache
def _numbers() -> dict[str, int]:
    return {**_words().numbers, **_words().words}


def editions(text: str) -> Iterator[tuple[int, int, int]]:
    """Return the editions named in a text, as (number, start, end)."""
    digits = _NATIVE_DIGIT.sub(lambda one: str(unicodedata.digit(one[0])), text)
    for found in matches_at(_pattern(), digits, _starts(text)):
        said = next(part for part in found.groups() if part is not None).casefold()
        number = int(said) if said.isdigit() else _numbers()[said]
        if 1 < number <= MOST:
            yield number, found.start(), found.end()
