"""The number words of ten languages, as numerals.toml describes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from news.toml_files import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """A language's number words, as numerals.toml describes them."""

    add: Mapping[str, int]
    teen: tuple[str, ...]
    ten: tuple[str, ...]
    hundred: tuple[str, ...]
    scale: Mapping[str, float]
    joins: tuple[str, ...]
    point: tuple[str, ...]
    half: tuple[str, ...]
    not_half: tuple[str, ...]
    elides: float
    spell: tuple[str, ...]
    article: tuple[str, ...]
    part: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    id: Numerals
    fil: Numerals
    vi: Numerals
    en: Numerals
    zh: Numerals
    th: Numerals
    lo: Numerals
    km: Numerals
    my: Numerals


@cache
def numerals() -> Mapping[str, Numerals]:
    """Return each language's number words; Malay shares Indonesian's."""
    file = read_toml(Path(__file__).with_name("numerals.toml")).read(_File)
    return {name: getattr(file, name) for name in _File.__slots__}
