"""All that the wide press holds, read once: outlets, texts, words and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from harborwatch.press.loading import ContentError, read_stories
from harborwatch.press.loading import read_outlets as read_plain_outlets
from harborwatch.press.words import Words, read_words

from .dates import WIDE_FORMS
from .layouts import LAYOUTS
from .outlet import WideOutlet, read_outlets
from .phrases import Phrases, read_phrases
from .text import Text, read_texts
from .view import Placed, View, place, stand
from .ways import WAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Outlets by name, with what they publish."""

    outlets: Mapping[str, WideOutlet]
    #: Oldest first.
    placed: Mapping[str, tuple[Placed, ...]]
    words: Mapping[str, Words]
    phrases: Mapping[str, Phrases]
    #: Other news by language, for boxes of links.
    headlines: Mapping[str, tuple[str, ...]]

    def view(self, name: str, at: datetime, port: int = 0) -> View:
        """Give an outlet as it stands at a moment. Raise KeyError for an unknown one."""
        outlet = self.outlets[name]
        return stand(
            outlet,
            self.placed[name],
            self.words[outlet.language],
            self.phrases[outlet.language],
            self.headlines[outlet.language],
            at=at,
            port=port,
        )


def _headlines() -> dict[str, tuple[str, ...]]:
    """Take the headlines of the press's other stories, by language with script."""
    languages = {outlet.name: outlet.language for outlet in read_plain_outlets()}
    found: dict[str, list[str]] = {}
    for story in read_stories():
        found.setdefault(languages[story.outlet], []).append(story.headline)
    return {language: tuple(each) for language, each in found.items()}


def _check(outlet: WideOutlet, placed: tuple[Placed, ...]) -> None:
    """Raise ContentError where an outlet names what does not exist, or has nothing to print."""
    wrong = [way for way in outlet.ways if way not in WAYS]
    if outlet.layout not in LAYOUTS:
        wrong.append(outlet.layout)
    if outlet.date_form not in WIDE_FORMS and outlet.date_form != "ago":
        wrong.append(outlet.date_form)
    if wrong:
        raise ContentError(f"outlets.toml, outlet {outlet.name}: nothing is called {wrong}")
    if not placed:
        raise ContentError(f"outlets.toml, outlet {outlet.name}: no text is for it")
    if len({each.number for each in placed}) != len(placed):
        raise ContentError(f"outlets.toml, outlet {outlet.name}: two stories share a number")


@cache
def library() -> Library:
    """Read and check everything. Raise ContentError on whatever is wrong."""
    outlets = {outlet.name: outlet for outlet in read_outlets()}
    texts: tuple[Text, ...] = read_texts()
    placed = {name: place(outlet, texts) for name, outlet in outlets.items()}
    for name, outlet in outlets.items():
        _check(outlet, placed[name])
    return Library(
        outlets=outlets,
        placed=placed,
        words=read_words(),
        phrases=read_phrases(),
        headlines=_headlines(),
    )
