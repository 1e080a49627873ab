"""Pages: the bytes as they came, kept before anything is made of them."""

import hashlib
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from archive.locks import hold
from archive.prepared import Prepared
from archive.rows import add, entry_json, entry_of
from archive.tables import addresses, further_pages, pages
from news import ArchiveError, Conditions, FurtherPage, Page

# Asked for every story: made once.
_STORED = Prepared(
    update(pages)
    .where(pages.c.id == bindparam("page"), pages.c.state == "kept")
    .values(state="stored")
)


def body_hash(body: bytes) -> str:
    """Return the mark by which a body is known again (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def mark_of(page: Page) -> str:
    """Return the mark of a page and its further ones; a change of any changes it."""
    if not page.further:
        return body_hash(page.body)
    marks = [body_hash(page.body), *(body_hash(one.body) for one in page.further)]
    return body_hash(" ".join(marks).encode())


def keep(db: Connection, page: Page, fetch_at: datetime | None) -> int:
    """Keep a page as it came; returns its number.

    The address it came from is settled in the same transaction; `fetch_at`
    says when to look at it again.
    """
    conditions = page.conditions
    values = {
        "etag": conditions.etag,
        "last_modified": conditions.last_modified,
        "body_hash": conditions.body_hash,
    }
    fetched = values | {"state": "fetched", "reason": "", "detail": page.cut, "attempts": 0}
    db.execute(
        update(addresses)
        .where(addresses.c.key == page.key)
        .values(fetch_at=fetch_at, lease_until=None, visits=addresses.c.visits + 1, **fetched)
    )
    # Numbers become visible in their order: no page comes before one that was settled (law 7).
    hold(db, "pages")
    number = add(
        db,
        pages,
        address_id=select(addresses.c.id).where(addresses.c.key == page.key).scalar_subquery(),
        outlet=page.outlet,
        source=page.source,
        address=page.address,
        final_address=page.final_address,
        fetched_at=page.fetched_at,
        status=page.status,
        content_type=page.content_type,
        body=zlib.compress(page.body, 6),
        entry=entry_json(page.entry),
        first_seen_at=page.first_seen_at,
        history=page.history,
        cut=page.cut,
        state="kept",
        **values,
    )
    if page.further:
        db.execute(insert(further_pages), _further_rows(number, page))
    return number


def _further_rows(page: int, kept: Page) -> list[dict[str, Any]]:
    return [
        {
            "page": page,
            "number": number,
            "address": one.address,
            "content_type": one.content_type,
            "body": zlib.compress(one.body, 6),
        }
        for number, one in enumerate(kept.further, 2)
    ]


def stored(db: Connection, page: int) -> bool:
    """Write down that a page was read to its end and stands in the archive.

    Returns False where another worker has settled it.
    """
    return _STORED.run(db, {"page": page}) == 1


def refused(db: Connection, page: int, reason: str, detail: str) -> bool:
    """Write down that a page gives no story; its bytes stay. One that gave a story keeps it.

    Returns False where another worker has settled it.
    """
    kept = update(pages).where(pages.c.id == page, pages.c.state == "kept")
    if not db.execute(kept.values(state="refused", reason=reason, detail=detail)).rowcount:
        return False
    address = select(pages.c.address_id).where(pages.c.id == page).scalar_subquery()
    # An address that gave a story before keeps it: a consent page in its
    # place today makes nothing of yesterday undone.
    good = select(pages.c.address_id).where(
        pages.c.state == "stored", pages.c.address_id == address
    )
    db.execute(
        update(addresses)
        .where(addresses.c.id == address, addresses.c.id.not_in(good))
        .values(state="refused", reason=reason, detail=detail)
    )
    return True


def unread(db: Connection, limit: int | None = None) -> list[int]:
    """Return the pages that were kept and not read to their end, in order; all, or the first."""
    waiting = select(pages.c.id).where(pages.c.state == "kept")
    return list(db.scalars(waiting.order_by(pages.c.id).limit(limit)))


def count_unread(db: Connection) -> int:
    """Return how many pages were kept and not read to their end."""
    waiting = select(func.count()).select_from(pages).where(pages.c.state == "kept")
    return db.execute(waiting).scalar_one()


def every(db: Connection) -> Iterator[int]:
    """Return the numbers of all pages that are whole, in the order in which they were kept."""
    whole = select(pages.c.id).where(pages.c.purged_at.is_(None))
    yield from db.scalars(whole.order_by(pages.c.id))


def load(db: Connection, page: int) -> Page:
    """Return a page as it was kept."""
    row = db.execute(
        select(pages, addresses.c.key)
        .join(addresses, addresses.c.id == pages.c.address_id)
        .where(pages.c.id == page)
    ).one()
    return _page(row, _further(db, page))


def load_whole(db: Connection, page: int) -> Page | None:
    """Return a page as it was kept; None where its bytes were purged.

    Raises ArchiveError where they are damaged.
    """
    purged_at = db.execute(select(pages.c.purged_at).where(pages.c.id == page)).scalar_one()
    try:
        return None if purged_at else load(db, page)
    except zlib.error as error:
        raise ArchiveError(f"page {page} is damaged: {error}; a backup may have it") from error


def _further(db: Connection, page: int) -> tuple[FurtherPage, ...]:
    found = db.execute(
        select(further_pages).where(further_pages.c.page == page).order_by(further_pages.c.number)
    )
    return tuple(
        FurtherPage(
            address=row.address,
            content_type=row.content_type,
            body=zlib.decompress(row.body),
        )
        for row in found
    )


def _page(row: Row[Any], further: tuple[FurtherPage, ...]) -> Page:
    return Page(
        id=row.id,
        outlet=row.outlet,
        source=row.source,
        address=row.address,
        final_address=row.final_address,
        key=row.key,
        fetched_at=row.fetched_at,
        status=row.status,
        content_type=row.content_type,
        body=zlib.decompress(row.body),
        first_seen_at=row.first_seen_at,
        entry=entry_of(row.entry),
        history=row.history,
        further=further,
        cut=row.cut,
        conditions=Conditions(
            etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash
        ),
    )
