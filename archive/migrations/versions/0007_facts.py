"""All facts of a revision in the place of its numbers alone, and amounts to ask by value."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# In order of code points on both databases.
TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: revisions that are changed at a time
CHUNK = 500

_stories = sa.table("stories", sa.column("id"), sa.column("revision"))
_revisions = sa.table(
    "revisions",
    sa.column("story", NUMBER),
    sa.column("number", sa.Integer),
    sa.column("figures", sa.JSON),
    sa.column("facts", sa.JSON),
)
_amounts = sa.table(
    "amounts",
    sa.column("story", NUMBER),
    sa.column("currency", TEXT),
    sa.column("low", sa.Float),
    sa.column("high", sa.Float),
)


def upgrade() -> None:
    op.create_table(
        "amounts",
        sa.Column("story", NUMBER, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"]),
        sa.PrimaryKeyConstraint("story", "currency", "low", "high"),
        sqlite_with_rowid=False,
    )
    facts = sa.Column("facts", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("revisions", facts)
    db = op.get_bind()
    for rows in _chunks(db):
        _change(db, rows)
    op.drop_column("revisions", "figures")


def _chunks(db: sa.Connection) -> Iterator[list[sa.Row[Any]]]:
    """Yield revisions with numbers, some at a time, each with the number of its story's latest."""
    after = (0, 0)
    place = sa.tuple_(_revisions.c.story, _revisions.c.number)
    chosen = (
        sa.select(_revisions, _stories.c.revision)
        .join(_stories, _stories.c.id == _revisions.c.story)
        .order_by(_revisions.c.story, _revisions.c.number)
        .limit(CHUNK)
    )
    while rows := list(db.execute(chosen.where(place > after))):
        yield rows
        after = (rows[-1].story, rows[-1].number)


def _change(db: sa.Connection, rows: list[sa.Row[Any]]) -> None:
    changed = [
        {"s": row.story, "n": row.number, "f": [_fact(one) for one in row.figures]}
        for row in rows
        if row.figures
    ]
    found = {
        # 19.97 times 1e9 is 19969999999.999996: as the archive keeps amounts, to 15 digits.
        (row.story, one["unit"], float(f"{one['value']:.15g}"))
        for row in rows
        if row.number == row.revision
        for one in row.figures
        if _kind(one["unit"]) == "money"
    }
    mine = (_revisions.c.story == sa.bindparam("s")) & (_revisions.c.number == sa.bindparam("n"))
    if changed:
        db.execute(sa.update(_revisions).where(mine).values(facts=sa.bindparam("f")), changed)
    if found:
        names = ("story", "currency", "low", "high")
        made = [dict(zip(names, (*one, one[2]), strict=True)) for one in sorted(found)]
        db.execute(sa.insert(_amounts), made)


def _fact(figure: dict[str, Any]) -> list[Any]:
    """Return a number as facts are kept; what it counts was not, but stands in its text."""
    value, unit = figure["value"], figure["unit"]
    printed = [figure["text"], figure["start"], figure["end"]]
    return [_kind(unit), value, None, unit, "", *printed, False]


def _kind(unit: str) -> str:
    return {"": "count", "%": "percent"}.get(unit, "money")
