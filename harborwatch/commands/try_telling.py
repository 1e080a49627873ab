"""Stories told to an archive in a temporary folder, through the stages that a crawl's take."""

import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import click

from archive import open_archive
from archive.keeping import pages, stories
from crawler import catalogue
from crawler.cycle import stages_after_read
from crawler.replay import sight
from crawler.unlisted import unlisted
from harborwatch.commands.try_story_inputs import StoryInput
from news import (
    Entry,
    Outlet,
    Page,
    ReadPage,
    Story,
    SystemClock,
)
from pipelines import embedding, vectors
from pipelines.event_settling import Settler
from pipelines.read import story_of
from pipelines.reading.addresses import owner
from pipelines.reading.languages import detect
from pipelines.reading.worker import Workers
from pipelines.stages import StoryStage, Tools
from pipelines.turns import Turns
from query import Names, Topics

#: characters of a text that tell its language, as in reading
_LEAD = 1000
#: the address of a story that has none; no host has it (RFC 6761)
_NOWHERE = "https://unknown.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """An archive that stories are told to, and what they go through."""

    tools: Tools
    #: by their ids; grows with those that lines name and no file describes
    outlets: dict[str, Outlet]
    #: those that files describe
    described: Sequence[Outlet]
    stages: Sequence[StoryStage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story that was told: its number in the archive, and what was found in it."""

    number: int
    given: StoryInput
    story: Story


@contextmanager
def newsroom(outlets: Iterable[Path], topics: Iterable[Path]) -> Iterator[Newsroom]:
    """Open an empty archive, with those outlets and topics; it is gone afterwards."""
    usable = catalogue.usable(outlets)
    for error in usable.broken:
        click.secho(f"harborwatch: left out: {error}", fg="red", err=True)
    known = dict(usable.outlets)
    loaded, names = Topics.load(*topics), Names.shipped()
    with tempfile.TemporaryDirectory(prefix="harborwatch-") as folder:
        archive = open_archive(f"sqlite:///{Path(folder) / 'archive.db'}")
        tools = Tools(
            archive=archive,
            outlets=known,
            topics=loaded,
            names=names,
            clock=SystemClock(),
            workers=Workers(),
            turns=Turns(),
        )
        try:
            yield Newsroom(
                tools=tools,
                outlets=known,
                described=tuple(known.values()),
                stages=stages_after_read(tools),
            )
        finally:
            archive.close()


def tell(room: Newsroom, given: StoryInput, at: datetime) -> Told:
    """Take a story that came at that time through the stages into the archive."""
    archive, outlet = room.tools.archive, _outlet(room, given)
    page = _page(given, outlet, at)
    with archive.write() as db:
        sight(db, page)
        page = replace(page, id=pages.keep(db, page, None))
    story: Story = story_of(page, _read(given, outlet, page), outlet)
    for stage in room.stages:
        story = stage.process_item(story)
    with archive.read() as db:
        row = stories.find(db, [page.key])
    assert row is not None, "what has passed the last stage is stored"
    return Told(number=row.id, given=given, story=story)


def _outlet(room: Newsroom, given: StoryInput) -> Outlet:
    """Return the outlet that a line names, else the one of its address, else one of its own.

    Of its own, because what one outlet prints again and again counts as its
    boilerplate, which lines that name none do not share.
    """
    known = room.outlets.get(given.outlet)
    if known is None and given.url and not given.outlet:
        known = owner(given.url, room.described)
    if known is not None:
        return known
    made = unlisted(given.url or _NOWHERE, given.language)
    name = given.outlet or (made.id if given.url else f"line-{given.number}")
    # Under its name and no host: two names may well share one.
    return room.outlets.setdefault(name, replace(made, id=name, name=name))


def _page(given: StoryInput, outlet: Outlet, at: datetime) -> Page:
    """Return the page that a story stands for; its bytes are nobody's concern."""
    address = given.url or _NOWHERE
    return Page(
        outlet=outlet.id,
        source=f"{outlet.id}/listing",
        address=address,
        final_address=address,
        # Not the address: of two lines none is the other's revision.
        key=f"line {given.number}",
        fetched_at=at,
        status=200,
        content_type="text/plain",
        body=b"",
        first_seen_at=at,
        entry=Entry(address=address),
    )


def _read(given: StoryInput, outlet: Outlet, page: Page) -> ReadPage:
    """Return a line as a reading worker tells a page."""
    told = given.language or detect(given.title, given.text[:_LEAD], outlet.languages)
    return ReadPage(
        address=page.address,
        key=page.key,
        title=given.title,
        titles=(("line", given.title),),
        body=given.text,
        authors=(),
        published=given.published,
        modified=None,
        language=told,
        method="line",
        confidence=1.0,
    )


async def give_vectors(tools: Tools) -> None:
    """Give every story its vector where the extra is installed, and group by them as `run` does."""
    embedder = embedding.shipped()
    if embedder is None:
        return
    settler = Settler.of(tools.topics)
    try:
        await vectors.work(tools.archive, settler, embedder, seconds=math.inf)
    finally:
        await embedder.close()
    vectors.learn(tools.archive, settler, older=True)
