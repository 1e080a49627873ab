"""harborwatch ledger and sources: the sums of a day and how each way stands, for people and machines."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import open_archive
from archive.collecting import gaps, notices, sightings, sources
from harborwatch.commands import main
from news import Entry, Outcome, Poll, Sighting, Source

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
FEED = Source(id="made/feed", outlet="made", way="feed", address="http://made/feed")
LISTING = Source(id="made/listing", outlet="made", way="listing", address="http://made/")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of two sources: two stories shown by both, one by the feed alone; a gap, a notice."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        sources.synchronise(db, [FEED, LISTING], NOON)
        for source, count in ((FEED, 3), (LISTING, 2)):
            shown = [
                Sighting(source=source.id, outlet="made", way=source.way, address=f"http://made/{n}",
                         key=f"made:{n}", seen_at=NOON, entry=Entry(address=f"http://made/{n}"))
                for n in range(count)
            ]  # fmt: skip
            seen = sightings.record(db, shown, history=False)
            poll = Poll(source=source.id, started_at=NOON, outcome=Outcome.GOOD, status=200)
            sources.record_poll(db, poll, seen, due_at=NOON, history=False, expected=2.5)
        sightings.refuse(db, "made:2", "no story", "a page of links")
        gaps.found(db, FEED.id, NOON, after=NOON - timedelta(hours=6), before=NOON, expected=4.0)
        notices.begin(db, "quiet", LISTING.id, "nothing new", NOON)
    archive.close()
    return tmp_path


def call(home: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--home", str(home), *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_ledger_of_a_day(home: Path) -> None:
    """Each source's day balances, says why something was refused, and names its gaps."""
    day = f"{NOON:%Y-%m-%d}"
    feed, listing = (
        json.loads(line) for line in call(home, "ledger", "--day", day, "--json").splitlines()
    )
    assert (feed["source"], feed["day"], feed["expected"]) == ("made/feed", day, 2.5)
    assert (feed["polled"], feed["seen"], feed["new"], feed["waiting"]) == (1, 3, 3, 2)
    assert feed["refused"] == {"no story": 1}
    assert (listing["seen"], listing["new"], listing["known"]) == (2, 0, 2)
    assert feed["imbalance"] == listing["imbalance"] == ""
    plain = call(home, "ledger", "--day", day, "--source", "made/feed")
    assert "no story 1" in plain
    assert "gap of made/feed" in plain
    assert "made/listing" not in plain


def test_sources_for_machines(home: Path) -> None:
    """Each source says its state, volume, misses, requests and troubles."""
    feed, listing = (json.loads(line) for line in call(home, "sources", "--json").splitlines())
    assert (feed["state"], feed["missed"], feed["requests_per_story"]) == ("good", 0.0, 0.33)
    assert listing["showing"] == {"all": 2, "shown": 2, "alone": 0}
    assert listing["notices"] == {"quiet": "nothing new"}
    assert feed["volume"][str(NOON.weekday())]["median"] == 3
    assert "quiet: nothing new" in call(home, "sources")


def test_nothing_known_is_said(home: Path) -> None:
    """A day or a home of which nothing is known is told, not shown as an empty list."""
    assert "nothing is known on 2001-01-01" in call(home, "ledger", "--day", "2001-01-01")
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        sources.synchronise(db, [], NOON)
    archive.close()
    assert "harborwatch poll asks" in call(home, "sources")
