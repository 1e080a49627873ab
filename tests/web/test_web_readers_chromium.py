"""What readers do by the links of their mails, in a real browser."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_tellings import ANI, NOON, put, story, subscribe
from browser import CHROMIUM
from test_web_chromium import tab_of, text
from web_server import serving

from alerts.links import Links
from archive import Archive, open_archive
from archive.keeping import matches
from archive.keeping.matches import Found
from archive.telling import feedback, unsubscriptions
from harborwatch.secret_files import signer_of
from news import Target

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt install chromium)"),
]
PUBLIC = "https://n.example"


async def test_a_reader_unsubscribes_from_a_mail(tmp_path: Path) -> None:
    """A mail's link shows what would end; the button ends it, and takes it back; so does a vote."""
    (tmp_path / "harborwatch.toml").write_text(f'[web]\npublic_url = "{PUBLIC}"\n', "utf-8")
    target = Target(channel="mail", address="ani@desk.example")
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        subscribe(db, replace(ANI, targets=(target,)))
        number = put(db, story("forum", "Forum opens", "Forum opens in Nanning."))
        mine = Found(subscriber="ani", watch=ANI.watches[0].name, story=number, revision=1,
                     sentence="", hits=())  # fmt: skip
        matches.settle(db, number, 1, [mine], NOON)
    links = Links(url=PUBLIC, signer=signer_of(tmp_path), now=datetime.now(UTC))
    stop, vote = (
        one.removeprefix(PUBLIC)
        for one in (links.unsubscribe("ani", target), links.feedback("ani", number))
    )
    submit = "document.querySelector('main form').requestSubmit()"
    with serving(tmp_path, HARBORWATCH_WEB_PASSWORD="a harbor at night") as server:
        async with tab_of(tmp_path) as tab:
            await tab.open(f"{server.address}{stop}")
            assert "ani@desk.example" in await text(tab, "main")
            assert _said_no(archive) == {}
            await tab.leaving(submit)
            assert set(_said_no(archive)) == {"ani"}
            assert await text(tab, "main [role=status]")
            await tab.leaving(submit)
            assert _said_no(archive) == {}
            await tab.open(f"{server.address}{vote}&say=no")
            assert "Forum opens" in await text(tab, "main strong")
            await tab.leaving("document.querySelector('main button[value=no]').click()")
            with archive.read() as db:
                (verdict,) = feedback.verdicts(db).values()
            assert (verdict.relevant, verdict.not_relevant) == (0, 1)
    archive.close()


def _said_no(archive: Archive) -> dict[str, object]:
    with archive.read() as db:
        return dict(unsubscriptions.said_no(db))
