"""Stories told on several pages: where the next one is, and how they join.

The next page has the address of this one but for a number, and that number is
one more. What a page calls rel=next is only believed then: many templates mean
the next story by it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from news import Outlet, Refused
from pipelines.reading.agreement import words_of
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parse, text_of
from pipelines.reading.refusals import check_bytes, weight

#: Pages of one story, at most.
MOST = 30
_FIELDS = frozenset({"page", "p", "pg", "hal", "halaman", "trang", "paged", "pagenum", "pageno"})
_NAMED = re.compile(r"/(?:page|html|hal|halaman|trang|p)[/-]?(\d{1,2})/?$", re.IGNORECASE)
_LAST = re.compile(r"/(\d{1,2})/?$")
_SUFFIX = re.compile(r"[_-](\d{1,2})(\.[a-z]{3,5})$", re.IGNORECASE)
_WORDS = re.compile(
    r"^\W*(?:next(?: page)?|continue(?: reading)?|selanjutnya|berikutnya|lanjut|halaman berikut(?:nya)?"
    r"|seterusnya|下一页|下一頁|下页|trang sau|trang tiếp(?: theo)?|tiếp theo|หน้าถัดไป|ถัดไป|หน้าต่อไป"
    r"|ទំព័របន្ទាប់|បន្ទាប់|ໜ້າຕໍ່ໄປ|ຕໍ່ໄປ|ຖັດໄປ|နောက်စာမျက်နှာ|ရှေ့သို့|susunod(?: na pahina)?)\W*$",
    re.IGNORECASE,
)
#: A repeated line of fewer letters may be a heading that both pages need.
_REPEATED = 40
#: Of a story's words on one page this share says that the next repeats it whole.
_SAME = 0.9


class _Place(NamedTuple):
    # An address without its page's number, and that number.
    stem: str
    number: int


def next_page(tree: HtmlElement, address: str, outlet: Outlet) -> str | None:
    """Return the address of the story's next page, None on the last or only one.

    `address` is where this page came from; only the outlet's own hosts count.
    """
    here = _forms(address)
    for link in tree.iter("link", "a"):
        target = _joined(address, link.get("href") or "")
        if not target or not _is_near(target, address, outlet):
            continue
        for place in _forms(target):
            following = any(
                place.stem == one.stem and place.number == one.number + 1 for one in here
            )
            if following and place.number <= MOST and _says_next(link, place.number):
                return target
    return None


def next_of(body: bytes, content_type: str, address: str, outlet: Outlet) -> str | None:
    """Return what next_page finds in a page's bytes; what is no page leads nowhere."""
    try:
        check_bytes(body, content_type)
    except Refused:
        return None
    return next_page(parse(decode(body, content_type)[0]), address, outlet)


def join(pages: Sequence[str]) -> str:
    """Return the text of a story's pages as one, no paragraph twice.

    A page that repeats what was there (an endless pager) adds nothing.
    """
    kept: list[str] = []
    seen: set[str] = set()
    for page in pages:
        fresh = [text for text in page.split("\n") if not _known(text, seen)]
        if kept and _adds_little(fresh, page):
            continue
        kept += fresh
        seen.update(_key(text) for text in fresh)
    return "\n".join(kept)


def _known(text: str, seen: set[str]) -> bool:
    return weight(text) >= _REPEATED and _key(text) in seen


def _key(text: str) -> str:
    return " ".join(words_of(text)).casefold()


def _adds_little(fresh: list[str], page: str) -> bool:
    return sum(map(weight, fresh)) < (1 - _SAME) * weight(page)


def _joined(address: str, link: str) -> str:
    if not link or link.startswith(("#", "javascript:", "mailto:")):
        return ""
    try:
        return urljoin(address, link.strip()).partition("#")[0]
    except ValueError:
        return ""  # no address: no page


def _is_near(target: str, address: str, outlet: Outlet) -> bool:
    hosts = {urlsplit(address).netloc, *outlet.hosts}
    bare = {host.removeprefix("www.") for host in hosts}
    return urlsplit(target).netloc.removeprefix("www.") in bare


def _forms(address: str) -> list[_Place]:
    # As it stands it is a first page; if it ends in a number, perhaps that one.
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    whole = [_Place(_stem(parts.path, fields), 1)]
    for name, value in fields:
        if name.lower() in _FIELDS and value.isdecimal() and len(value) <= 2:
            rest = [(other, said) for other, said in fields if other != name]
            whole.append(_Place(_stem(parts.path, rest), int(value)))
    for pattern in (_NAMED, _LAST, _SUFFIX):
        if match := pattern.search(parts.path):
            end = match.group(2) if pattern is _SUFFIX else ""
            path = parts.path[: match.start()] + end
            whole.append(_Place(_stem(path, fields), int(match.group(1))))
    return whole


def _stem(path: str, fields: list[tuple[str, str]]) -> str:
    kept = [(name, value) for name, value in fields if not name.lower().startswith("utm_")]
    return path.rstrip("/") + ("?" + urlencode(kept) if kept else "")


def _says_next(link: HtmlElement, number: int) -> bool:
    if "next" in (link.get("rel") or "").lower().split():
        return True
    if link.tag != "a":
        return False
    said = line(text_of(link)) or line(link.get("title") or link.get("aria-label"))
    numbered = re.fullmatch(rf"\D{{0,12}}0?{number}\D{{0,3}}", said) is not None
    return numbered or bool(_WORDS.match(said)) or said in {">", "»", "›", "→", ">>"}
