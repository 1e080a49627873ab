"""Items as feeds write them to entries as we say them."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from news import Entry, Outlet
from pipelines.reading.markup import line
from pipelines.reading.sources.feed_item import Item, ReadFeed
from pipelines.reading.sources.feed_times import feed_time
from pipelines.reading.sources.fragments import line_of_fragment, text_of_fragment
from pipelines.reading.sources.sections import without_sections
from pipelines.reading.sources.shown import Shown, shown

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
#: Characters of one entry's text that are kept: a book has more, no story has.
_LONGEST = 200_000
#: Characters of a headline or an id; what is longer is neither.
_LONGEST_LINE = 2_000
_EMAIL = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")
#: Bytes of windows-1252 that were taken for characters; HTML reads them so too.
_CP1252 = {
    code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code))
    for code in range(0x80, 0xA0)
}


def entries_of(feed: ReadFeed, address: str, outlet: Outlet, now: datetime) -> Shown:
    """Return what a feed shows, in its order; items without an address are counted."""
    language = _language(feed.language)
    headlines = without_sections(
        [_headline(item.title) for item in feed.items],
        [item.categories for item in feed.items],
        feed.categories,
    )
    entries = (
        _entry(item, address, outlet, now, headline=headline, language=language)
        for item, headline in zip(feed.items, headlines, strict=True)
    )
    return shown(entries, too_many=feed.too_many, torn=feed.torn, cut=feed.cut)


def _entry(
    item: Item, base: str, outlet: Outlet, now: datetime, *, headline: str, language: str
) -> Entry:
    summary, whole = _texts(item)
    return Entry(
        address=_address(item, base),
        headline=headline,
        summary=summary,
        body=whole,
        guid=line(item.guid)[:_LONGEST_LINE],
        authors=_authors(item.authors),
        published=feed_time(item.published, outlet, now),
        modified=feed_time(item.modified, outlet, now),
        language=_language(item.language) or language,
    )


def _headline(title: str) -> str:
    return line(line_of_fragment(_mended(title[: 10 * _LONGEST_LINE])))[:_LONGEST_LINE]


def _address(item: Item, base: str) -> str:
    for link in filter(None, map(str.strip, item.links)):
        # A guid need be no address: "abc" would become a relative one.
        if link == item.guid and not link.startswith(("http:", "https:", "/")):
            continue
        joined = _joined(base, item.base, link)
        if joined:
            return joined
    return ""


def _joined(base: str, own: str, link: str) -> str:
    try:
        if not link.startswith(("http://", "https://")):
            link = urljoin(urljoin(base, own), link)
        parts = urlsplit(link)
        named = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:
        return ""  # a broken link; the next one may be whole
    return line(link).replace(" ", "%20") if named else ""


def _texts(item: Item) -> tuple[str, str]:
    summary = _plain(item.summary)
    others = (_plain(text) for text in dict.fromkeys(item.contents) if text != item.summary)
    longest = max([summary, *others], key=len)
    whole = len(longest) >= _WHOLE and not _CUT_OFF.search(longest[-100:])
    return summary, longest if whole else ""


def _plain(text: str) -> str:
    # Markup is at most a few times as long as its text.
    read = text_of_fragment(_mended(text[: 10 * _LONGEST]))
    return _POST_TAIL.sub("", read)[:_LONGEST] if "The post " in read else read[:_LONGEST]


def _mended(text: str) -> str:
    """Return text whose UTF-8 was once taken for Latin-1, as it was before."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text.translate(_CP1252) if re.search(r"[\x80-\x9f]", text) else text


def _authors(printed: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for text in printed for name in _names(text)))


def _names(text: str) -> Iterator[str]:
    written = line(line_of_fragment(text[:_LONGEST_LINE])) if "<" in text or "&" in text else text
    bare = _EMAIL.sub("", written).replace("()", "") if "@" in written else written
    for part in re.split(r"[,;]", bare):
        name = " ".join(part.split())
        if name.startswith("(") and name.endswith(")"):
            name = name[1:-1].strip()  # RSS writes "editor@suara.example (Rina Lestari)"
        if 1 < len(name) <= 60 and not {"@", "/"} & set(name):
            yield name


def _language(tag: str) -> str:
    if not tag:
        return ""
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    ours = _LANGUAGES.get(code, code)
    return ours if ours in _OURS else ""
