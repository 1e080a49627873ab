"""The front page: what the archive found lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import Connection

from alerts.clean import clean
from alerts.views import ledger_line
from alerts.wording import wording_for
from archive.collecting import ledger
from archive.indexing import index
from archive.keeping import latest
from archive.telling import digests
from harborwatch.web.asking import Ask
from harborwatch.web.charts import Chart, chart
from harborwatch.web.pages.lines import EventShown, TopicTag, by_weight, event_shown, topic_tags
from harborwatch.web.site import Site

#: events looked at, told in full, and days of the volume line
EVENTS, LEADS, DAYS = 90, 5, 30
#: topics and digests that are named
TOPICS, DIGESTS = 12, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCount:
    """A topic, and how many of the latest events mention it."""

    topic: TopicTag
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfEvents:
    """The events whose last story came on one day, the weightiest first."""

    day: date
    events: tuple[EventShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """A digest by its subject."""

    number: int
    subscriber: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the archive found lately."""

    #: told in full
    leads: tuple[EventShown, ...]
    days: tuple[DayOfEvents, ...]
    topics: tuple[TopicCount, ...]
    volume: Chart | None
    #: stories that the archive holds at least: its highest number
    stories: int
    ledger: str
    digests: tuple[DigestLine, ...]
    #: ways in that the catalogue has; what an empty archive is told about
    sources: int
    outlets: int


def front(site: Site, db: Connection, ask: Ask) -> Front:
    """Show what the archive found lately: events, topics, volume, the ledger's line."""
    events = [event_shown(site, one) for one in latest.latest_events(db, EVENTS)]
    leads = [one for one in by_weight(events) if one.topics][:LEADS]
    told = {one.number for one in leads}
    volume = site.remembered.of(db, latest.per_day, site.clock.now(), DAYS)
    return Front(
        leads=tuple(leads),
        days=_days([one for one in events if one.number not in told]),
        topics=_topics(site, events),
        volume=chart(volume) if any(n for _, n in volume) else None,
        stories=index.highest(db),
        ledger=ledger_line(
            site.remembered.of(db, ledger.checked, site.clock.now()),
            wording_for(ask.wording.language),
        ),
        digests=tuple(
            DigestLine(number=one.id, subscriber=one.subscriber, subject=clean(one.subject))
            for one in digests.past(db, limit=DIGESTS)
        ),
        sources=sum(len(outlet.sources) for outlet in site.outlets.values()),
        outlets=len(site.outlets),
    )


def _days(events: list[EventShown]) -> tuple[DayOfEvents, ...]:
    by_day: dict[date, list[EventShown]] = {}
    for one in events:
        by_day.setdefault(one.last_seen.astimezone(UTC).date(), []).append(one)
    return tuple(
        DayOfEvents(day=day, events=tuple(by_weight(by_day[day])))
        for day in sorted(by_day, reverse=True)
    )


def _topics(site: Site, events: list[EventShown]) -> tuple[TopicCount, ...]:
    counted = Counter(tag.id for event in events for tag in event.topics)
    tags = {tag.id: tag for tag in topic_tags(site, counted)}
    return tuple(TopicCount(topic=tags[name], events=n) for name, n in counted.most_common(TOPICS))
