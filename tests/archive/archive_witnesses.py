"""The witnesses of the law of one answer, each asked in its own way.

The matcher, a percolator, the search of archives on any database, and the
naive evaluator of tests/query, which shares no code with the product.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from archive_tellings import NOON, dated, put, revise, story
from query_naive import naive
from query_oracles import question
from query_questions import Asked
from query_worlds import EVENTS, Telling
from sqlalchemy import Connection

from archive.grouping import events
from archive.searching.search import READ, page
from news import EventLink, Fact, NamedAmount, QueryError, Story
from query import Document, Percolator, Query, match

Answers = dict[str, list[int]]


def as_story(key: str, telling: Telling) -> Story:
    return replace(
        story(key, telling.texts["title"], telling.texts["body"]),
        outlet=telling.outlet,
        source=telling.source,
        country=telling.country,
        language=telling.language,
        authors=telling.authors,
        published=dated(telling.published) if telling.published else None,
        first_seen_at=telling.first_seen,
        event=EventLink(event=telling.event),
        facts=tuple(
            Fact(kind="money", value=low, high=None if low == high else high, unit=c, text="")
            for c, low, high in telling.amounts
        ),
    )


def as_document(telling: Telling) -> Document:
    return Document.of(
        title=telling.texts["title"],
        body=telling.texts["body"],
        outlet=telling.outlet,
        source=telling.source,
        language=telling.language,
        country=telling.country,
        authors=telling.authors,
        published=telling.published,
        first_seen=telling.first_seen,
        event=telling.event,
        amounts=[NamedAmount(currency=c, low=low, high=high) for c, low, high in telling.amounts],
    )


def tell(dbs: Collection[Connection], tellings: Sequence[Telling], revised: int) -> list[Telling]:
    """Put stories into empty archives; the first `revised` of them then say what the last do.

    Returns what the archives hold, story 1 first.
    """
    held = list(tellings[: len(tellings) - revised])
    for db in dbs:
        assert [events.open_event(db, NOON) for _ in EVENTS] == list(EVENTS)
        for number, one in enumerate(held, 1):
            assert put(db, as_story(f"key-{number}", one)) == number
    for at, new in enumerate(tellings[len(held) :]):
        # What is known of a story beside its text stays that of its first revision.
        held[at] = replace(
            held[at],
            texts=new.texts,
            pieces=new.pieces,
            authors=new.authors,
            author_pieces=new.author_pieces,
            amounts=new.amounts,
        )
        for db in dbs:
            revise(db, at + 1, as_story(f"key-{at + 1}", held[at]))
    return held


def found(db: Connection, query: Query, limit: int) -> list[int]:
    """Return what search gives, page after page; small pages verify few candidates at a time."""
    numbers: list[int] = []
    before = None
    while True:
        part = page(db, query, limit=limit, before=before, read=min(READ, limit * limit))
        numbers += [one.story.id for one in part.found]
        if part.after is None:
            return numbers
        before = part.after


class Witnesses:
    """All of them, before the same stories and with the same questions."""

    def __init__(
        self,
        dbs: Mapping[str, Connection],
        held: Sequence[Telling],
        questions: Sequence[Asked],
    ) -> None:
        self._dbs = dbs
        self.stories = len(held)
        self._held = list(enumerate(held, 1))
        self._documents = [(number, as_document(one)) for number, one in self._held]
        self.questions = [(one, question(one.text)) for one in questions]
        percolator = Percolator({n: query for n, (_, query) in enumerate(self.questions)})
        self._percolated = [(n, percolator.match(one)) for n, one in self._documents]

    def answers(self, at: int, limit: int) -> Answers | None:
        """Return what each finds for a question, newest first; None where search refuses it."""
        asked, query = self.questions[at]
        given = {
            "naive": [n for n, one in self._held if naive(asked.meaning, one)],
            "matcher": [n for n, one in self._documents if match(query, one)],
            "percolator": [n for n, matched in self._percolated if at in matched],
        }
        given = {name: numbers[::-1] for name, numbers in given.items()}
        refusals = []
        for name, db in self._dbs.items():
            try:
                given[name] = found(db, query, limit)
            except QueryError as error:
                assert "reading every story" in str(error), asked.text  # noqa: PT017 - few are
                refusals.append(name)
        assert refusals in ([], list(self._dbs)), f"only {refusals} refuse: {asked.text}"
        return None if refusals else given


def disagreements(asked: Asked, given: Answers) -> Iterator[str]:
    """Yield each witness that does not say what the naive evaluator says."""
    right = given["naive"]
    for name, numbers in given.items():
        if numbers != right:
            odd = sorted(set(numbers) ^ set(right))
            yield f"{name}: {asked.text!r} finds {numbers}, not {right} (look at {odd})"
