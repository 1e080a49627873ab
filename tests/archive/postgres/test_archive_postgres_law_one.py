"""Law 1 with three witnesses: matcher, SQLite and PostgreSQL give one answer in one order."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count, islice, product
from pathlib import Path

import archive_questions as asked
import pytest
from archive_tellings import put, revise, story
from archive_witnesses import as_document, tell
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_oracles import question as asked_for
from query_questions import a_question
from query_worlds import telling
from sqlalchemy import Connection, text
from test_archive_law_one import all_agree, as_revised, compiled, document, paged

from archive import Archive, open_archive
from news import QueryError, Story
from query import index_query, index_text, match, parse
from query.tsearch import PARTLY, UNHELD, tsquery, tsvector

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def few_are_recent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the walk through recent stories end after four, so that others are looked up too."""
    monkeypatch.setattr("archive.indexing.tsearch._RECENT", 4)


def both_find(
    one: Connection, other: Connection, told: dict[int, Story], question: str
) -> list[int]:
    """Return what both archives find, newest first, which is what the matcher takes."""
    query = compiled(question)
    matched = [number for number, said in told.items() if match(query, document(said))]
    wanted = sorted(matched, reverse=True)
    assert paged(one, query) == wanted, f"SQLite: {question}"
    assert paged(other, query) == wanted, f"PostgreSQL: {question}"
    return wanted


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False))
def test_matcher_sqlite_and_postgresql_agree(
    new_archive: Callable[[], Archive], new_file: Callable[[], Archive], chance: random.Random
) -> None:
    """For every story revision and question all three say the same, in the same order."""
    told: dict[int, Story] = {}
    archive, sqlite = new_archive(), new_file()
    with archive.write() as db, sqlite.write() as file:
        asked.open_events(db)
        asked.open_events(file)
        for number in range(1, 9):
            told[number] = asked.telling(chance, f"key-{number}")
            assert put(file, told[number]) == put(db, told[number]) == number
        for number in chance.sample(sorted(told), 3):
            told[number] = as_revised(told[number], asked.telling(chance, told[number].key))
            assert revise(file, number, told[number]) == revise(db, number, told[number]) == 2
        for _ in range(12):
            question = asked.question(chance, list(told.values()))
            try:
                both_find(file, db, told, question)
            except QueryError as error:
                assert "reading every story" in str(error)  # noqa: PT017 - few are refused
    archive.close()
    sqlite.close()


def test_five_witnesses_agree(
    new_archive: Callable[[], Archive], new_file: Callable[[], Archive]
) -> None:
    """Matcher, percolator, both databases and a naive evaluator agree on hundreds of cases."""
    chance = random.Random(20092018)
    for _ in range(5):
        tellings = [telling(chance) for _ in range(14)]
        archives = {"SQLite": new_file(), "PostgreSQL": new_archive()}
        with ExitStack() as opened:
            dbs = {name: opened.enter_context(one.write()) for name, one in archives.items()}
            held = tell(list(dbs.values()), tellings, revised=3)
            all_agree(dbs, held, [a_question(chance, chance.choice(held)) for _ in range(60)])
        for archive in archives.values():
            archive.close()


@pytest.fixture
def new_file(tmp_path: Path) -> Callable[[], Archive]:
    """Give a maker of empty archives on SQLite."""
    numbers = count(1)
    return lambda: open_archive(f"sqlite:///{tmp_path}/archive-{next(numbers)}.db")


#: 10,000 words of 104 letters
HUGE = [
    "".join(four) * 26 for four in islice(product("abcdefghijklmnopqrstuvwxyz", repeat=4), 10_000)
]
LONG = {
    # 300 times the same letter, and more words than PostgreSQL has positions for
    "th": "ท่าเรือ" + "การ" * 300 + " ข้อมูลจีนอาเซียน",
    "zh": "中国的" * 300 + "东盟信息港。" + "的" * 600 + "论坛",
    "en": "harbor " + "of and the " * 6_000 + "information harbor platform",
    "many": " ".join(f"kata{number}" for number in range(20_000)) + " pelabuhan informasi",
    "huge": " ".join(HUGE) + " akhir teks",
    "token": "a" * 3_000 + " " + "ж" * 3_000 + " ujung",
}
QUESTIONS = [
    "ข้อมูล",
    '"การข้อมูล"',
    "ท่าเรือ NEAR/3 ข้อมูล",
    "东盟信息港",
    "title:论坛",
    "body:论坛",
    "论坛 -东盟",
    '论坛 -"东盟的"',
    '"信息港的"',
    '"的论坛"',
    '"information harbor"',
    '"harbor information"',
    "information ONEAR/2 platform",
    "harbor NEAR/24 of",
    "harbor NEAR/1000 information",
    'harbor -"harbor of"',
    'platform -"harbor platform"',
    '"pelabuhan informasi"',
    "title:pelabuhan body:informasi",
    "pelabuhan NEAR/100 akhir",
    '"akhir teks"',
    "akhir -teks",
    f"{HUGE[5_000][:90]}*",
    f'"{HUGE[5_000]} {HUGE[5_001]}"',
    f'"{HUGE[5_000]} {HUGE[5_002]}"',
    '"kata19999 pelabuhan"',
    f"{'a' * 3_000}",
    f"{'a' * 2_999}",
    f"{'a' * 2_000}*",
    f"{'a' * 500}",
    f"{'a' * 499}*",
    f"ujung -{'a' * 3_000}",
    f"ujung -{'a' * 700}",
    "=Pelabuhan NEAR/50 informasi",
    "kata1999* kata2*",
    "kata NEAR/1000 informasi",
    " OR ".join(f'"kata{n} kata{n + 1}"' for n in range(19_000, 19_999)),
    " OR ".join(f"(kata{n} NEAR/9 informasi)" for n in range(19_000, 19_999)),
]


