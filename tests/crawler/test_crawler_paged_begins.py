"""Where a story on several pages begins: a listed further page leads to its first, over HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from crawling import Crawl
from paged_server import Served, place_of
from sqlalchemy import select
from test_crawler_paged_ends import last_line

from archive import Archive, open_archive
from archive.tables import addresses, revisions, stories, story_keys
from crawler.replay import replay
from news import PlayedClock

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
def catalogue(served: Served, tmp_path: Path) -> Path:
    """The outlets of the wide press that page their stories, without patterns of addresses."""
    return served.write_catalogue(tmp_path / "catalogue")


def show(served: Served, host: str, *links: str) -> None:
    """Show addresses in an outlet's feed."""
    items = "".join(
        f"<item><title>T {n}</title><link>{escape(link)}</link></item>"
        for n, link in enumerate(links)
    )
    feed = f"<rss version='2.0'><channel><title>S</title>{items}</channel></rss>"
    served.say(f"{host}/feed/", feed.encode(), kind="application/rss+xml")


def held(archive: Archive) -> list[tuple[str, int, str]]:
    """Return address, revision and text of what is archived."""
    said = select(stories.c.address, revisions.c.number, revisions.c.body)
    with archive.read() as db:
        joined = said.join(revisions, revisions.c.story == stories.c.id)
        return [tuple(row) for row in db.execute(joined.order_by(stories.c.id))]


def keys(archive: Archive) -> int:
    with archive.read() as db:
        return len(db.scalars(select(story_keys.c.key)).all())


async def test_a_listed_further_page_is_its_story(
    crawl: Started, served: Served, tmp_path: Path
) -> None:
    """In every language and form of address one story is told, whole, whichever page is listed.

    Listed alone the second page brings the story, beside its first nothing new;
    replay gives the same.
    """
    told = served.stories()
    for number, (name, page) in enumerate(told.items()):
        served.tell(page)
        both = (page.address, page.further[0]) if number % 2 else (page.further[-1],)
        show(served, name, *both)
    program = crawl(clock=PlayedClock(NOON), CONCURRENT_REQUESTS_PER_DOMAIN=8)
    report = await program.poll()
    assert report.errors == 0
    found = held(program.tools.archive)
    assert sorted(address for address, _, _ in found) == sorted(
        page.address for page in told.values()
    )
    bodies = {address: body for address, _, body in found}
    for page in told.values():
        whole = bodies[page.address]
        assert all(last_line(page, part) in whole for part in range(len(page.gold.parts)))
    # Those that differ in a field of their query have one key from the start.
    assert keys(program.tools.archive) > len(told)
    with program.tools.archive.read() as db:
        assert set(db.scalars(select(addresses.c.state))) == {"fetched"}
    target = open_archive(f"sqlite:///{tmp_path / 'again.db'}")
    await replay(program.tools, target)
    assert held(target) == found
    target.close()


@pytest.mark.parametrize("status", [404, 500])
async def test_a_first_page_that_fails_takes_nothing(
    crawl: Started, served: Served, status: int
) -> None:
    """Where the first page does not answer, the listed one is what there is."""
    page = served.stories()["monsoonreview"]
    served.tell(page)
    served.say(place_of(page.address), status=status)
    show(served, page.outlet, page.further[-1])
    program = crawl("monsoonreview", clock=PlayedClock(NOON))
    report = await program.poll()
    assert report.errors == 0
    ((_, _, body),) = held(program.tools.archive)
    assert last_line(page, -1) in body


async def test_pages_that_lead_to_each_other_end(crawl: Started, served: Served) -> None:
    """Each page names the one before as its beginning, without end: some are asked for, then none."""
    text = "<p>The harbour office counted the boats again on Tuesday and found them all there.</p>"
    for number in range(2, 40):
        before = f'<link rel="prev" href="/n/4711/the-boats/{number - 1 if number > 2 else 39}">'
        served.say(
            f"monsoonreview/n/4711/the-boats/{number}",
            f"<title>Boats</title>{before}{text * 3}".encode(),
        )
    base = f"http://monsoonreview.localhost:{served.port}"
    show(served, "monsoonreview", f"{base}/n/4711/the-boats/30")
    program = crawl("monsoonreview", clock=PlayedClock(NOON))
    report = await program.poll()
    assert report.errors == 0
    assert len(held(program.tools.archive)) == 1
    assert len(served.asked) < 40


async def test_a_pager_of_other_things_is_left(crawl: Started, served: Served) -> None:
    """A pager below a story that turns the pages of a list ends with the first page that tells it again."""
    page = served.stories()["monsoonreview"]
    served.tell(page)
    lines = "".join(f"<p>{escape(line)}</p>" for line in page.gold.body.split("\n"))
    for number in range(1, 20):
        links = "".join(f'<li><a href="/s/{number}{n}">Other story {n}</a></li>' for n in range(9))
        pager = f'<div><ul>{links}</ul><a href="?page={number + 1}">{number + 1}</a></div>'
        body = f"<title>A</title><article><h1>A</h1>{lines}</article>{pager}".encode()
        served.say(place_of(page.address) + (f"?page={number}" if number > 1 else ""), body)
    program = crawl("monsoonreview", clock=PlayedClock(NOON))
    await program.poll()
    asked = [one for one in served.asked if place_of(page.address) in one]
    assert asked == [place_of(page.address), place_of(page.address) + "?page=2"]
    ((_, _, body),) = held(program.tools.archive)
    assert body.count(page.gold.parts[0].split("\n")[0]) == 1
