"""Feeds as servers really write them: broken in one way each, and read all the same."""

import codecs

import pytest
from feeds_made import AT, HOME, LANGUAGES, NOW, OUTLET, atom, rdf, rss, stories

from news import SourceError
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.shown import Shown

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


def read(text: str | bytes, content_type: str = "application/rss+xml") -> Shown:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_feed(raw, content_type, AT, OUTLET, NOW)


def one(item: str, head: str = DECLARED, channel: str = "") -> Shown:
    return read(
        f"{head}<rss version='2.0'><channel><title>S</title><link>{HOME}</link>{channel}{item}"
        f"<item><title>Berita lain hari ini</title><link>{HOME}/lain</link></item></channel></rss>"
    )


def headline(title: str) -> str:
    return one(f"<item><title>{title}</title><link>{HOME}/a</link></item>").entries[0].headline


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT & T & Laut", "AT & T & Laut"), ("Laut&nbsp;Timur &mdash; baru", "Laut Timur — baru"),
        ("Q&A: tanya &jawab; kami", "Q&A: tanya &jawab; kami"), ("Harga &euro;5 &#8364;6", "Harga €5 €6"),
        ("Di bawah < 5 persen", "Di bawah < 5 persen"), ("Kurang <5% saja", "Kurang <5% saja"),
        ("A &amp;amp; B", "A & B"), ("Kapal &lt;b&gt;besar&lt;/b&gt; tiba", "Kapal besar tiba"),
        ("Kapal <b>besar</b> <i>tiba</i>", "Kapal besar tiba"), ("Kapal <![CDATA[<b>besar</b>]]> tiba", "Kapal besar tiba"),
        ("<![CDATA[Laut & <em>darat</em>]]>", "Laut & darat"), ("<![CDATA[Luar <![CDATA[dalam]]> habis]]>", "Luar dalam habis"),
        ("&lt;![CDATA[Terbungkus dua kali]]&gt;", "Terbungkus dua kali"), ("Bunyi \x0b&#11;&#x0;lonceng", "Bunyi lonceng"),
        ("Dua\n   baris\tjudul", "Dua baris judul"), ("Kurung ]]> lepas", "Kurung ]]> lepas"),
        ("Kata &amp;#8220;dia&amp;#8221;", "Kata “dia”"), ("Caf\u00c3\u00a9 laut", "Café laut"),
        ("Anak\u0092s laut", "Anak’s laut"),
    ],
)  # fmt: skip
def test_headlines_are_read_as_they_were_meant(written: str, meant: str) -> None:
    """Bare ampersands, unknown entities, markup, nested CDATA, mojibake: the headline comes out as a reader sees it."""
    shown = one(f"<item><title>{written}</title><link>{HOME}/a</link></item>")
    assert shown.entries[0].headline.replace("]]>", "").split() == meant.replace("]]>", "").split()
    assert [entry.address for entry in shown.entries] == [f"{HOME}/a", f"{HOME}/lain"]


