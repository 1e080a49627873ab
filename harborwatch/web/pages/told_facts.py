"""Facts as pages show them: of a story, and of an event with who says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from alerts.clean import shorten
from archive import stories
from harborwatch.web.site import Site
from news import StoryRow

#: facts of a story that are named, and characters of one
MOST, LONGEST = 40, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """Something that is said in numbers, and by whom."""

    #: as printed
    text: str
    outlets: tuple[str, ...]


def of_story(db: Connection, story: StoryRow) -> tuple[str, ...]:
    """Return the facts of a story's latest revision, as printed, each once."""
    said = stories.revision(db, story.id, story.revision).figures
    return tuple(dict.fromkeys(shorten(one.text, LONGEST) for one in said))[:MOST]


def of_event(site: Site, db: Connection, originals: Sequence[StoryRow]) -> tuple[FactShown, ...]:
    """Return what the originals of an event say in numbers; what most outlets say comes first."""
    said: dict[tuple[float, str], tuple[str, dict[str, None]]] = {}
    for story in originals:
        for one in stories.revision(db, story.id, story.revision).figures:
            entry = said.setdefault((one.value, one.unit), (one.text, {}))
            entry[1][site.outlet_name(story.outlet)] = None
    shown = [
        FactShown(text=shorten(text, LONGEST), outlets=tuple(outlets))
        for text, outlets in said.values()
    ]
    return tuple(sorted(shown, key=lambda one: -len(one.outlets)))[:MOST]
