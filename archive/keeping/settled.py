"""What became of pages that were kept: counted, for who cannot see the stages they went through."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, func, select

from archive.tables import pages, revisions


def last_kept(db: Connection) -> int:
    """Return the number of the page that was kept last; 0 before the first."""
    number: int = db.execute(select(func.coalesce(func.max(pages.c.id), 0))).scalar_one()
    return number


def since(db: Connection, page: int, outlets: Collection[str] | None = None) -> Counter[str]:
    """Count what became of the pages kept after this one, of these outlets or of all.

    "" stands for a new story or revision, "known" for one that was there, "kept"
    for what still waits; all else is the reason why there is no story.
    """
    gave = select(revisions.c.page).where(revisions.c.page == pages.c.id).exists()
    wanted = select(pages.c.state, pages.c.reason, gave).where(pages.c.id > page)
    if outlets is not None:
        wanted = wanted.where(pages.c.outlet.in_(outlets))
    return Counter(_became(*row) for row in db.execute(wanted))


def _became(state: str, reason: str | None, gave: bool) -> str:
    if state == "stored":
        return "" if gave else "known"
    return reason or state
