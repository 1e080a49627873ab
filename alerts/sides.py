"""Sides: which facets of a topic a story speaks of, for a line in its card.

Kept by story and revision: a hundred thousand readers of one event ask once.
"""

from collections.abc import Iterable

from archive.searching.search import document_of
from news import StoryRow
from query import Topic, match
from query.topic_files import Facet

#: stories that are remembered; a day has fewer that mention a topic with facets
_REMEMBERED = 4_096


class Sides:
    """Knows the facets of the topics that have some."""

    def __init__(self, topics: Iterable[Topic] = ()) -> None:
        """Take the topics."""
        self._topics = {topic.id: topic for topic in topics if topic.facets}
        self._known: dict[tuple[int, int], tuple[Facet, ...]] = {}

    def of(self, row: StoryRow, language: str) -> tuple[str, ...]:
        """Return the titles of the facets that a story speaks of, for a reader of a language."""
        return tuple(facet.titled(language) for facet in self._facets(row))

    def _facets(self, row: StoryRow) -> tuple[Facet, ...]:
        about = [self._topics[topic] for topic in row.topics if topic in self._topics]
        if not about:
            return ()
        key = (row.id, row.revision)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = _spoken_of(about, row)
        return self._known[key]


def _spoken_of(about: Iterable[Topic], row: StoryRow) -> tuple[Facet, ...]:
    document = document_of(row)
    return tuple(
        facet for topic in about for facet in topic.facets.values() if match(facet.query, document)
    )
