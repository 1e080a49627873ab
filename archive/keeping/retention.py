"""Retention: old bytes and texts go, and what is left of them keeps them from coming back.

A page that was purged is a row without bytes. A story that was purged is a
row without revisions, in no event, found by no search; its keys, its addresses
and what was told of it stay, so that it is known when it is seen again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from archive.indexing import index
from archive.prepared import Prepared
from archive.rows import entry_json
from archive.tables import (
    addresses,
    amounts,
    anchors,
    event_keys,
    events,
    further_pages,
    matches,
    mentions,
    pages,
    revisions,
    stories,
    story_keys,
    ties,
    to_embed,
    to_match,
    vectors,
    watches,
)
from news import Entry

#: the reason of an address whose story was purged: it is never fetched again
PURGED = "purged"

#: what hangs on a story and goes with it; `told` stays
_PARTS = (amounts, anchors, event_keys, matches, mentions, revisions, to_embed, vectors)
_PURGED_AT = Prepared(
    select(func.max(stories.c.purged_at)).where(
        stories.c.id.in_(
            select(story_keys.c.story).where(
                story_keys.c.key.in_(bindparam("keys", expanding=True))
            )
        )
    )
)


def purge_pages(db: Connection, before: datetime, at: datetime, most: int) -> int:
    """Forget the bytes of pages fetched before that time, the oldest; returns of how many.

    Pages that are still to be read stay whole.
    """
    old = and_(pages.c.purged_at.is_(None), pages.c.fetched_at < before, pages.c.state != "kept")
    found = list(
        db.scalars(select(pages.c.id).where(old).order_by(pages.c.fetched_at).limit(most))
    )
    _empty_pages(db, found, at)
    return len(found)


def purge_stories(db: Connection, before: datetime, at: datetime, most: int) -> int:
    """Forget stories of events that were last reported on before that time; returns how many.

    What a watch found and no digest has settled stays until it is settled.
    """
    wanted = _old_stories(before).order_by(stories.c.first_seen_at, stories.c.id)
    found = list(db.scalars(wanted.limit(most)))
    if found:
        _never_again(db, found, at)
        _unindex(db, found)
        for table in _PARTS:
            db.execute(delete(table).where(table.c.story.in_(found)))
        db.execute(delete(ties).where(or_(ties.c.low.in_(found), ties.c.high.in_(found))))
        _leave_events(db, found, at)
    return len(found)


def purged_at(db: Connection, keys: Sequence[str]) -> datetime | None:
    """Return when the story that is known by one of these keys was purged."""
    found: datetime | None = _PURGED_AT.value(db, {"keys": list(keys)})
    return found


def forbid(db: Connection, keys: Sequence[str]) -> None:
    """Let addresses that led to a purged story never be fetched again."""
    mine = addresses.c.key.in_(list(keys))
    db.execute(
        update(addresses).where(mine).values(reason=PURGED, fetch_at=None, lease_until=None)
    )


def _old_stories(before: datetime) -> Select[int]:
    waits = exists().where(to_match.c.story == stories.c.id)
    watched = and_(watches.c.subscriber == matches.c.subscriber, watches.c.name == matches.c.watch)
    unsettled = exists().where(
        matches.c.story == stories.c.id, matches.c.settled_at.is_(None), watched
    )
    live = exists().where(events.c.id == stories.c.event, events.c.last_seen_at >= before)
    old = and_(stories.c.purged_at.is_(None), stories.c.first_seen_at < before)
    return select(stories.c.id).where(old, ~waits, ~unsettled, ~live)


def _never_again(db: Connection, found: Sequence[int], at: datetime) -> None:
    """Forget the pages of stories, and let no address of theirs be fetched again."""
    keys = select(story_keys.c.key).where(story_keys.c.story.in_(found))
    read = select(revisions.c.page).where(revisions.c.story.in_(found))
    of_page = select(pages.c.address_id).where(pages.c.id.in_(read))
    mine = or_(addresses.c.key.in_(keys), addresses.c.id.in_(of_page))
    numbers = list(db.scalars(select(addresses.c.id).where(mine)))
    values = {"reason": PURGED, "fetch_at": None, "entry": _no_entry()}
    db.execute(update(addresses).where(addresses.c.id.in_(numbers)).values(values))
    whole = and_(pages.c.address_id.in_(numbers), pages.c.purged_at.is_(None))
    _empty_pages(
        db, list(db.scalars(select(pages.c.id).where(whole, pages.c.state != "kept"))), at
    )


def _empty_pages(db: Connection, found: Sequence[int], at: datetime) -> None:
    if found:
        db.execute(delete(further_pages).where(further_pages.c.page.in_(found)))
        # What a feed said of the story may be its whole text.
        empty = {"body": b"", "entry": _no_entry(), "purged_at": at}
        db.execute(update(pages).where(pages.c.id.in_(found)).values(empty))


def _unindex(db: Connection, found: Sequence[int]) -> None:
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    said = select(stories.c.id, revisions.c.title, revisions.c.body).join(revisions, latest)
    for row in db.execute(said.where(stories.c.id.in_(found))).all():
        index.remove(db, row.id, row.title, row.body)


def _leave_events(db: Connection, found: Sequence[int], at: datetime) -> None:
    """Mark the stories, take them out of their events, and forget events that are left empty."""
    mine: ColumnElement[bool] = stories.c.id.in_(found)
    left = set(db.scalars(select(stories.c.event).where(mine, stories.c.event.is_not(None))))
    db.execute(update(stories).where(mine).values(purged_at=at, event=None, anchors=0))
    some = exists().where(stories.c.event == events.c.id)
    # The highest number stays, or SQLite would give it to another event.
    highest = select(func.max(events.c.id)).scalar_subquery()
    empty = and_(events.c.id.in_(left), ~some, events.c.id < highest)
    db.execute(delete(events).where(empty))


def _no_entry() -> dict[str, object]:
    return entry_json(Entry(address=""))
