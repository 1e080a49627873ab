"""Normalise: one form for what outlets write many ways; history told from news."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from news import Dated, Precision, Story
from pipelines.stages import Stage

#: categories Cc and Cs of Unicode, but for the end of a line
_CONTROL = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
#: a story this young is news even on a source's first good poll (law 5)
NEWS = timedelta(hours=24)


def is_history(
    seen_as_history: bool, published: Dated | None, seen_at: datetime, zone: str
) -> bool:
    """Return whether a story is searchable only, and never mailed (law 5).

    `seen_as_history` says that it was seen on a first good poll, in a
    backfill or in a re-saved archive. Of those, stories of the last 24 hours
    are news, or of today where only a day is printed.
    """
    if not seen_as_history:
        return False
    if published is None:
        return True
    if published.precision is Precision.DAY:
        here = ZoneInfo(zone)
        return published.at.astimezone(here).date() < seen_at.astimezone(here).date()
    return published.at < seen_at - NEWS


def clean(text: str) -> str:
    """Return text in NFC, without control characters, lines trimmed, no empty ones."""
    # Composed last: a control character may have stood between a letter and its mark.
    normal = unicodedata.normalize("NFC", _CONTROL.sub(_printable, text))
    lines = (" ".join(line.split()) for line in normal.split("\n"))
    return "\n".join(line for line in lines if line)


def _printable(control: re.Match[str]) -> str:
    """Return a tab as a space, and nothing for what cannot be printed."""
    return " " if control[0].isspace() else ""


def normalised(story: Story, zone: str) -> Story:
    """Return the story in the form in which it is archived."""
    return replace(
        story,
        title=_line(story.title),
        titles=tuple((where, _line(title)) for where, title in story.titles),
        body=clean(story.body),
        authors=tuple(map(_line, story.authors)),
        bylines=tuple((where, _line(name)) for where, name in story.bylines),
        published=story.published and _not_after(story.published, story.fetched_at),
        dates=tuple(_not_after(one, story.fetched_at) for one in story.dates),
        history=is_history(story.history, story.published, story.first_seen_at, zone),
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _not_after(said: Dated, fetched_at: datetime) -> Dated:
    """Return the date, no later than when the page was fetched."""
    if said.at <= fetched_at:
        return said
    return replace(said, at=fetched_at.astimezone(UTC), confidence=said.confidence / 4)


class Normalise(Stage):
    """Story to story in one form."""

    def process_item(self, item: Story) -> Story:
        """Return the normalised story."""
        return normalised(item, self.tools.outlets[item.outlet].zone)
