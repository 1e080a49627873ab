"""Releases: what a text itself says of being a press release. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from news.toml_files import read_toml

#: characters at the start and at the end of a body where such words stand
_HEAD, _FOOT = 250, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What stands in releases.toml."""

    wires: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    contacts: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    return read_toml(Path(__file__).with_name("releases.toml")).read(_Words)


@cache
def _wire() -> re.Pattern[str]:
    return re.compile(
        rf"[(/（]\s*(?:{'|'.join(_words().wires)})\b[^)/）]{{0,30}}[)/）]", re.IGNORECASE
    )


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of a label: alone in its line, in brackets, or before a colon."""
    labels = _alternatives(_words().labels)
    return re.compile(
        rf"^\W*(?:{labels})\W*$|[(\[（【]\s*(?:{labels})\s*[)\]）】]|^\W*(?:{labels})\s*[:：|-]",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _contact() -> re.Pattern[str]:
    contacts = _alternatives(_words().contacts)
    return re.compile(rf"^\W*(?:{contacts})\b", re.IGNORECASE | re.MULTILINE)


def _alternatives(table: Mapping[str, Iterable[str]]) -> str:
    words = {word for those in table.values() for word in those}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def release_words(title: str, body: str) -> str:
    """Return the words by which a text is a press release, or "".

    They name it in its headline, above its text or below it; what only
    speaks of a release is none.
    """
    head, foot = f"{title}\n{body[:_HEAD]}", body[_HEAD:][-_FOOT:]
    found = (
        _wire().search(head)
        or _label().search(head)
        or _label().search(foot)
        or _contact().search(foot)
    )
    return " ".join(found[0].strip(" \t\n()[]（）【】/:：|-").split()) if found else ""
