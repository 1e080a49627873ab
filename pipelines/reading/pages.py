"""A page's bytes to a story: decoded, parsed once, and read for all its parts."""

from dataclasses import replace
from datetime import date, datetime

from news import Dated, Entry, Outlet, ReadPage, Refused
from pipelines.reading import addresses, refusals, zones
from pipelines.reading.agencies import agency
from pipelines.reading.agreement import held
from pipelines.reading.bodies import Body, Selected, find_body, select
from pipelines.reading.decode import decode
from pipelines.reading.fetched import Fetched
from pipelines.reading.furniture import trim
from pipelines.reading.headlines import without_site
from pipelines.reading.languages import detect
from pipelines.reading.markup import parse
from pipelines.reading.metadata import Metadata, read_metadata
from pipelines.reading.times import modified, published

#: A page whose text is this much shorter than the source's own is a stub of it.
_STUB = 0.8
#: Characters of the body that help to tell its language.
_LEAD = 1000


def read_page(  # noqa: PLR0917 - one call for all, as the worker passes it on
    body: bytes, content_type: str, address: str, entry: Entry, outlet: Outlet, now: datetime
) -> ReadPage:
    """Read a story from a page's bytes.

    `entry` is what the source said of it, `now` the time of fetching. Raises
    Refused with the reason: not-html, unreadable, no-body, too-short,
    numbers-only, error-page, consent-page, no-title, selector; and
    SourceError where `address` is none.
    """
    page = Fetched(address=address, entry=entry, outlet=outlet, now=now)
    refusals.check_bytes(body, content_type)
    tree = parse(decode(body, content_type)[0])
    metadata = read_metadata(tree, page)
    said = published(tree, metadata, "", page)
    selected = select(tree, outlet, _day(said, outlet))
    if selected.date:
        said = published(tree, metadata, selected.date, page)
    title = without_site(selected.title, outlet) or metadata.title
    if not title:
        raise Refused("no-title", address)
    found = _found(find_body(tree, metadata.jsonld.body, selected), entry, title)
    told = replace(metadata, title=title, authors=_names(selected, metadata))
    return _story(found, said, told, page)


def _day(said: Dated | None, outlet: Outlet) -> date | None:
    return said.at.astimezone(zones.tz(outlet.zone)).date() if said else None


def _names(selected: Selected, metadata: Metadata) -> tuple[str, ...]:
    return (selected.author,) if selected.author else metadata.authors


def _found(read: Body, entry: Entry, title: str) -> Body:
    told = _longer_entry(entry, read.text)
    if told:
        return Body(text=told, method="feed", confidence=0.8)
    try:
        refusals.check_story(title, trim(read.text, [title]).text)
        return read
    except Refused:
        whole = entry.body or entry.summary
        if refusals.weight(whole) < refusals.weight(read.text):
            raise
        refusals.check_story(title, whole)
        return Body(text=whole, method="feed", confidence=0.6)


def _longer_entry(entry: Entry, read: str) -> str:
    # Only where the page's text is a part of the source's: else the page is
    # right, and the source carries more stories or its own boilerplate.
    for told in (entry.body, entry.summary):
        if told and len(read) < _STUB * len(told) and held(read, told) > 0.5:
            return told
    return ""


def _story(found: Body, said: Dated | None, told: Metadata, page: Fetched) -> ReadPage:
    trimmed = trim(found.text, [told.title, *(text for _, text in told.titles)])
    known = told.title in {text for _, text in told.titles}
    return ReadPage(
        address=told.address,
        key=addresses.key(told.address, page.outlet),
        title=told.title,
        titles=told.titles if known else (("selector", told.title), *told.titles),
        body=trimmed.text,
        authors=tuple(dict.fromkeys([*told.authors, *trimmed.authors])),
        published=said,
        modified=modified(told, page),
        language=detect(told.title, trimmed.text[:_LEAD], page.outlet.languages),
        method=found.method,
        confidence=found.confidence,
        section=told.section,
        images=told.images,
        agency=agency(found.text),
    )
