"""Stories told on several pages: where the next one is, and how they join.

The next page has the address of this one but for a number, and that number is
one more. What a page calls rel=next is only believed then: many templates mean
the next story by it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from news import Outlet, Refused
from pipelines.reading.agreement import words_of
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parse, text_of
from pipelines.reading.page_numbers import follows, further_places, is_near, joined, places
from pipelines.reading.refusals import check_bytes, weight

_WORDS = re.compile(
    r"^\W*(?:next(?: page)?|continue(?: reading)?|selanjutnya|berikutnya|lanjut|halaman berikut(?:nya)?"
    r"|seterusnya|下一页|下一頁|下页|trang sau|trang tiếp(?: theo)?|tiếp theo|หน้าถัดไป|ถัดไป|หน้าต่อไป"
    r"|ទំព័របន្ទាប់|បន្ទាប់|ໜ້າຕໍ່ໄປ|ຕໍ່ໄປ|ຖັດໄປ|နောက်စာမျက်နှာ|ရှေ့သို့|susunod(?: na pahina)?)\W*$",
    re.IGNORECASE,
)
#: Names of the boxes whose own pages a pager turns, and how far above it they stand.
_OTHERS = re.compile(
    r"comment|komentar|komen\b|disqus|respond|replies|ulasan|binh-?luan|ykien|pinglun|related|terkait"
    r"|lainnya|popul[ae]r|latest|terbaru|recommend|sidebar|older|archive|more-?(?:news|stories)",
    re.IGNORECASE,
)
_NEAR = 8
#: A repeated line of fewer letters may be a heading that both pages need.
_REPEATED = 40
#: Of a story's words on one page this share says that the next repeats it whole.
_SAME = 0.9


def next_page(tree: HtmlElement, address: str, outlet: Outlet) -> str | None:
    """Return the address of the story's next page, None on the last or only one.

    `address` is where this page came from; only the outlet's own hosts count.
    """
    here = places(address)
    for link in tree.iter("link", "a"):
        given = link.get("href") or ""
        target = joined(address, given)
        if not target or not is_near(target, address, outlet):
            continue
        number = follows(here, target)
        if number and _says_next(link, number) and not _is_of_another(link, given):
            return target
    return None


def first_page(tree: HtmlElement, address: str, outlet: Outlet) -> str | None:
    """Return where a story begins whose further page this says to be, None where it does not.

    It says so where its canonical address is the story's without the number,
    or where its rel=prev is the page before. What it leads to may be a page
    between, where it names no earlier one.
    """
    for stem, number in further_places(address):
        links = list(_links_near(tree, address, outlet))
        whole = [target for _, target in links if places(target)[0].stem == stem]
        before = [
            target
            for link, target in links
            if _is(link, "prev", "previous") and _is_place(target, stem, number - 1)
        ]
        if before or any(_is(link, "canonical") and to in whole for link, to in links):
            return (whole or before)[0]
    return None


def _links_near(
    tree: HtmlElement, address: str, outlet: Outlet
) -> Iterator[tuple[HtmlElement, str]]:
    for link in tree.iter("link", "a"):
        target = joined(address, link.get("href") or "")
        if target and is_near(target, address, outlet):
            yield link, target


def _is_place(target: str, stem: str, number: int) -> bool:
    return any(place == (stem, number) for place in places(target))


def _is(link: HtmlElement, *relations: str) -> bool:
    return bool(set(relations) & set((link.get("rel") or "").lower().split()))


def first_of(body: bytes, content_type: str, address: str, outlet: Outlet) -> str | None:
    """Return what first_page finds in a page's bytes; what is no page begins nowhere."""
    tree = _parsed(body, content_type)
    return None if tree is None else first_page(tree, address, outlet)


def next_of(body: bytes, content_type: str, address: str, outlet: Outlet) -> str | None:
    """Return what next_page finds in a page's bytes; what is no page leads nowhere."""
    tree = _parsed(body, content_type)
    return None if tree is None else next_page(tree, address, outlet)


def _parsed(body: bytes, content_type: str) -> HtmlElement | None:
    try:
        check_bytes(body, content_type)
    except Refused:
        return None
    return parse(decode(body, content_type)[0])


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


def repeats(known: str, page: str) -> bool:
    """Say whether a page's text says nothing that the text before does not say."""
    seen = {_key(text) for text in known.split("\n")}
    return _adds_little([text for text in page.split("\n") if not _known(text, seen)], page)


def _known(text: str, seen: set[str]) -> bool:
    return weight(text) >= _REPEATED and _key(text) in seen


def _key(text: str) -> str:
    return " ".join(words_of(text)).casefold()


def _adds_little(fresh: list[str], page: str) -> bool:
    return sum(map(weight, fresh)) < (1 - _SAME) * weight(page)


def _says_next(link: HtmlElement, number: int) -> bool:
    if _is(link, "next"):
        return True
    if link.tag != "a":
        return False
    said = line(text_of(link)) or line(link.get("title") or link.get("aria-label"))
    numbered = re.fullmatch(rf"\D{{0,12}}0?{number}\D{{0,3}}", said) is not None
    return numbered or bool(_WORDS.match(said)) or said in {">", "»", "›", "→", ">>"}


def _is_of_another(link: HtmlElement, given: str) -> bool:
    """Say whether a link turns the pages of something else: comments, or other stories."""
    if _OTHERS.search(given.partition("#")[2]):
        return True
    near = islice(link.iterancestors(), _NEAR)
    return any(
        box.tag == "aside" or _OTHERS.search(f"{box.get('class', '')} {box.get('id', '')}")
        for box in near
        if box.tag not in {"html", "body", "main", "article"}
    )
