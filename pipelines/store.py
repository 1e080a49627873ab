"""Store: the story, its revision and its to_match row, in one transaction."""

import logging
from enum import Enum

from archive import pages, stories
from news import Story, StoryRow
from pipelines.event_settling import Settler
from pipelines.stages import Dropped, Stage, Tools

_log = logging.getLogger(__name__)


class Kind(Enum):
    """What a story that was read is to the archive."""

    NEW = "new"
    REVISION = "revision"
    UNCHANGED = "unchanged"


def kind_of(story: Story, known: StoryRow | None) -> Kind:
    """Decide whether a story is new, a revision of one we have, or that one again."""
    if known is None:
        return Kind.NEW
    if (story.title, story.body) == (known.title, known.body):
        return Kind.UNCHANGED
    return Kind.REVISION


class Store(Stage):
    """Story into the archive and to its place among events; the last stage."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._settler = Settler.of(tools.topics)

    def process_item(self, item: Story) -> Story:
        """Write what is new. Raises Dropped where nothing is."""
        with self.tools.archive.write() as db:
            known = stories.find(db, (item.key, item.page_key))
            kind = kind_of(item, known)
            if known is None:
                number = stories.create(db, item)
                self._settler.new(db, number, item)
            else:
                number = known.id
                if kind is Kind.REVISION:
                    stories.revise(db, number, known, item)
                    self._settler.arrive(db, number)
            stories.know_by(db, number, (item.key, item.page_key))
            pages.stored(db, item.page)
        if kind is Kind.UNCHANGED:
            raise Dropped("known")
        ids = {"story": number, "page": item.page, "source": item.source, "outlet": item.outlet}
        _log.info("%s: %s", kind.value, item.title, extra=ids)
        return item
