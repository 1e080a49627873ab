"""What a perfect monitor would have: the gold that tests measure against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from .desk import Desk
from .edition import Edition, Item
from .layouts import LAYOUTS
from .outlet import FeedBody
from .story import teaser, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One story as a perfect monitor has it."""

    outlet: str
    #: Canonical address as the outlet gives it now.
    address: str
    #: All canonical addresses that the story has had, oldest first.
    addresses: tuple[str, ...]
    headline: str
    language: str
    #: True time of publication, UTC.
    published: datetime
    happening: str | None
    #: Canonical address of the story that this one repeats.
    copy_of: str | None
    topics: tuple[str, ...]
    #: Versions published so far; 1 means never changed. A deletion is none.
    revisions: int
    #: The outlet has deleted it: the monitor keeps it, the outlet does not.
    deleted: bool
    #: The body as it stands, one paragraph a line.
    body: str

    def plain(self) -> dict[str, object]:
        """Give it as JSON would hold it."""
        return {**asdict(self), "published": self.published.isoformat()}


def _addresses(edition: Edition, item: Item, now: datetime) -> tuple[str, ...]:
    path_of = LAYOUTS[edition.outlet.layout].path_of
    past = [each for each in versions(item.story) if each.at <= now]
    items = (Item(story=item.story, version=version) for version in past)
    return tuple(dict.fromkeys(edition.base() + path_of(edition, each) for each in items))


def _body(edition: Edition, item: Item) -> str:
    """Give what the outlet publishes of the body: a teaser where it has no more."""
    if edition.outlet.feed_body is FeedBody.TEASER:
        return teaser(item.version.body)
    return "\n".join(item.version.paragraphs)


def _one(edition: Edition, item: Item, now: datetime, canonical: dict[str, str]) -> Expected:
    story, addresses = item.story, _addresses(edition, item, now)
    deletion = 1 if item.version.deleted else 0
    return Expected(
        outlet=story.outlet,
        address=addresses[-1],
        addresses=addresses,
        headline=item.version.headline,
        language=edition.outlet.plain_language,
        published=story.at.astimezone(UTC),
        happening=story.happening,
        copy_of=canonical.get(story.copy_of or ""),
        topics=story.topics,
        revisions=item.version.number - deletion,
        deleted=bool(deletion),
        body=_body(edition, item),
    )


def expected(desk: Desk, now: datetime) -> tuple[Expected, ...]:
    """Give all stories published by a moment, oldest first."""
    editions = [desk.edition(held.outlet.host, now) for held in desk.held.values()]
    pairs = [(edition, item) for edition in editions for item in _all(edition)]
    canonical = {item.story.key: _addresses(edition, item, now)[-1] for edition, item in pairs}
    found = (_one(edition, item, now, canonical) for edition, item in pairs)
    return tuple(sorted(found, key=lambda each: (each.published, each.address)))


def _all(edition: Edition) -> Iterable[Item]:
    yield from edition.items
    yield from edition.deleted
