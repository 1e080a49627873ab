"""A press that prints one text in many places, told to an archive."""

from dataclasses import replace
from typing import Any

from pipelines_tellings import HARBOR, outlet, page, sight, story, text

from archive import Archive
from archive.keeping import pages, stories
from news import Story, StoryRow
from pipelines.copies import Copies
from pipelines.stages import Tools
from pipelines.store import Store


def press_of(tools: Tools) -> Tools:
    """Return the tools of a press with an agency's own outlet."""
    names = {"indotelko": "IndoTelko", "antara": "ANTARA", "xinhuanet": "Xinhuanet"}
    names |= {f"paper-{n}": f"Paper {n}" for n in range(6)}
    outlets = {id_: replace(outlet(id_), name=name) for id_, name in names.items()}
    return replace(tools, outlets=outlets)


def tell(tools: Tools, said: Story) -> StoryRow:
    """Take a story through the stages of copies and store; returns it as it is archived."""
    kept = page(said.outlet, said.page_key)
    sight(tools.archive, kept)
    with tools.archive.write() as db:
        number = pages.keep(db, kept, None)
    Store(tools).process_item(Copies(tools).process_item(replace(said, page=number)))
    return row(tools.archive, said.key)


def row(archive: Archive, key: str) -> StoryRow:
    with archive.read() as db:
        found = stories.find(db, [key])
    assert found is not None
    return found


def report(key: str, name: str, before: str = "", language: str = "en", **given: Any) -> Story:
    body = before + text(HARBOR[language], language)
    return story(key, f"Headline {key}", body, language, outlet=name, **given)
