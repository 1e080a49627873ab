"""Furniture: what is learnt of the lines that an outlet repeats under its stories."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, delete, select

from archive.locks import hold
from archive.prepared import Prepared
from archive.rows import put_all
from archive.tables import furniture, repeated_lines

#: stories that had a line, the number of the first one and of the last
Line = tuple[int, int, int]

_seen = repeated_lines.c
# Made once: to build a statement takes as long as to run it.
_LEARNT = Prepared(
    select(furniture.c.stories, furniture.c.lines, furniture.c.changed).where(
        furniture.c.outlet == bindparam("outlet")
    )
)
_OF_OUTLET = select(_seen.line, _seen.count, _seen.first, _seen.last).where(
    _seen.outlet == bindparam("outlet")
)
_EVERY = Prepared(_OF_OUTLET)
_SOME = Prepared(_OF_OUTLET.where(_seen.line.in_(bindparam("lines", expanding=True))))
#: values in one question; SQLite takes 32,766, the planner fewer gladly
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """How much was learnt of an outlet."""

    #: of so many of its stories
    stories: int = 0
    #: lines that are remembered
    lines: int = 0
    #: with which of its stories the lines that are cut changed last; 0: there were none ever
    changed: int = 0


def of(db: Connection, outlet: str) -> Learnt:
    """Return how much was learnt of an outlet."""
    for stories, lines, changed in _LEARNT.rows(db, {"outlet": outlet}):
        return Learnt(stories=stories, lines=lines, changed=changed)
    return Learnt()


def to_learn(db: Connection, outlet: str) -> Learnt:
    """Return how much was learnt of an outlet, to one who is alone with it from now on."""
    hold(db, f"furniture {outlet}")
    return of(db, outlet)


def lines(db: Connection, outlet: str, wanted: Collection[int] | None = None) -> dict[int, Line]:
    """Return what is known of these lines of an outlet, or of all."""
    if wanted is None:
        return _found(db, outlet)
    asked = list(wanted)
    parts = (asked[begin : begin + _AT_ONCE] for begin in range(0, len(asked), _AT_ONCE))
    return {line: seen for part in parts for line, seen in _found(db, outlet, part).items()}


def at_least(db: Connection, outlet: str, stories: int) -> frozenset[int]:
    """Return the lines that so many stories of an outlet had."""
    often = and_(repeated_lines.c.outlet == outlet, repeated_lines.c.count >= stories)
    return frozenset(db.scalars(select(repeated_lines.c.line).where(often)))


def write(db: Connection, outlet: str, learnt: Learnt, seen: Mapping[int, Line]) -> None:
    """Write down what is known after one more story; `seen` are its lines."""
    row: dict[str, object] = {
        "stories": learnt.stories,
        "lines": learnt.lines,
        "changed": learnt.changed,
    }
    put_all(db, furniture, [{"outlet": outlet} | row], key=("outlet",), change=tuple(row))
    values: list[dict[str, object]] = [
        {"outlet": outlet, "line": line, "count": count, "first": first, "last": last}
        for line, (count, first, last) in seen.items()
    ]
    change = ("count", "first", "last")
    put_all(db, repeated_lines, values, key=("outlet", "line"), change=change)


def forget(db: Connection, outlet: str, gone: Collection[int]) -> None:
    """Forget lines of an outlet."""
    asked = list(gone)
    for begin in range(0, len(asked), _AT_ONCE):
        part = repeated_lines.c.line.in_(asked[begin : begin + _AT_ONCE])
        db.execute(delete(repeated_lines).where(repeated_lines.c.outlet == outlet, part))


def _found(db: Connection, outlet: str, part: list[int] | None = None) -> dict[int, Line]:
    asked = _EVERY if part is None else _SOME
    rows = asked.rows(db, {"outlet": outlet} | ({} if part is None else {"lines": part}))
    return {line: (count, first, last) for line, count, first, last in rows}
