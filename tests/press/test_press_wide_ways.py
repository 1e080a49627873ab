"""Ways into the wide outlets: sound and flawed feeds, APIs, sitemaps, listings, catalogue."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
import unicodedata
from calendar import timegm
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree, html

from harborwatch.press import wide
from harborwatch.press.wide.flaws import FLAWS
from harborwatch.press.wide.gold import Precision

FEEDS = wide.feeds()
SOUND = [feed for feed in FEEDS if not feed.flaw]
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
#: Flaws that no strict XML parser takes.
BROKEN = {"ampersand", "entities", "cut", "nested-cdata", "undeclared", "controls",
          "blank-lines", "trailing"}  # fmt: skip


def nfc(text):
    return unicodedata.normalize("NFC", text)


def told(feed):
    return [(entry.address, nfc(entry.title)) for entry in feed.entries]


def text_of(feed):
    return nfc(feed.body.decode(feed.encoding))


def test_every_way_is_there():
    """All kinds of ways are served, feeds in six encodings and every language."""
    kinds = {feed.way for feed in SOUND}
    assert kinds == {"rss", "atom", "rdf", "jsonfeed", "wordpress", "sitemap", "index", "gzip",
                     "listing", "script"}  # fmt: skip
    written = {feed.encoding for feed in SOUND if feed.way == "rss"}
    assert {"utf-8", "gb18030", "big5hkscs", "cp874", "cp1258", "cp1252"} <= written
    assert len({feed.language for feed in SOUND}) == 11


@pytest.mark.parametrize("way", ["rss", "atom", "rdf"])
def test_sound_feeds_parse(way):
    """A sound feed, in UTF-8, parses without complaint and gives the gold's entries."""
    for feed in SOUND:
        if feed.way == way and feed.encoding == "utf-8" and "8859" not in feed.content_type:
            parsed = feedparser.parse(feed.body)
            assert not parsed.bozo, feed.address
            assert [(each.link, nfc(each.title)) for each in parsed.entries] == told(feed)
            times = [
                each.get("published_parsed") or each.updated_parsed for each in parsed.entries
            ]
            moments = [datetime.fromtimestamp(timegm(each), UTC) for each in times]
            assert moments == [entry.published for entry in feed.entries]


def test_feeds_in_old_encodings_hold_their_titles():
    """A feed in an old encoding decodes in it; titles and addresses of the gold stand in order."""
    for feed in SOUND:
        if feed.way in ("rss", "atom", "rdf") and feed.encoding != "utf-8":
            text = text_of(feed)
            places = [text.index(f"<title>{nfc(each.title)}</title>") for each in feed.entries]
            assert places == sorted(places)
            assert all(each.address in text for each in feed.entries)


def test_apis_speak_json():
    """JSON Feed and WordPress give addresses, titles and times of the gold."""
    for feed in SOUND:
        if feed.way == "jsonfeed":
            table = json.loads(feed.body)
            assert table["version"].endswith("/1.1")
            items = [
                (each["url"], each["title"], each["date_published"]) for each in table["items"]
            ]
        elif feed.way == "wordpress":
            items = [
                (each["link"], each["title"]["rendered"], each["date_gmt"] + "+00:00")
                for each in json.loads(feed.body)
            ]
        else:
            continue
        assert [(address, title) for address, title, _ in items] == told(feed)
        times = [datetime.fromisoformat(each) for *_, each in items]
        assert times == [entry.published for entry in feed.entries]


def test_sitemaps_list_the_stories():
    """News sitemaps, gzipped or plain, list the gold; the index points to one of them."""
    for feed in SOUND:
        if feed.way in ("sitemap", "gzip"):
            body = gzip.decompress(feed.body) if feed.way == "gzip" else feed.body
            tree = etree.fromstring(body)
            places = [each.text for each in tree.findall("s:url/s:loc", NAMES)]
            titles = [each.text for each in tree.findall("s:url/n:news/n:title", NAMES)]
            assert list(zip(places, titles, strict=True)) == told(feed)
        elif feed.way == "index":
            (place,) = etree.fromstring(feed.body).findall("s:sitemap/s:loc", NAMES)
            assert place.text.startswith(feed.address.removesuffix("sitemap.xml"))


