"""Store: the story, its revision and its to_match row, in one transaction."""

from enum import Enum

from sqlalchemy import Connection

from archive import pages, stories
from news import Story, StoryRow
from pipelines import furniture
from pipelines.event_settling import Settler
from pipelines.reading.body.repeated import Furniture
from pipelines.stages import Dropped, Stage, Tools

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

    def process_item(self, item: Story) -> Story:
        """Write what is new. Raises Dropped where nothing is."""
        with self.tools.archive.write() as db:
            known = stories.find(db, (item.key, item.page_key))
            kind = kind_of(item, known, self._cut(db, item.outlet) if known else _NOTHING)
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
            if kind is Kind.NEW:
                # Last: who waits for this outlet's furniture must hold nothing that we want.
                furniture.learn_from(db, item)
        if kind is Kind.UNCHANGED:
            raise Dropped("known")
        return item

    def _cut(self, db: Connection, outlet: str) -> Furniture:
        return self._known.of(db, outlet).furniture
