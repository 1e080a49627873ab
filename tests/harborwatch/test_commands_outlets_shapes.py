"""What `outlets new` learns from addresses, robots.txt and pages, without asking anybody."""

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.address_shapes import learn
from crawler.candidates import announced, in_robots, linked, site_of, way_of
from crawler.proposals import Proposal, SeenPage
from crawler.twins import twins_of
from crawler.unlisted import unlisted
from news import AddressRules, Outlet, ReadPage
from pipelines.reading.addresses import canonical, key
from pipelines.reading.scouting.clues import read_clues
from pipelines.reading.scouting.scouted import Clues

AT = "https://kabar.example"
WORDS = ("kabel", "laut", "dibuka", "北海", "ท่าเรือ", "cảng", "ຂ່າວ", "សំណួរ", "သတင်း", "balita")


def fitting(addresses: list[str]) -> str:
    (pattern,) = learn(dict.fromkeys(addresses))
    assert pattern.count == len(addresses)
    return pattern.text


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/read/153741016{0}/kabel-laut-x", r"^/read/(?P<unix>\d+)/[^/?]+/?$"),
        ("/berita/123456{0}/kabel", r"^/berita/(?P<key>\d+)/[^/?]+/?$"),
        ("/kabel-laut-dai-123456{0}.html", r"^/[^/?]*-(?P<key>\d+)\.html$"),
        ("/gn/2018/09-2{0}/860000{0}.shtml",
         r"^/gn/(?P<year>\d{4})/(?P<month>\d\d)-(?P<day>\d\d)/(?P<key>\d+)\.shtml$"),
        ("/n3/2018/0920/c90000-3030000{0}.html",
         r"^/n\d+/(?P<year>\d{4})/(?P<month>\d\d)(?P<day>\d\d)/[^/?]*-(?P<key>\d+)\.html$"),
        ("/2018-09/20/c_11234567{0}.htm",
         r"^/(?P<year>\d{4})-(?P<month>\d\d)/(?P<day>\d\d)/c_(?P<key>\d+)\.htm$"),
        ("/2018/09/2{0}/kabel-laut-baru-{0}/",
         r"^/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/(?:[^/?-]*-){2}[^/?]*/?$"),
        ("/20180920/1s8568{0}.htm",
         r"^/(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)/\d+s(?P<key>\d+)\.htm$"),
        ("/index.php/warta/9010{0}-2018-06-18-10-11-59.html",
         r"^/index\.php/warta/(?P<key>\d+)-[^/?]+\.html$"),
        ("/?p=1234{0}", r"^/\?(?:.*&)?p=(?P<key>\d+)(?:&|$)"),
        ("/view.php?id=1234{0}", r"^/view\.php\?(?:.*&)?id=(?P<key>\d+)(?:&|$)"),
    ],
)  # fmt: skip
def test_a_row_of_addresses_makes_a_pattern(path: str, pattern: str) -> None:
    """Addresses of one form make the pattern that a person would write, its number the key."""
    assert fitting([AT + path.format(number) for number in range(8)]) == pattern


def test_what_varies_is_told_by_other_links() -> None:
    """A section's name stays in the pattern only where no other link shows another one."""
    stories = dict.fromkeys(f"{AT}/ekonomi/kabel-laut-{n}" for n in range(12340, 12346))
    (narrow,) = learn(stories)
    (wide,) = learn(stories, [f"{AT}/politik/pemilu-raya-{n}" for n in range(55550, 55553)])
    assert narrow.text == r"^/ekonomi/[^/?]*-(?P<key>\d+)/?$"
    assert wide.text == r"^/[^/?]+/[^/?]*-(?P<key>\d+)/?$"


def test_a_number_is_a_time_only_where_times_agree() -> None:
    """Ten digits are Unix seconds where the stories' own times say so, else a number."""
    addresses = [f"{AT}/read/153741016{n}/kabel" for n in range(5)]
    told = datetime(2018, 9, 20, 2, tzinfo=UTC)
    assert "<unix>" in learn(dict.fromkeys(addresses, told))[0].text
    assert "<key>" in learn(dict.fromkeys(addresses, told.replace(year=2026)))[0].text


segments = st.lists(
    st.one_of(
        st.integers(0, 10**10).map(str),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("-".join),
        st.from_regex(r"[a-z]{1,6}[0-9]{1,8}(\.html)?", fullmatch=True),
        st.dates().map(str),
        st.text("abc-_.0123456789%()[]+*?&=", max_size=12),
    ),
    max_size=5,
)


