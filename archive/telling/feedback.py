"""Feedback: what readers said of the cards that they were sent, and what it says of the watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, and_, case, cast, func, select

from archive.rows import put_all
from archive.tables import feedback, matches, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many cards of a watch readers called relevant, and how many not."""

    relevant: int = 0
    not_relevant: int = 0

    @property
    def precision(self) -> float | None:
        """Return which part was relevant, 0 to 1; None where nobody said anything."""
        said = self.relevant + self.not_relevant
        return round(self.relevant / said, 3) if said else None


def watches_of(db: Connection, subscriber: str, story: int) -> list[str]:
    """Return the watches of a subscriber that found a story's event, by name."""
    event = select(stories.c.event).where(stories.c.id == story).scalar_subquery()
    mine = and_(matches.c.subscriber == subscriber, stories.c.event == event)
    found = select(matches.c.watch).join(stories, stories.c.id == matches.c.story).where(mine)
    return list(db.scalars(found.distinct().order_by(matches.c.watch)))


def say(
    db: Connection, subscriber: str, story: int, now: datetime, *, relevant: bool
) -> list[str]:
    """Write down what a reader said of the card of a story; returns the watches it speaks of.

    Said again, the last word counts.
    """
    watches = watches_of(db, subscriber, story)
    same = {"subscriber": subscriber, "story": story, "relevant": relevant, "at": now}
    rows: list[dict[str, object]] = [same | {"watch": watch} for watch in watches]
    put_all(db, feedback, rows, key=("subscriber", "watch", "story"), change=("relevant", "at"))
    return watches


def verdicts(db: Connection) -> Mapping[tuple[str, str], Verdict]:
    """Return what was said, by subscriber and watch; those of which nothing was are missing."""
    yes = func.sum(case((feedback.c.relevant.is_(True), 1), else_=0))
    counted = select(
        feedback.c.subscriber,
        feedback.c.watch,
        cast(yes, Integer).label("yes"),
        func.count().label("n"),
    ).group_by(feedback.c.subscriber, feedback.c.watch)
    return {
        (row.subscriber, row.watch): Verdict(relevant=row.yes, not_relevant=row.n - row.yes)
        for row in db.execute(counted)
    }
