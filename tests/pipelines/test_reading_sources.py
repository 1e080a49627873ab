import gzip
from datetime import UTC, datetime

import pytest

from news import AddressRules, Outlet, Rewrite, SourceError
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.listings import read_listing
from pipelines.reading.sources.sitemaps import read_sitemap

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)
OUTLET = Outlet(
    id="suara", name="Suara Selat", home="https://suara.example", country="ID",
    languages=("id",), zone="Asia/Jakarta",
)  # fmt: skip
TRADE = Outlet(
    id="niaga", name="Niaga", home="https://niaga.example", country="ID", languages=("id",),
    zone="Asia/Jakarta",
    addresses=AddressRules(
        story=(r"^/read/(?P<unix>\d{10})/",), rewrite=(Rewrite(pattern="^/amp/", to="/"),)
    ),
)  # fmt: skip
AT = "https://suara.example/feed/"

TITLES = {
    "id": "Forum pelabuhan informasi dibuka di Nanning", "ms": "Forum pelabuhan maklumat bermula",
    "en": "Harbor forum opens in Nanning", "zh": "信息港论坛在南宁开幕", "vi": "Diễn đàn Cảng thông tin khai mạc",
    "th": "เปิดประชุมท่าเรือข้อมูลที่หนานหนิง", "km": "វេទិកាបើកនៅណាននីង", "lo": "ເປີດກອງປະຊຸມທີ່ໜານໜິງ",
    "my": "နန်နင်းတွင် ဖိုရမ် ဖွင့်လှစ်", "fil": "Binuksan ang porum sa Nanning",
}  # fmt: skip

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Suara Selat</title><link>https://suara.example</link><language>id-ID</language>
<item><title>{title}</title><link>https://suara.example/2018/09/20/satu/?utm_source=rss</link>
<dc:creator>Rina Lestari</dc:creator><pubDate>Thu, 20 Sep 2018 09:22:43 +0700</pubDate>
<guid isPermaLink="false">https://suara.example/?p=1</guid>
<description><![CDATA[<p>Ringkasan <b>pendek</b> &amp; jelas […]</p><p>The post X appeared first on Suara.</p>]]></description>
<content:encoded><![CDATA[<p>{long}</p><p>Selesai.</p>]]></content:encoded></item>
<item><title>Kedua &amp;amp; terakhir</title><guid isPermaLink="true">https://suara.example/2018/09/20/dua/</guid>
<pubDate>20 September 2018 10:00</pubDate><description>Potongan teks...</description></item>
<item><title>Tanpa alamat</title><guid>abc</guid></item>
</channel></rss>"""
LONG = "Ini paragraf penuh dari sebuah berita yang panjang. " * 15


def feed(body, outlet=OUTLET, content_type="application/rss+xml"):
    raw = body if isinstance(body, bytes) else body.encode()
    return read_feed(raw, content_type, AT, outlet, NOW).entries


@pytest.mark.parametrize("language", TITLES)
def test_rss_gives_what_it_says(language):
    """Address, headline, author, time with zone, summary and whole text, in every language."""
    first = feed(RSS.format(title=TITLES[language], long=LONG))[0]
    assert first.address == "https://suara.example/2018/09/20/satu/?utm_source=rss"
    assert (first.headline, first.authors, first.language) == (
        TITLES[language],
        ("Rina Lestari",),
        "id",
    )
    assert first.published.at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    assert first.published.origin == "feed"
    assert first.summary == "Ringkasan pendek & jelas […]"
    assert first.body.endswith("Selesai.")


def test_a_permalink_stands_in_for_a_link():
    """A guid that is an address is one; an item without any is left out; a cut text is no body."""
    entries = feed(RSS.format(title="x", long=LONG))
    assert [entry.address for entry in entries][1:] == ["https://suara.example/2018/09/20/dua/"]
    assert entries[1].headline == "Kedua & terakhir"
    assert entries[1].body == ""
    assert entries[1].published.at == datetime(2018, 9, 20, 3, 0, tzinfo=UTC)


def test_atom_and_rdf_are_feeds():
    """Atom and RDF give entries too, with relative links made absolute."""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>信息港</title>
    <link href="/2018/a.html"/><id>urn:1</id><published>2018-09-20T09:22:43+08:00</published>
    <updated>2018-09-20T10:00:00Z</updated></entry></feed>"""
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel>
    <item rdf:about="https://suara.example/r"><title>ท่าเรือ</title><link>https://suara.example/r</link>
    <dc:date>2018-09-20T09:22:43+07:00</dc:date></item></rdf:RDF>"""
    (one,), (two,) = feed(atom), feed(rdf)
    assert one.address == "https://suara.example/2018/a.html"
    assert one.published.at == datetime(2018, 9, 20, 1, 22, 43, tzinfo=UTC)
    assert one.modified.at == datetime(2018, 9, 20, 10, 0, tzinfo=UTC)
    assert (two.headline, two.address) == ("ท่าเรือ", "https://suara.example/r")


@pytest.mark.parametrize(
    ("codec", "title"),
    [("gb18030", "信息港论坛开幕的报道"), ("cp874", "ท่าเรือข้อมูล"), ("utf-8", "信息港")],
)
def test_a_lying_header_is_not_believed(codec, title):
    """A header of Latin-1 does not spoil a feed that declares or shows its encoding."""
    name = {"gb18030": "gb2312", "cp874": "windows-874", "utf-8": "utf-8"}[codec]
    body = (
        RSS.format(title=title, long=LONG)
        .replace("UTF-8", name)
        .encode(codec, "xmlcharrefreplace")
    )
    assert feed(body, content_type="text/xml; charset=ISO-8859-1")[0].headline == title


@pytest.mark.parametrize(
    "body",
    [b"", b"<!doctype html><html><body><h1>404</h1></body></html>", b'{"a": 1}', b"\x00\xff"],
)
def test_no_feed_is_an_error_that_says_where(body):
    """What is no feed is a SourceError that names the address."""
    with pytest.raises(SourceError, match=AT):
        feed(body)


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
XXE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">'


def test_entities_of_feeds_are_inert():
    """Neither an entity bomb nor an outer entity unfolds in a feed."""
    for head, name in ((BOMB, "j"), (XXE, "x")):
        body = f"{head}]><rss version='2.0'><channel><item><title>T &{name}; t</title><link>https://suara.example/1</link></item></channel></rss>"
        entries = feed(body)
        assert "root:" not in str(entries)
        assert len(str(entries)) < 5_000


SITEMAP = """<?xml version="1.0"?>{head}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<!-- one --><url><loc> https://suara.example/2018/satu </loc><lastmod>2018-09-20</lastmod><news:news>
<news:publication><news:name>S</news:name><news:language>{language}</news:language></news:publication>
<news:publication_date>2018-09-20T09:22:43+07:00</news:publication_date><news:title><![CDATA[{title}]]></news:title>
</news:news></url><url><loc>/2018/dua</loc></url><url><loc>javascript:1</loc></url></urlset>"""


def sitemap(body):
    return read_sitemap(body, "text/xml", "https://suara.example/sitemap.xml", OUTLET, NOW)


@pytest.mark.parametrize("language", TITLES)
def test_news_sitemaps_give_headline_and_time(language):
    """A news sitemap, plain or gzipped, gives address, headline, language and time."""
    body = SITEMAP.format(head="", language=language, title=TITLES[language]).encode()
    shown = sitemap(body)
    entries = shown.entries
    assert shown == sitemap(gzip.compress(body))
    assert (entries[0].headline, entries[0].language) == (TITLES[language], language)
    assert entries[0].published.at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    assert [entry.address for entry in entries] == [
        "https://suara.example/2018/satu",
        "https://suara.example/2018/dua",
    ]
    assert (shown.further, shown.refused, shown.cut) == ((), {"no-address": 1}, False)


def test_an_index_names_further_sitemaps():
    """A sitemap index gives addresses, no entries."""
    body = b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://suara.example/a.xml</loc></sitemap></sitemapindex>"
    assert sitemap(body).further == ("https://suara.example/a.xml",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>x</body></html>",
        b"\x1f\x8b broken",
        b"plain",
        gzip.compress(b"0" * 200_000_000, 1),
    ],
)
def test_no_sitemap_is_an_error(body):
    """What is no sitemap, or unpacks to a bomb, is a SourceError that names the address."""
    with pytest.raises(SourceError, match=r"suara\.example/sitemap\.xml"):
        sitemap(body)


def test_entities_of_sitemaps_are_inert():
    """Neither an entity bomb nor an outer entity unfolds in a sitemap."""
    for head, name in ((BOMB, "j"), (XXE, "x")):
        body = SITEMAP.format(
            head=f"{head}]>".replace("DOCTYPE r", "DOCTYPE urlset"),
            language="id",
            title="]]>&" + name + ";<![CDATA[",
        )
        try:
            found = str(sitemap(body.encode()))
        except SourceError as error:
            found = str(error)
        assert "root:" not in found
        assert len(found) < 5_000


LISTING = """<html><head><base href="https://niaga.example/"></head><body><nav><a href="/kanal/telko">Telko</a></nav>
<a href="/read/1537410163/digital"><img alt=""></a><a href="read/1537410163/digital?utm_source=home">{title}</a>
<a href="/amp/read/1537410163/digital">baca</a><a href="https://m.niaga.example/read/1537400000/dua">Kedua</a>
<a href="https://other.example/read/1537410164/x">Tempat lain</a><a href="javascript:void(0)">x</a><a href="http://[">y</a><a>z</a>
</body></html>"""


@pytest.mark.parametrize("language", TITLES)
def test_listings_give_each_story_once(language):
    """Links that match a story pattern, once for all twins, with the longest text and the address's time."""
    body = LISTING.format(title=TITLES[language]).encode()
    entries = read_listing(body, "text/html", "https://niaga.example/home", TRADE, NOW).entries
    assert [entry.headline for entry in entries] == [TITLES[language], "Kedua"]
    assert entries[0].address == "https://niaga.example/read/1537410163/digital"
    assert entries[0].published.at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)


