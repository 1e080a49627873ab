"""What a source answers is its outcome, and its alone: no other source suffers."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from crawling import Crawl

from archive.collecting import ledger
from harborwatch.press import Press
from news import Story
from pipelines.events import Events

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]

#: outlet, fault of its feed, the outcome, what the detail says
FAULTS = [
    ("kabarniaga", "forbidden", "blocked", "HTTP 403"),
    ("ringkas", "gone", "gone", "HTTP 410"),
    ("suaraselat", "missing", "missing", "HTTP 404"),
    ("strandledger", "failing", "temporary", "HTTP 500"),
    ("songhong", "dropped", "temporary", ""),
    ("siamkankha", "slow", "temporary", "longer than"),
    ("tonlethmei", "missing", "missing", "HTTP 404"),
    ("ayeyar", "busy", "told to wait", "HTTP 429"),
]


async def test_each_failure_has_its_outcome_and_stops_nobody(crawl: Started, press: Press) -> None:
    """Eight sources fail in eight ways; each poll says how, and all other sources are read."""
    program = crawl(DOWNLOAD_TIMEOUT=5)
    press.mend("haixia")
    for host, kind, _, _ in FAULTS:
        press.fault(host, kind, path="/feed/", seconds=10)
    report = await program.poll()
    outcomes, details = program.outcomes(), program.details()
    for host, kind, outcome, detail in FAULTS:
        assert outcomes[f"{host}/feed"] == outcome, kind
        assert detail in details[f"{host}/feed"]
        assert details[f"{host}/feed"], "a failure says what went wrong"
    failing = {f"{host}/feed" for host, *_ in FAULTS}
    others = {source: outcome for source, outcome in outcomes.items() if source not in failing}
    # The waiting host keeps its other sources waiting too; that is its wish.
    assert set(others.values()) - {"told to wait"} == {"good"}
    assert report.errors == 0
    for outlet in ("indotelko", "swarna", "yongjiang", "haixia", "viengthong", "balitanglaot"):
        assert program.stored(outlet), outlet


async def test_a_cut_feed_gives_what_stands_before_the_cut(crawl: Started, press: Press) -> None:
    """A feed of broken XML is read as far as it goes, and read whole when it is mended."""
    press.advance(press.now + timedelta(days=2))
    program = crawl("ringkas")
    press.fault("ringkas", "broken", path="/feed/")
    await program.poll()
    assert program.outcomes()["ringkas/feed"] == "good"
    before = len(program.stored("ringkas"))
    assert before >= 1
    press.mend("ringkas")
    await program.poll("ringkas")
    assert len(program.stored("ringkas")) > before


async def test_a_page_in_place_of_a_feed_is_unreadable(
    crawl: Started, press: Press, catalogue: Path
) -> None:
    """A feed's address that answers with a web page is unreadable, and says so."""
    file = catalogue / "id" / "ringkas.toml"
    file.write_text(file.read_text("utf-8").replace("/feed/", "/"), "utf-8")
    program = crawl("ringkas", "viengthong")
    await program.poll()
    assert program.outcomes()["ringkas/feed"] == "unreadable"
    assert program.details()["ringkas/feed"]
    assert program.stored("viengthong")


async def test_a_second_way_goes_on_when_the_first_is_shut(crawl: Started, press: Press) -> None:
    """An outlet whose feed is closed gives its stories through its sitemap."""
    program = crawl("kabarniaga")
    press.fault("kabarniaga", "forbidden", path="/feed/")
    await program.poll()
    assert program.outcomes() == {"kabarniaga/feed": "blocked", "kabarniaga/sitemap": "good"}
    assert len(program.stored("kabarniaga")) >= 2


async def test_a_silent_source_is_unchanged(crawl: Started, press: Press) -> None:
    """A feed that answers and never says anything new is unchanged, poll after poll."""
    program = crawl("songhong")
    await program.poll()
    press.fault("songhong", "silent")
    for _ in range(2):
        program.pass_time(86400)
        report = await program.poll("songhong")
        assert set(program.outcomes().values()) == {"unchanged"}
        assert report.new == 0


