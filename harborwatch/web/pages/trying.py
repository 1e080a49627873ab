"""Trying a question before it becomes a watch: what it would have found in the archive."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from alerts.matching import compiled
from archive.searching.trials import trial
from archive.telling import subscribers
from harborwatch.web.asking import Ask
from harborwatch.web.pages.lines import FoundLine, StoryLine, found_line, story_line
from harborwatch.web.pages.mistakes import Mistake, mistake
from harborwatch.web.site import Site
from news import QueryError
from query import expand, parse
from query.relaxing import Miss, misses

#: weeks that are shown, the newest
WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week's stories."""

    week: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A watch that finds some of the same."""

    watch: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A story that would be found but for one clause."""

    story: StoryLine
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a question would have found."""

    query: str
    name: str
    total: int | None
    whole: bool
    #: of these searchable, never mailed
    history: int
    weeks: tuple[Week, ...]
    most: int
    samples: tuple[FoundLine, ...]
    missed: tuple[Missed, ...]
    overlaps: tuple[Overlap, ...]
    #: who may be given a watch of it
    subscribers: tuple[str, ...]
    #: whose clock each one's rhythms go by
    zones: Mapping[str, str]
    mistake: Mistake | None


def tried(site: Site, db: Connection, ask: Ask) -> Tried:
    """Try `q` on the archive: how many, when, samples, near misses, what other watches have."""
    text = ask.text("q")
    zones = {one.subscriber.id: one.subscriber.zone for one in subscribers.kept(db)}
    if not text:
        return _nothing(ask, text, None)
    try:
        plain = parse(text)
        asked = expand(plain, site.topics)
        near = [Miss(missing=m.missing, query=expand(m.query, site.topics)) for m in misses(plain)]
        watches = compiled(subscribers.load(db), site.topics)
        others = {f"{one.subscriber}/{one.watch}": one.query for one in watches}
        found = trial(db, asked, near or misses(asked), others)
    except QueryError as error:
        return _nothing(ask, text, mistake(error, site.topics, ask.wording))
    weeks = found.weeks[-WEEKS:]
    return Tried(
        query=text,
        name=ask.text("name"),
        total=found.facets.total.n,
        whole=found.facets.total.whole,
        history=found.history,
        weeks=tuple(Week(week=week, count=n) for week, n in weeks),
        most=max((n for _, n in weeks), default=0),
        samples=tuple(found_line(site, one) for one in found.samples),
        missed=tuple(
            Missed(story=story_line(site, one.story), missing=ask.wording.said(one.missing))
            for one in found.near_misses
        ),
        overlaps=tuple(
            Overlap(watch=name, count=both.n) for name, both in found.overlap.items() if both.n
        ),
        subscribers=tuple(zones),
        zones=zones,
        mistake=None,
    )


def _nothing(ask: Ask, text: str, wrong: Mistake | None) -> Tried:
    return Tried(
        query=text,
        name=ask.text("name"),
        total=None,
        whole=True,
        history=0,
        weeks=(),
        most=0,
        samples=(),
        missed=(),
        overlaps=(),
        subscribers=(),
        zones={},
        mistake=wrong,
    )
