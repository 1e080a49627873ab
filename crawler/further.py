"""Further pages of a story: what an answer adds to it, and where it ends."""

from dataclasses import replace
from urllib.parse import urlsplit

from scrapy.http import Response

from archive.collecting.sightings import Fetch
from archive.keeping.pages import mark_of
from crawler.answers import content_type
from crawler.outcomes import TRIES, outcome_of
from news import Conditions, FurtherPage, Outcome, Page
from pipelines.reading.page_numbers import MOST, further_places, is_page_of


def first_of(page: Page) -> FurtherPage:
    """Return the story's first page in the form of its further ones."""
    return FurtherPage(address=page.final_address, content_type=page.content_type, body=page.body)


def last_of(page: Page) -> FurtherPage:
    """Return the page that came last; the first one where it stands alone."""
    return page.further[-1] if page.further else first_of(page)


def follows(address: str, page: Page) -> bool:
    """Say whether an address is to be asked for: on the same host, and for the first time."""
    more = len(page.further) + 1 < MOST
    return more and is_near(address, page) and not is_had(address, page)


def is_near(address: str, page: Page) -> bool:
    """Say whether an address is on the story's own host."""
    return _host(address) == _host(page.final_address)


def is_had(address: str, page: Page) -> bool:
    """Say whether a page of the story came from this address."""
    had = {page.final_address, *(one.address for one in page.further)}
    if not is_page_of(page.address, page.final_address):
        had.add(page.address)
    return address in had


def may_begin_elsewhere(page: Page) -> bool:
    """Say whether a page may be a further one of a story that begins elsewhere, by its address."""
    return not page.further and bool(further_places(page.final_address))


def begun_at(page: Page, response: Response) -> Page:
    """Return the story as it begins at the first page that was answered.

    The validators are those of another address than the one that is asked the
    next time: they are left.
    """
    return replace(
        page,
        final_address=response.url,
        content_type=content_type(response),
        body=response.body,
        conditions=Conditions(body_hash=page.conditions.body_hash),
    )


def with_answer(page: Page, response: Response) -> Page:
    """Return the story with a further page that was answered, or cut before it."""
    if outcome_of(response.status) is not Outcome.GOOD:
        return cut(page, f"HTTP {response.status} at {response.url}")
    if not follows(response.url, page):
        return cut(page, f"led to {response.url}")
    came = FurtherPage(
        address=response.url, content_type=content_type(response), body=response.body
    )
    return replace(page, further=(*page.further, came))


def cut(page: Page, why: str) -> Page:
    """Return the story as far as it came, without its validators.

    A server that answers "unchanged" would keep its rest from us for ever.
    """
    conditions = Conditions(body_hash=page.conditions.body_hash)
    said = f"{len(page.further) + 1} of more pages: {why}"
    return replace(page, cut=said, conditions=conditions)


def is_worse(page: Page, fetch: Fetch) -> bool:
    """Say whether a cut story is better asked for again than kept beside what was kept before.

    A revision must not lose its end because a server failed for a minute.
    """
    changed = mark_of(page) != fetch.conditions.body_hash
    return bool(page.cut) and fetch.visits > 0 and changed and fetch.attempts + 1 < TRIES


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")
