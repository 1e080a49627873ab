"""Found stories as files for other programs: CSV, JSON Lines and an Atom feed. Pure."""

import csv
import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from alerts.clean import clean, safe_link, shorten
from alerts.matching import hit_sentence
from archive.searching.search import Found

#: what a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")
_FORMULA = re.compile(r"^[\s\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
#: characters that XML 1.0 cannot hold (section 2.2); controls are cleaned before
_NO_XML = re.compile("[\ufffe\uffff]")
ATOM = "http://www.w3.org/2005/Atom"
#: characters of a lead: two or three sentences of a wire
_LEAD = 400
#: the namespace of our feeds' ids (RFC 4122, version 5)
_IDS = uuid.UUID("4d5f0d0c-7b0e-5c52-9a6f-0d3a8b5f2c11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A found story, as it leaves; the fields are the columns of CSV and the keys of JSON."""

    id: int
    url: str
    title: str
    outlet: str
    country: str
    language: str
    authors: tuple[str, ...]
    published: datetime | None
    first_seen: datetime
    #: when its latest revision was fetched
    updated: datetime
    revision: int
    topics: tuple[str, ...]
    event: int | None
    copy_of: int | None
    #: the sentence that the query hit, and the words
    hit: str
    words: tuple[str, ...]
    #: how its text begins
    lead: str


def record(found: Found, updated: datetime) -> Record:
    """Return a found story as it leaves."""
    story = found.story
    return Record(
        id=story.id,
        url=story.address,
        title=story.title,
        outlet=story.outlet,
        country=story.country,
        language=story.language,
        authors=story.authors,
        published=story.published_at,
        first_seen=story.first_seen_at,
        updated=updated,
        revision=story.revision,
        topics=story.topics,
        event=story.event,
        copy_of=story.copy_of,
        hit=hit_sentence(story, found.match)[0],
        words=tuple(sorted({hit.words for hit in found.match.hits})),
        lead=shorten(story.body, _LEAD),
    )


def csv_text(records: Iterable[Record]) -> Iterator[str]:
    """Yield CSV (RFC 4180), a heading first; no cell is taken for a formula."""
    yield csv_line(Record.__dataclass_fields__)
    for one in records:
        yield csv_line(asdict(one).values())


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield one JSON object a line."""
    for one in records:
        yield json.dumps(asdict(one), ensure_ascii=False, default=_json) + "\n"


def atom(query: str, records: Iterable[Record], asked_at: datetime, address: str = "") -> str:
    """Return an Atom feed (RFC 4287) of these stories; `address` is where it will stand."""
    entries = list(records)
    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "id", f"urn:uuid:{uuid.uuid5(_IDS, f'search {query}')}")
    _add(feed, "title", f"Harborwatch: {query}")
    _add(feed, "updated", _stamp(max((one.updated for one in entries), default=asked_at)))
    _add(_add(feed, "author"), "name", "Harborwatch")
    _add(feed, "generator", "Harborwatch")
    if address:
        _add(feed, "link", rel="self", href=address)
    for one in entries:
        feed.append(_entry(one))
    ET.indent(feed)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"
    )


def _entry(one: Record) -> ET.Element:
    entry = ET.Element("entry")
    # By what never changes: an address does, with its headline.
    never = f"story {one.outlet} {one.id} {one.first_seen.isoformat()}"
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_IDS, never)}")
    _add(entry, "title", one.title or one.url)
    _add(entry, "updated", _stamp(one.updated))
    if one.published:
        _add(entry, "published", _stamp(one.published))
    for name in one.authors or (one.outlet,):
        _add(_add(entry, "author"), "name", name)
    if link := safe_link(one.url):
        _add(entry, "link", rel="alternate", type="text/html", href=link)
    else:
        # An entry without such a link needs content (RFC 4287, section 4.1.2).
        _add(entry, "content", one.url)
    for topic in one.topics:
        _add(entry, "category", term=topic)
    _add(entry, "summary", one.hit)
    return entry


def _add(parent: ET.Element, name: str, text: str = "", **facts: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _plain(value) for key, value in facts.items()})
    child.text = _plain(text) or None
    return child


def _plain(text: str) -> str:
    return _NO_XML.sub("", clean(text))


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def csv_line(cells: Iterable[object]) -> str:
    """Return a line of CSV (RFC 4180); no cell is taken for a formula."""
    line = io.StringIO()
    csv.writer(line).writerow([_cell(value) for value in cells])
    return line.getvalue()


def _cell(value: object) -> str:
    """Return a value as a cell; an apostrophe makes text of what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _cell("; ".join(map(str, value)))
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
