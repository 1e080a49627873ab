"""Migrations: an archive of any version, with rows in every table, becomes today's and loses none."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from archive_filled import TEXTS, fill

from archive import open_archive
from archive.care.examining import examine
from archive.engine import HEAD, engine_of
from archive.migrating import FOLDER
from archive.searching.search import search
from archive.tables import METADATA
from query import parse

pytestmark = pytest.mark.long


def versions() -> list[str]:
    """Return every version that an archive was ever of, the first first."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def upgrade(db: sa.Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = db
    command.upgrade(config, to)


def of_version(address: str, version: str, *, since_first: bool) -> dict[str, int]:
    """Make an archive of a version with ten rows in every table; returns the rows of each.

    With `since_first` the rows are of the first version and went through all
    migrations between; what came later is filled as it came.
    """
    engine = engine_of(address)
    counts: dict[str, int] = {}
    try:
        for step in versions()[: versions().index(version) + 1]:
            with engine.begin() as db:
                upgrade(db, step)
                if since_first or step == version:
                    counts = fill(db)
    finally:
        engine.dispose()
    return counts


def check(address: str, counts: dict[str, int]) -> None:
    """Open it as today's version, and look that all is there, found and in order."""
    archive = open_archive(address)
    try:
        with archive.read() as db:
            there = {
                name: db.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()
                for name in counts
                if name in METADATA.tables
            }
            # The index writes down that it was made.
            made = {"archive_facts": counts["archive_facts"] + 1}
            kept = {name: n for name, n in counts.items() if name in METADATA.tables}
            assert {**there, "amounts": 0} == {**kept, **made, "amounts": 0}
            for number, (title, _) in enumerate(TEXTS, 1):
                found = search(db, parse(f'"{title}"'))
                assert [one.story.id for one in found] == [number], title
    finally:
        archive.close()
    found = examine(address, thorough=True)
    assert (found.version, found.damage, found.unindexed, found.strayed) == (HEAD, (), 0, 0)
    assert found.index_is_current


@pytest.mark.parametrize("since_first", [True, False], ids=["grown", "fresh"])
@pytest.mark.parametrize("version", versions())
def test_every_version_becomes_todays(version: str, since_first: bool, tmp_path: Path) -> None:
    """No row is lost, every text is found in ten languages, the file is whole."""
    address = f"sqlite:///{tmp_path}/archive.db"
    check(address, of_version(address, version, since_first=since_first))


def test_what_is_filled_is_every_table(tmp_path: Path) -> None:
    """An archive of the newest version that was filled so has rows in every table."""
    counts = of_version(f"sqlite:///{tmp_path}/archive.db", HEAD, since_first=False)
    assert counts.keys() == METADATA.tables.keys()
    assert all(counts.values())


def test_versions_are_one_row() -> None:
    """Each migration follows one other, and the newest one's number is the highest."""
    assert versions()[-1] == HEAD
    assert versions() == sorted(versions())


def test_figures_of_the_first_version_are_facts_now(tmp_path: Path) -> None:
    """What a revision said in numbers in 0001 is asked for by value today."""
    address = f"sqlite:///{tmp_path}/archive.db"
    of_version(address, "0001", since_first=True)
    archive = open_archive(address)
    with archive.read() as db:
        assert len(search(db, parse("amount>19bn CNY"))) == len(TEXTS)
        assert search(db, parse("amount>21bn CNY")) == []
    archive.close()


def test_a_migration_that_is_killed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive whose migration fails half way is of its old version, whole, and can be opened later."""
    address = f"sqlite:///{tmp_path}/archive.db"
    counts = of_version(address, "0001", since_first=True)

    def dies(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("archive.indexing.index.ensure", dies)
        with pytest.raises(KeyboardInterrupt):
            open_archive(address)
    assert examine(address).version == "0001"
    check(address, counts)
