"""The words of page furniture in each language of the press."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of an outlet: its part of the path and its name on the page."""

    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands round a story in one language."""

    home: str
    read_also: str
    read_more: str
    related: str
    popular: str
    latest: str
    share: str
    comments: str
    search: str
    tags: str
    today: str
    author: str
    about: tuple[str, ...]
    cookies: str
    newsletter: str
    rights: str
    sections: Mapping[str, Section]


def read_words(file: Path = Path(__file__).parent / "words.toml") -> dict[str, Words]:
    """Read the furniture of all languages, by language code."""
    found = {}
    for language, table in tomllib.loads(file.read_text("utf-8")).items():
        sections = {
            key: Section(path=path, label=label)
            for key, (path, label) in table.pop("sections").items()
        }
        about = tuple(table.pop("about"))
        found[language] = Words(**table, about=about, sections=sections)
    return found
