"""When a page's story was published: all that is said of it, weighed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from lxml.html import HtmlElement

from news import Dated, Outlet, Precision
from pipelines.reading import zones
from pipelines.reading.addresses import printed_time
from pipelines.reading.dates import parse_printed
from pipelines.reading.fetched import Fetched
from pipelines.reading.markup import text_of
from pipelines.reading.metadata import Metadata

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
_CLASS = re.compile(
    r"date|time|publish|posted|tanggal|waktu|tarikh|ngay|thoi-?gian|meta|byline|info|stamp",
    re.IGNORECASE,
)
_TIMED_ZONE = re.compile(
    r"\d[t\s]\d{1,2}:\d\d.*(z|gmt|utc|[+-]\d\d:?\d\d|wib|wita|\bwit)\b", re.IGNORECASE | re.DOTALL
)
_UPDATED = re.compile(
    r"^\W*(updated?|modified|diperbarui|dikemas ?kini|cập nhật|แก้ไข|ปรับปรุง|更新|修改|អាប់ដេត)",
    re.IGNORECASE,
)
_HAND_Z = re.compile(r"\d\s*Z\s*$", re.IGNORECASE)
#: The confidence of a date in the future, see dates.
_CLAMPED = 0.2
#: Blocks of text before and after the headline that may hold its date.
_NEAR = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    #: lower is believed first
    rank: int
    moment: Dated


def published(tree: HtmlElement, metadata: Metadata, selected: str, page: Fetched) -> Dated | None:
    """Return the time of publication, or None where nothing tells it.

    Order of trust: metadata with a zone, Unix seconds in the address, what
    the outlet's selector found (`selected`), metadata without a zone, the
    source, what is printed near the headline, a day in the address. A day
    alone takes its time of day from the next voice that says the same day.
    """
    voices = [*_metadata_voices(metadata, page), *_address_voices(page)]
    if moment := _stated(selected, "selector", page):
        voices.append(_Voice(rank=2, moment=moment))
    if page.entry.published is not None:
        voices.append(_Voice(rank=4, moment=page.entry.published))
    best = _believed(voices, page.outlet)
    if best is not None and _is_settled(best):
        return best
    near = list(_near(tree, metadata.title, page))
    voices += [
        _Voice(rank=_near_rank(moment, voices, page.outlet), moment=moment) for moment in near
    ]
    return _without_false_z(_believed(voices, page.outlet), near)


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
    return [_Voice(rank=1 if moment.zone == "UTC" else 6, moment=moment)]


def _is_settled(moment: Dated) -> bool:
    # What is printed near the headline could change nothing, and costs a walk over the page.
    timed = moment.precision is not Precision.DAY and not _is_midnight(moment)
    return timed and moment.confidence >= 0.95 and not _HAND_Z.search(moment.text)


def _near_rank(moment: Dated, voices: list[_Voice], outlet: Outlet) -> int:
    # A day in the address tells the story's own date from those of related boxes.
    days = [_local_day(voice.moment, outlet) for voice in voices if voice.rank in {1, 6}]
    return 7 if days and _local_day(moment, outlet) not in days else 5


def _without_false_z(believed: Dated | None, near: list[Dated]) -> Dated | None:
    # Templates write local time with a Z: "T10:08:58Z" where the page prints
    # "10:08 WIB". What is printed for readers is right.
    if believed is None or believed.zone != "UTC" or not _HAND_Z.search(believed.text):
        return believed
    for moment in near:
        wall = moment.at.astimezone(zones.tz(moment.zone)).replace(second=0, tzinfo=None)
        claimed = believed.at.replace(second=0, microsecond=0, tzinfo=None)
        if moment.precision is not Precision.DAY and wall == claimed:
            return replace(believed, at=_at_wall(believed, moment), zone=moment.zone)
    return believed


def _at_wall(believed: Dated, moment: Dated) -> datetime:
    return moment.at.replace(second=believed.at.second)


def _believed(voices: list[_Voice], outlet: Outlet) -> Dated | None:
    ranked = sorted(voices, key=lambda voice: (voice.moment.confidence <= _CLAMPED, voice.rank))
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


def _near(tree: HtmlElement, title: str, page: Fetched) -> Iterator[Dated]:
    zone = page.outlet.zone
    today = page.now.astimezone(zones.tz(zone)).date()
    found = [
        moment
        for text in _texts_near(tree, title)
        if (moment := parse_printed(text, page.language, zone, page.now))
        and moment.confidence >= 0.6
    ]
    # Many pages print today's date above the story's own.
    older = [moment for moment in found if _local_day(moment, page.outlet) != today]
    yield from sorted(older or found, key=_is_vague)[:6]


def _is_vague(moment: Dated) -> tuple[bool, bool]:
    # A caption that ends in a day is longer than the line that is the date.
    return moment.precision is Precision.DAY, len(moment.text) > 60


def _texts_near(tree: HtmlElement, title: str) -> Iterator[str]:
    for node in tree.cssselect("time[datetime]")[:3]:
        yield node.get("datetime") or ""
    blocks = [block for block in text_of(tree).split("\n") if block]
    at = next((index for index, block in enumerate(blocks) if title and block == title), None)
    nodes = (node for node in tree.iter("span", "div", "p", "time", "li", "small", "em", "td"))
    marked = [node for node in nodes if _CLASS.search(f"{node.get('class')} {node.get('id')}")]
    after = blocks[at + 1 : at + 1 + _NEAR] if at is not None else []
    before = blocks[max(0, at - 4) : at] if at is not None else []
    shown = [*after, *(text_of(node) for node in marked[:60] if len(node) < 12), *before]
    short = [text for text in shown if len(text) <= 120 and re.search(r"\d", text)]
    yield from (text for text in short if not _UPDATED.search(text))
