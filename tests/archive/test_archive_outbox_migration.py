"""An archive of an older version keeps its outbox."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from archive_tellings import NOON
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from archive import open_archive
from archive.migrating import FOLDER
from archive.telling import outbox


def test_what_waited_before_parts_waits_after(tmp_path: Path) -> None:
    """Deliveries of an archive from before parts stay open, as the one part of a mail."""
    address = f"sqlite:///{tmp_path / 'archive.db'}"
    engine = create_engine(address)
    with engine.begin() as db:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = db
        command.upgrade(config, "0004")
        db.execute(text("INSERT INTO subscribers (id, data, origin) VALUES ('ani', '{}', 'file')"))
        db.execute(
            text(
                "INSERT INTO digests (id, subscriber, slot, at, subject, text, html) "
                "VALUES (1, 'ani', 'pagi', '2018-09-20 00:00:00', 's', 't', 'h')"
            )
        )
        for number, state in enumerate(("sent", "open", "dead"), 1):
            db.execute(
                text(
                    "INSERT INTO deliveries (id, digest, channel, address, message_id, message, "
                    "state, attempts, next_try_at, created_at, error) VALUES (:n, 1, 'mailbox', "
                    ":to, :id, 'isi', :state, 0, '2018-09-20 00:00:00', '2018-09-20 00:00:00', '')"
                ),
                {"n": number, "to": f"{state}@desk.example", "id": f"<{number}>", "state": state},
            )
    engine.dispose()
    archive = open_archive(address)
    with archive.write() as db:
        assert outbox.count(db) == {"sent": 1, "open": 1, "dead": 1}
        claimed = outbox.claim(db, NOON, NOON - NOON)
        assert claimed is not None
        assert (claimed.message_id, claimed.form, claimed.part, claimed.parts) == (
            "<2>",
            "mail",
            1,
            1,
        )
        copied = "INSERT INTO deliveries (digest, channel, address, part, message_id, message, "
        copied += "state, attempts, next_try_at, created_at, error) SELECT digest, channel, "
        copied += "address, :part, message_id, message, state, attempts, next_try_at, created_at, "
        copied += "error FROM deliveries WHERE id = 1"
        db.execute(text(copied), {"part": 2})
        with pytest.raises(IntegrityError):
            db.execute(text(copied), {"part": 2})
    archive.close()
