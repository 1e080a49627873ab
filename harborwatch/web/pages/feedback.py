"""What a card was worth: the page that a mail's link leads to. Opening it says nothing."""

from dataclasses import dataclass

from sqlalchemy import Connection

from archive.keeping import stories
from archive.telling import feedback
from harborwatch.web.asking import Ask
from harborwatch.web.pages.signed import said_by
from harborwatch.web.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """A card that can be judged."""

    #: the link's own token, which its form brings again
    token: str
    headline: str
    language: str
    outlet_name: str
    #: what the link would say: "yes", "no" or ""
    say: str
    #: what was said now: "yes", "no"; "" before that
    said: str = ""
    #: that found the card's event
    watches: tuple[str, ...] = ()


def judging(site: Site, db: Connection, ask: Ask) -> Judging:
    """Show the card that a link speaks of. Raises PageError."""
    who, number = _card(site, ask)
    found = stories.load(db, [number])
    if not found:
        raise ask.missing()
    (row,) = found
    return Judging(
        token=ask.text("t"),
        headline=row.title,
        language=row.language,
        outlet_name=site.outlet_name(row.outlet),
        say=ask.text("say"),
        watches=tuple(feedback.watches_of(db, who, number)),
    )


def say(site: Site, ask: Ask, *, relevant: bool) -> None:
    """Write down what this reader says of the card. Raises PageError."""
    who, number = _card(site, ask)
    with site.archive.write() as db:
        if not stories.load(db, [number]):
            raise ask.missing()
        feedback.say(db, who, number, site.clock.now(), relevant=relevant)


def _card(site: Site, ask: Ask) -> tuple[str, int]:
    who, number = said_by(site, ask, "feedback")
    return who, int(number)
