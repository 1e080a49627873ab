"""Law 2 at the archive: nothing that was sighted vanishes from the sums."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from archive_tellings import FEED, LISTING, MINUTE, NOON, dated, keep_page, page, sighting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, select

from archive import Archive, open_archive, tables
from archive.collecting import ledger, sightings, sources
from archive.collecting.sources import Seen
from archive.keeping import pages
from news import FurtherPage, Source

LEASE = timedelta(minutes=10)
COUNTS = ("new", "changed", "known", "refused")
KEYS = st.sampled_from([f"key-{number}" for number in range(6)])


class Ledger(RuleBasedStateMachine):
    """A crawl in any order: what the sums say against what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.archive = open_archive(f"sqlite:///{Path(self.folder.name)}/archive.db")
        self.now = NOON
        #: by key: where the address must stand now
        self.states: dict[str, str] = {}
        self.leased: dict[str, datetime] = {}
        self.refused_pages: dict[str, int] = {}
        with self.archive.write() as db:
            sources.synchronise(db, [LISTING, FEED], NOON)

    def teardown(self) -> None:
        self.archive.close()
        self.folder.cleanup()

    @rule(
        keys=st.lists(KEYS, max_size=5), way=st.sampled_from([LISTING, FEED]), edit=st.booleans()
    )
    def poll(self, keys: list[str], way: Source, edit: bool) -> None:
        headline = f"Judul {self.now:%H%M}" if edit else "Judul"
        shown = [
            replace(sighting(key, headline=headline, seen_at=self.now), source=way.id)
            for key in keys
        ]
        with self.archive.write() as db:
            seen = sightings.record(db, shown, history=False)
        assert seen.all == len(keys)
        assert seen.new == len(set(keys) - self.states.keys())
        for key in keys:
            self.states.setdefault(key, "waiting")

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        with self.archive.write() as db:
            claimed = sightings.claim_fetches(db, self.now, LEASE, limit=limit)
        for fetch in claimed:
            assert self.leased.get(fetch.key, self.now) <= self.now, "claimed twice"
            assert self.states[fetch.key] != "gone"
            self.leased[fetch.key] = self.now + LEASE

    @precondition(lambda self: self.leased)
    @rule(end=st.sampled_from(["keep", "refuse", "gone", "put off", "unchanged", "no story"]))
    def finish(self, end: str) -> None:
        key = min(self.leased)
        del self.leased[key]
        with self.archive.write() as db:
            match end:
                case "keep":
                    pages.stored(db, pages.keep(db, page(key), None))
                    self.states[key] = "fetched"
                case "no story":
                    self._keep_no_story(db, key)
                case "refuse":
                    sightings.refuse(db, key, "robots", "")
                    self.states[key] = "refused"
                case "gone":
                    sightings.gone(db, key, "410")
                    self.states[key] = "gone"
                case "put off":
                    sightings.put_off(db, key, "timeout", self.now + MINUTE)
                case "unchanged":
                    sightings.unchanged(db, key, None)

    def _keep_no_story(self, db: Connection, key: str) -> None:
        number = pages.keep(db, page(key), None)
        pages.refused(db, number, "too-short", "")
        stored = [p for p in pages.every(db) if pages.load(db, p).key == key]
        gave_a_story = len(stored) > self.refused_pages.get(key, 0) + 1
        self.refused_pages[key] = self.refused_pages.get(key, 0) + 1
        self.states[key] = "fetched" if gave_a_story else "refused"

    @rule(minutes=st.integers(1, 30))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @invariant()
    def the_sums_balance(self) -> None:
        with self.archive.read() as db:
            sums = ledger.sums(db)
        refused = sum(sums.refused.values())
        assert sums.seen == sums.fetched + sums.waiting + refused + sums.gone
        states = list(self.states.values())
        counted = (sums.fetched, sums.waiting, refused, sums.gone)
        assert counted == tuple(map(states.count, ("fetched", "waiting", "refused", "gone")))


TestLedger = Ledger.TestCase
TestLedger.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def crawled(archive: Archive) -> Archive:
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        shown = [sighting(str(n)) for n in range(4)]
        assert sightings.record(db, shown, history=False) == Seen(new=4)
    return archive


