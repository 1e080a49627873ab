import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_told import LANGUAGES, TOLD, outlet

from pipelines.reading.markup import parse
from pipelines.reading.page_numbers import may_go_on
from pipelines.reading.paging import first_page, join, next_of, next_page

HERE = "https://suara.example/2018/09/20/kabel-laut"
NEXT = {"id": "Selanjutnya", "ms": "Seterusnya", "en": "Next page", "zh": "下一页", "vi": "Trang sau", "th": "หน้าถัดไป",
        "km": "ទំព័របន្ទាប់", "lo": "ໜ້າຕໍ່ໄປ", "my": "နောက်စာမျက်နှာ", "fil": "Susunod"}  # fmt: skip


def found(html, address=HERE):
    return next_page(parse(f"<html><body><p>x</p>{html}</body></html>"), address, outlet("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_for_next_leads_on(language):
    """A link that says next in the page's language and adds one to the number is the next page."""
    assert found(f'<a href="?page=2">{NEXT[language]} »</a>') == HERE + "?page=2"
    assert found(f'<a href="?page=3">{NEXT[language]}</a>', HERE + "?page=2") == HERE + "?page=3"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (HERE, HERE + "/2"), (HERE + "/2", HERE + "/3"), (HERE + "/", HERE + "/page/2/"),
        (HERE + "/html/1", HERE + "/html/2"), (HERE + ".html", HERE + "_2.html"),
        (HERE + "_2.html", HERE + "_3.html"), (HERE + "?p=12&page=1", HERE + "?p=12&page=2"),
        (HERE + "?halaman=4", HERE + "?halaman=5"),
    ],
)  # fmt: skip
def test_numbered_pages_in_many_forms(address, link):
    """The next number in a pager is followed, whatever way the outlet writes it."""
    number = re.findall(r"\d+", link)[-1]
    assert found(f'<div class="pager"><a href="{link}">{number}</a></div>', address) == link
    assert found(f'<link rel="next" href="{link}">', address) == link


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="next" href="/2018/09/20/cerita-lain">', '<a href="/2018/09/21">21</a>',
        '<a href="https://other.example/2018/09/20/kabel-laut?page=2">2</a>', '<a href="?page=3">3</a>',
        '<a href="?page=2">Komentar</a>', '<a href="#page=2">2</a>', '<a href="javascript:next()">2</a>',
        '<a href="?page=99">99</a>', '<a href="http://[bad?page=2">2</a>',
    ],
)  # fmt: skip
def test_what_is_no_next_page(html):
    """Another story, another host, a skipped number and a link that says something else are not followed."""
    assert found(html) is None


@pytest.mark.parametrize(
    "html",
    [
        '<div id="comments"><ul class="pagination"><li><a href="?page=2">2</a></li></ul></div>',
        '<div class="komentar-list"><p>Bagus!</p><a href="/2018/09/20/kabel-laut/2">Selanjutnya</a></div>',
        '<a href="?page=2#comments">2</a>', '<a href="?page=2#komentar">Berikutnya</a>',
        '<section class="related-news"><nav class="pager"><a href="?page=2">2</a></nav></section>',
        '<div class="berita-terkait"><a href="?page=2">»</a></div>', '<aside><a href="?page=2">Next</a></aside>',
        '<div class="older-posts"><a href="?page=2">Next page</a></div>', '<a href="?page=2">Older stories</a>',
        '<div class="binh-luan"><a href="?page=2">Trang sau</a></div>',
    ],
)  # fmt: skip
def test_what_turns_the_pages_of_something_else(html):
    """A pager of comments, or of other stories, is not followed."""
    assert found(html) is None


def test_a_number_alone_is_no_page_of_a_story():
    """Where stories are numbered, the one with the next number is another one."""
    following = '<link rel="next" href="/berita/13"><a href="/berita/13">13</a>'
    assert found(following, "https://suara.example/berita/12") is None
    before = '<link rel="prev" href="/berita/11"><a href="/berita">Berita</a>'
    assert first(before, "https://suara.example/berita/12") is None


def first(html, address):
    return first_page(parse(f"<html><body><p>x</p>{html}</body></html>"), address, outlet("en"))


