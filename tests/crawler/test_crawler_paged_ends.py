"""Where a story on several pages ends: at its last, at one that fails, at what is no page of it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawling import Crawl
from paged_server import Served
from sqlalchemy import select

from archive.collecting import hosts
from archive.tables import addresses, mentions, pages, revisions
from harborwatch.press.wide import GoldPage
from news import PlayedClock

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
def catalogue(served: Served, tmp_path: Path) -> Path:
    """The outlets of the wide press that page their stories, in ten languages."""
    return served.write_catalogue(tmp_path / "catalogue")


def program_of(crawl: Started, *outlets: str, **changed: object) -> Crawl:
    return crawl(*outlets, clock=PlayedClock(NOON), **changed)


async def again(program: Crawl, seconds: float) -> None:
    """Poll when that much time has passed."""
    clock = program.tools.clock
    assert isinstance(clock, PlayedClock)
    clock.advance(clock.now() + timedelta(seconds=seconds))
    report = await program.poll()
    assert report.errors == 0


async def before_news(program: Crawl, served: Served, page: GoldPage) -> None:
    """Poll once, so that what is shown from now on is news and is looked at again."""
    served.show(page.outlet, page.address.rpartition("/")[0] + "/old-news-of-last-week", "Old")
    await program.poll()


def told(program: Crawl) -> list[tuple[int, str]]:
    """Return number and text of every revision."""
    with program.tools.archive.read() as db:
        rows = db.execute(select(revisions).order_by(revisions.c.story, revisions.c.number))
        return [(row.number, row.body) for row in rows]


def kept(program: Crawl) -> int:
    with program.tools.archive.read() as db:
        return len(db.scalars(select(pages.c.id)).all())


def detail(program: Crawl, outlet: str) -> str:
    with program.tools.archive.read() as db:
        return db.scalars(select(addresses.c.detail).where(addresses.c.outlet == outlet)).one()


def last_line(page: GoldPage, part: int) -> str:
    return page.gold.parts[part].splitlines()[-1][-20:]


async def test_a_failing_page_keeps_what_came(crawl: Started, served: Served) -> None:
    """In every language a story whose second page fails is its first one; mended, it is whole."""
    stories = served.stories()
    places = {name: served.tell(page) for name, page in stories.items()}
    held = {place: served.pages[place] for told in places.values() for place in told}
    for told_at in places.values():
        served.say(told_at[1], status=500)
    program = program_of(crawl, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    report = await program.poll()
    assert report.errors == 0
    assert report.stored == len(stories)
    for name in stories:
        assert detail(program, name).startswith("1 of more pages: HTTP 500 at "), name
    with program.tools.archive.read() as db:
        assert not db.scalars(select(mentions.c.topic)).all()
    served.pages.update(held)
    await again(program, 4 * 3600)
    assert [number for number, _ in told(program)] == [1, 2] * len(stories)
    with program.tools.archive.read() as db:
        assert set(db.scalars(select(mentions.c.topic))) == {"caih"}
    assert {detail(program, name) for name in stories} == {""}


async def test_the_third_page_fails_alone(crawl: Started, served: Served) -> None:
    """What came before a failing page is kept, and the address says how much it was."""
    page = served.stories()["monsoonreview"]
    places = served.tell(page)
    served.say(places[2], status=404)
    program = program_of(crawl, "monsoonreview")
    await program.poll()
    ((_, body),) = told(program)
    assert last_line(page, 1) in body
    assert last_line(page, 2) not in body
    assert detail(program, "monsoonreview").startswith("2 of more pages: HTTP 404 at ")


async def test_a_whole_story_is_known_again(crawl: Started, served: Served) -> None:
    """Looked at again it is unchanged; a change on its last page alone makes a revision."""
    page = served.stories()["monsoonreview"]
    program = program_of(crawl, "monsoonreview")
    await before_news(program, served, page)
    places = served.tell(page)
    await again(program, 3600)
    await again(program, 4 * 3600)
    assert served.asked.count(places[2]) == 2
    assert kept(program) == 1
    _, last, _, kind = served.pages[places[2]]
    served.say(places[2], last.replace(b"</p>", b" It was corrected on Friday.</p>", 2), kind=kind)
    await again(program, 24 * 3600)
    assert [number for number, _ in told(program)] == [1, 2]
    assert "corrected on Friday" in told(program)[1][1]


async def test_a_revision_does_not_lose_its_end(crawl: Started, served: Served) -> None:
    """A whole story that changed and fails on its second page waits until it comes whole."""
    page = served.stories()["monsoonreview"]
    program = program_of(crawl, "monsoonreview")
    await before_news(program, served, page)
    places = served.tell(page)
    await again(program, 3600)
    changed = page.body.replace(b"</p>", b" It was corrected on Friday.</p>", 3)
    assert changed != page.body
    second = served.pages[places[1]]
    served.say(places[0], changed)
    served.say(places[1], status=503)
    await again(program, 4 * 3600)
    assert len(told(program)) == 1
    served.pages[places[1]] = second
    await again(program, 3600)
    assert [number for number, _ in told(program)] == [1, 2]
    assert "corrected on Friday" in told(program)[1][1]
    assert last_line(page, 2) in told(program)[1][1]


@pytest.mark.parametrize(
    ("to", "says"), [("{first}", ""), ("http://elsewhere.localhost:{port}/", "led to http://else")]
)
async def test_a_page_that_leads_away_ends_the_story(
    crawl: Started, served: Served, to: str, says: str
) -> None:
    """Back to the first page is the end; another host gives no page, and it is said."""
    page = served.stories()["tinbienso"]
    places = served.tell(page)
    served.say(places[1], status=302, to=to.format(first=page.address, port=served.port))
    served.say("elsewhere/", b"<p>An advertisement. " * 50)
    program = program_of(crawl, "tinbienso")
    await program.poll()
    ((_, body),) = told(program)
    assert last_line(page, 0) in body
    assert says in detail(program, "tinbienso")
    assert bool(says) == bool(detail(program, "tinbienso"))
    assert places[2] not in served.asked


async def test_an_endless_pager_has_an_end(crawl: Started, served: Served) -> None:
    """Thirty pages are read at most, at the host's pace; robots.txt holds for them too."""
    for name in ("pahayagan", "lintasdetik"):
        page = served.stories()[name]
        (first, *_), (second, *_) = served.tell(page), page.further
        form = second.removesuffix("2")
        for number in range(1, 50):
            body = page.body.replace(
                b"</article>", f'<a href="{form}{number + 1}">{number + 1}</a></article>'.encode()
            )
            place = first if number == 1 else f"{name}{form.split(str(served.port))[1]}{number}"
            served.say(place, body.replace(b"</p>", f" ({number} {number})</p>".encode()))
    served.say("lintasdetik/robots.txt", b"User-agent: *\nDisallow: /*/2$\n", kind="text/plain")
    program = program_of(crawl, "pahayagan", "lintasdetik", HARBORWATCH_PACE=2.0)
    await program.poll()
    asked = [place for place in served.asked if "robots" not in place and "feed" not in place]
    assert len(asked) == len(set(asked))
    assert len([place for place in asked if place.startswith("pahayagan")]) == 30
    assert len([place for place in asked if place.startswith("lintasdetik")]) == 1
    assert detail(program, "lintasdetik").startswith("1 of more pages: ")
    assert len(told(program)) == 2
    with program.tools.archive.read() as db:
        free_at = hosts.free_at(db, f"pahayagan.localhost:{served.port}")
    assert free_at is not None
    assert free_at >= NOON + timedelta(seconds=2 * 30)


async def test_killed_between_two_pages(
    crawl: Started, served: Served, catalogue: Path, tmp_path: Path
) -> None:
    """A program that dies between two pages loses nothing: the next one reads the story, once."""
    page = served.stories()["khaoruam"]
    places = served.tell(page)
    program = crawl("khaoruam", clock=PlayedClock(datetime.now(UTC) + timedelta(hours=1)))
    kill_at(served, places[1], f"sqlite:///{tmp_path / 'archive.db'}", str(catalogue))
    assert told(program) == []
    await program.poll()
    ((_, body),) = told(program)
    assert all(last_line(page, part) in body for part in range(3))


def kill_at(served: Served, place: str, *given: str) -> None:
    """Run a second program and kill it when it waits for the answer from an address."""
    came, dead = threading.Event(), threading.Event()

    def wait(asked: str) -> None:
        if asked == place:
            came.set()
            dead.wait(30)

    served.before = wait
    script = Path(__file__).with_name("second_program.py")
    command = [sys.executable, str(script), *given, "0", place.split("/", maxsplit=1)[0]]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as dying:
        assert came.wait(30)
        dying.send_signal(signal.SIGKILL)
    dead.set()
    served.before = lambda asked: None
