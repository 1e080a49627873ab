"""PostgreSQL as the archive: opened by its address alone, in order, with its own limits known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from archive_tellings import FEED, LISTING, NOON, page, put, revise, sighting, story, subscribe
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from test_archive_told_once import issue

from archive import Archive, open_archive
from archive.collecting import ledger, sightings, sources
from archive.keeping import pages, stories
from archive.searching.search import search
from archive.tables import METADATA, deliveries, facts
from archive.telling import digests
from news import ArchiveError
from query import parse

pytestmark = pytest.mark.postgres
LEASE = timedelta(minutes=10)


def test_either_address_opens_it(server, empty) -> None:
    """postgresql:// and postgresql+psycopg:// are the same archive; the password is hidden."""
    address = server.address(empty).replace("postgres@", "postgres:geheim@")
    for same in (address, address.replace("+psycopg", "")):
        archive = open_archive(same)
        assert "geheim" not in archive.address
        assert archive.address.startswith("postgresql+psycopg://")
        archive.close()


@pytest.mark.parametrize(
    ("database", "said"), [("nowhere", "does not exist"), ("latin", "LATIN1, not UTF8")]
)
def test_what_is_no_archive_is_said(server, database: str, said: str) -> None:
    """A database that cannot be an archive gives an ArchiveError with address and advice."""
    if database == "latin":
        with server.connect() as db:
            db.execute(
                "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' "
                "TEMPLATE template0"
            )
    with pytest.raises(ArchiveError, match=said):
        open_archive(server.address(database))


def test_a_server_that_is_not_there_is_said(tmp_path) -> None:
    """Where no server answers, the error names the address without its password."""
    with pytest.raises(ArchiveError, match="check that the server runs") as error:
        open_archive(f"postgresql://ani:geheim@/berita?host={tmp_path}")
    assert "/berita" in str(error.value)
    assert "geheim" not in str(error.value)


def test_the_migrations_make_the_tables(archive: Archive) -> None:
    """A new archive differs from METADATA by the full-text index only."""
    with archive.read() as db:
        differences = compare_metadata(MigrationContext.configure(db), METADATA)
    assert [one for one in differences if "story_text" not in str(one)] == []


def test_two_that_open_a_new_archive_at_once_make_it_once(server) -> None:
    """Four processes started together on an empty database all find one whole archive."""
    address, ready = server.address(server.make("template0")), Barrier(4)

    def start(_: int) -> str:
        ready.wait()
        archive = open_archive(address)
        with archive.read() as db:
            made = db.execute(select(facts.c.value)).scalar_one()
        archive.close()
        return made

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1


def test_a_reader_may_change_nothing(archive: Archive) -> None:
    """The database itself refuses what is written through a reader's connection."""
    with archive.read() as db, pytest.raises(DBAPIError, match="read-only"):
        db.execute(insert(facts).values(name="count", value="0"))


def test_every_connection_is_told_the_same(archive: Archive) -> None:
    """Writers and readers plan for their own words, in UTC, and wait no longer than on SQLite."""
    names = ("TimeZone", "lock_timeout", "plan_cache_mode", "jit", "transaction_isolation")
    told = [f"current_setting('{name}')" for name in names]
    for opened, level in ((archive.write, "read committed"), (archive.read, "repeatable read")):
        for _ in range(3):
            with opened() as db:
                row = db.execute(text(f"SELECT {', '.join(told)}")).one()
            assert tuple(row) == ("UTC", "30s", "force_custom_plan", "off", level)


def test_texts_come_in_the_order_of_code_points(archive: Archive) -> None:
    """Sources are due in SQLite's order: no text is in the server's own order."""
    ids = ["b", "B", "a-b", "a/b", "ab", "A", "ä", "z", "中", "a_b"]
    others = text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type LIKE '%char%' "
        "AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'"
    )
    with archive.write() as db:
        assert db.execute(others).all() == []
        found = [replace(FEED, id=name, address=f"https://a.example/{name}") for name in ids]
        sources.synchronise(db, found, NOON)
        assert [state.id for state in ledger.source_states(db)] == sorted(ids)
        due = sources.claim_due(db, NOON, LEASE)
        assert [one.source.id for one in due] == sorted(ids)


def test_a_nul_in_a_text_keeps_nothing_out(archive: Archive) -> None:
    """NUL, which PostgreSQL's text cannot hold, becomes another character that is never seen."""
    with archive.write() as db:
        put(db, story("1", "Pela\0buhan", "东\0盟 \\ ' \\' \\\\ '' \N{RIGHT-TO-LEFT MARK}"))
        for asked in ("pelabuhan", "东盟"):
            (found,) = search(db, parse(asked))
            assert found.story.title == "Pela\u200bbuhan"


