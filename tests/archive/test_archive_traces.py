"""Traces: what the archive knows of one address or story."""

from dataclasses import replace
from datetime import timedelta

from archive_tellings import (
    ANI,
    FEED,
    LISTING,
    MINUTE,
    NOON,
    page,
    put,
    revise,
    sighting,
    story,
    subscribe,
)

from archive import Archive
from archive.collecting import sightings, sources
from archive.keeping import matches, pages, traces
from archive.keeping.matches import Found
from archive.telling import digests, telling_traces
from archive.telling.digests import Issue, Message
from news import CopyOf, EventLink, Mention

HIT = Found(
    subscriber="ani", watch="pelabuhan", story=1, revision=1, sentence="Isi.", hits=((0, 3),)
)


def test_an_address_is_known_by_key_by_itself_and_by_where_it_led(archive: Archive) -> None:
    """Key, address as shown and address after redirects lead to the same trace."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        sightings.record(db, [sighting("a")], history=True)
        pages.keep(db, page("a", final_address="https://m.indotelko.example/a"), NOON + MINUTE)
        by_key = traces.address(db, ["x", "a"], "")
        assert by_key is not None
        assert traces.address(db, [], by_key.address) == by_key
        assert traces.address(db, [], "https://m.indotelko.example/a") == by_key
        assert traces.address(db, ["b"], "https://indotelko.example/b") is None
    assert (by_key.state, by_key.history, by_key.visits) == ("fetched", True, 1)
    assert [one.source for one in by_key.shown] == [LISTING.id]
    assert [(one.status, one.state) for one in by_key.pages] == [(200, "kept")]


def test_a_refusal_keeps_its_reason_and_a_failure_its_count(archive: Archive) -> None:
    """What was refused says why; what failed for now says how often and until when."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        sightings.record(db, [sighting("a"), sighting("b")], history=False)
        sightings.refuse(db, "a", "unreachable", "Forbidden by robots.txt")
        sightings.put_off(db, "b", "HTTP 503", NOON + MINUTE)
        refused, late = traces.address(db, ["a"], ""), traces.address(db, ["b"], "")
    assert refused is not None
    assert (refused.state, refused.reason) == ("refused", "unreachable")
    assert (refused.detail, refused.fetch_at) == ("Forbidden by robots.txt", None)
    assert late is not None
    assert (late.state, late.attempts, late.fetch_at) == ("waiting", 1, NOON + MINUTE)


def test_a_story_is_traced_with_copies_event_and_topics(archive: Archive) -> None:
    """Revisions, copies both ways, others of the event and a topic's words are there."""
    told = Mention(
        topic="caih", field="title", start=0, end=5, words="信息港", clause="信息港", sentence=""
    )
    again = replace(told, start=9, end=14)
    with archive.write() as db:
        first = put(db, story("a", mentions=(told, again)))
        copy = CopyOf(story=first, kind="reprint", containment=0.9)
        joined = EventLink(event=1, score=1.0, because="same: 59")
        second = put(db, story("b", copy_of=copy, event=joined))
        third = put(db, story("c", event=joined))
        seen, link = traces.story(db, first), traces.story(db, second)
        revise(db, first, story("a", "Judul baru"))
        after = traces.story(db, first)
        assert traces.story(db, 99) is None
        assert traces.story_of(db, ["a"], "") == first
        assert traces.story_of(db, [], "https://indotelko.example/read/c") == third
        assert traces.story_of(db, ["none"], "https://elsewhere.example/") is None
        assert [one.key for one in traces.addresses_of(db, first)] == ["a"]
    assert seen is not None
    assert link is not None
    assert after is not None
    assert [one.id for one in seen.copies] == [second]
    assert seen.event_others == (third,)
    assert seen.mentions == (told, again)
    assert (link.story.copy_of, link.containment, link.event_because) == (first, 0.9, "same: 59")
    assert [one.number for one in after.revisions] == [1, 2]
    assert after.mentions == ()
    assert after.to_match == (1, 2)


def test_matches_and_tellings_are_traced_to_their_delivery(archive: Archive) -> None:
    """Who found it, in which digest it stood and how that left stand in the trace."""
    issue = Issue(
        subscriber="ani",
        slot="now:1",
        at=NOON,
        subject="S",
        text="T",
        html="H",
        tells=[(1, 1, "new")],
        instant=True,
        messages=[Message(target=ANI.targets[0], message_id="<1@x>", message=b"M")],
    )
    with archive.write() as db:
        subscribe(db)
        put(db, story("a"))
        assert telling_traces.matched(db, 1) == []
        matches.settle(db, 1, 1, [HIT], NOON)
        (waiting,) = telling_traces.matched(db, 1)
        assert telling_traces.tellings(db, 1) == []
        digests.save(db, issue)
        matches.close(db, [HIT], NOON + timedelta(hours=1))
        (settled,) = telling_traces.matched(db, 1)
        (told,) = telling_traces.tellings(db, 1)
    assert waiting.settled_at is None
    assert settled.settled_at == NOON + timedelta(hours=1)
    assert (told.subscriber, told.digest, told.slot, told.card) == ("ani", 1, "now:1", "new")
    assert [(one.target, one.state) for one in told.deliveries] == [(ANI.targets[0], "open")]
