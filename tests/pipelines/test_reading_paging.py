import re

import pytest
from reading_told import LANGUAGES, TOLD, outlet

from pipelines.reading.markup import parse
from pipelines.reading.paging import join, next_page

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


def test_the_last_page_ends_it():
    """A pager that leads back leads nowhere."""
    assert found('<a href="?page=1">1</a><a href="?page=2">2</a>', HERE + "?page=2") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_joined_pages_double_no_paragraph(language):
    """What a second page repeats of the first is there once; a page that adds nothing is left out."""
    one, two, three = TOLD[language][1]
    assert join([f"{one}\n{two}", f"{two}\n{three}", f"{one}\n{two}"]) == f"{one}\n{two}\n{three}"
    assert join([]) == ""
