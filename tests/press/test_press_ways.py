"""Ways in: feeds, sitemaps, listings, robots.txt, twins."""

from __future__ import annotations

import re
import tomllib
from calendar import timegm
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree, html

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
FEEDS = [
    ("kabarniaga", "/feed/"), ("ringkas", "/feed/"), ("swarna", "/rss/terkini.xml"),
    ("suaraselat", "/feed/atom/"), ("strandledger", "/feed/"), ("songhong", "/feed/"),
    ("siamkankha", "/feed/"), ("tonlethmei", "/feed/atom/"), ("ayeyar", "/feed/"),
    ("yongjiang", "/rss/terkini.xml"),
]  # fmt: skip
SITEMAPS = [("swarna", "/sitemap-news.xml"), ("yongjiang", "/sitemap-news.xml"),
            ("haixia", "/news-sitemap.xml"), ("balitanglaot", "/news-sitemap.xml")]  # fmt: skip


def published_of(entry):
    return datetime.fromtimestamp(timegm(entry.published_parsed), UTC)


@pytest.mark.parametrize(("host", "path"), FEEDS)
def test_feeds_parse_and_agree_with_the_gold(later, ask, host, path):
    """Each feed parses without complaint; its times and headlines are the gold's newest."""
    parsed = feedparser.parse(ask(host, path).body)
    own = [each for each in later.expected() if each.outlet == host and not each.deleted]
    newest = sorted(own, key=lambda each: each.published, reverse=True)[:10]
    assert not parsed.bozo
    assert [published_of(entry) for entry in parsed.entries] == [each.published for each in newest]
    for entry, gold in zip(parsed.entries, newest, strict=True):
        assert entry.title.endswith(gold.headline)


@pytest.mark.parametrize(("host", "path"), SITEMAPS)
def test_sitemaps_parse_and_lead_to_stories(later, ask, host, path):
    """Each news sitemap is valid XML with titles and zoned times; each address answers."""
    tree = etree.fromstring(ask(host, path).body)
    places = tree.findall("s:url/s:loc", NAMES)
    times = tree.findall("s:url/n:news/n:publication_date", NAMES)
    assert places
    assert len(places) == len(times) == len(tree.findall("s:url/n:news/n:title", NAMES))
    assert all(datetime.fromisoformat(each.text).tzinfo for each in times)
    assert {ask(each.text).status for each in places} == {200}


def test_a_sitemap_index_points_to_the_news_sitemap(later, ask):
    """The plain index names the news sitemap, and robots.txt names the index."""
    index = etree.fromstring(ask("songhong", "/sitemap.xml").body)
    (place,) = index.findall("s:sitemap/s:loc", NAMES)
    assert etree.fromstring(ask(place.text).body).tag.endswith("urlset")
    assert "Sitemap: http://songhong.localhost" in ask("songhong", "/robots.txt").text


def test_a_wire_names_several_hosts(later, ask):
    """The wire's sitemap and feed name its regional host; feed links carry utm_ queries."""
    sitemap = ask("swarna", "/sitemap-news.xml").text
    assert "http://jateng.swarna.localhost" in sitemap
    assert "http://swarna.localhost" in sitemap
    links = [
        entry.link for entry in feedparser.parse(ask("swarna", "/rss/terkini.xml").body).entries
    ]
    assert all("utm_source=rss" in each for each in links)
    assert {ask(each).status for each in links} == {200}


@pytest.mark.parametrize("host", ["indotelko", "viengthong", "swarna", "kabarniaga", "songhong"])
def test_home_pages_list_the_newest(later, ask, host):
    """A home page links every recent story of its outlet."""
    page = html.document_fromstring(ask(host, "/").body)
    page.make_links_absolute(f"{later.base(host)}/")
    linked = {each.get("href") for each in page.iter("a")}
    own = [each for each in later.expected() if each.outlet == host and not each.deleted]
    assert {each.address for each in own} <= linked


def test_sections_list_their_own(later, ask):
    """A section page and a category feed hold their own stories only."""
    kanal = ask("indotelko", "/kanal/ekonomi").text
    rows = re.findall(r"<h2><a href=\"([^\"]+)", kanal)
    assert any("gerai-ponsel-bekas" in each for each in rows)
    assert not any("tiongkok-asean-digital" in each for each in rows)
    releases = feedparser.parse(ask("kabarniaga", "/category/siaran-pers/feed/").body)
    assert [entry.title for entry in releases.entries] == [
        "Kasirku Luncurkan Mesin Kasir Pintar untuk Warung"
    ]


