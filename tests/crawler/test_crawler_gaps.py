"""Gaps are found, filled from wherever the stories still stand, and told where they are not."""

from datetime import timedelta

import pytest
from made_outlet import BEGIN, Told, told
from sqlalchemy import select
from test_crawler_bad_sources import Made, site  # noqa: F401 - a fixture

from archive.collecting import daily, gaps, ledger
from archive.tables import polls

pytestmark = pytest.mark.long

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def after_a_burst() -> tuple[list[Told], list[Told]]:
    """Return what a feed of ten shows first, and thirty that came within hours, the newest first."""
    return told(1, 10, BEGIN - DAY), told(11, 30, BEGIN + HOUR)


async def test_filled_from_deeper_pages(site: Made) -> None:  # noqa: F811
    """A feed of which nothing is known has lost stories; its further pages bring them, as news."""
    made = site()
    first, burst = after_a_burst()
    made.feed(first)
    await made.poll()
    made.feed(burst[:10])
    every = [*burst, *first]
    for page in range(2, 5):
        made.feed(every[10 * (page - 1) : 10 * page], f"/feed/?paged={page}")
    await made.poll(6)
    (gap,) = made.gaps()
    assert (gap.state, gap.requests, gap.brought) == ("filled", 3, 20)
    assert gap.after == BEGIN
    assert {one.path for one in burst} <= set(made.stored(history=False))
    assert made.source("feed").due_at - made.clock.now() <= timedelta(minutes=10), "polled sooner"
    assert made.notices() == []


async def test_filled_from_the_sitemap(site: Made) -> None:  # noqa: F811
    """Another way that reaches back beyond the gap fills it with one request."""
    made = site(("feed", "/feed/"), ("sitemap", "/news.xml"))
    first, burst = after_a_burst()
    made.feed(first)
    made.sitemap(first)
    await made.poll()
    made.feed(burst[:10])
    made.sitemap([*burst, *first])
    await made.poll(6)
    assert {one.path for one in burst} <= set(made.stored())
    assert [gap.state for gap in made.gaps()] in (["filled"], [])


async def test_filled_from_pages_of_days(site: Made) -> None:  # noqa: F811
    """Where addresses say their day, the pages of the days are asked."""
    made = site()
    first, burst = after_a_burst()
    made.feed(first)
    await made.poll()
    made.feed(burst[:10])
    made.listing(burst, f"/{BEGIN:%Y/%m/%d}/")
    await made.poll(6)
    assert {one.path for one in burst} <= set(made.stored(history=False))
    (gap,) = made.gaps()
    assert gap.brought == 20


async def test_what_stays_unfilled_is_told_with_its_span(site: Made) -> None:  # noqa: F811
    """A gap that nothing fills is told once, with its span, in the notices and the digests' line."""
    made = site()
    first, burst = after_a_burst()
    made.feed(first)
    await made.poll()
    made.feed(burst[:10])
    await made.poll(6)
    await made.poll(1)
    (gap,) = made.gaps()
    assert gap.state == "unfilled"
    (notice,) = made.notices()
    assert notice.kind == "gap"
    assert f"{BEGIN:%Y-%m-%d %H:%M} to" in notice.detail
    with made.tools.archive.read() as db:
        assert ledger.line(db) == "checked 1 of 1 sources, 0 silent, 1 gap"
        rows = daily.ledger_of(db, BEGIN.date())
        assert [one.imbalance for one in rows] == [""]
        asked = db.scalars(select(polls.c.purpose)).all()
    assert asked.count("filling") == gap.requests > 0


async def test_an_open_gap_is_taken_up_again(site: Made) -> None:  # noqa: F811
    """A gap left open by a process that died is filled after the source's next poll."""
    made = site()
    first, burst = after_a_burst()
    made.feed([*burst, *first])
    await made.poll()
    with made.tools.archive.write() as db:
        gaps.found(
            db, "made/feed", made.clock.now(), after=BEGIN - 2 * HOUR, before=BEGIN, expected=3.0
        )
    made.feed(first, "/feed/?paged=2")
    await made.poll(1)
    (gap,) = made.gaps()
    assert gap.state == "filled"


async def test_a_feed_that_always_shows_three(site: Made) -> None:  # noqa: F811
    """Of a feed that shows its three newest, three new ones are a gap; its second page fills it."""
    made = site()
    every = told(1, 8, BEGIN - DAY, HOUR)
    for shown in range(5, -1, -1):
        made.feed(every[shown : shown + 3])
        await made.poll(1)
    assert made.gaps() == []
    more = [*told(21, 6, BEGIN + 7 * HOUR), *every]
    made.feed(more[:3])
    for page in range(2, 4):
        made.feed(more[3 * (page - 1) : 3 * page], f"/feed/?paged={page}")
    await made.poll(6)
    (gap,) = made.gaps()
    assert (gap.state, gap.brought) == ("filled", 3)
    assert {one.path for one in more[:6]} <= set(made.stored(history=False))


async def test_a_feed_of_the_last_hours(site: Made) -> None:  # noqa: F811
    """A feed that shows few and each time another number of them lost nothing that is known of."""
    made = site()
    for visit, count in enumerate((3, 2, 4, 3, 1, 3, 2)):
        made.feed(told(10 * visit + 1, count, BEGIN + visit * HOUR))
        await made.poll(1)
    assert made.gaps() == []
