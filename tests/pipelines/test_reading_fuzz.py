"""Pages and sources broken in every way: always a story or entries, or a counted reason."""

import random
import re
from dataclasses import fields
from html import escape

import pytest
from feeds_made import (
    AT,
    HOME,
    LANGUAGES,
    NOW,
    OUTLET,
    atom,
    json_feed,
    rdf,
    rss,
    stories,
    wordpress,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import Dated, Entry, ReadPage, Refused, SourceError
from pipelines.reading.pages import read_page
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.listings import read_listing
from pipelines.reading.sources.shown import Shown
from pipelines.reading.sources.sitemaps import read_sitemap
from pipelines.reading.sources.wordpress import read_wordpress

pytestmark = pytest.mark.long

#: Encodings that a language's press uses beside UTF-8.
CODECS = {
    "zh": ("gb18030", "big5hkscs"), "th": ("cp874", "utf-16"), "vi": ("cp1258",), "id": ("cp1252",),
    "lo": ("utf-16",), "my": ("utf-16-be",),
}  # fmt: skip
SEEDS = st.sampled_from(LANGUAGES)


def portal(one):
    """A page with everything said three times: JSON-LD, OpenGraph, markup."""
    return (
        f'<!doctype html><html lang="{one.language}"><head><meta charset="utf-8"><title>{escape(one.title)} - Suara</title>'
        f'<meta property="og:title" content="{escape(one.title)}"><link rel="canonical" href="{one.address}">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{one.language}","datePublished":'
        f'"{one.at.isoformat()}","author":{{"name":"Rina"}},"articleBody":"{one.summary}"}}</script></head><body><nav>'
        f"<a href='/'>S</a></nav><h1>{escape(one.title)}</h1><time datetime='{one.at.isoformat()}'>20/09/2018 09:22</time>"
        f"<article>{one.whole}</article><div class='related'><a href='/x'>Baca juga</a></div><footer>© 2018</footer></body></html>"
    )


def old_state(one):
    """An old layout: tables, <br>, no paragraph, http-equiv."""
    lines = "<br><br>".join([one.summary] * 12)
    return (
        f"<html><head><META http-equiv=Content-Type content='text/html; charset=gb2312'><TITLE>{escape(one.title)}</TITLE></head>"
        f"<body><table><tr><td><font size=5>{escape(one.title)}</font></td></tr><tr><td>2018-09-20 09:22 (Views: 12)</td></tr>"
        f"<tr><td>{lines}</td></tr></table></body></html>"
    )


def client_side(one):
    """A page whose text stands in its state only."""
    text = one.summary.replace('"', "")
    return (
        f"<html><head><title>{escape(one.title)}</title></head><body><div id='__next'></div><script id='__NEXT_DATA__' "
        f'type="application/json">{{"props":{{"pageProps":{{"post":{{"title":"x","content":"<p>{text * 9}</p>"}}}}}}}}</script></body></html>'
    )


def sitemap(made):
    urls = "".join(
        f"<url><loc>{one.address}</loc><news:news><news:publication><news:language>{one.language}</news:language>"
        f"</news:publication><news:publication_date>{one.at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(one.title)}</news:title></news:news></url>"
        for one in made
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def listing(made):
    links = "".join(
        f"<li><a href='{one.address}'>{escape(one.title)} {one.summary}</a></li>" for one in made
    )
    return f"<html><body><ul>{links}</ul></body></html>"


READERS = {
    rss: read_feed, atom: read_feed, rdf: read_feed, json_feed: read_feed, wordpress: read_wordpress,
    sitemap: read_sitemap, listing: read_listing,
}  # fmt: skip
NOISE = (
    b"", b"<", b">", b"&", b'"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"&#xd800;", b"&#x110000;", b"&nope;", b"]]>", b"<![CDATA[",
    b"<!--", b"-->", b"<p>" * 60, b"</item>", b"</div>", b"<base href='http://['>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"{", b"]}", b"\\ud800",
    b"<html xml:base='//['>", "ท่าเรือ".encode("cp874"), "新港口".encode("gb18030"), "ເປີດ".encode("utf-16"), b"\x1b$B", b"\xed\xa0\x80",
)  # fmt: skip
TAG = re.compile(rb"<[^<>]{1,200}>")


def cut(raw, dice):
    at = dice.randrange(len(raw) + 1)
    return raw[:at] if dice.random() < 0.5 else raw[at:]


def overwritten(raw, dice):
    at, length = dice.randrange(len(raw) + 1), dice.choice([0, 1, 3, 40, 400])
    part = raw[at : at + length]
    put = dice.choice([dice.choice(NOISE), part * 2, part[::-1], dice.randbytes(7)])
    return raw[:at] + put + raw[at + length :]


def shuffled(raw, dice):
    """The tags of a stretch change places; the text between them stays."""
    found = list(TAG.finditer(raw))
    if len(found) < 3:
        return raw
    begin = dice.randrange(len(found) - 2)
    some = found[begin : begin + dice.randint(2, 30)]
    tags = [one.group() for one in some]
    dice.shuffle(tags)
    parts, at = [], 0
    for one, tag in zip(some, tags, strict=True):
        parts += [raw[at : one.start()], tag]
        at = one.end()
    return b"".join([*parts, raw[at:]])


def mixed(raw, dice):
    """Some stretch speaks another encoding than the rest."""
    at = dice.randrange(len(raw) + 1)
    text = raw[at : at + dice.choice([20, 300, 3000])].decode("utf-8", "ignore")
    codec = dice.choice(["gb18030", "cp874", "utf-16", "cp1258", "big5", "latin-1"])
    return raw[:at] + text.encode(codec, "ignore") + raw[at + len(text.encode()) :]


@st.composite
def broken(draw, write, language):
    dice = random.Random(draw(st.integers(0, 2**32)))
    raw = write(stories(language, "zh", "en") if write in READERS else stories(language)[0])
    codec = dice.choice(["utf-8", "utf-8", *CODECS.get(language, ())])
    body = raw.encode(codec, "xmlcharrefreplace")
    for _ in range(draw(st.integers(1, 7))):
        body = (
            dice.choice([cut, overwritten, overwritten, shuffled, mixed])(body, dice)
            if body
            else body
        )
    return body


HEADERS = st.sampled_from(
    [
        "",
        "text/html",
        "text/xml; charset=ISO-8859-1",
        "text/html; charset=big5",
        "x; charset=hex",
        ";;",
    ]
)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(read, *arguments):
    """What a reading gives: its result, or the error that it is allowed to raise."""
    try:
        return read(*arguments)
    except (Refused, SourceError) as error:
        return error


def storable(text):
    """Text that any archive takes: no NUL, no half pairs."""
    text.encode()
    return "\x00" not in text


def check_entry(entry):
    assert entry.address.startswith(("http://", "https://"))
    texts = [getattr(entry, field.name) for field in fields(Entry)]
    assert all(storable(text) for text in texts if isinstance(text, str))
    assert all(map(storable, entry.authors))
    for moment in (entry.published, entry.modified):
        assert moment is None or (isinstance(moment, Dated) and moment.at.tzinfo is not None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", READERS, ids=lambda write: write.__name__)
@FEW
@given(data=st.data())
def test_a_broken_source_shows_entries_or_says_why(write, language, data):
    """However a source is broken, it shows entries that can be kept, or a SourceError says where and what."""
    body, header = data.draw(broken(write, language)), data.draw(HEADERS)
    shown = outcome(READERS[write], body, header, AT, OUTLET, NOW)
    if isinstance(shown, SourceError):
        assert AT in str(shown)
        assert len(str(shown)) > len(AT) + 10
        return
    assert isinstance(shown, Shown)
    for entry in shown.entries:
        check_entry(entry)
    assert all(count > 0 for count in shown.refused.values())
    assert bool(shown.note) is bool(shown.cut or shown.refused)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "write", [portal, old_state, client_side], ids=lambda write: write.__name__
)
@FEW
@given(data=st.data())
def test_a_broken_page_is_a_story_or_refused_with_a_reason(write, language, data):
    """However a page is broken, it is a story with title and body that can be kept, or refused with a counted reason."""
    body, header = data.draw(broken(write, language)), data.draw(HEADERS)
    address = f"{HOME}/2018/09/20/{language}-0/"
    found = outcome(read_page, body, header, address, Entry(address=address), OUTLET, NOW)
    if isinstance(found, Refused):
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.reason)
        return
    assert isinstance(found, ReadPage)
    assert found.title
    assert found.body
    texts = (found.title, found.body, found.address, found.key, *found.authors)
    assert all(map(storable, texts))
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", READERS, ids=lambda write: write.__name__)
def test_the_seeds_themselves_are_whole(write, language):
    """Unbroken, every seed shows all of its stories: the fuzz does not start from rubble."""
    shown = READERS[write](write(stories(language, "zh", "en")).encode(), "", AT, OUTLET, NOW)
    assert (len(shown.entries), shown.note) == (3, "")
