"""lemon24/reader: its library as its documentation shows it, with search switched on."""

from datetime import datetime
from typing import Any

from driving import drive, record
from reader import make_reader


class Reader:
    """Feeds only: an outlet without one is not for it."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        self.given = assignment
        self.reader = make_reader(f"{assignment['folder']}/reader.sqlite", search_enabled=True)
        self.seen: set[tuple[str, str]] = set()
        for source in assignment["sources"]:
            if source["way"] == "feed":
                self.reader.add_feed(source["address"])

    def poll(self, at: datetime, number: int) -> list[str]:
        self.reader.update_feeds(scheduled=False)
        self.reader.update_search()
        new = [one for one in self.reader.get_entries() if one.resource_id not in self.seen]
        self.seen |= {one.resource_id for one in new}
        return [one.link or "" for one in new]

    def result(self) -> dict[str, Any]:
        topics = self._topics()
        return {
            "records": [
                record(
                    one.link or "",
                    title=one.title or "",
                    text="\n".join([one.summary or "", *(part.value for part in one.content)]),
                    published=one.published.isoformat() if one.published else None,
                    topics=[name for name, found in topics.items() if one.resource_id in found],
                )
                for one in self.reader.get_entries()
            ],
            "found": {asked: self._links(asked) for asked in self.given["questions"]},
        }

    def _topics(self) -> dict[str, set[tuple[str, str]]]:
        """A topic is what a search for any of its names finds: reader's nearest to a watch."""
        return {
            name: {
                one.resource_id
                for word in words
                for one in self.reader.search_entries(_phrase(word))
            }
            for name, words in self.given["topics"].items()
        }

    def _links(self, asked: str) -> list[str]:
        found = [one.resource_id for one in self.reader.search_entries(_phrase(asked))]
        return [self.reader.get_entry(key).link or "" for key in found]


def _phrase(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


drive(Reader)
