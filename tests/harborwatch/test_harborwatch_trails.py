"""Trails: what is said of an address and a story that has not come to its end. Pure."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from alerts.matching import Compiled
from alerts.slots import next_slot
from archive.keeping.stories import Revision
from archive.keeping.traces import AddressTrace, Fetched, StoryTrace
from archive.telling.telling_traces import Matched, Told
from harborwatch.address_trail import address_steps
from harborwatch.story_trail import because, story_steps
from harborwatch.telling_trail import Watching, told_steps, watch_steps
from news import Fact, Mention, Rhythm, StoryRow, Subscriber
from news.rhythms import daily
from news.saying import said_in
from query import Topics, parse

TOPICS = Topics.shipped()
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
ADDRESS = AddressTrace(
    key="a",
    address="https://a.example/1",
    outlet="a",
    state="waiting",
    reason="",
    detail="",
    history=False,
    first_seen_at=NOON,
    fetch_at=NOON,
    attempts=0,
    visits=0,
    shown=(),
    pages=(),
)
STORY = StoryTrace(
    story=StoryRow(
        id=7,
        revision=1,
        outlet="a",
        country="ID",
        source="a/feed",
        address="https://a.example/1",
        title="Pelabuhan informasi",
        body="Nanning.",
        authors=(),
        language="id",
        published_at=None,
        published_precision="",
        first_seen_at=NOON,
        history=False,
        copy_of=None,
        copy_kind="",
        event=3,
        topics=(),
    ),
    revisions=(),
    containment=0.0,
    copies=(),
    event_others=(),
    event_score=0.0,
    event_because="",
    mentions=(),
    to_match=(),
)
SAID = Revision(
    story=7,
    number=1,
    page=1,
    seen_at=NOON,
    title="T",
    titles=(("h1", "T"),),
    body="Nanning.",
    facts=(),
    authors=(),
    modified=None,
    method="feed",
    confidence=0.9,
    section="",
    images=(),
    agency="",
    dates=(),
    bylines=(),
    paywalled=False,
    live=False,
)
ANI = Subscriber(id="ani", name="", zone="Asia/Jakarta", language="id", targets=(), watches=())
FOUND = Matched(
    subscriber="ani", watch="w", revision=1, matched_at=NOON, sentence="Nanning.", settled_at=None
)
TOLD = Told(subscriber="ani", revision=1, digest=4, slot="s", at=NOON, card="new", deliveries=())


def watching(query: str = "nanning", rhythm: str = "daily") -> Watching:
    when = daily(time(7)) if rhythm == "daily" else Rhythm(kind="instant")
    compiled = Compiled(subscriber="ani", watch="w", query=parse(query))
    return Watching(subscriber=ANI, rhythm=when, query=compiled)


@pytest.mark.parametrize(
    ("change", "about", "says"),
    [
        ({}, "waiting", "its first fetch is due"),
        ({"attempts": 3, "detail": "HTTP 503"}, "waiting", "3 times without success: HTTP 503"),
        (
            {"state": "refused", "reason": "unreachable", "detail": "Forbidden by robots.txt"},
            "refused",
            "unreachable (Forbidden by robots.txt)",
        ),
        ({"state": "gone", "detail": "HTTP 410"}, "gone", "vanished (HTTP 410)"),
        ({"state": "fetched"}, "waiting", "looked at again for changes"),
    ],
)
def test_an_address_says_where_it_stands(change: dict[str, object], about: str, says: str) -> None:
    """The last step says what is awaited, or why nothing more comes."""
    *_, last = address_steps(replace(ADDRESS, **change))
    assert last.about == about
    assert says in last.text


def test_unchanged_visits_and_refused_pages_are_told() -> None:
    """Visits that kept no page were unchanged; a page that gave no story says why."""
    page = Fetched(
        page=1, fetched_at=NOON, status=200, state="refused", reason="too-short", detail="9 words"
    )
    steps = list(address_steps(replace(ADDRESS, state="fetched", visits=3, pages=(page,))))
    texts = [one.text for one in steps if one.about == "fetched"]
    assert texts == ["page 1, HTTP 200, refused: too-short (9 words)", "2 times again: unchanged"]


@pytest.mark.parametrize(
    ("found", "told", "trace", "about", "says"),
    [
        ([FOUND], [], STORY, "waiting", "waits for the digest of 2018-09-21 07:00 (Asia/Jakarta)"),
        ([replace(FOUND, settled_at=NOON)], [], STORY, "not told", "its event had been told"),
        (
            [replace(FOUND, revision=2, settled_at=NOON)],
            [TOLD],
            STORY,
            "not told",
            "told in digest 4, and no fact changed",
        ),
        ([replace(FOUND, settled_at=NOON)], [TOLD], STORY, "watch", "ani/w found revision 1"),
        (
            [],
            [],
            replace(STORY, to_match=(1,)),
            "watch",
            "not asked yet; the next round will find",
        ),
        ([], [], STORY, "watch", "the watch is newer than the story"),
        (
            [],
            [],
            replace(STORY, story=replace(STORY.story, history=True)),
            "watch",
            "history, which no watch is asked about (else it would)",
        ),
    ],
)
def test_a_watch_says_what_came_of_it(
    found: list[Matched], told: list[Told], trace: StoryTrace, about: str, says: str
) -> None:
    """Found, waiting, settled without a word, not asked, history: each says so."""
    *_, last = watch_steps(trace, watching(), found, told, NOON)
    assert last.about == about
    assert says in last.text


def test_a_watch_that_does_not_match_says_what_is_missing() -> None:
    """Where the query does not match, the nearest clause says what the story lacks."""
    (step,) = watch_steps(STORY, watching("nanning AND manila"), [], [], NOON)
    assert "ani/w did not find it: " in step.text
    assert "not in headline or body" in step.text


def test_an_instant_watch_waits_for_the_next_round() -> None:
    """An instant watch is told at once, a later revision is settled without a word."""
    *_, last = watch_steps(STORY, watching(rhythm="instant"), [FOUND], [], NOON)
    assert "with the next round" in last.text
    later = replace(STORY, story=replace(STORY.story, revision=2))
    *_, last = watch_steps(later, watching(), [FOUND], [], NOON)
    assert "a later revision" in last.text


@pytest.mark.parametrize("hours", range(0, 48, 5))
def test_the_next_slot_is_the_first_after_now(hours: int) -> None:
    """The next digest comes within a day, at its hour in the subscriber's zone."""
    now = NOON + timedelta(hours=hours)
    slot = next_slot(daily(time(7)), "Asia/Jakarta", now)
    assert slot is not None
    assert timedelta() < slot - now <= timedelta(days=1)
    assert slot.hour == 0
    assert next_slot(Rhythm(kind="instant"), "Asia/Jakarta", now) is None


