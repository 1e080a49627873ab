"""An edition: everything one outlet shows at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from .outlet import Outlet
from .story import Story, Version, versions
from .words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story in the version that the edition shows."""

    story: Story
    version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One outlet at one moment."""

    outlet: Outlet
    words: Words
    at: datetime
    #: When any story of the outlet last changed.
    changed: datetime
    port: int
    #: The host that was asked: a twin shows the same stories.
    host: str
    #: Newest first; deleted stories are not here.
    items: tuple[Item, ...]
    deleted: tuple[Item, ...]

    def base(self, host: str = "") -> str:
        """Give scheme, host and port; the canonical host unless one is named."""
        return f"http://{host or self.outlet.host}.localhost:{self.port}"

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the outlet's zone."""
        return moment.astimezone(ZoneInfo(self.outlet.zone))

    def in_section(self, section: str) -> tuple[Item, ...]:
        """Give the items of one section, newest first."""
        return tuple(item for item in self.items if item.story.section == section)

    def others(self, item: Item, count: int) -> tuple[Item, ...]:
        """Give the newest items besides this one, for boxes of links."""
        rest = (each for each in self.items if each.story.key != item.story.key)
        return tuple(each for each, _ in zip(rest, range(count), strict=False))


def standing(story: Story, at: datetime) -> Version | None:
    """Give the version that stands at a moment, None before publication."""
    return next((each for each in reversed(versions(story)) if each.at <= at), None)


def changes(stories: Iterable[Story]) -> tuple[datetime, ...]:
    """Give all moments at which any of the stories changes, in order."""
    moments = {version.at.astimezone(UTC) for story in stories for version in versions(story)}
    return tuple(sorted(moments))


def midnight(at: datetime, zone: str) -> datetime:
    """Give the start of the outlet's day: a page that prints today's date changes then."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)


def compose(
    outlet: Outlet,
    stories: Iterable[Story],
    words: Words,
    *,
    at: datetime,
    port: int,
    host: str,
) -> Edition:
    """Put together what an outlet shows at a moment."""
    pairs = ((story, standing(story, at)) for story in stories)
    shown = [Item(story=story, version=version) for story, version in pairs if version is not None]
    changed = max((item.version.at for item in shown), default=at)
    shown.sort(key=lambda item: item.story.at, reverse=True)
    return Edition(
        outlet=outlet,
        words=words,
        at=at,
        changed=changed,
        port=port,
        host=host,
        items=tuple(item for item in shown if not item.version.deleted),
        deleted=tuple(item for item in shown if item.version.deleted),
    )
