"""Stories beside a query: what shares an event with what it finds."""

from archive_tellings import put, story

from archive import Archive
from archive.searching.beside import beside, followed, others
from news import CopyOf, EventLink
from query import Document, parse

HARBOR = parse("pelabuhan")


def titles(found: list[Document]) -> list[str]:
    return [one.title.folded.source for one in found]


def in_event(event: int) -> EventLink:
    return EventLink(event=event, score=1.0, because="")


def test_what_shares_an_event_stands_beside(archive: Archive) -> None:
    """Originals of the query's events that it does not find, the newest first."""
    with archive.write() as db:
        first = put(db, story("a", "Pelabuhan dibuka"))
        put(db, story("b", "Dermaga dibuka", event=in_event(1)))
        copy = CopyOf(story=first, kind="reprint", containment=1.0)
        put(db, story("c", "Salinan", event=in_event(1), copy_of=copy))
        put(db, story("d", "Wharf opens", event=in_event(1), language="en"))
        put(db, story("e", "Mangga", language="id"))
        put(db, story("f", "Mango", language="en"))
        near = followed(db, HARBOR)
        assert (near.stories, near.events) == ({first}, (1,))
        assert titles(beside(db, near)) == ["Wharf opens", "Dermaga dibuka"]
        assert titles(beside(db, near, "id")) == ["Dermaga dibuka"]
        assert titles(others(db, near, "id")) == ["Mangga"]
        assert titles(others(db, near, "en")) == ["Mango"]


def test_beside_nothing_stands_nothing(archive: Archive) -> None:
    """A query that finds nothing has no events, and everything is elsewhere."""
    with archive.write() as db:
        put(db, story("a", "Mangga"))
        near = followed(db, HARBOR)
        assert (near.events, beside(db, near), titles(others(db, near, "id"))) == (
            (),
            [],
            ["Mangga"],
        )
