"""The ledger: what was seen, kept, matched and delivered, and why anything was not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, case, distinct, func, select

from archive.collecting import gaps
from archive.collecting.health import state_of
from archive.tables import (
    addresses,
    events,
    matches,
    mentions,
    pages,
    polls,
    sources,
    stories,
)

#: silent sources that are named
NAMED = 3
#: gaps are counted over this time
GAPS_OF = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as a person looks at it."""

    id: str
    outlet: str
    way: str
    address: str
    #: "unproved" until its first good poll, then "good", "quiet", "failing", "gone" or "blocked"
    state: str
    detail: str
    last_poll_at: datetime | None
    last_good_at: datetime | None
    due_at: datetime
    failures: int
    stories: int
    #: where it is asked instead of its address: it redirects there for good
    moved_to: str = ""
    #: when it last showed a story that it had not shown before
    last_new_at: datetime | None = None
    #: asked rarely: an earlier way of its outlet shows all that it does
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How the sources stand: what the line of the ledger in every digest says."""

    #: that were ever polled
    sources: int
    #: those that did not answer when they were last polled, or show nothing new for too long,
    #: with why
    silent: tuple[tuple[str, str], ...] = ()
    #: how the last poll of each of these ended, in their order: an Outcome, or "quiet"
    outcomes: tuple[str, ...] = ()
    #: stretches found in the last day of which something may be missing
    gaps: int = 0

    def said(self) -> str:
        """Return it in English: "checked 23 of 25 sources, 2 silent, 0 gaps; not answering: …"."""
        answering = self.sources - len(self.silent)
        text = f"checked {answering} of {self.sources} sources"
        text += f", {len(self.silent)} silent, {self.gaps} {'gap' if self.gaps == 1 else 'gaps'}"
        if self.silent:
            named = ", ".join(f"{source} ({why})" for source, why in self.silent[:NAMED])
            more = f", … {len(self.silent) - NAMED} more" if len(self.silent) > NAMED else ""
            text += f"; not answering: {named}{more}"
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The archive's sums. seen = fetched + waiting + refused + gone (law 2)."""

    #: addresses ever sighted, by where they stand
    seen: int
    fetched: int
    waiting: int
    refused: dict[str, int]
    gone: int
    polls: int
    pages: int
    stories: int
    history: int
    copies: int
    revisions: int
    events: int
    #: stories that mention each topic
    mentions: dict[str, int]
    matched: int


def newest(db: Connection) -> tuple[int, int]:
    """Return the numbers of the newest story and the newest poll; 0 where there is none."""
    last = select(
        select(func.max(stories.c.id)).scalar_subquery(),
        select(func.max(polls.c.id)).scalar_subquery(),
    )
    story, poll = db.execute(last).one()
    return story or 0, poll or 0


def sums(db: Connection) -> Sums:
    """Add everything up."""
    states = _states(db)
    refused = select(addresses.c.reason, func.count().label("n"))
    reasons = db.execute(
        refused.where(addresses.c.state == "refused").group_by(addresses.c.reason)
    )
    topics = select(mentions.c.topic, func.count(distinct(mentions.c.story)).label("n"))
    return Sums(
        seen=sum(states.values()),
        fetched=states.get("fetched", 0),
        waiting=states.get("waiting", 0),
        refused={row.reason: row.n for row in reasons},
        gone=states.get("gone", 0),
        polls=_count(db, select(func.count()).select_from(polls)),
        pages=_count(db, select(func.count()).select_from(pages)),
        stories=_count(db, select(func.count()).select_from(stories)),
        history=_count(
            db, select(func.count()).select_from(stories).where(stories.c.history.is_(True))
        ),
        copies=_count(
            db, select(func.count()).select_from(stories).where(stories.c.copy_of.is_not(None))
        ),
        revisions=_count(db, select(func.coalesce(func.sum(stories.c.revision - 1), 0))),
        events=_count(
            db, select(func.count()).select_from(events).where(events.c.joined.is_(None))
        ),
        mentions={row.topic: row.n for row in db.execute(topics.group_by(mentions.c.topic))},
        matched=_count(db, select(func.count(distinct(matches.c.story)))),
    )


def source_states(db: Connection, only: str | None = None) -> list[SourceState]:
    """Return every source of the catalogue with its state, or one: that reads its outlet alone."""
    counted = select(stories.c.source, func.count().label("n")).group_by(stories.c.source)
    wanted = select(sources).where(sources.c.dropped.is_(False)).order_by(sources.c.id)
    if only is not None:
        wanted = wanted.where(sources.c.id == only)
        own = select(sources.c.outlet).where(sources.c.id == only).scalar_subquery()
        counted = counted.where(stories.c.outlet == own, stories.c.source == only)
    kept = {row.source: row.n for row in db.execute(counted)}
    return [
        SourceState(
            id=row.id,
            outlet=row.outlet,
            way=row.way,
            address=row.address,
            state=state_of(row),
            detail=row.last_detail,
            last_poll_at=row.last_poll_at,
            last_good_at=row.last_good_at,
            due_at=row.due_at,
            failures=row.failures,
            stories=kept.get(row.id, 0),
            moved_to=row.moved_to if row.moved else "",
            last_new_at=row.last_new_at,
            standby=row.standby,
        )
        for row in db.execute(wanted)
    ]


def checked(db: Connection) -> Checked:
    """Return how the sources were at their last polls."""
    asked = and_(sources.c.dropped.is_(False), sources.c.last_poll_at.is_not(None))
    found = db.execute(select(sources).where(asked).order_by(sources.c.id)).all()
    failing = [row for row in found if row.failures]
    quiet = [row for row in found if row.quiet and not row.failures]
    silent = [(row.id, row.last_detail or row.last_outcome) for row in failing]
    silent += [(row.id, "nothing new") for row in quiet]
    outcomes = [row.last_outcome for row in failing] + ["quiet" for _ in quiet]
    last = max((row.last_poll_at for row in found), default=None)
    lost = gaps.count(db, last - GAPS_OF) if last is not None else 0
    return Checked(sources=len(found), silent=tuple(silent), outcomes=tuple(outcomes), gaps=lost)


def answering(db: Connection) -> tuple[int, int]:
    """Return how many outlets have answered through some way, and how many were asked yet."""
    proved = func.max(case((sources.c.first_good_at.is_not(None), 1), else_=0)).label("proved")
    asked = and_(sources.c.dropped.is_(False), sources.c.last_poll_at.is_not(None))
    found = [
        row.proved for row in db.execute(select(proved).where(asked).group_by(sources.c.outlet))
    ]
    return sum(found), len(found)


def line(db: Connection) -> str:
    """Return the line of the ledger in English, for a terminal."""
    return checked(db).said()


def _states(db: Connection) -> dict[str, int]:
    counted = select(addresses.c.state, func.count().label("n")).group_by(addresses.c.state)
    return {row.state: row.n for row in db.execute(counted)}


def _count(db: Connection, statement: Select[int]) -> int:
    return db.execute(statement).scalar_one()
