"""Store: the story, its revision and its to_match row, in one transaction."""

import logging
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from archive.keeping import pages, retention, stories
from archive.locks import EVENTS, hold
from news import Story, StoryRow
from pipelines import copy_settling, furniture
from pipelines.credits import agencies_of
from pipelines.event_settling import Settler
from pipelines.reading.body.repeated import Furniture
from pipelines.stages import Dropped, Stage, Tools

_log = logging.getLogger(__name__)
_NOTHING = Furniture()


class Kind(Enum):
    """What a story that was read is to the archive."""

    NEW = "new"
    REVISION = "revision"
    UNCHANGED = "unchanged"


def kind_of(story: Story, known: StoryRow | None, furniture: Furniture = _NOTHING) -> Kind:
    """Decide whether a story is new, a revision of one we have, or that one again.

    Lines that have since been learnt to be the outlet's make no revision.
    """
    if known is None:
        return Kind.NEW
    if story.title != known.title:
        return Kind.REVISION
    same = story.body in {known.body, furniture.without(known.body)}
    return Kind.UNCHANGED if same else Kind.REVISION


class Store(Stage):
    """Story into the archive and to its place among events; the last stage."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._settler = Settler.of(tools.topics)
        self._known = furniture.Known()
        self._agencies = agencies_of(tools.outlets.values())

    def process_item(self, item: Story) -> Story:
        """Write what is new. Raises Dropped where nothing is."""
        with self.tools.archive.write() as db:
            purged = retention.purged_at(db, (item.key, item.page_key))
            if purged is None:
                number, kind = self._store(db, item)
            else:
                _refuse(db, item, purged)
        if purged is not None:
            raise Dropped(retention.PURGED)
        if kind is Kind.UNCHANGED:
            raise Dropped("known")
        ids = {"story": number, "page": item.page, "source": item.source, "outlet": item.outlet}
        _log.info("%s: %s", kind.value, item.title, extra=ids)
        return item

    def _store(self, db: Connection, item: Story) -> tuple[int, Kind]:
        """Write what is new. Raises Dropped where another worker has settled the page."""
        if not pages.stored(db, item.page):
            raise Dropped("settled")
        hold(db, EVENTS)
        known = stories.find(db, (item.key, item.page_key))
        kind = kind_of(item, known, self._cut(db, item.outlet) if known else _NOTHING)
        if known is None:
            item = self._settler.with_its_text(db, item)
            number = stories.create(db, item)
            self._settler.new(db, number, item)
            if item.copy_of or item.parts or item.credit or item.release_words:
                root = item.copy_of.story if item.copy_of else number
                copy_settling.settle(db, root, self._agencies)
        else:
            number = known.id
            if kind is Kind.REVISION:
                stories.revise(db, number, known, item)
                self._revised(db, known, item)
            stories.know_by(db, number, (item.key, item.page_key))
        if kind is Kind.NEW:
            # Last: who waits for this outlet's furniture must hold nothing that we want.
            furniture.learn_from(db, item)
        return number, kind

    def _cut(self, db: Connection, outlet: str) -> Furniture:
        return self._known.of(db, outlet).furniture

    def _revised(self, db: Connection, known: StoryRow, item: Story) -> None:
        """Decide the copy links and events of a revised story and its copies again."""
        moved = copy_settling.relink(db, known.id) if item.copy_of is None else []
        now = [known.id, *moved, *(part.story for part in item.parts)]
        for story in now:
            self._settler.arrive(db, story)
        roots = {row.copy_of or row.id for row in stories.load(db, now)}
        for root in sorted(roots | {known.copy_of or known.id}):
            copy_settling.settle(db, root, self._agencies)


def _refuse(db: Connection, item: Story, purged: datetime) -> None:
    """Write down that a page tells a story that was purged: it does not come back."""
    detail = f"its story was purged on {purged:%Y-%m-%d}"
    pages.refused(db, item.page, retention.PURGED, detail)
    retention.forbid(db, (item.key, item.page_key))
