"""Laws 3 and 4 at the archive: nothing twice, and killed at any moment it resumes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from archive_tellings import ANI, MINUTE, NOON, put, revise, story, subscribe
from sqlalchemy import select

from archive import Archive, open_archive
from archive.keeping import matches
from archive.keeping.matches import Found
from archive.tables import deliveries, to_match, told
from archive.telling import digests, outbox
from archive.telling.digests import Issue, Message
from news import Delivery, Fact, Target

LEASE = timedelta(minutes=5)
FACT = Fact(kind="count", value=35, what="projects", text="35 proyek", known=True)


def issue(slot: str = "2018-09-21T07:00+07:00", mails: int = 1, **given: Any) -> Issue:
    messages = [
        Message(
            target=Target(channel="mailbox", address=f"ani{n}@desk.example"),
            message_id=f"<{slot}-{n}@desk.example>",
            message=f"Subject: {slot}\n\nข่าว".encode(),
        )
        for n in range(mails)
    ]
    made = Issue(
        subscriber=ANI.id,
        slot=slot,
        at=NOON,
        subject="Kabar pelabuhan",
        text="teks",
        html="<p>teks",
        tells=[],
        instant=False,
        messages=messages,
    )
    return replace(made, **given)


def test_a_slot_is_written_once(archive: Archive) -> None:
    """A digest saved again for its slot writes nothing: no digest, no line, no delivery."""
    with archive.write() as db:
        subscribe(db)
        number = put(db, story("1"))
        tells = [(number, 1, "new")]
        first = digests.save(db, issue(tells=tells, mails=2))
        assert first is not None
        assert digests.save(db, issue(subject="Lain", tells=[(number, 9, "new")])) is None
        assert [past.subject for past in digests.past(db)] == ["Kabar pelabuhan"]
        assert db.execute(select(told.c.revision)).scalars().all() == [1]
        assert outbox.count(db) == {"open": 2}


def test_two_at_once_write_a_slot_once(archive: Archive) -> None:
    """Of two composers at the same moment one writes the slot, the other is told so."""
    with archive.write() as db:
        subscribe(db)
    ready = Barrier(2)

    def compose(slot: str) -> int | None:
        ready.wait()
        with archive.write() as db:
            return digests.save(db, issue(slot))

    with ThreadPoolExecutor(2) as pool:
        for day in range(5):
            made = list(pool.map(compose, [f"2018-09-2{day}"] * 2))
            assert sorted(number is None for number in made) == [False, True]


def test_a_delivery_is_claimed_by_one(archive: Archive) -> None:
    """Two senders on one outbox share its deliveries: each is claimed once, none is left."""
    with archive.write() as db:
        subscribe(db)
        digests.save(db, issue(mails=40))
    other = open_archive(archive.address)
    ready = Barrier(2)

    def drain(opened: Archive) -> list[int]:
        mine: list[int] = []
        ready.wait()
        while True:
            with opened.write() as db:
                delivery = outbox.claim(db, NOON, LEASE)
                if delivery is None:
                    return mine
                mine.append(delivery.id)

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(drain, (archive, other)))
    other.close()
    assert len(both[0]) + len(both[1]) == len({*both[0], *both[1]}) == 40


def test_a_lease_that_ran_out_is_claimed_again_with_its_message_id(archive: Archive) -> None:
    """A sender killed between claim and send leaves a delivery that keeps its Message-ID."""
    with archive.write() as db:
        subscribe(db)
        digests.save(db, issue())
        first = outbox.claim(db, NOON, LEASE)
        assert outbox.claim(db, NOON + LEASE - MINUTE, LEASE) is None
        again = outbox.claim(db, NOON + LEASE, LEASE)
    assert isinstance(first, Delivery)
    assert again == replace(first, attempts=2)


@pytest.mark.parametrize("end", ["sent", "dead", "later"])
def test_a_delivery_ends_in_one_way(archive: Archive, end: str) -> None:
    """What was sent or given up is claimed no more; what failed for now, when it is due."""
    retry = NOON + 30 * MINUTE
    with archive.write() as db:
        subscribe(db)
        digests.save(db, issue())
        claimed = outbox.claim(db, NOON, LEASE)
        assert claimed is not None
        if end == "sent":
            outbox.sent(db, claimed.id, NOON)
        else:
            outbox.failed(db, claimed.id, "450 busy", None if end == "dead" else retry)
        assert outbox.claim(db, retry - MINUTE, LEASE) is None
        again = outbox.claim(db, retry, LEASE)
        (row,) = outbox.listed(db, ["open", "sent", "dead"])
    assert (again is not None) == (end == "later")
    assert row.state == {"later": "open"}.get(end, end)
    assert row.error == ("" if end == "sent" else "450 busy")


def test_a_revision_waits_to_be_matched_until_it_is_settled(archive: Archive) -> None:
    """A to_match row stands exactly where a revision was stored and no watch was asked yet."""
    with archive.write() as db:
        subscribe(db)
        one, two = put(db, story("1")), put(db, story("2"))
        assert matches.unmatched(db, 9) == [(one, 1), (two, 1)]
        revise(db, one, story("1", "Judul baru", fetched_at=NOON + MINUTE))
        assert matches.unmatched(db, 9) == [(one, 1), (two, 1), (one, 2)]
        matches.settle(db, one, 1, [], NOON)
        found = Found(
            subscriber=ANI.id,
            watch="pelabuhan",
            story=two,
            revision=1,
            sentence="s",
            hits=((0, 1),),
        )
        matches.settle(db, two, 1, [found], NOON)
        matches.settle(db, two, 1, [found], NOON)
        assert matches.unmatched(db, 9) == [(one, 2)]
        assert matches.count_unmatched(db) == 1
        assert matches.open_for(db, ANI.id, ["pelabuhan"]) == [found]
        matches.close(db, [found], NOON)
        assert matches.open_for(db, ANI.id, ["pelabuhan"]) == []


def test_a_story_and_its_row_to_match_are_written_together(archive: Archive) -> None:
    """A transaction that fails after the story leaves neither the story nor its row."""

    def fails() -> None:
        with archive.write() as db:
            put(db, story("1"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    with archive.read() as db:
        assert db.execute(select(to_match)).all() == []
        assert db.exec_driver_sql("SELECT count(*) FROM stories").scalar() == 0


def test_told_is_kept_per_revision(archive: Archive) -> None:
    """A story told again at a new revision is told at that one, first by its first digest."""
    with archive.write() as db:
        subscribe(db, ANI, replace(ANI, id="budi"))
        number = put(db, story("1"))
        event = db.exec_driver_sql("SELECT event FROM stories").scalar_one()
        digests.save(db, issue("a", tells=[(number, 1, "also")]))
        (line,) = digests.told_stories(db, ANI.id, [event], [])
        assert (line.revision, line.only_also, line.facts) == (1, True, ())
        revise(db, number, story("1", "Judul baru", facts=(FACT,)))
        digests.save(db, issue("b", tells=[(number, 2, "update")], instant=True))
        (line,) = digests.told_stories(db, ANI.id, [], [number])
        assert (line.revision, line.only_also, line.facts) == (2, False, (FACT,))
        assert line.digest == 1
        assert digests.told_stories(db, "budi", [event], [number]) == []
        assert digests.events_told_at_once(db, ANI.id, None) == [event]
        assert digests.events_told_at_once(db, ANI.id, NOON) == []


def test_a_target_gets_a_digest_once(archive: Archive) -> None:
    """The database itself refuses a second delivery of one digest to one target."""
    twice = issue(messages=issue().messages * 2)
    with archive.write() as db:
        subscribe(db)

    def save() -> None:
        with archive.write() as db:
            digests.save(db, twice)

    with pytest.raises(Exception, match="UNIQUE constraint"):
        save()
    with archive.read() as db:
        assert db.execute(select(deliveries)).all() == []
        assert digests.past(db) == []
