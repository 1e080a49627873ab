"""What was read and told is not read and told again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from archive.collecting import sightings
from archive.tables import deliveries, revisions
from harborwatch import work
from harborwatch.config import NAME
from harborwatch.press import Press
from harborwatch.wiring import Program, put_together
from news import PlayedClock

pytestmark = pytest.mark.long


def contents(program: Program) -> tuple[int, int]:
    """Return how many revisions and deliveries there are."""
    with program.tools.archive.read() as db:
        return (
            len(db.execute(select(revisions.c.story)).all()),
            len(db.execute(select(deliveries.c.id)).all()),
        )


async def test_a_second_poll_at_once_does_nothing(home: Path, press: Press) -> None:
    """A second round at once asks nobody, stores nothing and sends nothing."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    await work.poll(program)
    told = await work.tell(program)
    assert told.delivered.sent == len(list((home / "mailbox").glob("*.eml"))) > 0
    before, asked = contents(program), len(press.log)
    report, again = await work.poll(program), await work.tell(program)
    await program.close()
    assert (report.stored, report.new, report.fetches, sum(report.polls.values())) == (0, 0, {}, 0)
    assert (again.matches, again.digests, again.delivered.sent) == (0, [], 0)
    assert contents(program) == before
    assert len(press.log) == asked


async def test_a_poll_by_hand_leaves_nothing_to_fetch(home: Path, press: Press) -> None:
    """Where a round claims only some of a host's pages, a poll by hand makes more rounds."""
    text = (home / NAME).read_text("utf-8")
    (home / NAME).write_text(text.replace("pace = 0.0", "pace = 60.0"), "utf-8")
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    report = await work.poll_all(program)
    with program.tools.archive.read() as db:
        assert not sightings.fetches_wait(db, program.tools.clock.now())
    await program.close()
    assert report.asked > 2 * len(press.outlets)
    assert report.stored == contents(program)[0]
    assert sum(report.polls.values()) == sum(
        len(outlet.sources) for outlet in program.tools.outlets.values()
    )


async def test_a_forced_poll_fetches_no_article_again(home: Path, press: Press) -> None:
    """Polled before it is due, by a new process even, every source is asked and no article is."""
    first = put_together(home, PlayedClock(press.now), [home / "outlets"])
    await work.poll(first)
    await first.close()
    asked = len(press.log)
    second = put_together(home, PlayedClock(press.now), [home / "outlets"])
    before = contents(second)
    report = await work.poll(second, outlets=sorted(press.outlets))
    await second.close()
    again = {hit.path for hit in press.log[asked:]}
    sources = {
        source.address.split("localhost:", 1)[1].partition("/")[2]
        for outlet in second.tools.outlets.values()
        for source in outlet.sources
    }
    assert sum(report.polls.values()) == sum(len(o.sources) for o in second.tools.outlets.values())
    assert {path.lstrip("/") for path in again} <= sources | {"robots.txt", "news-sitemap.xml"}
    assert (report.stored, report.new, report.fetches) == (0, 0, {})
    assert contents(second) == before
