"""Law 1 at the archive: what alerts you is what you find."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import archive_questions as asked
import pytest
from archive_tellings import put, revise, story
from archive_witnesses import Witnesses, disagreements, tell
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from query_questions import Asked, a_question
from query_worlds import Telling, telling
from sqlalchemy import Connection

from archive import Archive
from archive.searching.search import search
from news import NamedAmount, QueryError, Story
from query import Document, Query, Topics, expand, match, parse

TOPICS = Topics.shipped()
ODD = (
    "".join(word for words in asked.WORDS.values() for word in words)
    + " \n.,-—'0٣é\u0301\u1039\u17d2"
)


def document(said: Story) -> Document:
    """Return a story as the matcher is given it, straight from what was stored."""
    return Document.of(
        title=said.title,
        body=said.body,
        outlet=said.outlet,
        source=said.source,
        language=said.language,
        country=said.country,
        authors=said.authors,
        published=said.published.at if said.published else None,
        first_seen=said.first_seen_at,
        event=said.event.event if said.event else None,
        amounts=[
            NamedAmount(currency=one.unit, low=one.value, high=one.high or one.value)
            for one in said.facts
            if isinstance(one.value, float) and not isinstance(one.high, str)
        ],
    )


def paged(db: Connection, query: Query, limit: int = 3) -> list[int]:
    """Return what search gives, page after page."""
    found: list[int] = []
    before = None
    while page := search(db, query, limit=limit, before=before):
        found += [one.story.id for one in page]
        before = found[-1]
    return found


def compiled(text: str) -> Query:
    return expand(parse(text), TOPICS)


def agree(db: Connection, told: dict[int, Story], text: str) -> bool:
    """Check search against matcher; returns whether anything was found."""
    query = compiled(text)
    matched = [number for number, said in told.items() if match(query, document(said))]
    assert paged(db, query) == sorted(matched, reverse=True), text
    return bool(matched)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # A failure names its query; making eight stories smaller would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.randoms(use_true_random=False))
def test_search_finds_what_the_matcher_takes(
    new_archive: Callable[[], Archive], chance: random.Random
) -> None:
    """For stories as stored and any query, pages of search hold what match() says yes to."""
    tellings = [asked.telling(chance, f"key-{number}") for number in range(8)]
    archive = new_archive()
    with archive.write() as db:
        asked.open_events(db)
        told = {put(db, said): said for said in tellings}
        for number in chance.sample(sorted(told), 3):
            told[number] = asked.telling(chance, told[number].key)
            # A story's outlet, language and date stay those of its first revision.
            told[number] = as_revised(tellings[number - 1], told[number])
            revise(db, number, told[number])
    with archive.read() as db:
        for _ in range(12):
            text = asked.question(chance, list(told.values()))
            try:
                agree(db, told, text)
            except QueryError as error:
                assert "reading every story" in str(error)  # noqa: PT017 - few are refused
    archive.close()


def as_revised(old: Story, new: Story) -> Story:
    return replace(old, title=new.title, body=new.body, authors=new.authors, facts=new.facts)


def test_the_questions_use_every_operator_and_find_something(
    new_archive: Callable[[], Archive],
) -> None:
    """Each operator is in at least 2 % of the questions answered yes; a third are yes."""
    chance, yes, answered = random.Random(20092018), Counter[str](), 0
    with new_archive().write() as db:
        asked.open_events(db)
        told = {}
        for number in range(20):
            said = asked.telling(chance, f"key-{number}")
            told[put(db, said)] = said
        for _ in range(400):
            text = asked.question(chance, list(told.values()))
            try:
                found = agree(db, told, text)
            except QueryError:
                continue
            answered += 1
            if found:
                yes.update(kind for kind in KINDS if kind in text)
                yes["yes"] += 1
    assert yes["yes"] > answered / 3
    for kind in KINDS:
        assert yes[kind] >= yes["yes"] * 0.02, (kind, yes)


def test_four_witnesses_agree(new_archive: Callable[[], Archive]) -> None:
    """Matcher, percolator, SQLite and a naive evaluator give one answer on hundreds of cases."""
    chance, refused = random.Random(18092018), 0
    for _ in range(6):
        tellings = [telling(chance) for _ in range(14)]
        archive = new_archive()
        with archive.write() as db:
            held = tell([db], tellings, revised=3)
        with archive.read() as db:
            drawn = [a_question(chance, chance.choice(held)) for _ in range(60)]
            refused += all_agree({"SQLite": db}, held, drawn)
        archive.close()
    assert refused < 60


def all_agree(
    dbs: Mapping[str, Connection], held: Sequence[Telling], drawn: Sequence[Asked]
) -> int:
    """Check every witness on every question; returns how many questions search refused."""
    witnesses, refused = Witnesses(dbs, held, drawn), 0
    for at, one in enumerate(drawn):
        given = witnesses.answers(at, limit=(3, 50)[at % 2])
        refused += given is None
        assert given is None or list(disagreements(one, given)) == []
    return refused


KINDS = ("AND ", "OR ", "NOT ", " NEAR/", "ONEAR/", '*"', '="', "title:", "body:", "@caih")
KINDS += ("lang:", "outlet:", "country:", "source:", "since:", "until:", "event:", "amount")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(alphabet=sorted(set(ODD)), min_size=1, max_size=40),
    cut=st.tuples(st.integers(0, 39), st.integers(1, 12)),
)
def test_any_piece_of_any_text_is_answered_alike(
    new_archive: Callable[[], Archive], text: str, cut: tuple[int, int]
) -> None:
    """However letters and marks are thrown together, index and matcher agree on a phrase."""
    piece = text[cut[0] : cut[0] + cut[1]]
    told: dict[int, Story] = {}
    archive = new_archive()
    with archive.write() as db:
        for number, body in enumerate((text, text[::-1], piece)):
            said = story(f"key-{number}", "ASEAN", body)
            told[put(db, said)] = said
        try:
            agree(db, told, f'"{piece}"')
        except QueryError as error:
            assert "no letter or digit" in str(error)  # noqa: PT017 - a piece of marks only
    archive.close()


@pytest.mark.parametrize("language", sorted(asked.WORDS))
def test_a_revision_takes_the_old_text_out(archive: Archive, language: str) -> None:
    """After a revision the old text is not found any more, and the new one is."""
    first, second = asked.WORDS[language][0], asked.WORDS[language][2]
    with archive.write() as db:
        number = put(db, story("1", first, f"{first}。{first}", language=language))
        assert paged(db, parse(first)) == [number]
        revise(db, number, story("1", second, f"{second}。{second}", language=language))
        assert paged(db, parse(first)) == []
        assert paged(db, parse(second)) == [number]
        revise(db, number, story("1", first, second, language=language))
        assert paged(db, parse(f"title:{first} body:{second}")) == [number]
        assert paged(db, parse(f"title:{second}")) == []


def test_pages_do_not_overlap_and_leave_nothing_out(archive: Archive) -> None:
    """Pages of any size give the same stories, newest first, each once."""
    with archive.write() as db:
        for number in range(25):
            put(db, story(str(number), "ASEAN", "kerja sama" if number % 3 else "=Kerja Sama"))
        for text in ("ASEAN", "=Kerja", "asean -=Kerja", "lang:id"):
            whole = [found.story.id for found in search(db, parse(text), limit=100)]
            assert whole == sorted(whole, reverse=True)
            for limit in (1, 2, 3, 7, 25):
                assert paged(db, parse(text), limit) == whole, (text, limit)


def test_what_was_found_says_by_which_words(archive: Archive) -> None:
    """A found story carries the words that the matcher marks in it."""
    with archive.write() as db:
        put(db, story("1", "Forum", "论坛在南宁举行，中国—东盟信息港启动。", language="zh"))
        (found,) = search(db, parse("信息港"))
    (hit,) = found.match.hits
    assert (hit.field, hit.words) == ("body", "信息港")
    assert found.story.body[hit.start : hit.end] == "信息港"
