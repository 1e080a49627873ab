"""Several ways into one outlet: what each misses is measured, and one takes over for another."""

from datetime import timedelta

import pytest
from made_outlet import BEGIN, Site, told
from test_crawler_bad_sources import Made, site  # noqa: F401 - a fixture

from archive.collecting import source_reports
from archive.collecting.source_reports import SourceReport

pytestmark = pytest.mark.long

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WAYS = (("feed", "/feed/"), ("sitemap", "/news.xml"))


def reports(made: Site) -> dict[str, SourceReport]:
    with made.tools.archive.read() as db:
        return {one.state.id: one for one in source_reports.reports(db, made.clock.now())}


async def days(made: Site, count: int, *, missed: int = 0) -> None:
    """Let both ways show the same stories for some days; the feed misses the first of each day."""
    every = told(1, 10, BEGIN - DAY)
    for day in range(count):
        every = [*told(11 + 8 * day, 8, BEGIN + day * DAY, HOUR), *every]
        hidden = {one.number for one in every if (one.number - 11) % 8 < missed}
        made.feed([one for one in every if one.number not in hidden][:20])
        made.sitemap(every[:20])
        await made.poll(24)


async def test_a_way_that_shows_no_more_stands_by_and_takes_over(site: Made) -> None:  # noqa: F811
    """A sitemap that shows what the feed shows is asked rarely, and at once when the feed is shut."""
    made = site(*WAYS)
    await days(made, 5)
    assert reports(made)["made/sitemap"].state.standby
    assert not reports(made)["made/feed"].state.standby
    assert made.source("sitemap").due_at - made.clock.now() >= timedelta(hours=5)
    made.served.say("made/feed/", status=403)
    for _ in range(2):
        await made.poll(1)
    assert made.source("feed").failures == 2
    assert not made.source("sitemap").standby
    told_of = {one.kind: one.detail for one in made.notices()}
    assert told_of == {"blocked": "HTTP 403", "taken over": "by made/sitemap"}
    new = told(900, 3, made.clock.now())
    made.sitemap(new)
    await made.poll(1)
    assert {one.path for one in new} <= set(made.stored(history=False))
    made.feed([*new, *told(1, 8, BEGIN)])
    await made.poll(1)
    assert all(one.ended_at for one in made.notices()), "recovered, and told so"
    assert reports(made)["made/feed"].state.state == "good"


async def test_what_a_way_misses_is_measured(site: Made) -> None:  # noqa: F811
    """A feed that leaves out one story in eight misses that share, and its sitemap never stands by."""
    made = site(*WAYS)
    await days(made, 5, missed=1)
    made.clock.advance(made.clock.now() + 7 * HOUR)
    found = reports(made)
    feed, sitemap = found["made/feed"].showing, found["made/sitemap"].showing
    assert feed is not None
    assert sitemap is not None
    # Five of 40, and the oldest of the first day's: what the feed left out pushed it off.
    assert (feed.all, sitemap.shown) == (50, 50)
    assert feed.shown == feed.all - sitemap.alone
    assert 0.1 <= feed.missed <= 0.12
    assert not found["made/sitemap"].state.standby
    assert found["made/feed"].requests_per_story is not None


async def test_a_source_that_shows_nothing_new_is_quiet(site: Made) -> None:  # noqa: F811
    """A source that answers, but shows nothing new for longer than chance allows, is told once."""
    made = site()
    every = told(1, 10, BEGIN - DAY)
    for day in range(5):
        every = [*told(11 + 8 * day, 8, BEGIN + day * DAY, HOUR), *every]
        made.feed(every[:20])
        await made.poll(24)
    for _ in range(6):
        await made.poll(6)
    (notice,) = made.notices()
    assert notice.kind == "quiet"
    assert "nothing new since" in notice.detail
    assert reports(made)["made/feed"].state.state == "quiet"
    made.feed([*told(500, 2, made.clock.now()), *every][:20])
    await made.poll(1)
    assert [one.ended_at is not None for one in made.notices()] == [True]
    assert reports(made)["made/feed"].state.state == "good"