def test_a_target_gets_a_digest_once(archive: Archive) -> None:
    """The database itself refuses a second delivery of one digest to one target."""
    with archive.write() as db:
        subscribe(db)

    def save() -> None:
        with archive.write() as db:
            digests.save(db, issue(messages=issue().messages * 2))

    with pytest.raises(IntegrityError, match="unique constraint"):
        save()
    with archive.read() as db:
        assert db.execute(select(deliveries)).all() == []


def test_the_index_is_made_anew_when_folding_changed(archive: Archive) -> None:
    """An index of another folding is rebuilt from the latest revisions at the next opening."""
    with archive.write() as db:
        first = put(db, story("1", "东盟", "信息港"))
        put(db, story("2", "อาเซียน", "ท่าเรือ"))
        revise(db, first, story("1", "论坛", "信息港"))
        db.exec_driver_sql("DROP TABLE story_text")
        db.execute(update(facts).where(facts.c.name == "folding").values(value="0"))
    again = open_archive(archive._engine.url.render_as_string(hide_password=False))
    with again.write() as db:
        assert [one.story.id for one in search(db, parse("信息"))] == [first]
        assert search(db, parse("东盟")) == []
        assert len(search(db, parse("เรือ"))) == 1
    again.close()


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Do several things in threads that start together."""
    ready = Barrier(len(tasks))

    def do(task: Callable[[], object]) -> object:
        ready.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(do, tasks))


def test_an_address_that_two_sources_show_at_once_is_one(archive: Archive) -> None:
    """Two polls that show the same 60 addresses in opposite orders count each as new once."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
    shown = [sighting(str(number)) for number in range(60)]

    def poll(source: str, *, turned: bool) -> Callable[[], object]:
        mine = [replace(one, source=source) for one in shown]

        def record() -> object:
            with archive.write() as db:
                return sightings.record(db, mine[::-1] if turned else mine, history=False)

        return record

    seen = at_once(poll(LISTING.id, turned=False), poll(FEED.id, turned=True))
    assert sorted((one.new, one.known) for one in seen) == [(0, 60), (60, 0)]
    with archive.read() as db:
        assert ledger.sums(db).seen == 60


def test_a_story_that_two_read_at_once_is_one(archive: Archive) -> None:
    """Of two writers that look for a story, find none and create it, one revises the other's."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING], NOON)
        sightings.record(db, [sighting("1")], history=False)
        kept = [pages.keep(db, page("1", bytes([number])), None) for number in range(6)]

    def store(number: int) -> Callable[[], object]:
        said = story("1", body=f"Isi {number}.", page=kept[number])

        def write() -> object:
            with archive.write() as db:
                known = stories.find(db, ("1", f"twin-{number}"))
                if known is None:
                    return stories.create(db, said)
                return stories.revise(db, known.id, known, said)

        return write

    at_once(*(store(number) for number in range(6)))
    with archive.read() as db:
        sums = ledger.sums(db)
        assert (sums.stories, sums.revisions) == (1, 5)
        assert len(search(db, parse("isi"))) == 1


def test_every_address_is_claimed_by_one(archive: Archive) -> None:
    """Four workers that claim 300 addresses a few at a time claim each once, and leave none."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING], NOON)
        shown = [sighting(str(number)) for number in range(300)]
        sightings.record(db, shown, history=False)

    def work() -> list[str]:
        mine: list[str] = []
        while True:
            with archive.write() as db:
                claimed = sightings.claim_fetches(db, NOON, LEASE, limit=7)
            if not claimed:
                return mine
            mine += [fetch.key for fetch in claimed]

    found = [key for mine in at_once(work, work, work, work) for key in mine]
    assert sorted(found) == sorted(str(number) for number in range(300))


def test_an_outlets_claims_are_bounded_over_workers(archive: Archive) -> None:
    """Four workers side by side claim no more of one outlet than its host can be asked for."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING], NOON)
        shown = [sighting(str(number)) for number in range(300)]
        sightings.record(db, shown, history=False)

    def work() -> list[str]:
        mine: list[str] = []
        for _ in range(20):
            with archive.write() as db:
                claimed = sightings.claim_fetches(db, NOON, LEASE, limit=7, each=40)
            mine += [fetch.key for fetch in claimed]
        return mine

    found = [key for mine in at_once(work, work, work, work) for key in mine]
    assert len(found) == len(set(found)) == 40