@given(st.lists(segments, min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_pattern_fits_what_it_was_learnt_from(paths: list[list[str]]) -> None:
    """Whatever the addresses, patterns compile, fit the stories that they count, and merge no paths."""
    plain = unlisted(AT)
    stories = {canonical(f"{AT}/{'/'.join(path)}", plain): None for path in paths}
    patterns = learn(stories)
    assert patterns
    fields = tuple(one.field for one in patterns if one.field)
    rules = AddressRules(story=tuple(one.text for one in patterns), keep_query=fields)
    outlet = Outlet(id="kabar", name="", home=AT, country="ID", languages=("id",), zone="UTC",
                    addresses=rules)  # fmt: skip
    for one in patterns:
        row = [each for each in stories if learn({each: None})[0].text == one.text]
        # Of a query only a field with a number is a key; what else it says is dropped.
        paths_of = {urlsplit(each).path.rstrip("/") for each in row}
        assert len({key(each, outlet) for each in row}) >= len(paths_of) or fields


@pytest.mark.parametrize("odd", ["1" * 3000, "a1" * 1500, "-" * 3000, "a-" * 1500, "-1" * 1500])
def test_long_links_are_no_trap(odd: str) -> None:
    """A link made to hold a pattern up holds up neither learning nor what was learnt."""
    began = time.process_time()
    (pattern, *_) = learn({f"{AT}/{odd}/x!": None, f"{AT}/{odd}x": None})
    fitting([f"{AT}/kabel-laut-dai/{n}-a" for n in range(100, 103)])
    learn({f"{AT}/a-b-c": None, f"{AT}/{odd}/{odd}": None})
    assert pattern.text
    assert time.process_time() - began < 2


def test_robots_name_sitemaps_of_news_first() -> None:
    """Sitemap lines are read whatever their case and order; relative ones from the host."""
    text = "User-agent: *\nSITEMAP: https://a.example/sitemap.xml\nsitemap:/sitemap-news.xml\n"
    found = [one.address for one in in_robots(text, f"{AT}/")]
    assert found == [f"{AT}/sitemap-news.xml", "https://a.example/sitemap.xml"]


def test_a_page_announces_its_ways() -> None:
    """Feeds, WordPress (by page or header), AMP, name and language are read from a page."""
    html = """<html lang="id-ID"><head><title>Beranda - Kabar</title>
    <meta property="og:site_name" content="Kabar Raya"><link rel="canonical" href="/">
    <link rel="alternate" type="application/rss+xml" title="Terkini" href="/terkini/umpan">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" hreflang="en" type="text/xml" href="/en">
    <link rel="amphtml" href="/amp/1"><link rel="https://api.w.org/" href="/wp-json/">
    </head><body><a href="/rss/ekonomi.xml">RSS</a><a href="/berita/1">Kabel laut</a>
    <a href="http://[broken">x</a><a href="javascript:void(0)">y</a></body></html>"""
    clues = read_clues(html.encode(), "", f"{AT}/")
    assert (clues.name, clues.language, clues.amp) == ("Kabar Raya", "id-ID", f"{AT}/amp/1")
    assert clues.canonical == f"{AT}/"
    named = [one.address for one in announced(clues, "", f"{AT}/")]
    assert named == [f"{AT}/terkini/umpan", f"{AT}/wp-json/wp/v2/posts"]
    assert [one.address for one in linked(clues, site_of(AT))] == [f"{AT}/rss/ekonomi.xml"]
    header = '<https://b.example/api/>; rel="https://api.w.org/"'
    assert announced(Clues(), header, AT)[0].address == "https://b.example/api/wp/v2/posts"


@pytest.mark.parametrize(
    ("body", "address", "way"),
    [
        (b"<?xml version='1.0'?><rss>", "/feed", "feed"),
        (b"\xef\xbb\xbf <rdf:RDF>", "/index.rdf", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "/feed.json", "feed"),
        (b"[{}]", "/wp-json/wp/v2/posts", "wordpress"),
        (b"<?xml version='1.0'?><urlset>", "/sitemap.xml", "sitemap"),
        (b"<ns:sitemapindex xmlns:ns='x'>", "/sitemap.xml", "sitemap"),
        (b"\x1f\x8b\x08", "/sitemap.xml.gz", "sitemap"),
        (b"<!DOCTYPE html><html>", "/rss", None),
    ],
)
def test_the_way_is_told_by_what_comes(body: bytes, address: str, way: str | None) -> None:
    """What an answer is, its first bytes say."""
    assert way_of(body, AT + address) == way


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.kabar.co.id", "kabar.co.id"), ("kabar.co.id", "kabar.co.id"),
        ("m.xinwen.com.cn", "xinwen.com.cn"), ("jateng.antara.com", "antara.com"),
        ("m.kabar.localhost:8000", "kabar.localhost:8000"), ("baomoi.vn", "baomoi.vn"),
    ],
)  # fmt: skip
def test_hosts_of_one_site(host: str, site: str) -> None:
    """Hosts below one name are one site's, under countries with second levels too."""
    assert site_of(f"https://{host}/x") == site


@pytest.mark.parametrize(
    ("story", "amp", "folded"),
    [
        ("/berita/12345/kabel", "/amp/berita/12345/kabel", True),
        ("/2018/09/20/kabel/", "/2018/09/20/kabel/amp/", True),
        ("/berita/12345", "/berita/12345?amp=1", True),
        ("/berita/12345", "//amp.kabar.example/berita/12345", True),
    ],
)
def test_amp_twins_fold(story: str, amp: str, folded: bool) -> None:
    """The rule that is learnt from an AMP link makes one address of both."""
    plain = unlisted(AT)
    twin = f"https:{amp}" if amp.startswith("//") else AT + amp
    read = ReadPage(address=AT + story, key="", title="", titles=(), body="", authors=(),
                    published=None, modified=None, language="id", method="", confidence=1)  # fmt: skip
    page = SeenPage(address=AT + story, read=read, clues=Clues(amp=twin))
    found = twins_of(Proposal(asked=AT, plain=plain, pages=(page,)))
    rules = AddressRules(story=("^/(?:berita|2018)/",), rewrite=found.rewrite)
    outlet = Outlet(id="kabar", name="", home=AT, country="ID", languages=("id",), zone="UTC",
                    hosts=("kabar.example", *found.hosts), addresses=rules)  # fmt: skip
    one = canonical(AT + story, outlet).rstrip("/")
    assert (canonical(twin, outlet).rstrip("/") == one) is folded