@pytest.fixture(scope="module")
def long_texts(
    server, empty, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Archive, Archive, dict[int, Story]]:
    """Give archives on both databases with stories beyond the limits of a tsvector."""
    opened = open_archive(server.address(server.make(empty)))
    file = open_archive(f"sqlite:///{tmp_path_factory.mktemp('long')}/archive.db")
    told = {}
    with opened.write() as db, file.write() as other:
        for name, body in [*LONG.items(), ("short", "Pelabuhan informasi, akhir teks.")]:
            said = story(name, f"Berita {name} pelabuhan", body)
            told[put(db, said)] = said
            put(other, said)
    yield opened, file, told
    opened.close()
    file.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda text: text[:30])
def test_stories_beyond_the_limits_of_a_tsvector_are_found_alike(
    long_texts: tuple[Archive, Archive, dict[int, Story]], question: str
) -> None:
    """A text with more positions, words or letters than PostgreSQL holds is found as any other."""
    opened, file, told = long_texts
    with opened.read() as db, file.read() as other:
        both_find(other, db, told, question)


def test_what_a_tsvector_cannot_hold_is_marked(
    long_texts: tuple[Archive, Archive, dict[int, Story]],
) -> None:
    """Only stories that meet a limit are verified; the others are answered by the index alone."""
    opened, _, told = long_texts
    with opened.read() as db:
        rows = db.execute(text("SELECT story, whole, length(words) AS n FROM story_text")).all()
    names = {row.story: told[row.story].key for row in rows}
    assert {names[row.story] for row in rows if row.whole} == {"token", "short"}
    assert {names[row.story] for row in rows if row.n == 2} == {"huge"}


@pytest.mark.parametrize(
    "written",
    ["d'été", "back\\slash", "''", "\\", "a:b", "a & b | !c", "(x) <-> y", "x:*A", "'x':1", "\\'"],
)
def test_no_sign_of_a_literal_is_taken_for_one(archive: Archive, written: str) -> None:
    """Quotes, backslashes and operators inside a token reach PostgreSQL as they are."""
    with archive.read() as db:
        held = tsvector(written, "x")
        asked_for = tsquery(index_query(parse("x")).ask)
        found = db.execute(
            text("SELECT tsvector_to_array(CAST(:held AS tsvector)), CAST(:asked AS tsquery)"),
            {"held": held.text, "asked": asked_for.text},
        ).one()
    assert set(found[0]) == {*written.split(), "x"}


def test_any_heap_of_signs_is_answered_alike(
    archive: Archive, new_file: Callable[[], Archive]
) -> None:
    """Quotes, NUL, half letters and direction marks thrown together are refused or found by both."""
    chance, sqlite = random.Random(21092018), new_file()
    with archive.write() as db, sqlite.write() as file:
        held = tell([db, file], [telling(chance) for _ in range(8)], revised=2)
        told = list(enumerate(map(as_document, held), 1))
        for _ in range(400):
            typed = "".join(chance.choices(TYPED, k=chance.randint(1, 12)))
            try:
                query = asked_for(typed)
                here, there = paged(file, query), paged(db, query)
            except QueryError:
                continue
            assert here == there == [n for n, one in told if match(query, one)][::-1], typed
    sqlite.close()


TYPED = [
    "ASEAN",
    "中国",
    "น้ำ",
    "ລາວ",
    "5G",
    "kerja",
    *['"', "(", ")", "-", "*", "=", "~", "{2}", "'"],
]
TYPED += ["OR", "NOT", "NEAR/3", "title:", "outlet:", "source:a/", "author:", "lang:id", "@harbor"]
TYPED += ["\x00", "\ud800", "\u202e", "\ufeff", "\u2060", "\\", "%", "_", ":", *[" "] * 12]


def test_marks_are_never_tokens() -> None:
    """No text can hold the marks by which a story that is not held whole is known."""
    assert index_text(f"a{PARTLY}b {UNHELD} c") == "a b c"
