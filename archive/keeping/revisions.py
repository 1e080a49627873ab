"""A story whole: where its date was read, and everything that each revision said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from archive.tables import pages, revisions, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRevision:
    """A revision with all that is kept of it."""

    number: int
    #: the kept page that it was read from, its HTTP status and bytes kept
    page: int
    status: int
    content_type: str
    seen_at: datetime
    title: str
    #: every headline with where it was read: ("h1", "…")
    titles: tuple[tuple[str, str], ...]
    body: str
    authors: tuple[str, ...]
    modified_at: datetime | None
    #: how the body was found, and how sure that is, 0 to 1
    method: str
    confidence: float
    section: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """The time of publication as it was read."""

    #: as printed, its zone, where it stood: "json-ld", "meta", "printed" …
    text: str
    zone: str
    origin: str
    precision: str
    confidence: float


def whole(db: Connection, story: int) -> tuple[WholeRevision, ...]:
    """Return a story's revisions, the first one first."""
    kept = (pages.c.status, pages.c.content_type)
    joined = select(revisions, *kept).join(pages, pages.c.id == revisions.c.page)
    mine = joined.where(revisions.c.story == story).order_by(revisions.c.number)
    return tuple(_revision(row) for row in db.execute(mine))


def printed_date(db: Connection, story: int) -> PrintedDate | None:
    """Return how a story's date was read; None where it has none."""
    row = db.execute(select(stories).where(stories.c.id == story)).one_or_none()
    if row is None or row.published_at is None:
        return None
    return PrintedDate(
        text=row.published_text,
        zone=row.published_zone,
        origin=row.published_origin,
        precision=row.published_precision,
        confidence=row.published_confidence,
    )


def is_page_of(db: Connection, story: int, page: int) -> bool:
    """Say whether a revision of the story was read from that page."""
    mine = and_(revisions.c.story == story, revisions.c.page == page)
    return bool(db.execute(select(func.count()).select_from(revisions).where(mine)).scalar_one())


def _revision(row: Row[Any]) -> WholeRevision:
    return WholeRevision(
        number=row.number,
        page=row.page,
        status=row.status,
        content_type=row.content_type,
        seen_at=row.seen_at,
        title=row.title,
        titles=tuple((origin, title) for origin, title in row.titles),
        body=row.body,
        authors=tuple(row.authors),
        modified_at=row.modified_at,
        method=row.method,
        confidence=row.confidence,
        section=row.section,
        agency=row.agency,
    )
