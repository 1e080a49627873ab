"""Made-up sightings, pages and stories, put into a real archive as the pipelines would."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from archive.collecting import sightings, sources
from archive.keeping import pages, stories
from archive.telling import subscribers
from news import (
    Conditions,
    Dated,
    Entry,
    Page,
    Precision,
    Rhythm,
    Sighting,
    Source,
    Story,
    Subscriber,
    Target,
    Watch,
)

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LISTING = Source(
    id="indotelko/listing", outlet="indotelko", way="listing", address="https://indotelko.example/"
)
FEED = Source(
    id="indotelko/feed", outlet="indotelko", way="feed", address="https://indotelko.example/feed"
)
ANI = Subscriber(
    id="ani",
    name="Ani",
    zone="Asia/Jakarta",
    language="id",
    targets=(Target(channel="mailbox", address="ani@desk.example"),),
    watches=(Watch(name="pelabuhan", query="@caih", rhythm=Rhythm(kind="instant")),),
)


def sighting(key: str, **given: Any) -> Sighting:
    headline = given.pop("headline", "Pelabuhan informasi dibuka")
    modified = given.pop("modified", None)
    address = f"https://indotelko.example/read/{key}"
    said = Entry(address=address, headline=headline, modified=modified)
    made = Sighting(
        source=LISTING.id,
        outlet=LISTING.outlet,
        way=LISTING.way,
        address=address,
        key=key,
        seen_at=NOON,
        entry=said,
    )
    return replace(made, **given)


def page(key: str, body: bytes = b"<html>", **given: Any) -> Page:
    seen = sighting(key)
    made = Page(
        outlet=seen.outlet,
        source=seen.source,
        address=seen.address,
        final_address=seen.address,
        key=key,
        fetched_at=NOON,
        status=200,
        content_type="text/html",
        body=body,
        first_seen_at=NOON,
        entry=seen.entry,
        conditions=Conditions(body_hash=pages.body_hash(body)),
    )
    return replace(made, **given)


def keep_page(db: Connection, key: str) -> int:
    """Sight an address and keep what was fetched from it, as a crawl would."""
    sources.synchronise(db, [LISTING, FEED], NOON)
    sightings.record(db, [sighting(key)], history=False)
    return pages.keep(db, page(key), None)


def dated(at: datetime) -> Dated:
    return Dated(
        at=at,
        text=f"{at:%d/%m/%Y %H:%M}",
        zone="Asia/Jakarta",
        origin="printed",
        precision=Precision.MINUTE,
        confidence=1.0,
    )


def story(key: str, title: str = "Judul", body: str = "Isi berita.", **given: Any) -> Story:
    address = f"https://indotelko.example/read/{key}"
    made = Story(
        outlet="indotelko",
        country="ID",
        source=LISTING.id,
        page=0,
        page_key=key,
        address=address,
        key=key,
        title=title,
        titles=(("h1", title),),
        body=body,
        authors=(),
        published=None,
        modified=None,
        language="id",
        method="selectors",
        confidence=1.0,
        first_seen_at=NOON,
        fetched_at=NOON,
        history=False,
    )
    return replace(made, **given)


def put(db: Connection, said: Story) -> int:
    """Archive a story with the page it was read from; returns its number."""
    return stories.create(db, replace(said, page=keep_page(db, said.page_key)))


def revise(db: Connection, number: int, said: Story) -> int:
    """Archive what a story says now; returns the revision's number."""
    (old,) = stories.load(db, [number])
    return stories.revise(db, number, old, replace(said, page=keep_page(db, said.page_key)))


def subscribe(db: Connection, *everybody: Subscriber) -> None:
    subscribers.synchronise(db, everybody or (ANI,))
