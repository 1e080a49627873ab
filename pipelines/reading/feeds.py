"""Feeds, RSS 2.0, RDF and Atom, to entries."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import feedparser

from news import Dated, Entry, Outlet, Precision, SourceError
from pipelines.reading.dates import parse_printed
from pipelines.reading.decode import decode
from pipelines.reading.markup import line, plain

_LANGUAGES = {"in": "id", "tl": "fil"}
_OURS = frozenset({"id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"})
#: What a truncated text ends in.
_CUT_OFF = re.compile(
    r"(\.\.\.|…|\[…\]|\[\.\.\.\]|read more|continue reading|selengkapnya)\W*$", re.IGNORECASE
)
#: WordPress puts this under each entry.
_POST_TAIL = re.compile(r"\n?The post .{0,300} (?:appeared first on|first appeared on) .{0,120}$")
#: Characters below which a feed's text is a summary whatever it is called.
_WHOLE = 500


def read_feed(
    body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
) -> tuple[Entry, ...]:
    """Return what a feed says of each of its stories, in its order.

    Entries without any address are left out. Raises SourceError when the
    bytes are no feed.
    """
    if not body.strip():
        raise SourceError(f"{address}: empty answer where a feed was expected; ask again later")
    parsed = _parsed(body, content_type, address)
    if not parsed.get("version") and not parsed.entries:
        what = "HTML" if _is_html(body) else "neither RSS nor Atom"
        raise SourceError(
            f"{address}: {what} where a feed was expected; look on {outlet.home} for its feed"
        )
    language = _language(str(parsed.feed.get("language") or ""))
    entries = (_entry(item, address, outlet, language, now) for item in parsed.entries)
    return tuple(entry for entry in entries if entry.address)


def _parsed(body: bytes, content_type: str, address: str) -> feedparser.FeedParserDict:
    # RFC 3023 lets a header overrule the bytes, and servers send Latin-1 out of
    # habit: the bytes are decoded by our own rules, then handed over as UTF-8.
    # Bytes they must be: feedparser opens a string that is an address.
    headers = {"content-type": "application/xml; charset=utf-8"}
    utf8 = decode(body, content_type)[0].encode("utf-8", "replace")
    try:
        return feedparser.parse(
            utf8, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise SourceError(
            f"{address}: the feed cannot be parsed: {type(error).__name__}: {error}"
        ) from error


def _is_html(body: bytes) -> bool:
    return re.search(rb"<!doctype html|<html|<body", body[:2000], re.IGNORECASE) is not None


def _entry(
    item: Mapping[str, object], base: str, outlet: Outlet, language: str, now: datetime
) -> Entry:
    summary, whole = _texts(item)
    return Entry(
        address=_address(item, base),
        headline=line(plain(_text(item, "title"))),
        summary=summary,
        body=whole,
        guid=_text(item, "id"),
        authors=_authors(item),
        published=_time(item, "published", outlet, now) or _time(item, "created", outlet, now),
        modified=_time(item, "updated", outlet, now),
        language=_language(_text(item, "language")) or language,
    )


def _text(item: Mapping[str, object], name: str) -> str:
    # feedparser warns when asked for an `updated` that is not there.
    value = item[name] if name in item else None  # noqa: SIM401
    return value if isinstance(value, str) else ""


def _address(item: Mapping[str, object], base: str) -> str:
    guid = _text(item, "id")
    links = [_text(item, "feedburner_origlink"), _text(item, "link"), guid]
    for link in filter(None, (link.strip() for link in links)):
        try:
            # feedparser takes any guid for a link: "abc" becomes a relative one.
            made_up = link == guid and not guid.startswith(("http", "/"))
            joined = "" if made_up else urljoin(base, link)
            if urlsplit(joined).scheme in {"http", "https"} and urlsplit(joined).netloc:
                return joined
        except ValueError:
            continue  # a broken link; the next one may be whole
    return ""


def _texts(item: Mapping[str, object]) -> tuple[str, str]:
    summary = _POST_TAIL.sub("", plain(_text(item, "summary")))
    content = item.get("content")
    parts = content if isinstance(content, list) else []
    texts = [plain(str(part.get("value") or "")) for part in parts if isinstance(part, Mapping)]
    longest = _POST_TAIL.sub("", max([summary, *texts], key=len))
    whole = len(longest) >= _WHOLE and not _CUT_OFF.search(longest)
    return summary, longest if whole else ""


def _authors(item: Mapping[str, object]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else []
    names = [_text(one, "name") for one in people if isinstance(one, Mapping)]
    names = [name for name in names if name] or [_text(item, "author")]
    parted = (part for name in names for part in re.split(r"\s*[,;]\s*", line(name)))
    return tuple(dict.fromkeys(name for name in parted if 1 < len(name) <= 60 and "@" not in name))


def _time(item: Mapping[str, object], name: str, outlet: Outlet, now: datetime) -> Dated | None:
    printed = _text(item, name)
    own = outlet.languages[0] if outlet.languages else ""
    moment = parse_printed(printed, own, outlet.zone, now) if printed else None
    if moment is None:
        return _parsed_time(item, f"{name}_parsed", printed)
    return _as_feed(moment)


def _as_feed(moment: Dated) -> Dated:
    return Dated(
        at=moment.at, text=moment.text, zone=moment.zone, origin="feed",
        precision=moment.precision, confidence=moment.confidence,
    )  # fmt: skip


def _parsed_time(item: Mapping[str, object], name: str, printed: str) -> Dated | None:
    parsed = item[name] if name in item else None  # noqa: SIM401 - as above
    if not isinstance(parsed, tuple) or len(parsed) < 6:
        return None
    try:
        at = datetime(*parsed[:6]).replace(tzinfo=UTC)  # noqa: DTZ001 - feedparser gives UTC
    except ValueError:
        return None
    return Dated(
        at=at, text=printed, zone="UTC", origin="feed",
        precision=Precision.SECOND, confidence=0.7,
    )  # fmt: skip


def _language(tag: str) -> str:
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    ours = _LANGUAGES.get(code, code)
    return ours if ours in _OURS else ""
