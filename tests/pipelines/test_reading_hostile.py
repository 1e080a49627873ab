import random
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import Entry, Outlet, ReadPage, Refused, SourceError
from pipelines.reading.pages import read_page
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.listings import read_listing
from pipelines.reading.sources.shown import Shown
from pipelines.reading.sources.sitemaps import read_sitemap

pytestmark = pytest.mark.long

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)
OUTLET = Outlet(
    id="suara", name="Suara Selat", home="https://suara.example", country="TH", languages=("th", "en"), zone="Asia/Bangkok",
)  # fmt: skip
AT = "https://suara.example/2018/09/20/kabel"
PAGE = """<!doctype html><html lang="th"><head><meta charset="utf-8"><title>เปิดเคเบิลใต้น้ำ - Suara</title>
<meta property="og:title" content="เปิดเคเบิลใต้น้ำ"><link rel="canonical" href="/2018/09/20/kabel">
<script type="application/ld+json">{"@type":["NewsArticle"],"headline":"เปิดเคเบิลใต้น้ำ","datePublished":"2018-09-20T09:22:10+07:00",
"author":[{"@type":"Person","name":"สมชาย"}],"articleBody":"ข่าว"}</script></head><body><h1>เปิดเคเบิลใต้น้ำ</h1>
<time datetime="2018-09-20">20 ก.ย. 2561 09:22 น.</time><div><p>ทางจังหวัดเปิดใช้เคเบิลใต้น้ำความยาว 59 กิโลเมตรที่เชื่อมสองเกาะทางเหนือ</p>
<p>The cable links two islands, and took two years to build, officials said on Thursday.</p><table><tr><td>ตาราง<td>2</table></div></body></html>""".encode()
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>S</title><item><title>เปิด &amp; ปิด</title>
<link>https://suara.example/1</link><pubDate>Thu, 20 Sep 2018 09:22:43 +0700</pubDate><guid>1</guid>
<description><![CDATA[<p>ข่าว <b>สั้น</b></p>]]></description></item></channel></rss>""".encode()
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://suara.example/1</loc>
<lastmod>2018-09-20</lastmod></url></urlset>"""


@st.composite
def mutated(draw, body):
    """Bytes cut, doubled, swapped and overwritten, as broken servers and bad people do."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    raw = bytearray(body)
    for _ in range(draw(st.integers(1, 8))):
        at, length = dice.randrange(len(raw) + 1), dice.choice([1, 3, 20, 200])
        noise = dice.choice(
            [
                b"",
                b"<",
                b">",
                b'"',
                b"\x00",
                b"\xff\xfe",
                b"&#x110000;",
                b"]]>",
                b"<!--",
                b"<p>" * 50,
                dice.randbytes(9),
                "信".encode("gb18030"),
            ]
        )
        raw[at : at + length] = dice.choice(
            [
                noise,
                bytes(raw[at : at + length]) * 2,
                noise + bytes(reversed(raw[at : at + length])),
            ]
        )
    return bytes(raw)


QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(read, *arguments):
    """What a reading gives: its result, or the error that it is allowed to raise."""
    try:
        return read(*arguments)
    except (Refused, SourceError) as error:
        return error


def page(body):
    return outcome(read_page, body, "text/html", AT, Entry(address=AT), OUTLET, NOW)


@QUICK
@given(mutated(PAGE))
def test_a_broken_page_is_a_story_or_a_counted_reason(body):
    """However a page is broken, it is read, or refused with a reason."""
    found = page(body)
    assert found.reason if isinstance(found, Refused) else found.title and found.body


@QUICK
@given(mutated(FEED), mutated(PAGE))
def test_a_broken_source_gives_entries_or_says_why(feed, listing):
    """However a feed or listing is broken, it gives entries with addresses, or a SourceError that says where."""
    for read, body in ((read_feed, feed), (read_listing, listing)):
        found = outcome(read, body, "", AT, OUTLET, NOW)
        if isinstance(found, Shown):
            assert all(entry.address.startswith("http") for entry in found.entries)
        else:
            assert AT in str(found)


@QUICK
@given(mutated(SITEMAP))
def test_a_broken_sitemap_gives_entries_or_says_why(body):
    """However a sitemap is broken, it gives entries with addresses, or a SourceError that says where."""
    found = outcome(read_sitemap, body, "", AT, OUTLET, NOW)
    if isinstance(found, Shown):
        assert all(entry.address.startswith("http") for entry in found.entries)
    else:
        assert AT in str(found)


def test_deep_nesting_is_survived():
    """Elements nested 50,000 deep are read or refused."""
    deep = b"<title>Judul yang cukup panjang</title>" + b"<div>" * 50_000 + b"<p>"
    assert isinstance(page(deep + b"Teks berita yang panjang. " * 20), Refused | ReadPage)


def test_deep_json_is_survived():
    """JSON-LD nested without end is passed over."""
    deep = b'<script type="application/ld+json">' + b'{"@graph":[' * 20_000 + b"</script>"
    assert page(PAGE.replace(b"</head>", deep + b"</head>")).title == "เปิดเคเบิลใต้น้ำ"


def test_half_surrogates_never_reach_a_story():
    """Half surrogate pairs, as references or in JSON, are left out: no stored text can hold them."""
    body = PAGE.replace("ทางจังหวัด".encode(), "ทาง&#xd800;&#57343;จังหวัด".encode()).replace(
        "สมชาย".encode(), b"\\ud800 Somchai"
    )
    found = page(body)
    assert found.body.startswith("ทางจังหวัด")
    for text in (found.body, found.title, *found.authors):
        text.encode()


def test_an_unclosed_title_costs_no_time():
    """A title that swallows the whole page is cut, not searched in quadratic time."""
    body = b"<html><head><title>" + b"Kabar - laut | " * 40_000
    began = time.process_time()
    assert isinstance(page(body), Refused | ReadPage)
    assert time.process_time() - began < 3


def test_broken_bytes_in_names_are_survived():
    """Bytes that are no text inside the names of a sitemap's elements break nothing."""
    body = SITEMAP.replace(b"<lastmod>", b"<l\xed\xa0\x80x><lastmod>")
    found = outcome(read_sitemap, body, "", AT, OUTLET, NOW)
    assert isinstance(found, Shown | SourceError)
