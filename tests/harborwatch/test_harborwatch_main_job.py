"""The main job: a story published far away is archived, grouped, tagged, told once and found."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from played_days import Played
from sqlalchemy import select

from archive.collecting import ledger
from archive.keeping import stories
from archive.searching import search
from archive.tables import matches, pages, told
from harborwatch import demo
from harborwatch.press import Expected
from news import StoryRow
from query import expand, fold, parse, tokens

FORUM = "caih-forum-2018"
SEED = ("indotelko", "Tiongkok-ASEAN Pererat")
#: topics that a reader of the harbor must not miss
CORE = ("caih", "caih_forum")


def seed(played: Played) -> StoryRow:
    return played.row(played.one(*SEED))


def f1(told: str, gold: str) -> float:
    """Return how much two texts have in common, by words."""
    mine, theirs = (Counter(token.text for token in tokens(fold(text))) for text in (told, gold))
    common = sum((mine & theirs).values())
    return 2 * common / (mine.total() + theirs.total())


def test_seed_has_its_true_time(played: Played) -> None:
    """The seed's story is archived with the second at which it was published."""
    row = seed(played)
    assert row.published_at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    assert row.published_precision == "second"
    assert not row.history


def test_reprint_and_summary_are_copies_of_the_seed(played: Played) -> None:
    """Its reprint and its truncated summary are linked to it; it is a copy of nothing."""
    row = seed(played)
    assert row.copy_of is None
    reprint = played.row(played.one("kabarniaga", "China-ASEAN Pererat"))
    summary = played.row(played.one("ringkas", "Tiongkok-ASEAN Pererat"))
    assert (reprint.copy_of, reprint.copy_kind) == (row.id, "reprint")
    assert (summary.copy_of, summary.copy_kind) == (row.id, "summary")


def test_copies_are_those_of_the_gold(played: Played) -> None:
    """Two stories are of one text exactly if the press copied one from the other."""
    gold = {frozenset((e.address.rstrip("/"), e.copy_of.rstrip("/"))) for e in played.expected if e.copy_of}  # fmt: skip
    by_id = {row.id: row for row in played.rows.values()}
    ours = {frozenset((r.address, by_id[r.copy_of].address)) for r in by_id.values() if r.copy_of}
    assert ours == gold


@pytest.mark.parametrize("topic", ["caih", "caih_forum", "dsr", "bri", "ilstc"])
def test_topics_find_the_seed_and_say_by_which_words(played: Played, topic: str) -> None:
    """@topic finds the seed's story, and its mentions quote the words that found it."""
    row, tools = seed(played), played.program.tools
    with tools.archive.read() as db:
        found = search.search(db, expand(parse(f"@{topic}"), tools.topics), limit=200)
    assert row.id in {one.story.id for one in found}
    mine = [mention for mention in played.mentions(row) if mention.topic == topic]
    assert mine
    for mention in mine:
        text = row.title if mention.field == "title" else row.body
        assert text[mention.start : mention.end] == mention.words
        assert mention.words in mention.sentence
        assert mention.clause


def test_words_of_the_seed(played: Played) -> None:
    """The harbor, the road and the corridor are found in the seed by the names it uses."""
    words: dict[str, set[str]] = {}
    for mention in played.mentions(seed(played)):
        words.setdefault(mention.topic, set()).add(mention.words.casefold())
    assert any("information harbor" in one for one in words["caih"])
    assert any("forum" in one for one in words["caih_forum"])
    assert "digital silk road" in words["dsr"]
    assert "belt and road" in " ".join(words["bri"])
    assert "southward gateway" in words["ilstc"]


def test_eight_tellings_are_one_event(played: Played) -> None:
    """The eight tellings of the forum, in six languages, are one event, and nothing else is in it."""
    tellings = played.happening(FORUM)
    assert len(tellings) == 8
    assert {row.language for row in tellings} == {"id", "en", "th", "zh", "vi", "ms"}
    (event,) = {row.event for row in tellings}
    members = {row.address for row in played.rows.values() if row.event == event}
    assert members == {row.address for row in tellings}


@pytest.mark.parametrize(
    "other", ["nanning-farm-forum-2018", "caih-forum-2019", "kuantan-port-2018"]
)
def test_look_alikes_are_other_events(played: Played, other: str) -> None:
    """Another forum in the town, the next edition and a port elsewhere are events of their own."""
    alike = played.happening(other)
    assert alike
    assert len({row.event for row in alike}) == 1
    assert {row.event for row in alike}.isdisjoint({row.event for row in played.happening(FORUM)})


def test_happenings_are_never_mixed(played: Played) -> None:
    """No event holds stories of two happenings."""
    by_event: dict[int | None, set[str]] = {}
    for one in played.expected:
        by_event.setdefault(played.row(one).event, set()).add(one.happening or one.address)
    assert [names for names in by_event.values() if len(names) > 1] == []


