"""Which kept pages are asked for, and what became of each: for those who take pages elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from archive.tables import pages, revisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pages; all of them where nothing is said."""

    #: fetched at this time or later
    since: datetime | None = None
    #: fetched before this time
    until: datetime | None = None
    #: of these outlets; of all where none is named
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a kept page."""

    page: int
    #: "kept" where it was not read yet, "stored" or "refused"
    state: str
    #: why it was refused
    reason: str
    #: the stories that were read from it, each with the revision's number
    stories: tuple[tuple[int, int], ...]


def whole(db: Connection, choice: Choice) -> list[int]:
    """Return the numbers of the chosen pages that have their bytes, in order."""
    kept = pages.c.purged_at.is_(None)
    return list(db.scalars(select(pages.c.id).where(kept, _chosen(choice)).order_by(pages.c.id)))


def purged(db: Connection, choice: Choice) -> int:
    """Return how many of the chosen pages lost their bytes to the rules of retention."""
    gone = pages.c.purged_at.is_not(None)
    counted = select(func.count()).select_from(pages).where(gone, _chosen(choice))
    return int(db.execute(counted).scalar_one())


def has_any(db: Connection, outlet: str) -> bool:
    """Return whether a page of that outlet was ever kept; quick where one was."""
    found = select(pages.c.id).where(pages.c.outlet == outlet).limit(1)
    return db.execute(found).first() is not None


def verdicts(db: Connection, numbers: Sequence[int]) -> Iterator[Verdict]:
    """Yield what became of pages, given in order; revisions have no index by page.

    One call reads all revisions once: ask for thousands of pages at a time.
    """
    if not numbers:
        return
    read: dict[int, list[tuple[int, int]]] = {}
    between = revisions.c.page.between(numbers[0], numbers[-1])
    asked = select(revisions.c.page, revisions.c.story, revisions.c.number).where(between)
    for page, story, number in db.execute(asked.order_by(revisions.c.story, revisions.c.number)):
        read.setdefault(page, []).append((story, number))
    wanted = set(numbers)
    became = select(pages.c.id, pages.c.state, pages.c.reason).order_by(pages.c.id)
    for row in db.execute(became.where(pages.c.id.between(numbers[0], numbers[-1]))):
        if row.id in wanted:
            stories = tuple(read.get(row.id, ()))
            yield Verdict(page=row.id, state=row.state, reason=row.reason, stories=stories)


def _chosen(choice: Choice) -> ColumnElement[bool]:
    return and_(
        true(),
        *([pages.c.fetched_at >= choice.since] if choice.since else []),
        *([pages.c.fetched_at < choice.until] if choice.until else []),
        *([pages.c.outlet.in_(choice.outlets)] if choice.outlets else []),
    )