def test_the_portal_has_no_feed(ask):
    """IndoTelko has neither feed nor sitemap."""
    assert {ask("indotelko", path).status for path in ("/feed/", "/rss", "/sitemap.xml")} == {404}


def test_feed_bodies_differ_by_outlet(later, ask):
    """One feed carries the whole text, one a summary, one a summary of a page that has no more."""
    full = feedparser.parse(ask("kabarniaga", "/feed/").body).entries[0]
    summary = feedparser.parse(ask("suaraselat", "/feed/atom/").body).entries[0]
    assert full.content[0].value.count("<p>") >= 3
    assert "content" not in summary
    assert len(summary.summary) <= 290
    (teaser,) = [each for each in later.expected()
                 if each.outlet == "ringkas" and each.happening == "caih-forum-2018"]  # fmt: skip
    assert "59 proyek" not in ask(teaser.address).text
    assert "#more" in ask(teaser.address).text


def test_robots_disallow_one_path(press, ask):
    """Each host has a robots.txt with one disallowed path, which exists."""
    for name in press.outlets:
        lines = ask(name, "/robots.txt").text.splitlines()
        (path,) = [line.split(": ")[1] for line in lines if line.startswith("Disallow")]
        assert ask(name, path).status == 200


@pytest.mark.parametrize(
    ("twin", "host"),
    [
        ("www.indotelko", "indotelko"),
        ("m.swarna", "swarna"),
        ("jateng.swarna", "swarna"),
        ("www.songhong", "songhong"),
    ],
)
def test_twin_hosts_tell_the_same(later, ask, twin, host):
    """Each twin serves each story, and its canonical link names the canonical host."""
    own = [each for each in later.expected() if each.outlet == host and not each.deleted]
    path = own[-1].address.removeprefix(later.base(host))
    page = html.document_fromstring(ask(twin, path).body)
    assert page.xpath("//link[@rel='canonical']/@href") == [own[-1].address]


@pytest.mark.parametrize("host", ["indotelko", "swarna"])
def test_amp_twins_hold_the_same_text(later, ask, host):
    """The AMP twin has the same body and names the canonical page."""
    own = [each for each in later.expected() if each.outlet == host and not each.deleted]
    for gold in own:
        page = html.document_fromstring(
            ask(host, "/amp" + gold.address.removeprefix(later.base(host))).body
        )
        assert page.xpath("//link[@rel='canonical']/@href") == [gold.address]
        text = [each.text_content() for each in page.iter("p")]
        assert set(gold.body.splitlines()) <= set(text)


def test_old_forms_redirect(later, ask):
    """WordPress's /?p= and the portal's /kanal?it= lead to the canonical address."""
    old = ask("indotelko", "/kanal?c=&it=tiongkok-asean-digital")
    assert old.status == 301
    assert old.headers["location"].endswith("/read/1537410163/tiongkok-asean-digital")
    entry = feedparser.parse(ask("kabarniaga", "/feed/").body).entries[0]
    short = ask(entry.id)
    assert (short.status, short.headers["location"]) == (301, entry.link)


def test_the_catalogue_names_ways_that_answer(later, ask, tmp_path):
    """Every outlet has a description; each source in it answers, save what is forbidden."""
    files = later.write_catalogue(tmp_path)
    assert {file.stem for file in files} == set(later.outlets)
    for file in files:
        table = tomllib.loads(file.read_text("utf-8"))
        assert "{port}" not in file.read_text("utf-8")
        assert table["home"] == later.base(file.stem)
        ways = {source["address"]: ask(source["address"]).status for source in table["sources"]}
        assert 200 in ways.values()
        assert set(ways.values()) <= ({200, 403} if file.stem == "haixia" else {200})


def test_the_catalogue_s_patterns_know_every_story(later, tmp_path):
    """Each story's path matches a story pattern; the portal's key is its Unix time."""
    tables = {file.stem: tomllib.loads(file.read_text("utf-8"))
              for file in later.write_catalogue(tmp_path)}  # fmt: skip
    for gold in later.expected():
        path = gold.address.removeprefix(later.base(gold.outlet))
        found = re.search(tables[gold.outlet]["addresses"]["story"][0], path)
        assert found is not None, gold.address
        if "unix" in found.groupdict():
            assert int(found["unix"]) == gold.published.timestamp()
