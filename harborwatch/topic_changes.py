"""What a changed topic or query would do to the archive, counted by language. Reads only."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from archive.searching.trials import Difference, difference
from query import Query, Topics, parse
from query.syntax import all_of


def since_day(query: Query, day: str) -> Query:
    """Return the query for stories from that day on; "" leaves it as it is.

    Raises QueryError where it is no day.
    """
    if not day:
        return query
    return Query(text=query.text, root=all_of([query.root, parse(f"since:{day}").root]))


def queries(topics: Topics, day: str = "") -> dict[str, Query]:
    """Return the queries of all topics and of their facets, by their names in a question."""
    every = {
        query.text: query
        for topic in topics
        for query in (topic.query, *(facet.query for facet in topic.facets.values()))
    }
    return {name: since_day(query, day) for name, query in every.items()}


def compared(
    db: Connection, was: Mapping[str, Query], now: Mapping[str, Query], whole: str
) -> tuple[Difference, dict[str, Difference]]:
    """Return what changes in the topic `whole`, and in what changes with it by name."""
    changed = {name: query for name, query in now.items() if was.get(name) != query}
    also = {
        name: difference(db, was.get(name), query)
        for name, query in changed.items()
        if name != whole
    }
    return difference(db, was.get(whole), now[whole]), also


def by_language(found: Difference) -> dict[str, tuple[int, int]]:
    """Return how many stories are gained and lost in each language, most changes first."""
    gained, lost = (
        Counter(found.languages[number] for number in numbers)
        for numbers in (found.gained, found.lost)
    )
    order = sorted(gained | lost, key=lambda code: (-gained[code] - lost[code], code))
    return {code: (gained[code], lost[code]) for code in order}


def spread(numbers: Sequence[int], languages: Mapping[int, str], most: int) -> list[int]:
    """Return some of the stories, the newest first, of each language about as many."""
    turn: Counter[str] = Counter()
    turns: dict[int, int] = {}
    for number in numbers:
        turns[number] = turn[languages[number]]
        turn[languages[number]] += 1
    chosen = sorted(numbers, key=lambda number: (turns[number], -number))[:most]
    return sorted(chosen, reverse=True)
