"""Exports that have not all say so."""

from pathlib import Path

import pytest
from archive_tellings import put, story
from starlette.requests import Request

from archive import open_archive
from harborwatch.web.access import Access, Visitor
from harborwatch.web.asking import Ask
from harborwatch.web.files import Files
from harborwatch.web.site import open_site
from harborwatch.web.visiting import Visit
from harborwatch.web.wording import wording
from harborwatch.web_config import Passwords
from news import SystemClock


@pytest.mark.parametrize(("most", "cut"), [(1, "1"), (2, None), (3, None)])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "ris"])
def test_a_cut_export_says_so(tmp_path: Path, kind: str, most: int, cut: str | None) -> None:
    """Where more was found than an export holds, a header says after how many it ends."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        for name in ("one", "two"):
            put(db, story(name, f"Forum {name}", f"The forum of {name} opens in Nanning."))
    site = open_site(tmp_path, archive, SystemClock(), Access(Passwords(), b"x"), "")
    request = Request({"type": "http", "method": "GET", "path": f"/search.{kind}", "headers": [],
                       "query_string": b"q=forum", "server": ("127.0.0.1", 80),
                       "scheme": "http"})  # fmt: skip
    ask = Ask(wording=wording("en"), visitor=Visitor(role="reader"), query={"q": "forum"})
    said = Files(site, most).export(kind, Visit(request=request, ask=ask))
    assert said.headers.get("X-Harborwatch-Cut") == cut
    archive.close()