@pytest.mark.parametrize(
    "before",
    [
        "\n\n  ", "\ufeff", "\ufeff\n", "\x00", "<!-- cache -->\n", "Warning: date() in /x.php on line 3<br />\n",
        "<!DOCTYPE rss [<!ENTITY nbsp ' '>]>", "<?xml-stylesheet href='a.xsl'?>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_before_a_feed_is_no_part_of_it(before: str, language: str) -> None:
    """Blank lines, byte order marks, comments and warnings before the declaration cost nothing."""
    made = stories(language)
    for text in (rss(made), atom(made), rdf(made)):
        (entry,) = read(before + text).entries
        assert entry.headline == made[0].title


@pytest.mark.parametrize(
    "behind", ["\n<!-- 12 queries -->", "<script>x()</script>", "\x00\x00", "</rss>"]
)
def test_what_stands_behind_a_feed_is_no_part_of_it(behind: str) -> None:
    """Counters, scripts of hosters and doubled ends are passed over, and are no cut."""
    shown = read(rss(stories("id", "th")) + behind)
    assert (len(shown.entries), shown.cut, shown.note) == (2, False, "")


@pytest.mark.parametrize(
    ("language", "codec", "declared"),
    [
        ("zh", "gb18030", "UTF-8"), ("zh", "gb18030", "gb2312"), ("zh", "utf-8", "GBK"), ("th", "cp874", "windows-874"),
        ("th", "utf-8", "TIS-620"), ("vi", "utf-8", "ISO-8859-1"), ("my", "utf-8", "us-ascii"), ("lo", "utf-8", "nonsense"),
        ("km", "utf-16", "UTF-8"), ("zh", "utf-16", "UTF-16"), ("fil", "utf-8-sig", "ISO-8859-1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["", "text/xml; charset=ISO-8859-1"])
def test_wrong_declarations_are_not_believed(
    language: str, codec: str, declared: str, header: str
) -> None:
    """Whatever declaration and header say, the bytes are read as what they are."""
    made = stories(*[language] * 3)
    text = rss(made, DECLARED.replace("UTF-8", declared))
    entries = read(text.encode(codec), header).entries
    assert [entry.headline for entry in entries] == [story.title for story in made]


def test_a_byte_order_mark_amid_declarations() -> None:
    """Two byte order marks, one of them after a blank line, are none of the text."""
    raw = codecs.BOM_UTF8 + b"\n" + codecs.BOM_UTF8 + rss(stories("km")).encode()
    assert read(raw).entries[0].headline == stories("km")[0].title


@pytest.mark.parametrize("write", [rss, atom, rdf])
def test_a_feed_cut_anywhere_keeps_what_came_whole(write) -> None:
    """Wherever a feed is cut, entries before the cut are kept as they are in the whole, and the cut is told."""
    raw = write(stories()).encode()
    whole = {entry.address: entry for entry in read(raw).entries}
    for end in range(len(raw) // 3, len(raw) - 12, 41):
        shown = read(raw[:end])
        assert shown.cut
        assert shown.note.startswith("cut: ")
        assert {entry.address for entry in shown.entries} <= set(whole)
        for entry in shown.entries[:-1]:
            assert entry == whole[entry.address]
        begun = max(raw[:end].count(b"<item"), raw[:end].count(b"<entry"))
        assert len(shown.entries) + shown.refusals in {begun, begun - 1}


def test_a_cut_before_the_first_entry_is_an_empty_cut_feed_or_none() -> None:
    """A feed that ends before its first item shows nothing and says why, or is no feed."""
    raw = rss(stories("id")).encode()
    assert read(raw[:300]).entries == ()
    with pytest.raises(SourceError, match=AT):
        read(raw[:30])


def test_a_cut_feed_that_does_not_nest_is_cut_too() -> None:
    """Markup that does not nest and ends in the middle gives its whole items, and tells the cut."""
    text = rss(stories("id", "zh", "lo")).replace("<title>", "<title><b>")
    shown = read(text[: text.rindex("<link>") + 20])
    assert [entry.address for entry in shown.entries] == [s.address for s in stories("id", "zh")]
    assert (shown.cut, shown.refused) == (True, {"cut": 1})


def test_duplicate_guids_drop_nothing() -> None:
    """Stories that share a guid are all kept; the guid is a hint, never a key."""
    items = "".join(
        f"<item><title>Berita nomor {n}</title><link>{HOME}/{n}</link><guid>sama</guid></item>"
        for n in range(5)
    )
    shown = one(items)
    assert [entry.address for entry in shown.entries][:5] == [f"{HOME}/{n}" for n in range(5)]
    assert {entry.guid for entry in shown.entries[:5]} == {"sama"}


@pytest.mark.parametrize(
    ("item", "address"),
    [
        (f"<guid>{HOME}/tamu</guid>", f"{HOME}/tamu"), (f"<guid isPermaLink='true'> {HOME}/tamu </guid>", f"{HOME}/tamu"),
        (f"<link/><guid>{HOME}/tamu</guid>", f"{HOME}/tamu"), (f"<guid isPermaLink='false'>{HOME}/?p=3</guid>", f"{HOME}/?p=3"),
        ("<link>/2018/kabel.html</link>", f"{HOME}/2018/kabel.html"), ("<link>kabel.html?a=1&amp;b=2</link>", f"{HOME}/feed/kabel.html?a=1&b=2"),
        ("<link>//suara.example/x</link>", f"{HOME}/x"), (f"<link>\n{HOME}/x\n</link>", f"{HOME}/x"),
        (f"<link>{HOME}/x?a=1&b=2</link>", f"{HOME}/x?a=1&b=2"), (f"<link><![CDATA[{HOME}/x]]></link>", f"{HOME}/x"),
        (f"<link href='{HOME}/x'/>", f"{HOME}/x"), (f"<link>http://[rusak</link><guid>{HOME}/g</guid>", f"{HOME}/g"),
        (f"<link>{HOME}/kabel laut</link>", f"{HOME}/kabel%20laut"), ("<link>javascript:alert(1)</link>", ""),
        ("<guid>tag:suara,2018:1</guid>", ""), ("<guid isPermaLink='true'>abc</guid>", ""), ("<link>mailto:a@b.c</link>", ""),
        ("<link>https://</link>", ""), ("", ""),
    ],
)  # fmt: skip
def test_an_items_address_is_found_or_its_lack_is_counted(item: str, address: str) -> None:
    """Links, permalink guids and relative links give an address; an item without any is counted, not lost."""
    shown = one(f"<item><title>Berita tanpa tautan</title>{item}</item>")
    found = [entry.address for entry in shown.entries]
    assert found == [*filter(None, [address]), f"{HOME}/lain"]
    assert shown.refused == ({} if address else {"no-address": 1})
    assert ("1 without a usable address" in shown.note) is (not address)


def test_xml_base_is_where_relative_links_start() -> None:
    """A feed that names its base has its links resolved from there."""
    text = atom(stories("en")).replace("<feed ", "<feed xml:base='https://base.example/a/' ")
    assert read(text).entries[0].address == "https://base.example/2018/09/20/en-0/"


def test_markup_that_does_not_nest_is_read_all_the_same() -> None:
    """Unclosed tags of HTML between those of the feed cost no entry."""
    made = stories("id", "zh", "lo")
    text = (
        rss(made)
        .replace("<description><![CDATA[<p>", "<description><p><br><b>")
        .replace("</p>]]></description>", "</description>")
    )
    shown = read(text)
    assert [entry.headline for entry in shown.entries] == [story.title for story in made]
    assert shown.cut is False


@pytest.mark.parametrize("where", ["item", "channel"])
def test_sections_are_cut_where_categories_name_them(where: str) -> None:
    """ "World : …" loses its section where the item's or the channel's categories say that it is one."""
    said = "<category>World</category>"
    item = f"<item><title>World : harbor opens</title><link>{HOME}/a</link>{said if where == 'item' else ''}</item>"
    assert (
        one(item, channel=said if where == "channel" else "").entries[0].headline == "harbor opens"
    )


def test_sections_are_cut_where_every_headline_has_one() -> None:
    """Where each headline begins with one of a few sections, they are cut; one headline alone says nothing."""
    titles = [
        "Dunia : kapal tiba lagi",
        "Dunia : pelabuhan dibuka",
        "Laut : kabel baru selesai",
        "Laut : ikan kembali banyak",
    ]
    items = "".join(
        f"<item><title>{t}</title><link>{HOME}/{n}</link></item>" for n, t in enumerate(titles)
    )
    shown = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert [entry.headline for entry in shown.entries] == [t.split(" : ")[1] for t in titles]
    assert headline("Dunia : kapal tiba lagi") == "Dunia : kapal tiba lagi"
    assert headline("Jakarta: harga naik tajam") == "Jakarta: harga naik tajam"


def test_numbers_too_many_are_counted() -> None:
    """Of a feed with more items than are read the first ones are taken, and the rest counted."""
    items = "".join(f"<item><title>B</title><link>/{n}</link></item>" for n in range(2_500))
    shown = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert (len(shown.entries), shown.refused) == (2_000, {"too-many": 500})
    assert "500 behind the first" in shown.note
