"""newswatcher: its sources.toml and topics.toml, polled as `newswatcher poll --store-body` does.

Its summaries want a language model, which nobody else here has: the seam that
it has for that (`summarize`) gets the feed's own words instead, so that
neither their cost nor their failure is in the figures. One source an outlet:
the feed where it has one that answers, else its front page by selectors. A
topic without words ("everything") keeps what no other topic finds.
"""

import os
from datetime import datetime
from typing import Any

from driving import drive, record
from newswatcher.http import default_gate, new_session
from newswatcher.poll import poll_sources
from newswatcher.sources import Source, add_source, load_sources
from newswatcher.state import read_state, write_state
from newswatcher.store import BodyStore, FileStore
from newswatcher.stories import group_stories
from newswatcher.summarize import Summary
from newswatcher.topics import Topic, add_topic, load_topics

EVERYTHING = "everything"
LISTING = {"item": ".news-list > li", "title": "h2 a", "link": "h2 a@href", "date": ".date"}


class Newswatcher:
    """One poll after the other, with its state on disk between them."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        for kind in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME"):
            os.environ[f"XDG_{kind}"] = f"{assignment['folder']}/{kind.lower()}"
        names = [*assignment["topics"], EVERYTHING]
        for name in names:
            add_topic(Topic(name, includes=tuple(assignment["topics"].get(name, ()))))
        for outlet, way, address in one_each(assignment["sources"], assignment["closed"]):
            kind, selectors = ("rss", {}) if way == "feed" else ("crawl", LISTING)
            add_source(Source(outlet, kind=kind, url=address, topics=tuple(names), **selectors))
        self.groups: dict[str, str] = {}

    def poll(self, at: datetime, number: int) -> list[str]:
        state = read_state()
        with new_session() as session:
            report = poll_sources(
                load_sources(), load_topics(), gate=default_gate(), state=state,
                store=FileStore(), body_store=BodyStore(), session=session,
                summarize=lambda item, _: Summary(text=item.summary or item.title, model="none"),
            )  # fmt: skip
        for name, reason in report.skipped:
            print(f"skipping {name}: {reason}")
        for story in group_stories(report.collected):
            for article in (story.lead, *story.duplicates):
                self.groups[article.guid] = f"{number} {story.lead.guid}"
        write_state(state)
        return [article.link for article in report.collected]

    def result(self) -> dict[str, Any]:
        bodies = BodyStore()
        return {
            "records": [
                record(
                    one.link,
                    title=one.title,
                    text=bodies.load(one.guid) or "",
                    published=one.published or None,
                    topics=[name for name in one.topics if name != EVERYTHING],
                    group=self.groups.get(one.guid),
                )
                for one in FileStore().load()
            ],
            "found": None,
        }


def one_each(sources: list[dict[str, str]], closed: list[str]) -> list[tuple[str, str, str]]:
    """Return outlet, way and address: an outlet's feed if it answers, else its front page."""
    chosen: dict[str, tuple[str, str]] = {}
    for source in sources:
        outlet, way, address = source["outlet"], source["way"], source["address"]
        if way == "feed" and address not in closed:
            chosen[outlet] = (way, address)
        chosen.setdefault(outlet, ("listing", source["home"] + "/"))
    return [(outlet, *way) for outlet, way in chosen.items()]


drive(Newswatcher)
