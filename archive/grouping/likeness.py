"""Likeness: which archived stories share text with a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from archive.prepared import Prepared
from archive.tables import Utc, anchors, stories

#: stories that are read for each anchor, the latest: an outlet's own boilerplate
#: stands in all of its stories, and is known for it by far fewer
HOLDERS = 64

# Texts of their own: SQLAlchemy takes four times as long to write down a hundred values.
_SHARING = """
    SELECT s.id, s.copy_of, s.outlet, s.anchors, a.anchor
    FROM {values} CROSS JOIN anchors AS a JOIN stories AS s ON s.id = a.story
    WHERE a.anchor = v.value AND s.first_seen_at >= :since AND a.story >= coalesce(
        (SELECT b.story FROM anchors AS b WHERE b.anchor = v.value
            ORDER BY b.story DESC LIMIT 1 OFFSET :others), 0)
    ORDER BY s.id, a.anchor
"""
_VALUES = {
    "sqlite": "json_each(:values) AS v",
    "postgresql": "unnest(CAST(:values AS bigint[])) AS v(value)",
}
_STATEMENTS = {
    name: Prepared(text(_SHARING.format(values=values)).bindparams(bindparam("since", type_=Utc)))
    for name, values in _VALUES.items()
}

# One statement for all of a text's anchors: one for each takes twice as long.
_EACH: Mapping[str, ColumnElement[int]] = {
    "sqlite": func.json_each(bindparam("values", type_=Text)).table_valued("value").c.value,
    "postgresql": func.unnest(bindparam("values", type_=ARRAY(BigInteger))).column_valued("value"),
}
_PUT = {
    name: Prepared(
        insert(anchors).from_select(
            [anchors.c.anchor, anchors.c.story],
            select(each, bindparam("story", type_=anchors.c.story.type)),
        )
    )
    for name, each in _EACH.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedText:
    """A story of the archive, and what anchors it has of those that were asked for."""

    story: int
    #: the story whose text that one repeats, or itself
    root: int
    outlet: str
    #: how many anchors that story has in all
    anchors: int
    #: those that both have, by value
    shared: tuple[int, ...]


def sharing_anchors(db: Connection, values: Sequence[int], since: datetime) -> list[SharedText]:
    """Return the stories first seen since then that have one of these anchors, by number."""
    given = {"values": _listed(db, values), "since": since, "others": HOLDERS - 1}
    rows = _STATEMENTS[db.dialect.name].rows(db, given)
    return [
        SharedText(
            story=story,
            root=root or story,
            outlet=outlet,
            anchors=count,
            shared=tuple(row[-1] for row in both),
        )
        for (story, root, outlet, count), both in groupby(rows, key=itemgetter(0, 1, 2, 3))
    ]


def put_anchors(db: Connection, story: int, values: Sequence[int]) -> None:
    """Keep the anchors of a story's text."""
    if values:
        _PUT[db.dialect.name].run(db, {"values": _listed(db, values), "story": story})


def _listed(db: Connection, values: Sequence[int]) -> str | list[int]:
    """Return numbers as the database takes many of them as one value."""
    # json.dumps takes twice as long.
    return f"[{','.join(map(str, values))}]" if db.dialect.name == "sqlite" else list(values)


def anchors_of(db: Connection, wanted: Sequence[int]) -> dict[int, set[int]]:
    """Return the anchors that these stories have in the archive."""
    found: dict[int, set[int]] = {story: set() for story in wanted}
    held = select(anchors.c.story, anchors.c.anchor).where(anchors.c.story.in_(list(wanted)))
    for row in db.execute(held):
        found[row.story].add(row.anchor)
    return found


def prune_anchors(db: Connection, before: datetime, most: int) -> int:
    """Forget the anchors of stories first seen before that time; returns how many stories'.

    The oldest first, as many at a time as have `most` anchors or more together.
    """
    old = select(stories.c.id, stories.c.anchors).where(
        stories.c.first_seen_at < before, stories.c.anchors > 0
    )
    gone, rows = [], 0
    for row in db.execute(old.order_by(stories.c.first_seen_at).limit(most)):
        gone.append(row.id)
        rows += row.anchors
        if rows >= most:
            break
    if gone:
        db.execute(delete(anchors).where(anchors.c.story.in_(gone)))
        db.execute(update(stories).where(stories.c.id.in_(gone)).values(anchors=0))
    return len(gone)
