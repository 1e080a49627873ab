"""Facts in the archive: kept whole with every revision, and made of what older archives hold."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from archive_tellings import put, revise, story
from sqlalchemy import Connection, create_engine, select, text

from archive import Archive
from archive.keeping import stories
from archive.migrating import FOLDER, migrate
from archive.tables import amounts
from news import Fact

BODY = "Sebanyak 35 proyek senilai 5-7 miliar yuan diteken di Nanning pada 11-18 September 2018."
FACTS = (
    Fact(kind="count", value=35.0, what="projects", text="35 proyek", start=9, end=18, known=True),
    Fact(kind="money", value=5e9, high=7e9, unit="CNY", text="5-7 miliar yuan", start=27, end=42),
    Fact(kind="place", value="Nanning", what="nanning", text="Nanning", start=54, end=61),
    Fact(
        kind="range",
        value="2018-09-11",
        high="2018-09-18",
        text="11-18 September 2018",
        start=67,
        end=87,
    ),
)  # fmt: skip
OLD_STORY = """
INSERT INTO sources (id, outlet, way, address, every, due_at, etag, last_modified, body_hash,
    last_outcome, last_detail, failures, dropped)
VALUES ('o/feed', 'o', 'feed', 'https://o.example/', 60, '2018-09-20', '', '', '', '', '', 0, 0);
INSERT INTO addresses (id, key, outlet, source, address, state, reason, detail, entry, history,
    first_seen_at, attempts, visits, etag, last_modified, body_hash)
VALUES (1, 'k', 'o', 'o/feed', 'https://o.example/1', 'fetched', '', '', '{}', 0, '2018-09-20',
    0, 1, '', '', '');
INSERT INTO pages (id, address_id, outlet, source, address, final_address, fetched_at, status,
    content_type, body, body_hash, etag, last_modified, entry, first_seen_at, history, state,
    reason, detail)
VALUES (1, 1, 'o', 'o/feed', 'https://o.example/1', 'https://o.example/1', '2018-09-20', 200, '',
    '', '', '', '', '{}', '2018-09-20', 0, 'stored', '', '');
INSERT INTO stories (id, outlet, country, source, address, language, published_text,
    published_zone, published_origin, published_precision, published_confidence, first_seen_at,
    history, revision, copy_kind, containment, anchors, event_score, event_because)
VALUES (1, 'o', 'ID', 'o/feed', 'https://o.example/1', 'id', '', '', '', '', 0, '2018-09-20',
    0, 2, '', 0, 0, 0, '')
"""
OLD_REVISION = text(
    "INSERT INTO revisions (story, number, page, seen_at, title, titles, body, authors, method,"
    " confidence, section, images, agency, figures)"
    " VALUES (1, :number, 1, '2018-09-20', 't', '[]', 'b', '[]', '', 0, '', '[]', '', :figures)"
)


def held_amounts(db: Connection) -> list[tuple[str, float, float]]:
    return [tuple(row)[1:] for row in db.execute(select(amounts))]


def test_facts_come_back_as_they_were_read(archive: Archive) -> None:
    """Every revision keeps its facts whole; amounts can be asked for of the latest alone."""
    with archive.write() as db:
        number = put(db, story("1", "Forum", BODY, facts=FACTS))
        assert stories.revision(db, number, 1).facts == FACTS
        assert held_amounts(db) == [("CNY", 5e9, 7e9)]
        revise(db, number, story("1", "Forum", BODY, facts=FACTS[:1]))
        assert stories.revision(db, number, 1).facts == FACTS
        assert stories.revision(db, number, 2).facts == FACTS[:1]
        assert held_amounts(db) == []


@pytest.mark.parametrize("figures", ["[]", '[{"value": 7.0, "unit": "", "text": "7 km", "start": 0, "end": 4}]'])  # fmt: skip
def test_an_older_archive_keeps_its_numbers(tmp_path: Path, figures: str) -> None:
    """What was kept as figures is facts after the migration, the amounts of the latest to be asked."""
    now = (
        '[{"value": 35.0, "unit": "", "text": "35 proyek", "start": 9, "end": 18},'
        ' {"value": 2e10, "unit": "CNY", "text": "RMB20 miliar", "start": 20, "end": 32},'
        ' {"value": 6.5, "unit": "%", "text": "6,5%", "start": 40, "end": 44}]'
    )
    engine = create_engine(f"sqlite:///{tmp_path}/old.db")
    with engine.begin() as db:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = db
        command.upgrade(config, "0004")
        for statement in OLD_STORY.split(";"):
            db.execute(text(statement))
        for number, kept in enumerate([figures, now], start=1):
            db.execute(OLD_REVISION, {"number": number, "figures": kept})
        migrate(db)
        assert len(stories.revision(db, 1, 1).facts) == figures.count("value")
        assert stories.revision(db, 1, 2).facts == (
            Fact(kind="count", value=35.0, text="35 proyek", start=9, end=18),
            Fact(kind="money", value=2e10, unit="CNY", text="RMB20 miliar", start=20, end=32),
            Fact(kind="percent", value=6.5, unit="%", text="6,5%", start=40, end=44),
        )
        assert held_amounts(db) == [("CNY", 2e10, 2e10)]
    engine.dispose()
