"""Sources that say nonsense: each is told by its name, nothing false is taken in, nothing true lost."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from made_outlet import BEGIN, Site, told
from paged_server import paged_server

pytestmark = pytest.mark.long

Made = Callable[..., Site]
DAY = timedelta(days=1)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Made]:
    with paged_server() as served:
        async with AsyncExitStack() as closing:

            def made(*ways: tuple[str, str]) -> Site:
                site = Site(served, tmp_path, ways or [("feed", "/feed/")])
                closing.callback(site.tools.archive.close)
                closing.push_async_callback(site.tools.workers.close)
                return site

            yield made


async def test_ids_given_twice_or_not_at_all(site: Made) -> None:
    """An id is a hint: stories of one id, or of none, are told apart by their addresses."""
    made = site()
    some = told(1, 6, BEGIN - DAY)
    made.pages(some)
    ids = (
        "<guid isPermaLink='false'>7</guid>",
        "<guid isPermaLink='false'>7</guid>",
        "",
        "<guid/>",
        "",
        "",
    )
    items = [
        f"<item><title>{one.title}</title><link>{made.base}{one.path}</link>{mark}</item>"
        for one, mark in zip(some, ids, strict=True)
    ]
    made.items([*items, items[0]])
    await made.poll()
    assert sorted(made.stored()) == sorted(one.path for one in some)


async def test_no_dates(site: Made) -> None:
    """A feed without dates is read like any other; what is new in it is news."""
    made = site()
    first = told(1, 6, BEGIN - DAY)
    made.feed(first, dates=False)
    await made.poll()
    made.feed([*told(7, 2, BEGIN), *first], dates=False)
    await made.poll(2)
    assert len(made.stored()) == 8
    assert len(made.stored(history=False)) >= 2
    assert made.gaps() == []


async def test_dates_to_come(site: Made) -> None:
    """A date in the future is no reason to wait, to lose a story, or to see a gap."""
    made = site()
    first = told(1, 6, BEGIN + 30 * DAY)
    made.feed(first)
    await made.poll()
    made.feed([*told(7, 2, BEGIN + 300 * DAY), *first])
    await made.poll(2)
    assert len(made.stored()) == 8
    assert made.source("feed").due_at - made.clock.now() <= timedelta(hours=6)
    assert made.gaps() == []


async def test_a_page_where_a_feed_was(site: Made) -> None:
    """A web page in the feed's place is unreadable, told once, and its end is told too."""
    made = site()
    made.feed(told(1, 6, BEGIN - DAY))
    await made.poll()
    made.served.say("made/feed/", b"<html><body>Welcome</body></html>")
    for _ in range(3):
        await made.poll(1)
    assert made.last("feed").outcome == "unreadable"
    made.feed(told(2, 6, BEGIN - DAY))
    await made.poll(1)
    (notice,) = made.notices()
    assert notice.kind == "failing"
    assert "HTML where a feed was expected" in notice.detail
    assert notice.ended_at is not None


@pytest.mark.parametrize("how", ["hosts", "language"])
async def test_a_domain_that_was_sold(site: Made, how: str) -> None:
    """Another site's stories in a feed's place are told and not taken in; the outlet's own are again."""
    made = site()
    own = told(1, 8, BEGIN - DAY)
    made.feed(own)
    await made.poll()
    words = "Najlepsze kasyno online z bonusem dla nowych graczy w Polsce numer {}"
    zh = "新的在线娱乐平台为玩家提供优惠第{}号"
    base = "http://casino.localhost" if how == "hosts" else made.base
    text = words if how == "hosts" else zh
    made.items([
        f"<item><title>{text.format(n)}</title><link>{base}/x/{n}</link></item>" for n in range(900, 910)
    ])  # fmt: skip
    for _ in range(2):
        await made.poll(1)
    assert made.last("feed").outcome == "unreadable"
    assert "another site's" in made.last("feed").detail
    assert sorted(made.stored()) == sorted(one.path for one in own)
    assert [one.kind for one in made.notices()].count("another site") == 1
    made.feed([*told(9, 1, BEGIN), *own])
    await made.poll(1)
    assert len(made.stored()) == 9
    assert all(one.ended_at for one in made.notices())


async def test_a_domain_that_was_sold_to_its_like(site: Made) -> None:
    """A buyer who writes the outlet's language on its own host is told by the old stories being gone."""
    made = site()
    own = told(1, 8, BEGIN - DAY)
    made.feed(own)
    await made.poll()
    for one in own:
        made.served.say(f"made{one.path}", status=404)
    theirs = told(900, 10, BEGIN)
    made.feed(theirs)
    for _ in range(2):
        await made.poll(3)
    assert made.last("feed").outcome == "unreadable"
    assert "nothing that it showed goes on" in made.last("feed").detail
    assert len(made.stored()) == 8
    assert [one.kind for one in made.notices()].count("another site") == 1
    assert made.gaps() == []
    made.feed([*told(9, 1, BEGIN), *own])
    await made.poll(3)
    assert len(made.stored()) == 9
    assert all(one.ended_at for one in made.notices())


