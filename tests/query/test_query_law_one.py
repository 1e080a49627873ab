"""What alerts you is what you find: matcher, index and naive evaluator agree."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

import query_worlds as worlds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from query import FTS5_TOKENIZE, Document, Query, index_query, index_text, match, parse


def document(story: worlds.Telling) -> Document:
    return Document.of(
        title=story.texts["title"],
        body=story.texts["body"],
        language=story.language,
        outlet=story.outlet,
        published=story.when,
    )


class Index:
    """A real FTS5 table with the columns that filters ask for."""

    def __init__(self, stories: list[worlds.Telling]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            f'CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize="{FTS5_TOKENIZE}")'
        )
        self.db.execute('CREATE TABLE stories (language, outlet, "when")')
        for number, story in enumerate(stories, 1):
            row = (number, index_text(story.texts["title"]), index_text(story.texts["body"]))
            self.db.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", row)
            facts = (number, story.language, story.outlet, story.when.isoformat())
            self.db.execute(
                'INSERT INTO stories (rowid, language, outlet, "when") VALUES (?, ?, ?, ?)', facts
            )

    def find(self, query: Query) -> tuple[set[int], bool]:
        """Return the numbers of the stories that the index gives, and whether it is exact."""
        asked = index_query(query)
        clauses, values = ["1"], list[str]()
        if asked.match is not None:
            clauses.append("rowid IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(asked.match)
        for one in asked.filters:
            clauses.append(f'"{one.field}" {one.op} ?')
            values.append(one.value.isoformat() if isinstance(one.value, datetime) else one.value)
        rows = self.db.execute(f"SELECT rowid FROM stories WHERE {' AND '.join(clauses)}", values)
        return {number for (number,) in rows}, asked.exact

    def close(self) -> None:
        self.db.close()


def answers(stories: list[worlds.Telling], asked: worlds.Asked) -> set[int]:
    """Check that all agree; return the numbers of the stories that are answers."""
    query = parse(asked.text)
    documents = [document(story) for story in stories]
    by_hand = {n for n, story in enumerate(stories, 1) if worlds.naive(asked.meaning, story)}
    matched = {n for n, one in enumerate(documents, 1) if match(query, one)}
    assert matched == by_hand, f"matcher: {asked.text}"
    with closing(Index(stories)) as index:
        found, exact = index.find(query)
    assert found >= matched, f"index misses: {asked.text}"
    if exact:
        assert found == matched, f"index says exact: {asked.text}"
    return matched


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_matcher_index_and_naive_evaluator_agree(chance: random.Random) -> None:
    """For every story and query the matcher says yes exactly if the search returns it."""
    stories = [worlds.telling(chance) for _ in range(3)]
    answers(stories, worlds.a_question(chance, stories[0]))


def test_the_generator_asks_with_every_operator() -> None:
    """Every operator is in at least 5 % of the yes and of the no cases; a third are yes."""
    chance, yes, no, cases = random.Random(18092018), Counter(), Counter(), 600
    agreed = 0
    for _ in range(cases):
        story = worlds.telling(chance)
        asked = worlds.a_question(chance, story)
        is_yes = bool(answers([story], asked))
        agreed += is_yes
        (yes if is_yes else no).update(asked.kinds)
    assert agreed > cases / 3
    for kind in (
        "word",
        "phrase",
        "prefix",
        "case",
        "near",
        "onear",
        "and",
        "or",
        "not",
        "title",
        "body",
    ):
        assert yes[kind] >= agreed * 0.05, kind
        assert no[kind] >= (cases - agreed) * 0.05, kind


def test_the_naive_evaluator_is_a_witness() -> None:
    """The naive evaluator shares no code with the product."""
    source = (Path(__file__).parent / "query_worlds.py").read_text(encoding="utf-8")
    assert "from query" not in source
    assert "import query" not in source
