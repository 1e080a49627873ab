"""A story of the press and the versions it goes through on the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

_EPOCH = datetime(2018, 1, 1, tzinfo=UTC)
TEASER_CHARACTERS = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What changes in a story at one time; None keeps what stood."""

    at: datetime
    headline: str | None = None
    slug: str | None = None
    #: Pairs of old and new text, applied to the body in order.
    replace: tuple[tuple[str, str], ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A story as it stands between two changes."""

    #: 1 for the first publication.
    number: int
    at: datetime
    headline: str
    slug: str
    body: str
    deleted: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, one paragraph a line."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of one outlet, with all that will happen to it."""

    outlet: str
    slug: str
    at: datetime
    headline: str
    section: str
    body: str
    happening: str | None = None
    #: Key of the story that this one repeats.
    copy_of: str | None = None
    #: Topics that a perfect tagger finds.
    topics: tuple[str, ...] = ()
    author: str = ""
    #: Agency that a wire translated it from.
    translator: str = ""
    #: Virtual host of its own (a wire's regional desk).
    host: str = ""
    revisions: tuple[Revision, ...] = ()

    @property
    def key(self) -> str:
        """Outlet and first slug: how stories name one another."""
        return f"{self.outlet}/{self.slug}"

    @property
    def unix(self) -> int:
        """Time of publication in Unix seconds."""
        return int(self.at.timestamp())

    @property
    def number(self) -> int:
        """A number like a content system gives: it grows by the minute."""
        return 700_000 + int((self.at - _EPOCH).total_seconds() // 60)


def revised(version: Version, revision: Revision) -> Version:
    """Give the next version. Raise ValueError if a text to replace is absent."""
    body = version.body
    for old, new in revision.replace:
        if old not in body:
            raise ValueError(f"the revision of {revision.at} replaces {old!r}, which is absent")
        body = body.replace(old, new)
    return Version(
        number=version.number + 1,
        at=revision.at,
        headline=revision.headline or version.headline,
        slug=revision.slug or version.slug,
        body=body,
        deleted=revision.deleted,
    )


def versions(story: Story) -> tuple[Version, ...]:
    """Give all versions of a story, oldest first."""
    first = Version(
        number=1, at=story.at, headline=story.headline, slug=story.slug, body=story.body
    )
    chain = [first]
    for revision in sorted(story.revisions, key=lambda each: each.at):
        chain.append(revised(chain[-1], revision))
    return tuple(chain)


def teaser(text: str, characters: int = TEASER_CHARACTERS) -> str:
    """Give the beginning of a text, cut as feeds cut it, with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= characters:
        return flat
    cut = flat[:characters]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > characters * 0.8 else cut}…"