def test_a_story_alone_and_untold_says_so() -> None:
    """No copy, no event, no topic, nobody told: each has its line."""
    said = {one.about: one.text for one in (*story_steps(STORY, TOPICS), *told_steps([]))}
    assert said["copy"] == "of nothing, and nothing is a copy of it"
    assert "alone" in said["event"]
    assert said["topic"] == "none when it was stored"
    assert said["told"] == "nobody"


def test_a_topic_has_its_score_its_reasons_and_its_facets() -> None:
    """What a story is most about stands first, with why, and with the sides it speaks of."""
    body = "Belt and Road. The China-ASEAN Information Harbor builds a data centre."
    harbor = Mention(
        topic="caih",
        field="body",
        start=19,
        end=49,
        words="China-ASEAN Information Harbor",
        clause="",
        sentence="",
    )
    bri = replace(harbor, topic="bri", start=0, end=13, words="Belt and Road")
    gone = replace(bri, topic="gone")
    trace = replace(STORY, story=replace(STORY.story, body=body), mentions=(bri, harbor, gone))
    said = [one.text for one in story_steps(trace, TOPICS) if one.about in {"topic", "facet"}]
    reasons = "in the first paragraph, 1 mention"
    assert said == [
        f"@caih: China-ASEAN Information Harbor; score 0.56: tier 1, {reasons}",
        "@caih/network, Network infrastructure: data centre",
        f"@bri: Belt and Road; score 0.34: tier 3, {reasons}",
        f"@gone: Belt and Road; score 0.23: no topic now, {reasons}",
    ]


