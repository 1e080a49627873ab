"""When a page's story was published: all that is said of it, weighed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from news import Dated, Outlet, Precision
from pipelines.reading.addresses import printed_time
from pipelines.reading.dates import zones
from pipelines.reading.dates.dates import parse_printed
from pipelines.reading.fetched import Fetched
from pipelines.reading.metadata.metadata import Metadata
from pipelines.reading.metadata.printed_near import is_caption, printed_elsewhere, printed_near

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "publishdate", "pubdate", "publish-date", "publish_date", "published_at",
    "publication_date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "date",
    "sailthru.date", "article.published", "content_publishdate", "dable:published_time",
    "cxenseparse:recs:publishtime", "originalpublicationdate", "rnews:datepublished", "created",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "last-modified", "lastmod", "dcterms.modified", "article.updated", "revision_date",
)  # fmt: skip
_TIMED_ZONE = re.compile(
    r"\d[t\s]\d{1,2}:\d\d.*(z|gmt|utc|[+-]\d\d:?\d\d|wib|wita|\bwit|sgt|myt|hkt|ict|pht|mmt)\b",
    re.IGNORECASE | re.DOTALL,
)
#: A zone that templates write behind local time without a thought.
_THOUGHTLESS = re.compile(r"\d\s*(?:Z|[+-]00:?00)\s*$", re.IGNORECASE)
#: The confidence of a date in the future, see dates.
_CLAMPED = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    #: lower is believed first
    rank: int
    moment: Dated


def published(metadata: Metadata, selected: str, page: Fetched) -> tuple[Dated, ...]:
    """Return every claim of the time of publication, the believed one first; () for none.

    Order of trust: metadata with a zone, Unix seconds in the address, what
    the outlet's selector found (`selected`), metadata without a zone, the
    source, what is printed near the headline, a date behind a title, a day in
    the address, the last change, dates elsewhere on the page. A day alone
    takes its time of day from the next voice that says the same day. The page's
    text is walked only where it could change the answer.
    """
    voices = [*_metadata_voices(metadata, page), *_address_voices(page)]
    if moment := _stated(selected, "selector", page):
        voices.append(_Voice(rank=2, moment=moment))
    if page.entry.published is not None:
        voices.append(_Voice(rank=4, moment=page.entry.published))
    best: Dated | None = _believed(voices, page.outlet)
    if best is None or not _is_settled(best):
        printed = list(_printed_voices(metadata, voices, page))
        voices += printed
        best = _without_false_zone(_believed(voices, page.outlet), printed)
    ranked = (voice.moment for voice in _ranked(voices))
    return tuple(dict.fromkeys([best, *ranked])) if best else ()


def _printed_voices(metadata: Metadata, voices: list[_Voice], page: Fetched) -> Iterator[_Voice]:
    for moment in printed_near(metadata.nearby, page):
        yield _Voice(rank=_near_rank(moment, voices, page.outlet), moment=moment)
    for text in metadata.title_dates:
        if behind_title := _stated(text, "printed", page):
            yield _Voice(rank=6, moment=replace(behind_title, confidence=0.6))
    changed = modified(metadata, page)
    if changed is not None and changed.confidence > _CLAMPED:
        # Where nothing tells publication, the last change is hardly days off.
        yield _Voice(rank=9, moment=replace(changed, confidence=0.4))
    far = 10 if metadata.nearby.found else 5
    for moment in printed_elsewhere(metadata.nearby, page):
        rank = max(far, _near_rank(moment, voices, page.outlet))
        yield _Voice(rank=rank, moment=replace(moment, confidence=moment.confidence - 0.1))


def modified(metadata: Metadata, page: Fetched) -> Dated | None:
    """Return the time of the last change that the page or its source tells."""
    texts = [("json-ld", metadata.jsonld.modified)]
    texts += [("meta", text) for name in _MODIFIED for text in metadata.fields.get(name, [])]
    for origin, text in texts:
        if moment := _stated(text, origin, page):
            return moment
    return page.entry.modified


def _metadata_voices(metadata: Metadata, page: Fetched) -> Iterator[_Voice]:
    texts = [("json-ld", metadata.jsonld.published)]
    texts += [("meta", text) for name in _PUBLISHED for text in metadata.fields.get(name, [])]
    for origin, text in texts:
        moment = _stated(text, origin, page)
        if moment is not None and moment.confidence <= _CLAMPED:
            yield _Voice(rank=3, moment=moment)
        elif moment is not None:
            zoned = _has_zone(text)
            sure = replace(moment, confidence=0.95 if zoned else moment.confidence)
            yield _Voice(rank=0 if zoned else 3, moment=sure)


def _stated(text: str, origin: str, page: Fetched) -> Dated | None:
    moment = parse_printed(text, page.language, page.outlet.zone, page.now) if text else None
    return replace(moment, origin=origin) if moment else None


def _has_zone(text: str) -> bool:
    return bool(_TIMED_ZONE.search(text)) or text.strip().isdecimal()


def _address_voices(page: Fetched) -> list[_Voice]:
    moment = printed_time(page.address, page.outlet)
    if moment is None:
        return []
    return [_Voice(rank=1 if moment.zone == "UTC" else 7, moment=moment)]


def _is_settled(moment: Dated) -> bool:
    # What is printed near the headline could change nothing, and costs a walk over the page.
    timed = moment.precision is not Precision.DAY and not _is_midnight(moment)
    return timed and moment.confidence >= 0.95 and not _THOUGHTLESS.search(moment.text)


def _near_rank(moment: Dated, voices: list[_Voice], outlet: Outlet) -> int:
    # A day in the address tells the story's own date from those of related boxes.
    days = [_local_day(voice.moment, outlet) for voice in voices if voice.rank in {1, 7}]
    if days and _local_day(moment, outlet) not in days:
        return 11
    return 8 if is_caption(moment) else 5


def _without_false_zone(believed: Dated | None, printed: list[_Voice]) -> Dated | None:
    # Templates write local time with a Z: "T10:08:58Z" where the page prints
    # "10:08 WIB". What is printed for readers is right.
    if believed is None or believed.zone not in {"UTC", "+00:00", "-00:00"}:
        return believed
    if not _THOUGHTLESS.search(believed.text):
        return believed
    for moment in (voice.moment for voice in printed):
        wall = moment.at.astimezone(zones.tz(moment.zone)).replace(second=0, tzinfo=None)
        claimed = believed.at.replace(second=0, microsecond=0, tzinfo=None)
        if moment.precision is not Precision.DAY and wall == claimed:
            return replace(believed, at=_at_wall(believed, moment), zone=moment.zone)
    return believed


def _at_wall(believed: Dated, moment: Dated) -> datetime:
    return moment.at.replace(second=believed.at.second)


def _ranked(voices: list[_Voice]) -> list[_Voice]:
    return sorted(voices, key=lambda voice: (voice.moment.confidence <= _CLAMPED, voice.rank))


def _believed(voices: list[_Voice], outlet: Outlet) -> Dated | None:
    ranked = _ranked(voices)
    if not ranked:
        return None
    first = ranked[0].moment
    if first.precision is Precision.DAY or _is_midnight(first):
        for voice in ranked[1:]:
            if _refines(voice.moment, first, outlet):
                return voice.moment
    return first


def _refines(finer: Dated, day: Dated, outlet: Outlet) -> bool:
    same = _local_day(finer, outlet) == _local_day(day, outlet)
    return same and finer.precision is not Precision.DAY and not _is_midnight(finer)


def _local_day(moment: Dated, outlet: Outlet) -> date:
    return moment.at.astimezone(zones.tz(outlet.zone)).date()


def _is_midnight(moment: Dated) -> bool:
    # A day that a template filled up with zeros.
    wall = moment.at.astimezone(zones.tz(moment.zone))
    return (wall.hour, wall.minute, wall.second) == (0, 0, 0)
