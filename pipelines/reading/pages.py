"""A page's bytes to a story: decoded, parsed once, and read for all its parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from news import Dated, Entry, FurtherPage, Outlet, ReadPage, Refused
from pipelines.reading import addresses, refusals
from pipelines.reading.agencies import agency
from pipelines.reading.agreement import held
from pipelines.reading.body.bodies import Body, Hints, Spending, description_of, find_body
from pipelines.reading.body.furniture import trim
from pipelines.reading.body.repeated import Furniture
from pipelines.reading.body.selecting import Selected, select
from pipelines.reading.dates import zones
from pipelines.reading.decoding.decode import decode
from pipelines.reading.fetched import Fetched
from pipelines.reading.languages import detect
from pipelines.reading.markup import parse
from pipelines.reading.metadata.headlines import without_site
from pipelines.reading.metadata.metadata import Metadata, read_metadata
from pipelines.reading.metadata.times import modified, published
from pipelines.reading.paging import repeats
from pipelines.reading.parts import Part
from pipelines.reading.whole import Whole, whole

#: A page whose text is this much shorter than the source's own is a stub of it.
_STUB = 0.8
#: A body of less confidence is none. Of 154 pages with gold none was read with less than
#: .3; of 855 more six were, all of them lists of links, pictures or goods.
_SURE = 0.25
_NOTHING = Furniture()
#: Characters of the body that help to tell its language.
_LEAD = 1000


def read_page(  # noqa: PLR0917 - one call for all, as the worker passes it on
    body: bytes, content_type: str, address: str, entry: Entry, outlet: Outlet, now: datetime,
    parts: Sequence[Part] = (), furniture: Furniture = _NOTHING, *, spending: Spending = "cheap",
) -> ReadPage:  # fmt: skip
    """Read a story from a page's bytes.

    `entry` is what the source said of it, `now` the time of fetching,
    `parts` what its further pages add to its text (see read_further),
    `furniture` what the outlet is known to repeat under its stories, `spending`
    how many opinions of its body are asked for. Raises Refused with the reason: not-html, unreadable, no-body, too-short,
    numbers-only, error-page, consent-page, listing, no-title, selector; and
    SourceError where `address` is none.
    """
    page = Fetched(address=address, entry=entry, outlet=outlet, now=now)
    refusals.check_bytes(body, content_type)
    tree = parse(decode(body, content_type)[0])
    metadata = read_metadata(tree, page)
    said = published(metadata, "", page)
    selected = select(tree, outlet, _day(said, outlet))
    if selected.date:
        said = published(metadata, selected.date, page)
    title = without_site(selected.title, outlet) or metadata.title
    if not title:
        raise Refused("no-title", address)
    first = find_body(tree, _hints(metadata, title, furniture), selected, spending)
    read = whole(first, parts, [title, *(text for _, text in metadata.titles)])
    found = _found(read.body, entry, title)
    told = replace(metadata, title=title, authors=_names(selected, metadata))
    return _story(_own(found, furniture), said, told, page, read)


def read_further(  # noqa: PLR0917 - as above
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime,
    furniture: Furniture = _NOTHING,
) -> Part:  # fmt: skip
    """Read what a further page adds to its story.

    Raises Refused with the reason, as read_page does; only too short it cannot be.
    """
    page = Fetched(address=address, entry=Entry(address=address), outlet=outlet, now=now)
    refusals.check_bytes(body, content_type)
    tree = parse(decode(body, content_type)[0])
    metadata = read_metadata(tree, page)
    selected = select(tree, outlet, _day(published(metadata, "", page), outlet))
    title = without_site(selected.title, outlet) or metadata.title
    found = _own(find_body(tree, _hints(metadata, title, furniture), selected), furniture)
    trimmed = trim(found.text, [title, *(text for _, text in metadata.titles)])
    refusals.check_further(title, trimmed.text)
    _check_sure(found)
    return Part(
        text=trimmed.text,
        method=found.method,
        confidence=found.confidence,
        authors=trimmed.authors,
        agency=agency(found.text),
    )


def tells_again(first: FurtherPage, came: FurtherPage, outlet: Outlet, now: datetime) -> bool:
    """Say whether a further page tells the first one's text again.

    So it is where a pager turns the pages of something beside the story.
    """
    try:
        known, new = (
            read_further(page.body, page.content_type, page.address, outlet, now)
            for page in (first, came)
        )
    except Refused:
        return False  # no story: that is judged when it is read
    return repeats(known.text, new.text)


def _day(said: tuple[Dated, ...], outlet: Outlet) -> date | None:
    return said[0].at.astimezone(zones.tz(outlet.zone)).date() if said else None


def _own(found: Body, furniture: Furniture) -> Body:
    # What a selector, a feed or the page's data gave was not cut block by block.
    own = furniture.without(found.text)
    return replace(found, text=own) if own else found


def _hints(told: Metadata, title: str, furniture: Furniture) -> Hints:
    return Hints(
        title=title,
        description=description_of(told.fields),
        told=told.jsonld.body,
        furniture=furniture,
    )


def _names(selected: Selected, metadata: Metadata) -> tuple[str, ...]:
    return (selected.author,) if selected.author else metadata.authors


def _found(read: Body, entry: Entry, title: str) -> Body:
    told = _longer_entry(entry, read.text)
    if told:
        return Body(text=told, method="feed", confidence=0.8)
    try:
        refusals.check_story(title, trim(read.text, [title]).text)
        _check_sure(read)
        return read
    except Refused:
        whole = entry.body or entry.summary
        if refusals.weight(whole) < refusals.weight(read.text):
            raise
        refusals.check_story(title, whole)
        return Body(text=whole, method="feed", confidence=0.6)


def _check_sure(read: Body) -> None:
    if read.listing:
        raise Refused("listing", f"headlines that lead elsewhere: {read.text[:120]}")
    if read.confidence < _SURE:
        raise Refused(
            "no-body", f"nothing is surely the story ({read.confidence}): {read.text[:120]}"
        )


def _longer_entry(entry: Entry, read: str) -> str:
    # Only where the page's text is a part of the source's: else the page is
    # right, and the source carries more stories or its own boilerplate.
    for told in (entry.body, entry.summary):
        if told and len(read) < _STUB * len(told) and held(read, told) > 0.5:
            return told
    return ""


def _story(
    found: Body, said: tuple[Dated, ...], told: Metadata, page: Fetched, read: Whole
) -> ReadPage:
    names = [*told.authors, *(claim.name for claim in told.bylines)]
    trimmed = trim(found.text, [told.title, *(text for _, text in told.titles)], names)
    known = told.title in {text for _, text in told.titles}
    return ReadPage(
        address=told.address,
        key=addresses.key(told.address, page.outlet),
        title=told.title,
        titles=told.titles if known else (("selector", told.title), *told.titles),
        body=trimmed.text,
        authors=tuple(dict.fromkeys([*told.authors, *read.authors, *trimmed.authors])),
        published=said[0] if said else None,
        dates=said,
        modified=modified(told, page),
        language=detect(told.title, trimmed.text[:_LEAD], page.outlet.languages),
        method=found.method,
        confidence=found.confidence,
        section=told.section,
        images=told.images,
        agency=agency(found.text) or read.agency,
        bylines=tuple((claim.origin, claim.name) for claim in told.bylines),
        paywalled=told.paywalled,
        live=told.live,
    )