def test_facts_and_what_a_revision_corrected() -> None:
    """The latest revision's facts stand there as printed and in plain units, with what it corrected."""
    count = Fact(kind="count", value=35.0, what="projects", known=True, text="35 proyek")
    amount = Fact(kind="money", value=20e9, unit="CNY", text="RMB20 miliar")
    said = [
        replace(SAID, number=n, facts=(fact, amount))
        for n, fact in enumerate([count, replace(count, value=53.0, text="53 proyek")], start=1)
    ]
    steps = list(story_steps(replace(STORY, revisions=tuple(said)), TOPICS))
    assert [one.text for one in steps if one.about == "corrected"] == ["35 → 53 proyek"]
    assert [one.text for one in steps if one.about == "fact"] == [
        "money: RMB20 miliar (20,000,000,000 CNY)",
        "count: 53 proyek (53 projects)",
    ]


def test_the_lead_is_quoted() -> None:
    """The first two sentences of the body stand there as printed; a dateline is none."""
    body = "NANNING. Tiga puluh lima proyek diteken di Nanning. Nilainya 20 miliar yuan. Selesai begitu saja."
    told = replace(STORY, story=replace(STORY.story, body=body))
    assert [one.text for one in story_steps(told, TOPICS) if one.about == "lead"] == [
        "“Tiga puluh lima proyek diteken di Nanning.”",
        "“Nilainya 20 miliar yuan.”",
    ]


def test_a_story_says_who_had_its_text_first() -> None:
    """Origin, release and doubt each stand in a line of their own, and nothing where nothing is known."""
    assert not {"origin", "release", "doubt"} & {one.about for one in story_steps(STORY, TOPICS)}
    told = replace(
        STORY.story,
        origin="Xinhua",
        origin_by="agency line",
        origin_story=7,
        release=True,
        doubt="hijacked",
    )
    said = {
        one.about: one.text
        for one in story_steps(replace(STORY, story=told, copies=(told,)), TOPICS)
    }
    assert said["origin"] == "first: Xinhua (story 7), by agency line; reprinted by 1"
    assert said["release"] == "its text is a press release"
    assert said["doubt"].startswith("not trusted: hijacked")


@pytest.mark.parametrize(
    "kept",
    ["same: nanning, 20 bn CNY", "same: nanning; close in meaning 0.46", "close in meaning 0.46", "same text", ""],
)  # fmt: skip
def test_why_a_story_joined_its_event_is_a_sentence(kept: str) -> None:
    """The reason that is kept with a story reads the same in English, and can be said elsewhere."""
    assert because(kept) == kept
    patterns = {"same: {names}": "sama: {names}", "close in meaning {near}": "dekat {near}", "same text": "teks sama"}  # fmt: skip
    said = said_in(patterns, because(kept))
    assert said == kept.replace("same: ", "sama: ").replace("close in meaning", "dekat").replace(
        "same text", "teks sama"
    )


def test_why_a_story_joined_its_event_is_said_for_readers() -> None:
    """Topics go by their titles, a number that tells nothing is left out, shares are whole."""
    kept = "same: 20 bn CNY, caih, 35; close in meaning .46"
    titled = {"caih": "China-ASEAN Information Harbor"}
    said = because(kept, lambda name: titled.get(name, name))
    assert said == "same: 20 bn CNY, China-ASEAN Information Harbor; close in meaning 0.46"
    assert because(said) == said
    assert because("same: 35") == "same: 35"


def test_explain_calls_topics_by_their_titles() -> None:
    """Why a story joined its event names topics as their files do, no ids."""
    told = replace(STORY, story=replace(STORY.story, event=5), event_because="same: caih, nanning")
    said = {one.about: one.text for one in story_steps(told, TOPICS)}
    assert "same: China-ASEAN Information Harbor, nanning" in said["event"]
