"""The witnesses of the law of one answer: matcher, FTS5 and the naive evaluator on one question."""

import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from query_naive import naive
from query_questions import Asked
from query_subjects import written
from query_worlds import Telling

from news import NamedAmount
from query import (
    FTS5_TOKENIZE,
    Document,
    Query,
    Topics,
    expand,
    index_query,
    index_text,
    match,
    parse,
)
from query.syntax import Amount

#: what a filter asks of an amount
WORTH = {">": "high > ?", ">=": "high >= ?", "<": "low < ?", "<=": "low <= ?"}
WORTH["="] = "? BETWEEN low AND high"


def document(story: Telling) -> Document:
    return Document.of(
        title=story.texts["title"],
        body=story.texts["body"],
        language=story.language,
        outlet=story.outlet,
        source=story.source,
        country=story.country,
        authors=story.authors,
        published=story.published,
        first_seen=story.first_seen,
        event=story.event,
        amounts=[NamedAmount(currency=c, low=low, high=high) for c, low, high in story.amounts],
    )


class Index:
    """A real FTS5 table with the columns that filters ask for."""

    def __init__(self, stories: list[Telling]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            f'CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize="{FTS5_TOKENIZE}")'
        )
        self.db.execute('CREATE TABLE stories (language, outlet, source, country, "when", event)')
        self.db.execute("CREATE TABLE amounts (story, currency, low, high)")
        for number, story in enumerate(stories, 1):
            row = (number, index_text(story.texts["title"]), index_text(story.texts["body"]))
            self.db.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", row)
            facts = (number, story.language, story.outlet, story.source, story.country)
            self.db.execute(
                'INSERT INTO stories (rowid, language, outlet, source, country, "when", event)'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*facts, story.when.isoformat(), story.event),
            )
            self.db.executemany(
                "INSERT INTO amounts VALUES (?, ?, ?, ?)",
                [(number, *named) for named in story.amounts],
            )

    def find(self, query: Query) -> tuple[set[int], bool]:
        """Return the numbers of the stories that the index gives, and whether it is exact."""
        asked = index_query(query)
        clauses, values = ["1"], list[object]()
        if asked.match is not None:
            clauses.append("rowid IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(asked.match)
        for one in asked.filters:
            if isinstance(one.value, Amount):
                compared = WORTH[one.op].replace("?", repr(one.value.value))
                named = f"SELECT story FROM amounts WHERE currency = ? AND {compared}"
                clauses.append(f"rowid IN ({named})")
                values.append(one.value.currency)
                continue
            clauses.append(f'"{one.field}" {one.op} ?')
            values.append(one.value.isoformat() if isinstance(one.value, datetime) else one.value)
        rows = self.db.execute(f"SELECT rowid FROM stories WHERE {' AND '.join(clauses)}", values)
        return {number for (number,) in rows}, asked.exact

    def close(self) -> None:
        self.db.close()


@cache
def made_topics() -> Topics:
    """Return the topics of query_subjects, read from files as any others."""
    with TemporaryDirectory() as folder:
        return Topics.load(written(Path(folder)))


def question(text: str) -> Query:
    """Return a question with the made-up topics put in."""
    return expand(parse(text), made_topics())


def answers(stories: list[Telling], asked: Asked) -> set[int]:
    """Check that all agree; return the numbers of the stories that are answers.

    Raises QueryError where every story would have to be read.
    """
    query = question(asked.text)
    assert parse(parse(asked.text).canonical()) == parse(asked.text), asked.text
    documents = [document(story) for story in stories]
    by_hand = {n for n, story in enumerate(stories, 1) if naive(asked.meaning, story)}
    matched = {n for n, one in enumerate(documents, 1) if match(query, one)}
    assert matched == by_hand, f"matcher: {asked.text}"
    with closing(Index(stories)) as index:
        found, exact = index.find(query)
    assert found >= matched, f"index misses: {asked.text}"
    if exact:
        assert found == matched, f"index says exact: {asked.text}"
    return matched