def test_without_patterns_a_story_looks_like_one():
    """Without patterns it is a link on the outlet's host with a headline's text and a story's path."""
    body = """<a href="/tentang-kami">Tentang kami dan redaksi Suara Selat</a>
    <a href="/ekonomi/pelabuhan-baru-di-batam-dibuka">Pelabuhan baru di Batam dibuka hari ini</a>
    <a href="/2018/09/20/banjir">Banjir melanda tiga kecamatan di Demak</a><a href="/2018/09/20/longsor">Baca</a>
    <a href="/berita/123456.html">信息港论坛在南宁开幕</a><a href="/foto/20180920.jpg">Foto pembukaan forum di Nanning</a>
    <a href="https://iklan.example/2018/09/20/promo-besar-akhir-pekan">Promo besar akhir pekan ini saja</a>"""
    shown = read_listing(body.encode(), "text/html", "https://suara.example/", OUTLET, NOW)
    entries = shown.entries
    assert [entry.address.rsplit("/", 1)[1] for entry in entries] == [
        "pelabuhan-baru-di-batam-dibuka",
        "banjir",
        "123456.html",
    ]


def test_an_empty_listing_is_an_error():
    """An empty answer is a SourceError; a page without stories is an empty tuple."""
    with pytest.raises(SourceError, match="listing"):
        read_listing(b" ", "text/html", "https://suara.example/", OUTLET, NOW)
    assert (
        read_listing(b"<p>Halo", "text/html", "https://suara.example/", OUTLET, NOW).entries == ()
    )


