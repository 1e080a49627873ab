"""What servers answered, in our words: one place where Scrapy's terms end."""

import re
from dataclasses import replace
from datetime import datetime

from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from archive.collecting.sightings import Fetch
from archive.collecting.sources import DueSource
from archive.keeping.pages import body_hash
from crawler.guard import PrivateAddress
from crawler.outcomes import TRIES, Fetched, outcome_of
from crawler.pace import HostWaits, retry_after
from news import Conditions, Outcome, Page, Poll
from pipelines.reading.sources.shown import Shown

_CONTEXT = re.compile(r" ssl:(?:<[^<>]*>|\w+)(?= \[)")


def conditional(conditions: Conditions) -> dict[str, str]:
    """Return the headers that ask for what changed since (RFC 9110, section 13)."""
    headers = {}
    if conditions.etag:
        headers["If-None-Match"] = conditions.etag
    if conditions.last_modified:
        headers["If-Modified-Since"] = conditions.last_modified
    return headers


def poll_of(response: Response, due: DueSource, now: datetime) -> Poll:
    """Return the poll that an answer makes, before its body is read."""
    outcome = outcome_of(response.status)
    mark = body_hash(response.body) if outcome is Outcome.GOOD else ""
    waits = _header(response, "Retry-After")
    return Poll(
        source=due.source.id,
        started_at=now,
        outcome=outcome,
        status=response.status,
        detail="" if outcome in (Outcome.GOOD, Outcome.UNCHANGED) else f"HTTP {response.status}",
        bytes=len(response.body),
        conditions=Conditions(
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            body_hash=mark,
        ),
        moved_to=moved_to(response),
        anew=due.anew or due.lies,
        retry_after=retry_after(waits, now).total_seconds()
        if outcome is Outcome.TOLD_TO_WAIT
        else None,
    )


def is_same_body(poll: Poll, due: DueSource) -> bool:
    """Return whether an answer is, byte for byte, the one before it."""
    return (
        poll.conditions.body_hash != "" and poll.conditions.body_hash == due.conditions.body_hash
    )


def unchanged(poll: Poll, due: DueSource) -> Poll:
    """Return the poll of a source that shows what it showed before."""
    shown = due.conditions.shown_hash
    return replace(
        poll,
        outcome=Outcome.UNCHANGED,
        detail="",
        conditions=replace(poll.conditions, shown_hash=shown),
    )


def moved_to(response: Response) -> str:
    """Return where permanent redirections led (RFC 9110, 15.4.2 and 15.4.9), or ""."""
    reasons = response.meta.get("redirect_reasons", [])
    return response.url if reasons and set(reasons) <= {301, 308} else ""


def read_poll(poll: Poll, response: Response, shown: Shown, due: DueSource) -> Poll:
    """Return the poll of a source that was read, with what is to be said of it.

    One that was cut is asked again without its validators: a server that
    answers "unchanged" would keep its rest from us for ever.
    """
    cut = shown.cut or "dataloss" in response.flags
    note = shown.note if shown.cut or not cut else f"cut: the connection broke off; {shown.note}"
    if cut:
        return replace(poll, detail=note.removesuffix("; "), conditions=Conditions())
    if shown.mark and shown.mark == due.conditions.shown_hash:
        return unchanged(poll, due)
    lied = poll.anew and not due.lies and _is_same_validator(poll.conditions, due.conditions)
    if lied:
        note = "; ".join(filter(None, ("its validators lie: the same for other stories", note)))
    return replace(
        poll,
        detail=note,
        lied=lied,
        conditions=replace(poll.conditions, shown_hash=shown.mark),
    )


def _is_same_validator(now: Conditions, before: Conditions) -> bool:
    if now.etag or before.etag:
        return now.etag == before.etag
    return bool(now.last_modified) and now.last_modified == before.last_modified


def unreadable(poll: Poll, detail: str) -> Poll:
    """Return the poll of a source that answered, but not with what it should."""
    return replace(poll, outcome=Outcome.UNREADABLE, detail=detail, conditions=Conditions())


def failed_poll(error: BaseException, due: DueSource, now: datetime) -> Poll:
    """Return the poll of a source that gave no answer."""
    outcome, waits = Outcome.TEMPORARY, None
    if isinstance(error, HostWaits):
        outcome, waits = Outcome.TOLD_TO_WAIT, (error.until - now).total_seconds()
    elif is_too_large(error) or is_circle(error):
        outcome = Outcome.UNREADABLE
    elif isinstance(error, IgnoreRequest):
        # robots.txt, or an address of a private network
        outcome = Outcome.BLOCKED
    return Poll(
        source=due.source.id,
        started_at=now,
        outcome=outcome,
        detail=detail_of(error),
        retry_after=waits,
    )


def failed_fetch(error: BaseException, fetch: Fetch) -> Fetched:
    """Decide what becomes of an address whose request gave no answer."""
    if isinstance(error, HostWaits):
        return Fetched.LATER
    if isinstance(error, PrivateAddress) or is_too_large(error):
        return Fetched.REFUSE
    return Fetched.REFUSE if fetch.attempts + 1 >= TRIES else Fetched.LATER


def is_silence(error: BaseException) -> bool:
    """Return whether a request got no answer at all: no name, no connection, no time left."""
    return not isinstance(error, IgnoreRequest) and not is_too_large(error)


def is_too_large(error: BaseException) -> bool:
    """Return whether an answer was stopped for its size, as it came or when it was unpacked."""
    if isinstance(error, DownloadCancelledError):
        return True
    return isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error)


def is_circle(error: BaseException) -> bool:
    """Return whether redirects led on and on."""
    return isinstance(error, IgnoreRequest) and "max redirections" in str(error)


def page_of(response: Response, fetch: Fetch, now: datetime) -> Page:
    """Return the page that an answer brought."""
    return Page(
        outlet=fetch.outlet,
        source=fetch.source,
        address=fetch.address,
        final_address=response.url,
        key=fetch.key,
        fetched_at=now,
        status=response.status,
        content_type=content_type(response),
        body=response.body,
        first_seen_at=fetch.first_seen_at,
        entry=fetch.entry,
        history=fetch.history,
        conditions=Conditions(
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            # what was kept the last time: Keep compares with it
            body_hash=fetch.conditions.body_hash,
        ),
    )


def content_type(response: Response) -> str:
    """Return the Content-Type that the server gave, or ""."""
    return _header(response, "Content-Type")


def detail_of(error: BaseException) -> str:
    """Return what an error says, for a person."""
    # aiohttp names its TLS context by its place in memory
    return _CONTEXT.sub("", str(error)) or type(error).__name__


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")
