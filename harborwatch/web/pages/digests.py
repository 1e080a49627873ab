"""Digests: what each subscriber was told, by permanent link, and how it went out."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.clean import clean
from alerts.compose import INSTANT
from archive.telling import digests, outbox
from archive.telling.digests import PastDigest
from archive.telling.outbox import OutboxRow
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.site import Site

#: digests and deliveries on a page
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """A digest by its subject."""

    number: int
    subscriber: str
    slot: str
    #: told at once, not in a slot of its rhythm
    instant: bool
    at: datetime
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """How a digest goes to one target."""

    number: int
    digest: int
    subscriber: str
    slot: str
    channel: str
    address: str
    #: "open", "sent" or "dead"
    state: str
    attempts: int
    next_try: datetime | None
    sent: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """The newest digests, and the deliveries that need a look."""

    digests: tuple[DigestLine, ...]
    #: number before which the next page begins; None: that was all
    after: int | None
    open: tuple[DeliveryLine, ...]
    dead: tuple[DeliveryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """A digest as it was told."""

    digest: DigestLine
    text: str
    #: it has HTML too, at /digests/NUMBER/html
    html: bool
    deliveries: tuple[DeliveryLine, ...]


def all_digests(site: Site, db: Connection, ask: Ask) -> Digests:
    """Show the newest digests and the outbox; `before` goes on where the last page ended."""
    del site
    found = digests.past(db, before=_before(ask), limit=PAGE)
    return Digests(
        digests=tuple(map(_line, found)),
        after=found[-1].id if len(found) == PAGE else None,
        open=tuple(map(_delivery, outbox.listed(db, ("open",), PAGE))),
        dead=tuple(map(_delivery, outbox.listed(db, ("dead",), PAGE))),
    )


def _before(ask: Ask) -> int | None:
    text = ask.text("before")
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,18}", text):
        raise PageError(400, ask.wording("error.place"))
    return int(text)


def one_digest(site: Site, db: Connection, ask: Ask) -> DigestPage:
    """Show a digest as it was told, and how it went out."""
    del site
    past = digest_of(db, ask)
    return DigestPage(
        digest=_line(past),
        text="\n".join(map(clean_line, past.text.splitlines())),
        html=bool(past.html),
        deliveries=tuple(
            map(_delivery, outbox.listed(db, ("open", "sent", "dead"), PAGE, digest=past.id))
        ),
    )


def digest_of(db: Connection, ask: Ask) -> PastDigest:
    """Return the digest that is asked for. Raises PageError where there is none."""
    found = digests.past(db, number=ask.number())
    if not found:
        raise ask.missing()
    return found[0]


def clean_line(line: str) -> str:
    """Return a line made harmless, as far in as it was."""
    inside = line.lstrip(" ")
    return " " * (len(line) - len(inside)) + clean(inside)


def _line(one: PastDigest) -> DigestLine:
    return DigestLine(
        number=one.id,
        subscriber=one.subscriber,
        slot=one.slot,
        instant=one.slot.startswith(INSTANT),
        at=one.at,
        subject=clean(one.subject),
    )


def _delivery(row: OutboxRow) -> DeliveryLine:
    return DeliveryLine(
        number=row.id,
        digest=row.digest,
        subscriber=row.subscriber,
        slot=row.slot,
        channel=row.target.channel,
        address=clean(row.target.address),
        state=row.state,
        attempts=row.attempts,
        next_try=row.next_try_at if row.state == "open" else None,
        sent=row.sent_at,
        error=clean(row.error),
    )