async def test_a_burst_is_no_other_site(site: Made) -> None:
    """Where all that is shown is new, one old story that stands vouches for the source."""
    made = site()
    own = told(1, 8, BEGIN - DAY)
    made.feed(own)
    await made.poll()
    for one in own[1:]:
        made.served.say(f"made{one.path}", status=404)
    made.feed(told(20, 10, BEGIN))
    await made.poll(3)
    assert len(made.stored()) == 18


@pytest.mark.long
async def test_a_sitemap_of_fifty_thousand(site: Made) -> None:
    """Of 50,000 addresses the newest are taken, and how many were left is written down."""
    made = site(("sitemap", "/all.xml"))
    urls = "".join(
        f"<url><loc>{made.base}/s/{n}</loc><lastmod>{(BEGIN - timedelta(hours=n)).isoformat()}</lastmod></url>"
        for n in range(50_000)
    )
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    made.served.say("made/all.xml", body, kind="application/xml")
    await made.poll()
    poll = made.last("sitemap")
    assert (poll.outcome, poll.new, poll.seen) == ("good", 5_000, 50_000)
    assert "45000 behind the first ones were not read" in poll.detail


async def test_addresses_that_change_at_every_visit(site: Made) -> None:
    """A listing whose links carry a session's number shows known stories: they are not fetched again."""
    made = site(("listing", "/latest/"))
    some = told(1, 8, BEGIN - DAY)
    made.listing(some)
    await made.poll()
    assert len(made.stored()) == 8
    for visit in range(2):
        made.listing([*told(20 + visit, 1, BEGIN), *some], session=f"/s{visit}abc")
        made.served.say(
            f"made/s{visit}abc{told(20 + visit, 1, BEGIN)[0].path}",
            told(20 + visit, 1, BEGIN)[0].page,
        )
        asked = len(made.served.asked)
        await made.poll(2)
        assert len(made.served.asked) - asked <= 3, "the listing, and the one story that is new"
    assert len(made.stored()) == 10
    assert "known by their headlines" in made.last("listing").detail
    assert made.gaps() == []
    assert [one.kind for one in made.notices()] == ["changing addresses"]


async def test_redirects_in_a_circle(site: Made) -> None:
    """A feed whose redirects never end is unreadable after a few of them."""
    made = site()
    made.served.say("made/feed/", status=302, to=f"{made.base}/there/")
    made.served.say("made/there/", status=302, to=f"{made.base}/feed/")
    await made.poll()
    poll = made.last("feed")
    assert poll.outcome == "unreadable"
    assert "redirect" in poll.detail
    assert len(made.served.asked) < 12


async def test_an_archive_saved_again(site: Made) -> None:
    """Old stories under new addresses are history, and no gap."""
    made = site()
    made.feed(told(1, 10, BEGIN - 2 * DAY))
    await made.poll()
    made.feed(told(100, 10, BEGIN - 60 * DAY))
    await made.poll(2)
    assert made.last("feed").history
    assert (
        set(made.stored(history=False)) & {one.path for one in told(100, 10, BEGIN - 60 * DAY)}
        == set()
    )
    assert made.gaps() == []


async def test_session_in_the_query(site: Made) -> None:
    """Links that end in another session's number at each visit lead to stories that are fetched once."""
    made = site(("listing", "/latest/"))
    some = told(1, 8, BEGIN - DAY)
    made.pages(some)
    for visit in range(3):
        mark = f"?sid={visit}f00d{visit}"
        for one in some:
            made.served.say(f"made{one.path}{mark}", one.page)
        links = "".join(f"<h2><a href='{one.path}{mark}'>{one.title}</a></h2>" for one in some)
        made.served.say("made/latest/", f"<html><body>{links}</body></html>".encode())
        await made.poll(2)
    assert len(made.stored()) == 8
    pages = [one for one in made.served.asked if "story-" in one]
    assert len(pages) == 8, "known by their headlines, or by their addresses without the session"
    assert made.gaps() == []


async def test_a_story_whose_redirects_never_end(site: Made) -> None:
    """A page that leads round in a circle is asked a few times in all, refused or kept waiting; the others are read."""
    made = site()
    some = told(1, 6, BEGIN - DAY)
    made.feed(some)
    bad = some[0].path
    made.served.say(f"made{bad}", status=302, to=f"{made.base}/round/")
    made.served.say("made/round/", status=302, to=f"{made.base}{bad}")
    await made.poll()
    assert sorted(made.stored()) == sorted(one.path for one in some[1:])
    asked = [one for one in made.served.asked if one in (f"made{bad}", "made/round/")]
    assert len(asked) <= 7
    await made.poll(1)
    assert made.last("feed").outcome in ("good", "unchanged")
