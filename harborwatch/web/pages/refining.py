"""Making a question narrower or wider by a click: facets, days, and what is asked already. Pure."""

from dataclasses import dataclass
from datetime import date

from harborwatch.web.pages.as_typed import as_typed
from query import Query
from query.syntax import And, Node, Or, TopicName, Where, all_of, canonical

#: facets whose values are conditions of the language of questions
_CONDITIONS = {"outlet": "outlet", "language": "lang", "country": "country"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A condition that a question holds, and the question without it."""

    text: str
    #: "" where nothing would be left
    without: str


def narrower(asked: Query, facet: str, value: str) -> str:
    """Return a question that asks for one value of a facet besides; "" where it cannot be asked."""
    if not value:
        return ""
    if facet == "topic":
        return _with(asked, TopicName(value))
    if facet == "day":
        return between(asked, date.fromisoformat(value), date.fromisoformat(value))
    return _with(asked, Where(_CONDITIONS[facet], value))  # type: ignore[arg-type]  # three of the names


def between(asked: Query, since: date, until: date) -> str:
    """Return a question about some days only, in the place of those that it asked about."""
    kept = [one for one in _parts(asked.root) if not _is_day(one)]
    days = [Where("since", since.isoformat()), Where("until", until.isoformat())]
    return as_typed(canonical(all_of([*kept, *days])), asked.text)


def clauses(asked: Query) -> tuple[Clause, ...]:
    """Return the conditions and topics that stand beside the words, each to be taken away."""
    parts = _parts(asked.root)
    found = []
    for one in dict.fromkeys(parts):
        if isinstance(one, Where | TopicName):
            rest = [other for other in parts if other != one]
            without = as_typed(canonical(all_of(rest)), asked.text) if rest else ""
            found.append(Clause(text=canonical(one), without=without))
    return tuple(found)


def _with(asked: Query, node: Node) -> str:
    parts = _parts(asked.root)
    made = canonical(all_of([*parts, node]))
    return "" if node in parts else as_typed(made, asked.text)


def _parts(root: Node) -> list[Node]:
    return list(root.parts) if isinstance(root, And) else [root]


def _is_day(node: Node) -> bool:
    return isinstance(node, Where) and node.condition in ("since", "until")


def loosened(asked: Query) -> str:
    """Return a question whose words may stand alone: OR in the place of AND; "" where it has one."""
    words = [one for one in _parts(asked.root) if not isinstance(one, Where | TopicName)]
    others = [one for one in _parts(asked.root) if isinstance(one, Where | TopicName)]
    if len(words) < 2:
        return ""
    return as_typed(canonical(all_of([Or(tuple(words)), *others])), asked.text)
