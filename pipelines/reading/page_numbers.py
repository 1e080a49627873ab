"""Addresses of stories told on several pages: which page of which story one is.

Light, for both sides of a worker: most pages are seen not to go on without
being parsed.
"""

import html
import re
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from news import Outlet
from pipelines.reading.addresses import looks_like_story

#: Pages of one story, at most.
MOST = 30
_FIELDS = frozenset({"page", "p", "pg", "hal", "halaman", "trang", "paged", "pagenum", "pageno"})
_NAMED = re.compile(r"/(?:page|html|hal|halaman|trang|p)[/-]?(\d{1,2})/?$", re.IGNORECASE)
_LAST = re.compile(r"/(\d{1,2})/?$")
_SUFFIX = re.compile(r"[_-](\d{1,2})(\.[a-z]{3,5})$", re.IGNORECASE)
_HREF = re.compile(
    rb"""href\s{0,20}=\s{0,20}(?:"(?=([^"]{0,300}))|'(?=([^']{0,300}))|(?=([^\s"'>][^\s>]{0,300})))"""
)
#: What a parser would not see either (see markup.parsable).
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32), 127])
#: Links of a page, those of them taken apart, and bytes that the parent looks through (10
#: ms at most); with more, or with an address of its own that is longer, a worker is asked.
_LINKS, _DOUBTFUL, _LARGEST, _LONG = 1_200, 250, 1_500_000, 200


class Place(NamedTuple):
    """An address without its page's number, and that number."""

    stem: str
    number: int


def places(address: str) -> list[Place]:
    """Return which pages of which stories an address may be.

    As it stands it is a first page; if it ends in a number, perhaps that one.
    """
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    found = [Place(_stem(parts.path, fields), 1)]
    for name, value in fields:
        if name.lower() in _FIELDS and value.isdecimal() and len(value) <= 2:
            rest = [(other, said) for other, said in fields if other != name]
            found.append(Place(_stem(parts.path, rest), int(value)))
    for pattern in (_NAMED, _LAST, _SUFFIX):
        if match := pattern.search(parts.path):
            end = match.group(2) if pattern is _SUFFIX else ""
            path = parts.path[: match.start()] + end
            # A bare number is a story's own where nothing before it names one.
            if pattern is _NAMED or looks_like_story(path):
                found.append(Place(_stem(path, fields), int(match.group(1))))
    return found


def further_places(address: str) -> list[Place]:
    """Return which pages after the first one of which stories an address may be."""
    return [place for place in places(address) if 1 < place.number <= MOST]


def is_page_of(address: str, first: str) -> bool:
    """Say whether an address is, by its form, a further page of the story that begins at `first`."""
    stem = places(first)[0].stem
    return any(place.stem == stem for place in further_places(address))


def follows(here: list[Place], target: str) -> int:
    """Return the number of the page at `target` where it comes after this one; else 0."""
    return next(
        (
            place.number
            for place in places(target)
            if Place(place.stem, place.number - 1) in here and place.number <= MOST
        ),
        0,
    )


def joined(address: str, link: str) -> str:
    """Return where a link on a page leads, without its fragment; "" where nowhere."""
    if not link or link.startswith(("#", "javascript:", "mailto:")):
        return ""
    try:
        return urljoin(address, link.strip()).partition("#")[0]
    except ValueError:
        return ""  # no address: no page


def is_near(target: str, address: str, outlet: Outlet) -> bool:
    """Say whether a link stays on the hosts of a page's outlet."""
    hosts = {urlsplit(address).netloc, *outlet.hosts}
    bare = {host.removeprefix("www.") for host in hosts}
    return urlsplit(target).netloc.removeprefix("www.") in bare


def may_go_on(body: bytes, address: str, outlet: Outlet) -> bool:
    """Say whether a page may have a next one, by its links alone; False is sure.

    On 76 pages of news it took .3 ms a page where parsing took 5, and left
    none of them to be parsed.
    """
    if len(body) > _LARGEST or len(address) > _LONG or b"\0" in body:
        return True  # too much to look through here, or UTF-16
    here, shown = places(address), body.translate(None, _CONTROL)
    ends = _ends(tuple(sorted({place.number + 1 for place in here})))
    doubtful = 0
    for seen, match in enumerate(_HREF.finditer(shown.lower())):
        link = shown[slice(*match.span(match.lastindex or 0))]
        if seen >= _LINKS or doubtful >= _DOUBTFUL:
            return True
        # A number may be written as a reference, or in digits of its own.
        if ends.search(link) or b"&#" in link or not link.isascii():
            doubtful += 1
            if _leads_on(link, address, here, outlet):
                return True
    return False


def _leads_on(link: bytes, address: str, here: list[Place], outlet: Outlet) -> bool:
    try:
        target = joined(address, html.unescape(link.decode()))
        return bool(target) and is_near(target, address, outlet) and follows(here, target) > 0
    except UnicodeDecodeError:
        return True  # in another encoding, which a worker finds out
    except ValueError:
        return False  # no address: no page


@cache
def _ends(numbers: tuple[int, ...]) -> re.Pattern[bytes]:
    # How an address ends, or one of its fields, that is a page with one of these numbers.
    one = "|".join(map(str, numbers))
    return re.compile(
        rf"(?<!\d)0?(?:{one})\s*(?:/?\s*(?:[?#;&]|$)|\.[a-zA-Z]{{3,5}}\s*(?:[?#]|$))".encode()
    )


def _stem(path: str, fields: list[tuple[str, str]]) -> str:
    kept = [(name, value) for name, value in fields if not name.lower().startswith("utm_")]
    return path.rstrip("/") + ("?" + urlencode(kept) if kept else "")
