"""Saying no: the page that a mail's link leads to, and the one click of a mail program (RFC 8058).

Opening it does nothing: mail scanners open every link. Only the button, or a
mail program's own POST, says no; the same page takes it back.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from archive.telling import subscribers, unsubscriptions
from archive.telling.subscribers import Kept
from harborwatch.web.asking import Ask
from harborwatch.web.pages.signed import said_by
from harborwatch.web.site import Site
from news import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOffered:
    """A watch that can be ended by itself."""

    name: str
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    """What a reader gets by mail, and what of it was stopped."""

    #: the link's own token, which its forms bring again
    token: str
    address: str
    #: no mail goes to this address any more
    stopped: bool
    #: empty where several addresses get the same digests: one reader speaks for one address
    watches: tuple[WatchOffered, ...]


def unsubscribing(site: Site, db: Connection, ask: Ask) -> Unsubscribing:
    """Show what can be stopped. Raises PageError at a link that is not ours or has ended."""
    who, target = _reader(site, ask)
    found = next(iter(subscribers.kept(db, [who])), None)
    said = unsubscriptions.said_no(db, who).get(who)
    return Unsubscribing(
        token=ask.text("t"),
        address=target.address,
        stopped=said is not None and target in said.targets,
        watches=_offered(found) if found is not None else (),
    )


def say(site: Site, ask: Ask, watch: str, *, undo: bool) -> None:
    """Stop this reader's mails, or those of one watch; `undo` takes it back. Raises PageError."""
    who, target = _reader(site, ask)
    now = site.clock.now()
    with site.archive.write() as db:
        found = next(iter(subscribers.kept(db, [who])), None)
        offered = {one.name for one in _offered(found)} if found is not None else frozenset()
        if watch and watch not in offered:
            raise ask.missing()
        if watch and undo:
            unsubscriptions.resume_watch(db, who, watch)
        elif watch:
            unsubscriptions.stop_watch(db, who, watch, now)
        elif undo:
            unsubscriptions.resume_target(db, who, target, now)
        else:
            unsubscriptions.stop_target(db, who, target, now)


def _reader(site: Site, ask: Ask) -> tuple[str, Target]:
    who, named = said_by(site, ask, "unsubscribe")
    return who, Target.of(named)


def _offered(found: Kept) -> tuple[WatchOffered, ...]:
    if len(found.subscriber.targets) != 1:
        return ()
    watches = found.subscriber.watches
    return tuple(
        WatchOffered(name=one.name, stopped=one.name in found.said_no.watches) for one in watches
    )
