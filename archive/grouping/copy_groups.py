"""Copy groups: an original with its copies, and who had their text first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from archive.prepared import Prepared
from archive.tables import stories
from news import CopyOf

#: a date less sure than this does not say when a story was told
SURE_DATE = 0.5
#: an outlet's latest stories by which its habits are known
LATEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A story of a text that several print."""

    story: int
    outlet: str
    first_seen_at: datetime
    #: published where that is printed to the minute and sure, else first seen
    out_at: datetime
    #: how many anchors its text has
    anchors: int
    #: whom it names as its source, an agency or an outlet's id, and how
    credit: str = ""
    credit_by: str = ""
    #: the words by which it calls itself a press release
    release_words: str = ""
    #: words that hijackers put into texts
    foreign_words: frozenset[str] = frozenset()
    #: why it is not trusted
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who had a text first."""

    #: an agency's name, or an outlet's id; "" where nothing says so
    to: str = ""
    #: "agency line", "reported by", "dateline", "credit line", "byline code", "longest text",
    #: "first published", "first seen"
    by: str = ""
    #: its own story, where the archive has it
    story: int | None = None
    #: the text is a press release
    release: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How an outlet's latest stories came about."""

    stories: int
    #: those that repeat another outlet's text and do not say so
    copied: int


_WHOLE = or_(stories.c.id == bindparam("root"), stories.c.copy_of == bindparam("root"))
_MEMBERS = Prepared(
    select(
        stories.c.id,
        stories.c.outlet,
        stories.c.published_at,
        stories.c.published_precision,
        stories.c.published_confidence,
        stories.c.first_seen_at,
        stories.c.anchors,
        stories.c.credit,
        stories.c.credit_by,
        stories.c.release_words,
        stories.c.foreign_words,
        stories.c.doubt,
    )
    .where(_WHOLE)
    .order_by(stories.c.id)
)
#: names of values by the columns that they are written to, where they differ
_ORIGIN = {"origin": "to", "origin_by": "by", "origin_story": "whose", "release": "released"}
_WRITE = Prepared(
    update(stories)
    .where(
        _WHOLE,
        or_(
            *(
                stories.c[name].is_distinct_from(bindparam(value))
                for name, value in _ORIGIN.items()
            )
        ),
    )
    .values({name: bindparam(value) for name, value in _ORIGIN.items()})
)
_ROOT = stories.alias("root")
_HABIT = Prepared(
    select(stories.c.credit, _ROOT.c.outlet)
    .select_from(stories.outerjoin(_ROOT, _ROOT.c.id == stories.c.copy_of))
    .where(stories.c.outlet == bindparam("outlet"))
    .order_by(stories.c.id.desc())
    .limit(LATEST)
)


def members(db: Connection, root: int) -> list[Member]:
    """Return an original and its copies, the original first where it came first."""
    return [_member(*row) for row in _MEMBERS.rows(db, {"root": root})]


def _member(  # noqa: PLR0917 - a row's columns, in their order
    story: int,
    outlet: str,
    published_at: datetime,
    precision: str,
    confidence: float,
    first_seen_at: datetime,
    anchors: int,
    credit: str,
    credit_by: str,
    release_words: str,
    foreign_words: str,
    doubt: str,
) -> Member:
    sure = precision in {"second", "minute"} and confidence >= SURE_DATE
    return Member(
        story=story,
        outlet=outlet,
        first_seen_at=first_seen_at,
        out_at=min(published_at, first_seen_at) if sure else first_seen_at,
        anchors=anchors,
        credit=credit,
        credit_by=credit_by,
        release_words=release_words,
        foreign_words=frozenset(filter(None, foreign_words.split("\n"))),
        doubt=doubt,
    )


def write(db: Connection, root: int, found: Origin) -> None:
    """Write down who had a group's text first."""
    now = {"to": found.to, "by": found.by, "whose": found.story, "released": found.release}
    _WRITE.run(db, {"root": root, **now})


def habit(db: Connection, outlet: str) -> Habit:
    """Return how an outlet's latest stories came about."""
    rows = _HABIT.rows(db, {"outlet": outlet})
    copied = sum(whose not in (None, outlet) and not credit for credit, whose in rows)
    return Habit(stories=len(rows), copied=copied)


def distrust(db: Connection, wanted: Iterable[int], doubt: str) -> None:
    """Write down why these stories are not trusted."""
    ids = sorted(wanted)
    if ids:
        db.execute(update(stories).where(stories.c.id.in_(ids)).values(doubt=doubt))


def link(db: Connection, story: int, copy: CopyOf | None) -> None:
    """Let a story be a copy of another, or of none; its own copies become copies of that one."""
    db.execute(update(stories).where(stories.c.id == story).values(copy_columns(copy)))
    if copy is not None:
        its_own = update(stories).where(stories.c.copy_of == story)
        db.execute(its_own.values(copy_of=copy.story))


def link_parts(db: Connection, story: int, parts: Sequence[CopyOf]) -> None:
    """Let older stories, and what repeats them, be parts of a story's text."""
    for part in parts:
        one = CopyOf(story=story, kind=part.kind, containment=part.containment)
        # What repeats a part of the text repeats a part of the text.
        repeats = or_(stories.c.id == part.story, stories.c.copy_of == part.story)
        db.execute(update(stories).where(repeats).values(copy_columns(one)))


def copies_of(db: Connection, root: int) -> list[int]:
    """Return the stories that repeat a story's text."""
    mine = and_(stories.c.copy_of == root, stories.c.id != root)
    return list(db.scalars(select(stories.c.id).where(mine).order_by(stories.c.id)))


def copy_columns(copy: CopyOf | None) -> dict[str, Any]:
    """Return the columns that link a story to the one whose text it repeats."""
    if copy is None:
        return {"copy_of": None, "copy_kind": "", "containment": 0.0}
    return {"copy_of": copy.story, "copy_kind": copy.kind, "containment": copy.containment}