def test_each_entry_is_one_of_four(crawled: Archive) -> None:
    """An entry of a poll is new, changed, known or refused, and they sum up to all."""
    shown = [
        sighting("0"),
        sighting("1", headline="Judul baru"),
        sighting("2"),
        sighting("9"),
        sighting("3", modified=dated(NOON)),
    ]
    with crawled.write() as db:
        sightings.refuse(db, "2", "robots", "forbidden")
        seen = sightings.record(db, shown, history=False)
    assert seen == Seen(new=1, changed=2, known=1, refused=1)
    assert seen.all == len(shown)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    polls=st.lists(
        st.lists(st.tuples(KEYS, st.sampled_from("ab"), st.sampled_from([LISTING, FEED])), max_size=7),
        min_size=1, max_size=4,
    ),
    fate=st.sampled_from(["", "refused", "gone"]),
)  # fmt: skip
def test_a_poll_is_written_as_its_entries_one_by_one(
    new_archive: Callable[[], Archive], polls: list[list[tuple[str, str, Source]]], fate: str
) -> None:
    """What a poll leaves, and how it is counted, does not depend on writing it at once."""
    left = []
    for at_once in (True, False):
        archive, seen = new_archive(), Seen()
        with archive.write() as db:
            sources.synchronise(db, [LISTING, FEED], NOON)
            for number, shown in enumerate(polls):
                at = NOON + number * MINUTE
                made = [
                    replace(sighting(key, headline=said, seen_at=at), source=way.id)
                    for key, said, way in shown
                ]
                for batch in [made] if at_once else [[one] for one in made]:
                    part = sightings.record(db, batch, history=bool(number))
                    seen = Seen(**{n: getattr(seen, n) + getattr(part, n) for n in COUNTS})
                if fate == "refused":
                    sightings.refuse(db, "key-1", "robots", "")
                elif fate:
                    sightings.gone(db, "key-1", "410")
            rows = [
                db.execute(select(table).order_by(*table.primary_key)).all()
                for table in (tables.addresses, tables.sightings)
            ]
        left.append((seen, rows))
    assert left[0] == left[1]


def test_an_address_shown_by_two_sources_is_one(crawled: Archive) -> None:
    """A second source that shows a known address makes nothing new of it, nor a change."""
    with crawled.write() as db:
        shown = [replace(sighting("0", headline="Judul di umpan"), source=FEED.id)]
        assert sightings.record(db, shown, history=False) == Seen(known=1)
        assert ledger.sums(db).seen == 4


def test_new_words_ask_for_a_new_fetch(crawled: Archive) -> None:
    """A headline that changed is fetched again at once; an address that is gone never."""
    with crawled.write() as db:
        for key in ("0", "1", "2", "3"):
            pages.keep(db, page(key), None)
        sightings.gone(db, "1", "410")
        assert sightings.claim_fetches(db, NOON + MINUTE, LEASE, limit=9) == []
        later = NOON + MINUTE
        edited = [sighting(key, headline="Diperbarui", seen_at=later) for key in ("0", "1")]
        assert sightings.record(db, edited, history=False).changed == 2
        (fetch,) = sightings.claim_fetches(db, later, LEASE, limit=9)
    assert (fetch.key, fetch.visits, fetch.entry.headline) == ("0", 1, "Diperbarui")
    assert fetch.conditions.body_hash


def test_a_fetch_that_was_never_finished_is_claimed_again(crawled: Archive) -> None:
    """A lease that ran out gives the address to the next one (law 4)."""
    with crawled.write() as db:
        first = sightings.claim_fetches(db, NOON, LEASE, limit=9)
        assert sightings.claim_fetches(db, NOON + LEASE / 2, LEASE, limit=9) == []
        again = sightings.claim_fetches(db, NOON + LEASE, LEASE, limit=9)
    assert [one.key for one in again] == [one.key for one in first] == ["0", "1", "2", "3"]


def test_a_consent_page_undoes_no_story(crawled: Archive) -> None:
    """An address that gave a story before stays fetched when a later page gives none."""
    with crawled.write() as db:
        pages.stored(db, pages.keep(db, page("0"), None))
        pages.refused(db, pages.keep(db, page("0", b"consent"), None), "too-short", "")
        pages.refused(db, pages.keep(db, page("1", b"consent"), None), "too-short", "")
        sums = ledger.sums(db)
    assert (sums.fetched, sums.waiting, sums.refused) == (1, 2, {"too-short": 1})


def test_a_page_comes_back_as_it_was_kept(crawled: Archive) -> None:
    """Bytes, entry, times and validators of a page survive the archive unchanged."""
    body = bytes(range(256)) * 5
    kept = page("2", body, fetched_at=NOON + MINUTE, history=True)
    entry = replace(kept.entry, authors=("Wisnu",), published=dated(NOON), summary="ข่าว")
    with crawled.write() as db:
        number = pages.keep(db, replace(kept, entry=entry), None)
        assert pages.unread(db) == [number]
        assert pages.load(db, number) == replace(kept, entry=entry, id=number)
        pages.stored(db, number)
        assert pages.unread(db) == []


def test_further_pages_come_back_as_they_were_kept(archive: Archive) -> None:
    """A page has its further ones in their order again; its mark changes with any of them."""
    further = tuple(
        FurtherPage(address=f"http://a.example/1?page={n}", content_type="text/html", body=bytes([n]) * 99)
        for n in range(2, 13)
    )  # fmt: skip
    whole = page("key-1", further=further, cut="12 of more pages: HTTP 503")
    with archive.write() as db:
        keep_page(db, "key-0")
        sightings.record(db, [sighting("key-1")], history=False)
        number = pages.keep(db, whole, None)
    with archive.read() as db:
        again = pages.load(db, number)
    assert (again.further, again.cut) == (further, whole.cut)
    marks = {pages.mark_of(replace(whole, further=further[:n])) for n in range(len(further) + 1)}
    assert len(marks) == len(further) + 1
    assert pages.mark_of(page("key-1")) == pages.body_hash(page("key-1").body)
