"""Which kept pages are chosen, and what became of them, on either database."""

from datetime import timedelta

from archive_tellings import FEED, LISTING, NOON, page, revise, sighting, story

from archive import Archive
from archive.collecting import sightings, sources
from archive.keeping import page_choices, pages, retention, stories
from archive.keeping.page_choices import Choice, Verdict

DAY = timedelta(days=1)


def choose_pages(archive: Archive) -> None:
    """Choose of five pages a day apart: two purged, one revised, one refused, one not read."""
    with archive.write() as db:
        sources.synchronise(db, [LISTING, FEED], NOON)
        numbers = []
        for at in range(5):
            sightings.record(db, [sighting(str(at))], history=False)
            outlet = "antara" if at == 4 else "indotelko"
            came = page(str(at), fetched_at=NOON + at * DAY, outlet=outlet)
            numbers.append(pages.keep(db, came, None))
        for kept in numbers[:2]:
            pages.stored(db, kept)
        told = stories.create(db, story("2", page=numbers[2]))
        pages.stored(db, numbers[2])
        pages.refused(db, numbers[3], "not a story", "")
        assert revise(db, told, story("2", body="Isi lain.")) == 2
    with archive.write() as db:
        assert retention.purge_pages(db, NOON + 1.5 * DAY, NOON + 9 * DAY, 10) == 2
    with archive.read() as db:
        last = numbers[-1] + 1
        # The revision's page was kept last, and fetched on the first day.
        assert page_choices.whole(db, Choice()) == [*numbers[2:], last]
        assert page_choices.purged(db, Choice()) == 2
        some = Choice(since=NOON + DAY, until=NOON + 4 * DAY)
        assert page_choices.whole(db, some) == numbers[2:4]
        assert page_choices.purged(db, some) == 1
        assert page_choices.whole(db, Choice(outlets=("antara",))) == [numbers[4]]
        assert page_choices.has_any(db, "antara")
        assert not page_choices.has_any(db, "antarra")
        assert list(page_choices.verdicts(db, [])) == []
        assert list(page_choices.verdicts(db, [numbers[2], numbers[3], last])) == [
            Verdict(page=numbers[2], state="stored", reason="", stories=((told, 1),)),
            Verdict(page=numbers[3], state="refused", reason="not a story", stories=()),
            Verdict(page=last, state="kept", reason="", stories=((told, 2),)),
        ]
        assert pages.load_whole(db, numbers[0]) is None
        kept = pages.load_whole(db, numbers[2])
        assert kept is not None
        assert kept.body == b"<html>"
