"""What one process claims for another is taken over once, and never after its lease."""

from datetime import timedelta

from archive_tellings import FEED, LISTING, MINUTE, NOON, keep_page, sighting

from archive import Archive
from archive.collecting import sightings, sources, workers
from archive.keeping import pages, readings

LEASE = timedelta(minutes=10)


def test_a_claimed_source_is_taken_over_once(archive: Archive) -> None:
    """Of all who run a task, the first gets its sources; a later claim makes an older one void."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        claimed = [one.source.id for one in sources.claim_due(db, NOON, LEASE, limit=1)]
        assert len(claimed) == 1
        taken = sources.take_over(db, claimed, NOON + LEASE, NOON + 2 * LEASE)
        assert [one.source.id for one in taken] == claimed
        assert sources.take_over(db, claimed, NOON + LEASE, NOON + 2 * LEASE) == []
        # Given back by a lease that it no longer has, it stays the other's.
        sources.release(db, claimed, NOON + LEASE)
        assert claimed[0] not in {one.source.id for one in sources.claim_due(db, NOON, LEASE)}
        sources.release(db, claimed, NOON + 2 * LEASE)
        assert [one.source.id for one in sources.claim_due(db, NOON, LEASE)] == claimed


def test_a_claimed_address_is_taken_over_once(archive: Archive) -> None:
    """Of all who run a task, the first gets its addresses; given back, they are due again."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING], NOON)
        sightings.record(db, [sighting("one"), sighting("two")], history=False)
        claimed = sightings.claim_fetches(db, NOON, LEASE, limit=9)
        ids = [one.address_id for one in claimed]
        assert len(sightings.take_over(db, ids, NOON + LEASE, NOON + 2 * LEASE)) == 2
        assert sightings.take_over(db, ids, NOON + LEASE, NOON + 2 * LEASE) == []
        sightings.release(db, of_sources=[LISTING.id])
        assert sightings.claim_fetches(db, NOON, LEASE, limit=9, since=NOON - MINUTE) == []
        assert len(sightings.claim_fetches(db, NOON, LEASE, limit=9)) == 2


def test_a_page_is_read_by_one_until_its_lease_ends(archive: Archive) -> None:
    """A page in hand is nobody else's; unread after the lease, or given back, it is free again."""
    with archive.write() as db:
        kept = [keep_page(db, "one"), keep_page(db, "two")]
        assert readings.claim(db, NOON, LEASE, 9) == kept
        assert readings.claim(db, NOON, LEASE, 9) == []
        readings.put(db, kept[0], 4, b"made", NOON)
        readings.release(db, kept)
        assert readings.claim(db, NOON, LEASE, 9) == kept[1:]
        assert readings.claim(db, NOON + LEASE, LEASE, 9) == kept[1:]
        found = readings.of(db, kept[0])
        assert found is not None
        assert (found.changed, found.made) == (4, b"made")
        assert pages.stored(db, kept[0])
        readings.forget(db)
        assert readings.of(db, kept[0]) is None
        assert readings.of(db, kept[1]) is not None
        readings.put(db, kept[1], 4, b"made", NOON)
        readings.forget_made(db, ["another"])
        assert readings.of(db, kept[1]) is not None
        readings.forget_made(db, [LISTING.outlet])
        assert readings.claim(db, NOON, LEASE, 9) == kept[1:]


def test_a_page_is_settled_once(archive: Archive) -> None:
    """Who settles a page second is told so, whoever was first."""
    with archive.write() as db:
        number = keep_page(db, "one")
        assert pages.stored(db, number)
        assert not pages.stored(db, number)
        assert not pages.refused(db, number, "no-body", "")
        other = keep_page(db, "two")
        assert pages.refused(db, other, "no-body", "")
        assert not pages.refused(db, other, "no-body", "")
        assert not pages.stored(db, other)


def test_workers_are_heard_of(archive: Archive) -> None:
    """A worker is alive for a minute after each sign of life; one that ends says so."""
    with archive.write() as db:
        workers.beat(db, "a:1", ["polls", "reading"], NOON)
        workers.beat(db, "b:2", ["telling"], NOON)
        workers.beat(db, "a:1", ["polls", "reading"], NOON + MINUTE)
        first, second = workers.listed(db)
        assert first.queues == ("polls", "reading")
        assert (first.is_alive(NOON + MINUTE), second.is_alive(NOON + MINUTE)) == (True, False)
        workers.end(db, "a:1")
        assert [one.name for one in workers.listed(db)] == ["b:2"]


def test_no_more_is_claimed_of_an_outlet_than_its_host_can_be_asked_for(archive: Archive) -> None:
    """Of each outlet so many at most are under claim, news before history, whoever claims."""
    old, new = [f"o{n}" for n in range(5)], [f"n{n}" for n in range(2)]
    with archive.write() as db:
        sources.synchronise(db, [LISTING], NOON)
        sightings.record(db, [sighting(one) for one in old], history=True)
        sightings.record(db, [sighting(one, seen_at=NOON + MINUTE) for one in new], history=False)
        now = NOON + 2 * MINUTE
        first = sightings.claim_fetches(db, now, LEASE, limit=9, each=3)
        assert [one.history for one in first] == [False, False, True]
        assert sightings.claim_fetches(db, now, LEASE, limit=9, each=3) == []
        claims = {one.address_id: one.leased for one in first}
        assert not sightings.prolong(db, first[0].address_id, now, now + 2 * LEASE)
        assert sightings.prolong(db, first[0].address_id, now + LEASE, now + 2 * LEASE)
        # What was prolonged or settled since is no longer the claim that is given back.
        sightings.give_back(db, claims)
        again = sightings.claim_fetches(db, now, LEASE, limit=9, each=3)
        assert {one.address_id for one in again} == set(list(claims)[1:])
