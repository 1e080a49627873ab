"""Following events through merges: event:12 in a question means the event that took 12 in."""

from sqlalchemy import Connection

from archive.grouping.events import current
from query import Query
from query.syntax import And, Node, Not, Or, Where, all_of, any_of, negated


def followed(db: Connection, query: Query) -> Query:
    """Return a query that asks for events by the numbers that stand for them now.

    The matcher must be given this one too, where it is asked about stories as
    they stand in the archive (law 1).
    """
    # Topics ask for no events, so that their large trees need not be looked through.
    if "event" not in query.text.lower():
        return query
    return Query(text=query.text, root=_followed(db, query.root))


def _followed(db: Connection, node: Node) -> Node:
    match node:
        case Where("event", value):
            return Where("event", str(current(db, int(value))))
        case And(parts):
            return all_of(_followed(db, part) for part in parts)
        case Or(parts):
            return any_of(_followed(db, part) for part in parts)
        case Not(part):
            return negated(_followed(db, part))
    return node