def test_every_story_is_archived_once(played: Played) -> None:
    """What was published and stayed reachable is in the archive once, and nothing else is."""
    found = [played.row(one).id for one in played.expected]
    assert len(found) == len(set(found)) == len(played.rows)


def test_every_story_has_headline_language_and_outlet(played: Played) -> None:
    """Headline, language and outlet are those of the press, in all ten languages."""
    wrong = [
        (one.headline, row.title, row.language)
        for one in played.expected
        for row in [played.row(one)]
        if (one.headline, one.language, one.outlet) != (row.title, row.language, row.outlet)
    ]
    assert wrong == []
    assert len({one.language for one in played.expected}) == 10


def test_every_story_has_its_time(played: Played) -> None:
    """A story's time is right to the minute, or to the day where only a day is printed."""
    wrong = [one.address for one in played.expected if not _timed(one, played.row(one))]
    assert wrong == []


def _timed(one: Expected, row: StoryRow) -> bool:
    assert row.published_at is not None
    off = abs(row.published_at - one.published)
    return off < timedelta(days=1) if row.published_precision == "day" else off <= timedelta(minutes=1)  # fmt: skip


def test_every_body_is_read(played: Played) -> None:
    """The body that was published is the body that is archived: F1 by words of .9 or more."""
    poor = {one.address: round(f1(played.row(one).body, one.body), 3) for one in played.expected}
    assert {address: score for address, score in poor.items() if score < 0.9} == {}


def test_topics_of_the_harbor_are_never_missed(played: Played) -> None:
    """Recall of the harbor's topics is 1.0; of all topics it is printed."""
    gold = {(one.address, topic) for one in played.expected for topic in one.topics}
    ours = {(one.address, topic) for one in played.expected for topic in played.row(one).topics}
    print(f"topics: recall {len(gold & ours) / len(gold):.3f} precision {len(gold & ours) / len(ours):.3f}")  # fmt: skip
    print("missed", sorted(gold - ours), "too many", sorted(ours - gold))
    core = {pair for pair in gold if pair[1] in CORE}
    assert len(core) >= 18
    assert core <= ours
    assert {pair for pair in ours if pair[1] in CORE} == core


def test_history_is_never_matched_nor_told(played: Played) -> None:
    """What stood there on the first poll, a day old or older, is searchable and never mailed (law 5)."""
    history = {row.id for row in played.rows.values() if row.history}
    for one in played.expected:
        row = played.row(one)
        old = one.published < row.first_seen_at - timedelta(hours=24)
        assert row.history == (old and row.first_seen_at < demo.BEGIN + timedelta(hours=1))
    with played.program.tools.archive.read() as db:
        assert history.isdisjoint(db.scalars(select(matches.c.story)))
        assert history.isdisjoint(db.scalars(select(told.c.story)))
        found = search.search(db, parse("2018 OR nanning OR 的"), limit=500)
    assert history & {one.story.id for one in found}


def test_edits_are_revisions_of_the_same_story(played: Played) -> None:
    """An edited headline, a changed figure and a new slug are revisions of the story they change."""
    edited = [
        one
        for one in played.expected
        if one.revisions > 1 and played.row(one).first_seen_at > demo.BEGIN + timedelta(hours=1)
    ]
    assert len(edited) >= 3
    assert all(played.row(one).revision == one.revisions for one in edited)
    row = played.row(played.one("strandledger", "Guangxi forum seals"))
    with played.program.tools.archive.read() as db:
        first, last = (stories.revision(db, row.id, number) for number in (1, 2))
    assert ("32 projects" in first.body, "35 projects" in last.body) == (True, True)
    assert "32" in first.title
    assert "35" in last.title
    assert 32.0 in {fact.value for fact in first.facts}
    assert 32.0 not in {fact.value for fact in last.facts}


def test_deleted_pages_are_kept_and_marked(played: Played) -> None:
    """A story that its outlet deletes stays in the archive, marked with when it was missed."""
    deleted = [one for one in played.expected if one.deleted]
    assert deleted
    for one in played.expected:
        row = played.row(one)
        assert (row.gone_at is not None) == one.deleted
        assert row.body


def test_the_sums_balance(played: Played) -> None:
    """Every address seen is fetched, waiting, refused or gone; every page came to its end (law 2)."""
    with played.program.tools.archive.read() as db:
        sums = ledger.sums(db)
        states = set(db.scalars(select(pages.c.state)))
    assert sums.seen == sums.fetched + sums.waiting + sum(sums.refused.values()) + sums.gone
    assert (sums.waiting, sums.refused) == (0, {})
    assert states == {"stored"}
    assert sums.stories == len(played.rows)
