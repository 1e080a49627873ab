"""The phrases that the wide press prints round its stories, in each language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Lines round a story in one language; {n}, {of} and {outlet} are filled in."""

    views: str
    source: str
    editor: str
    updated: str
    page: str
    next: str
    previous: str
    caption: str
    newsletter: str
    #: The line of a paywall.
    members: str
    live: str
    gallery: str
    #: The line of a page that wants JavaScript.
    script: str
    #: The copyright line under a story.
    tail: str
    contact: str
    #: The line under a paid release.
    release: str
    #: Heading, text and two buttons.
    consent: tuple[str, ...]
    #: Heading and text of a page that is not there.
    missing: tuple[str, ...]
    #: Heading and columns of a table of exchange rates.
    rates: tuple[str, ...]
    #: Heading and the name of a prize.
    lottery: tuple[str, ...]
    briefs: str
    #: Minutes, hours, days.
    ago: tuple[str, ...]


def read_phrases(file: Path = Path(__file__).parent / "phrases.toml") -> dict[str, Phrases]:
    """Read the phrases of all languages, by language code."""
    found = {}
    for language, table in tomllib.loads(file.read_text("utf-8")).items():
        ready: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        found[language] = Phrases(**ready)
    return found