def test_the_newest_of_a_long_sitemap_are_read():
    """Of a sitemap longer than what is read the newest addresses are taken, and the rest is counted."""
    urls = "".join(
        f"<url><loc>/{n}</loc><lastmod>20{n % 60 + 10:02}-01-01</lastmod></url>"
        for n in range(6_000)
    )
    shown = sitemap(f"<urlset>{urls}</urlset>".encode())
    assert (len(shown.entries), shown.refused) == (5_000, {"too-many": 1_000})
    read = {int(entry.address.rsplit("/", 1)[1]) % 60 for entry in shown.entries}
    assert min(read) == 10


def test_a_cut_sitemap_says_so():
    """A sitemap that ends in the middle gives the addresses before its end, and tells the cut."""
    body = SITEMAP.format(head="", language="id", title="Judul").encode()
    shown = sitemap(body[: body.index(b"/2018/dua") + 4])
    assert shown.cut
    assert [entry.address for entry in shown.entries] == ["https://suara.example/2018/satu"]
    assert (shown.refused, "cut" in shown.note) == ({"cut": 1}, True)


def test_an_index_is_asked_for_its_newest():
    """Of an index of many sitemaps the newest twenty are named, itself never."""
    one = "<sitemap><loc>/s{0}.xml</loc><lastmod>2018-{0:02}-01</lastmod></sitemap>"
    body = "<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap>" + "".join(
        one.format(n) for n in range(1, 41)
    )
    further = sitemap(f"{body}</sitemapindex>".encode()).further
    assert len(further) == 20
    assert further[0] == "https://suara.example/s40.xml"
