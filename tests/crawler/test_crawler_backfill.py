"""An outlet's past is found wherever it stands, kept as history, and searched again after a kill."""

from datetime import timedelta

import pytest
from made_outlet import BEGIN, Site, told
from sqlalchemy import select
from test_crawler_bad_sources import Made, site  # noqa: F401 - a fixture

from archive.collecting import backfills
from archive.collecting.backfills import Progress
from archive.tables import backfill_steps
from crawler.backfilling import backfill

pytestmark = pytest.mark.long

DAY = timedelta(days=1)
SINCE, UNTIL = BEGIN - 20 * DAY, BEGIN - 5 * DAY


async def filled(made: Site, most: int = 1000) -> Progress:
    return await backfill(made.tools, made.settings, "made", SINCE, UNTIL, most)


async def test_sitemaps_pages_and_days(site: Made) -> None:  # noqa: F811
    """Stories of the range come from a sitemap's index, deeper pages and pages of days; all are history."""
    made = site(("feed", "/feed/"))
    made.feed(told(1, 8, BEGIN - DAY))
    await made.poll()
    mapped, paged, dated = (
        told(100 * n, 6, BEGIN - back * DAY) for n, back in ((1, 10), (2, 8), (3, 6))
    )
    outside = told(900, 4, BEGIN - 40 * DAY)
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{made.base}/old.xml</loc></sitemap></sitemapindex>"
    made.served.say("made/sitemap.xml", index.encode(), kind="application/xml")
    made.sitemap([*mapped, *outside], "/old.xml")
    made.feed(paged, "/feed/?paged=2")
    made.listing(dated, f"/{BEGIN - 6 * DAY:%Y/%m/%d}/")
    done = await filled(made)
    every = {one.path for one in (*mapped, *paged, *dated)}
    assert set(made.stored()) - {one.path for one in told(1, 8, BEGIN - DAY)} == every
    assert every <= set(made.stored(history=True))
    assert (done.new, done.open) == (18, 0)


async def test_cut_off_it_goes_on(site: Made) -> None:  # noqa: F811
    """What was asked before is not asked again; a limit ends it, and a higher one goes on."""
    made = site(("feed", "/feed/"))
    made.feed(told(1, 8, BEGIN - DAY))
    await made.poll()
    for page in range(2, 5):
        made.feed(told(110 * page, 5, BEGIN - (5 + page) * DAY), f"/feed/?paged={page}")
    first = await filled(made, most=7)
    assert first.new == 7
    assert first.open > 0
    asked = made.served.asked.count("made/feed/?paged=2")
    assert asked == 1
    second = await filled(made)
    assert second.new == 15
    assert len(made.stored(history=True)) >= 15
    assert second.open == 0
    assert made.served.asked.count("made/feed/?paged=2") == asked
    with made.tools.archive.read() as db:
        assert set(db.scalars(select(backfill_steps.c.state))) <= {"done", "failed"}
        assert backfills.load(db, 1).state == "done"
