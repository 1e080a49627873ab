"""Sources as a page: their days beside what is expected, page by page, never too heavy."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from archive_tellings import NOON
from sqlalchemy import insert
from web_server import Server, serving

from archive import open_archive
from archive.collecting import pulses, sources
from archive.collecting.pulses import Learnt
from archive.tables import polls
from crawler import catalogue
from crawler.places import SHIPPED
from news import Pulse

#: stories that each source brought on the last days, the last one today
BROUGHT = (4, 0, 7, 12)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A home with every source of the shipped catalogue, visited on four days."""
    home = tmp_path_factory.mktemp("sources")
    every = [one for outlet in catalogue.load([SHIPPED]).values() for one in outlet.sources]
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    learnt = Learnt(until=NOON, pulse=Pulse(stories=40.0, hours=96.0))
    with archive.write() as db:
        sources.synchronise(db, every, NOON)
        rows = [
            {"source": one.id, "started_at": NOON - timedelta(days=3 - n), "outcome": "good", "new": new, "seen": new}
            for one in every for n, new in enumerate(BROUGHT)
        ]  # fmt: skip
        db.execute(insert(polls), rows)
        for one in every:
            pulses.save(db, one.id, learnt)
        db.execute(sources.sources.update().values(last_poll_at=NOON, last_outcome="good"))
    archive.close()
    with serving(home) as server:
        yield server


def test_every_source_stands_on_one_page_of_the_list(desk: Server) -> None:
    """Going on page by page shows each source of the catalogue once, each page under 100 KB."""
    seen: list[str] = []
    path = "/sources"
    while path:
        said = desk.get(path)
        assert len(said.body) < 100_000
        seen += said.page.xpath("//table[@class='sources']//th/a/text()")
        path = next(iter(said.page.xpath("//a[@rel='next']/@href")), "")
    every = [one.id for outlet in catalogue.load([SHIPPED]).values() for one in outlet.sources]
    assert sorted(seen) == sorted(every)


def test_days_stand_beside_what_is_expected(desk: Server) -> None:
    """What came is told by day; what was to be expected, only since the first visit."""
    days = desk.get("/api/sources").json["days"]
    assert len(days) == 100
    for one in days.values():
        assert one["new"] == [0] * 10 + list(BROUGHT)
        assert len(one["expected"]) == 4
        assert all(n > 0 for n in one["expected"])
    drawn = desk.get("/sources").page.xpath("//svg[@class='spark']")
    assert len(drawn) == 100
    assert all(one.get("aria-label").startswith("23 new stories in 14 days; ") for one in drawn)
