"""The two ends of the way: bytes are kept before anything, and what is new is stored once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_tellings import NOON, page, sight, story

from archive.collecting import sightings
from archive.keeping import matches, pages, stories
from news import Conditions, Page, Story
from pipelines.keep import VISITS, Keep, next_visit
from pipelines.stages import Dropped, Tools
from pipelines.store import Kind, Store, kind_of

HOUR = timedelta(hours=1)
TIMES = st.datetimes(datetime(2018, 9, 1), datetime(2018, 10, 1)).map(
    lambda at: at.replace(tzinfo=NOON.tzinfo)
)


@given(first_seen=TIMES, later=st.timedeltas(timedelta(0), timedelta(days=5)))
def test_a_page_is_looked_at_again_some_times(first_seen: datetime, later: timedelta) -> None:
    """The next visit lies ahead, is one of those planned, and none is left out; after them none."""
    now = first_seen + later
    visit = next_visit(first_seen, now, history=False)
    ahead = [first_seen + age for age in VISITS if first_seen + age > now]
    assert visit == (ahead[0] if ahead else None)
    assert visit is None or now < visit <= first_seen + VISITS[-1]
    assert next_visit(first_seen, now, history=True) is None


def test_visits_come_to_an_end() -> None:
    """From visit to visit a page is looked at as often as planned, then left alone."""
    visits, now = [], NOON
    while visit := next_visit(NOON, now, history=False):
        visits.append(visit)
        now = visit
    assert visits == [NOON + age for age in VISITS]


async def test_bytes_are_kept_and_numbered(tools: Tools) -> None:
    """A page has its number in the order in which it was kept, and is as it came."""
    first, second = page("indotelko", "1", b"satu"), page("indotelko", "2", b"dua")
    sight(tools.archive, first, second)
    kept = [await Keep(tools).process_item(one) for one in (first, second)]
    assert [one.id for one in kept] == [1, 2]
    with tools.archive.write() as db:
        assert pages.load(db, 2).body == b"dua"
        assert pages.unread(db) == [1, 2]
        assert sightings.claim_fetches(db, NOON + 2 * HOUR, HOUR, limit=9) == []
        due = sightings.claim_fetches(db, NOON + 3 * HOUR, HOUR, limit=9)
    assert [fetch.key for fetch in due] == ["1", "2"]


async def test_the_same_bytes_are_kept_once(tools: Tools) -> None:
    """A page that is what it was last time goes no further, and its next visit is planned."""
    first = page("indotelko", "1", b"satu")
    sight(tools.archive, first)
    await Keep(tools).process_item(first)
    mark = pages.body_hash(b"satu")
    again = replace(first, conditions=Conditions(body_hash=mark), fetched_at=NOON + 3 * HOUR)
    with pytest.raises(Dropped, match="unchanged"):
        await Keep(tools).process_item(again)
    with tools.archive.write() as db:
        assert list(pages.every(db)) == [1]
        (due,) = sightings.claim_fetches(db, NOON + 24 * HOUR, HOUR, limit=9)
    assert due.visits == 2


def kept(tools: Tools, shown: Page) -> int:
    sight(tools.archive, shown)
    with tools.archive.write() as db:
        return pages.keep(db, shown, None)


def read(tools: Tools, title: str, **given: str) -> Story:
    """Return a story read from a page that was just kept."""
    said = story("1", title, "Isi berita", **given)
    return replace(said, page=kept(tools, page("indotelko", said.page_key)))


def test_a_story_is_stored_once(tools: Tools) -> None:
    """New, then known, then a revision: each is written as what it is, with what is to match."""
    Store(tools).process_item(read(tools, "Judul"))
    with pytest.raises(Dropped, match="known"):
        Store(tools).process_item(read(tools, "Judul"))
    Store(tools).process_item(read(tools, "Judul baru"))
    with tools.archive.read() as db:
        (one,) = stories.load(db, [1, 2])
        assert (one.title, one.revision) == ("Judul baru", 2)
        assert matches.unmatched(db, 9) == [(1, 1), (1, 2)]
        assert pages.unread(db) == []
        assert stories.revision(db, 1, 1).title == "Judul"


def test_a_twin_is_the_story_it_is_a_twin_of(tools: Tools) -> None:
    """A page sighted at another address but canonical at a known one makes no second story."""
    Store(tools).process_item(read(tools, "Judul"))
    with pytest.raises(Dropped, match="known"):
        Store(tools).process_item(read(tools, "Judul", page_key="amp-1"))
    twin = replace(read(tools, "Judul baru", page_key="amp-1"), key="moved")
    Store(tools).process_item(twin)
    with tools.archive.read() as db:
        found = [stories.find(db, [key]) for key in ("1", "amp-1", "moved")]
    assert [one.id for one in found if one] == [1, 1, 1]


@given(title=st.sampled_from("ab"), body=st.sampled_from("ab"))
def test_a_revision_is_a_change_of_words(title: str, body: str) -> None:
    """Headline or body make a revision; nothing else does."""
    said = story("1", title, body)
    assert kind_of(said, None) is Kind.NEW
    known = stories.StoryRow(
        id=1,
        revision=1,
        outlet="antara",
        country="ID",
        source="antara/feed",
        address="https://antara.example/",
        title="a",
        body="a",
        authors=("Wisnu",),
        language="en",
        published_at=NOON,
        published_precision="day",
        first_seen_at=NOON,
        history=True,
        copy_of=None,
        copy_kind="",
        event=1,
        topics=(),
    )
    same = (title, body) == ("a", "a")
    assert kind_of(said, known) is (Kind.UNCHANGED if same else Kind.REVISION)