async def test_sources_are_asked_with_their_validators(crawl: Started) -> None:
    """The second poll of every source is conditional, and costs the press no body."""
    program = crawl("viengthong", "swarna", "songhong")
    await program.poll()
    asked = len(program.press.log)
    await program.poll("viengthong", "swarna", "songhong")
    again = [hit for hit in program.press.log[asked:] if hit.path != "/robots.txt"]
    assert len(again) == len(program.outcomes()) >= 4
    assert all(hit.conditional and hit.status == 304 and hit.bytes == 0 for hit in again)


async def test_a_failing_page_is_tried_again_and_stored_once(crawl: Started, press: Press) -> None:
    """A page that fails waits, the others are stored; when it answers it is stored, once."""
    program = crawl("songhong")
    feed = "/2018/09/17/"
    press.fault("songhong", "failing", path=feed, until=press.now + timedelta(hours=1))
    report = await program.poll()
    failed = report.fetches["later"]
    assert failed >= 1
    assert report.stored >= 2
    program.pass_time(7200)
    await program.poll()
    stored = program.stored("songhong")
    assert len(stored) >= report.stored + failed
    assert len(stored) == len(set(stored))


async def test_a_page_that_never_answers_is_refused_and_counted(
    crawl: Started, press: Press
) -> None:
    """After its tries a page is refused as unreachable; the sums balance (law 2)."""
    program = crawl("ringkas")
    press.fault("ringkas", "failing", path="/2018/")
    for _ in range(12):
        await program.poll()
        program.pass_time(86_400)
    with program.tools.archive.read() as db:
        sums = ledger.sums(db)
    assert sums.refused == {"unreachable": sums.seen}
    assert sums.seen == sums.fetched + sums.waiting + sum(sums.refused.values()) + sums.gone


async def test_a_dead_host_is_no_error_of_ours(
    crawl: Started, press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    """Hosts that do not answer are temporary failures, told without a word in the error log."""
    program = crawl("strandledger", "viengthong")
    press.__exit__(None, None, None)
    report = await program.poll()
    assert set(program.outcomes().values()) == {"temporary"}
    assert report.errors == 0
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


async def test_a_failing_stage_stops_nothing(
    crawl: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours is counted, all other pages go on, and its page is taken up again."""
    program = crawl("viengthong", "songhong")
    with monkeypatch.context() as broken:
        broken.setattr(Events, "process_item", _fails_once(Events.process_item))
        report = await program.poll()
    assert report.errors == 1
    stored = len(program.stored("viengthong") + program.stored("songhong"))
    assert stored == report.stored == sum(report.fetches.values()) - 1
    assert (await program.poll()).stored == 1


def _fails_once(process: Callable[[Events, Story], Story]) -> Callable[[Events, Story], Story]:
    failed: list[str] = []

    def processed(stage: Events, item: Story) -> Story:
        if not failed:
            failed.append(item.address)
            raise RuntimeError("an error of ours")
        return process(stage, item)

    return processed


async def test_robots_are_obeyed(crawl: Started, press: Press, catalogue: Path) -> None:
    """A source that robots.txt forbids is blocked without being asked."""
    file = catalogue / "id" / "indotelko.toml"
    file.write_text(file.read_text("utf-8").replace("/kanal/ekonomi", "/cari?q=port"), "utf-8")
    program = crawl("indotelko")
    await program.poll()
    assert program.outcomes()["indotelko/listing-2"] == "blocked"
    assert "robots.txt" in program.details()["indotelko/listing-2"]
    assert program.hits("indotelko", "/cari") == []
    assert program.outcomes()["indotelko/listing"] == "good"


async def test_we_say_who_we_are(crawl: Started, press: Press) -> None:
    """Every request carries our name."""
    program = crawl("viengthong", USER_AGENT="Harborwatch/1 (news monitor; desk@harbor.example)")
    await program.poll()
    agents = {hit.user_agent for hit in press.log}
    assert agents == {"Harborwatch/1 (news monitor; desk@harbor.example)"}


@pytest.mark.parametrize("outlet", ["indotelko", "swarna", "kabarniaga", "viengthong"])
async def test_ways_merge_by_address(crawl: Started, press: Press, outlet: str) -> None:
    """A story that several sources show is fetched and stored once."""
    program = crawl(outlet)
    await program.poll()
    stored = program.stored(outlet)
    assert len(stored) == len(set(stored))
    pages = [hit.path for hit in press.log if "/read/" in hit.path or "/berita/" in hit.path or "/2018/" in hit.path]  # fmt: skip
    assert len(pages) == len(set(pages)) >= len(stored)