def test_listings_link_the_stories():
    """A home page links its stories in order, and no story elsewhere."""
    for feed in SOUND:
        if feed.way == "listing":
            tree = html.document_fromstring(feed.body.decode(feed.encoding).encode(),
                                            parser=html.HTMLParser(encoding="utf-8"))  # fmt: skip
            tree.make_links_absolute(feed.address)
            wanted = {address for address, _ in told(feed)}
            links = [(each.get("href"), nfc(each.text_content())) for each in tree.iter("a")]
            assert [each for each in links if each[0] in wanted] == told(feed)
        elif feed.way == "script":
            items = json.loads(feed.body)["items"]
            assert [each["title"] for each in items] == [title for _, title in told(feed)]


def test_every_flaw_is_one():
    """Each flaw stands in at least three feeds, and differs from the sound feed."""
    for name in FLAWS:
        flawed = [feed for feed in FEEDS if feed.flaw == name]
        assert len(flawed) >= 3
        assert len({feed.language for feed in flawed}) >= 3
        assert all(feed.entries for feed in flawed)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_feeds_are_no_xml(name):
    """A strict parser refuses each of these; feedparser still finds an entry in it."""
    for feed in FEEDS:
        if feed.flaw == name:
            text = feed.body.decode(feed.encoding)
            plain = re.sub(r"^(\s*)<\?xml[^>]*\?>", r"\1<?xml version='1.0'?>", text).encode()
            with pytest.raises(etree.XMLSyntaxError):
                etree.fromstring(plain, etree.XMLParser(recover=False))
            assert feedparser.parse(plain).entries


def test_flaws_change_titles_as_the_gold_says():
    """The gold of a flawed feed knows the title as mended, the items lost, the time as printed."""
    by_flaw = {feed.flaw: feed for feed in FEEDS if feed.flaw}
    assert by_flaw["ampersand"].entries[0].title.endswith(" & R&D")
    assert by_flaw["entities"].entries[0].title.startswith("“")
    assert " : " in by_flaw["sections"].entries[0].title
    sound = {feed.outlet: feed for feed in FEEDS if feed.flaw == "undeclared"}
    assert all(len(feed.entries) >= 2 for feed in sound.values())
    coarse = {entry.precision for feed in FEEDS if feed.flaw == "native-dates"
              for entry in feed.entries}  # fmt: skip
    assert coarse <= set(Precision)
    for feed in FEEDS:
        if feed.flaw == "cut":
            assert feed.body.decode(feed.encoding).count("<item>") == len(feed.entries) + 1
        if feed.flaw == "same-guids":
            assert feed.body.decode(feed.encoding).count("<item>") == 2 * len(feed.entries)


def test_every_way_is_served_as_the_table_has_it(wide_press, ask_wide):
    """Over HTTP each way has the bytes and the type of the table."""
    for feed in wide.feeds(wide_press.now, wide_press.port):
        answer = ask_wide(feed.address)
        assert (answer.status, answer.headers["content-type"]) == (200, feed.content_type)
        assert answer.body == feed.body


def test_the_catalogue_describes_every_outlet(wide_press, ask_wide, tmp_path):
    """Each outlet's file has a pattern that its stories match, and at least one way that answers."""
    files = wide.write_catalogue(tmp_path, wide_press.port)
    tables = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    assert set(tables) == {outlet.name for outlet in wide.outlets()}
    for page in wide.stories(wide_press.now, wide_press.port):
        table = tables[page.outlet]
        path = page.address.removeprefix(table["home"])
        found = re.search(table["addresses"]["story"][0], path)
        assert found, page.address
        assert found.groupdict().get("year") in (None, "2018")
    for table in tables.values():
        ways = {source["address"]: ask_wide(source["address"]) for source in table["sources"]}
        assert any(answer.status == 200 and answer.body for answer in ways.values())
    with pytest.raises(KeyError):
        wide.write_catalogue(tmp_path, 1, ["nobody"])