@pytest.mark.parametrize("further", ["?page={}", "/{}", "/page/{}", "/html/{}"])
def test_a_further_page_says_where_its_story_begins(further):
    """By its canonical address, or by rel=prev; what says neither stands for itself."""
    second, third = HERE + further.format(2), HERE + further.format(3)
    assert first(f'<link rel="canonical" href="{HERE}">', third) == HERE
    assert first(f'<link rel="prev" href="{HERE}">', second) == HERE
    assert (
        first(f'<link rel="canonical" href="{second}"><link rel="prev" href="{HERE}">', second)
        == HERE
    )
    # The page before, where nothing names an earlier one; its own pages lead further back.
    assert first(f'<a rel="prev" href="{second}">2</a>', third) == second
    assert first(f'<link rel="prev" href="{second}"><a href="{HERE}">1</a>', third) == HERE
    assert first(f'<a href="{HERE}">1</a><link rel="canonical" href="{second}">', second) is None
    assert first(f'<link rel="canonical" href="{HERE}">', HERE) is None
    assert first('<link rel="canonical" href="https://suara.example/">', second) is None
    assert first(f'<link rel="prev" href="{HERE}-lain">', second) is None


LINKS = st.builds(
    lambda mark, quote, link, said, rest: f"<p>{rest}</p><a {mark}{quote}{link}{quote} x>{said}</a>",
    st.sampled_from(["href=", "HREF = ", "title='href=' href=", "rel=next href="]),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from([
        "?page=2", "?page=3", "?PAGE=2", HERE + "/2", HERE + "/2/", "/2018/09/20/kabel-laut/2",
        "kabel-laut/page/2", HERE + "_2.html", "?p=2&amp;utm_source=x", "?page=&#50;", "?page=2#top",
        "\n?page=2\n", "?page=0002", "?page=02", "kabel-laut/2?x=1", HERE, "/2018/09/21", "#", "?page=２",
    ]),
    st.sampled_from(["2", "3", "Next", "»", "Berikutnya", ""]),
    st.sampled_from(["", "href", "href='", 'href="', "<!-- x", "\x00", "สวัสดี"]),
)  # fmt: skip


@given(st.lists(LINKS, max_size=4), st.sampled_from([HERE, HERE + "?page=2", HERE + ".html"]))
@settings(max_examples=200, deadline=None)
def test_no_page_that_goes_on_is_taken_for_the_last(links, address):
    """Whatever parsing finds, the look at the bytes holds possible."""
    for encoding in ("utf-8", "utf-16", "gb18030"):
        body = f"<html><body>{''.join(links)}</body></html>".encode(encoding, "replace")
        if next_of(body, "text/html", address, outlet("en")):
            assert may_go_on(body, address, outlet("en"))


def test_the_look_at_the_bytes_spares_the_parsing():
    """A page without a pager is not asked about, however many links it has."""
    menu = "".join(f'<a href="/2018/09/{n}/cerita-{n}?from=2">{n}</a>' for n in range(200))
    assert not may_go_on(f"<html>{menu}".encode(), HERE, outlet("en"))
    assert may_go_on(f'<html>{menu}<a href="?page=2">'.encode(), HERE, outlet("en"))


@pytest.mark.parametrize(
    "piece", [b"x", b"href=", b'href="', b'<a href="/2018/09/20/kabel-lau/2">', b"href" + b" " * 19, b"<a href='&#50;'>"]
)  # fmt: skip
def test_no_page_keeps_the_parent_busy(piece):
    """The look at a hostile page's bytes takes no longer than the parent may be kept."""
    body = piece * (1_490_000 // len(piece))
    began = time.process_time()
    may_go_on(body, HERE, outlet("en"))
    # The bound is ten milliseconds on a quiet machine.
    assert time.process_time() - began < 0.1


def test_the_last_page_ends_it():
    """A pager that leads back leads nowhere."""
    assert found('<a href="?page=1">1</a><a href="?page=2">2</a>', HERE + "?page=2") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_joined_pages_double_no_paragraph(language):
    """What a second page repeats of the first is there once; a page that adds nothing is left out."""
    one, two, three = TOLD[language][1]
    assert join([f"{one}\n{two}", f"{two}\n{three}", f"{one}\n{two}"]) == f"{one}\n{two}\n{three}"
    assert join([]) == ""
