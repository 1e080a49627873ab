from datetime import UTC, date, datetime

import pytest
from reading_told import LANGUAGES, MENU, TOLD, outlet, read

from news import AddressRules, Entry, Precision, Refused, Selectors

OFFSET = {
    "Asia/Jakarta": 7,
    "Asia/Bangkok": 7,
    "Asia/Phnom_Penh": 7,
    "Asia/Vientiane": 7,
    "Asia/Ho_Chi_Minh": 7,
    "Asia/Yangon": 6.5,
}


def at(language):
    hours = OFFSET.get(TOLD[language][4], 8)
    minutes = 9 * 60 + 22 - int(hours * 60)
    return datetime(2018, 9, 20, minutes // 60, minutes % 60, tzinfo=UTC)


TRADE = {
    "addresses": AddressRules(story=(r"^/read/(?P<unix>\d{10})/",)),
    "selectors": (
        Selectors(title="#old", body="#oldbody", valid_until=date(2017, 1, 1)),
        Selectors(title="#title", body="div#font_news", cut=("#box_bj",), date="#top > div:nth-of-type(2)"),
    ),
}  # fmt: skip


def trade(language):
    """Family A: no metadata, a related box inside the body, a byline code glued to its end."""
    title, (one, two, three), also, printed, _ = TOLD[language]
    return f"""<html><head><title>{title} | Suara Selat</title></head><body><ul>{MENU}</ul><div id="top"><div>21/09/2018</div>
    <div>{printed}</div></div><h1 id="title">{title}</h1><div id="oldbody">{three * 3}</div><div id="font_news">NANNING (Suara Selat) - {one}<br><br>{two}
    <div id="box_bj"><b>{also}</b><a href="/x">Lain</a></div>{three.rstrip(".。")}.(wn)</div><div>© Suara Selat</div></body></html>"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_trade_portal(language):
    """Selectors of the layout that was valid that day give the body without its box; the end code is the byline."""
    page = read(trade(language), outlet(language, **TRADE))
    title, (one, _, three), also, _, _ = TOLD[language]
    assert page.title == title
    assert page.body.startswith(f"NANNING (Suara Selat) - {one}")
    assert page.body.endswith(three.rstrip(".。") + ".")
    assert also not in page.body
    assert page.authors == ("wn",)
    assert (page.method, page.language, page.key) == ("selectors", language, "suara:1537410163")
    assert page.published.at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    assert page.published.precision is Precision.SECOND


def blog(language, body=None):
    """Family B: WordPress, with JSON-LD, OpenGraph, sidebar and share boxes."""
    title, paragraphs, also, printed, _ = TOLD[language]
    text = body if body is not None else "".join(f"<p>{part}</p>" for part in paragraphs)
    hours = OFFSET.get(TOLD[language][4], 8)
    zone = f"+{int(hours):02}:{int(hours % 1 * 60):02}"
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - Suara Selat</title>
    <meta property="og:title" content="{title} - Suara Selat"><meta property="og:image" content="/foto.jpg">
    <meta property="article:section" content="Telko"><link rel="canonical" href="https://suara.example/2018/09/20/kabel-laut-1234/">
    <script type="application/ld+json">{{"@graph":[{{"@type":"WebSite","name":"Suara"}},{{"@type":"NewsArticle","headline":"{title}",
    "datePublished":"2018-09-20T09:22:10{zone}","dateModified":"2018-09-20T10:00:00{zone}","author":{{"@type":"Person","name":"Rina Lestari"}}}}]}}</script>
    </head><body><nav><ul>{MENU}</ul></nav><div class="content"><article><h1 class="entry-title">{title}</h1>
    <div class="meta">{printed}</div><div class="entry-content">{text}<p>{also}</p></div><div class="share">Facebook Twitter</div>
    </article></div><aside><h3>Terbaru</h3><ul>{MENU}</ul></aside><footer>Copyright 2018 Suara Selat</footer></body></html>"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_wordpress(language):
    """Without selectors the body is read whole, clean of menu and pointers, and metadata gives the rest."""
    page = read(blog(language), outlet(language), address="https://suara.example/?p=1234")
    title, paragraphs, *_ = TOLD[language]
    assert page.body == "\n".join(paragraphs)
    assert page.title == title
    assert (page.language, page.section, page.authors) == (language, "Telko", ("Rina Lestari",))
    assert page.published.at == at(language).replace(second=10)
    assert page.published.origin == "json-ld"
    assert page.modified.at > page.published.at
    assert page.address == "https://www.suara.example/2018/09/20/kabel-laut-1234"
    assert page.images == ("https://suara.example/foto.jpg",)
    assert page.confidence > 0.5


def wire(language):
    """Family C: printed date only, pointers inside the body, a tail of credits; today's date on top."""
    title, (one, two, three), also, printed, _ = TOLD[language]
    return f"""<html><head><title>{title} - Suara Selat</title></head><body><div class="today">21 September 2018</div><ul>{MENU}</ul>
    <div class="main"><h1>{title}</h1><span class="date">{printed}</span><div class="post">
    <p>Nanning (ANTARA) - {one}</p><p>{also}</p><p>{two}</p><p>{three}</p>
    <p>Penerjemah: Xinhua</p><p>Editor: Siti</p><p>Copyright © SUARA 2018</p></div></div><div class="footer"><ul>{MENU}</ul></div></body></html>"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_wire(language):
    """The printed time near the headline is read, not today's above it; credits and pointers are cut."""
    page = read(
        wire(language), outlet(language), address="https://suara.example/berita/7741/kabel"
    )
    assert page.published.at == at(language)
    assert page.published.origin == "printed"
    assert page.body == "Nanning (ANTARA) - " + "\n".join(TOLD[language][1])
    assert page.agency == "ANTARA"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stub_takes_the_feed_text(language):
    """Where the page repeats only the start, the text that the feed carries is the body."""
    whole = "\n".join(TOLD[language][1])
    entry = Entry(address="https://suara.example/a", headline=TOLD[language][0], body=whole)
    page = read(blog(language, f"<p>{TOLD[language][1][0]}</p>"), outlet(language), entry)
    assert (page.body, page.method) == (whole, "feed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_text_takes_the_feed_text(language):
    """Where the page is an empty shell, the feed's summary stands in."""
    entry = Entry(
        address="https://suara.example/a", headline=TOLD[language][0], summary=TOLD[language][1][0]
    )
    page = read(
        "<html><head><title>x</title></head><body><div id=app></div></body></html>",
        outlet(language),
        entry,
    )
    assert (page.body, page.method) == (TOLD[language][1][0], "feed")


NOT_FOUND = {"id": "Halaman tidak ditemukan", "ms": "Halaman tidak dijumpai", "en": "Page not found", "zh": "页面不存在",
             "vi": "Không tìm thấy trang", "th": "ไม่พบหน้าที่ต้องการ", "km": "រកមិនឃើញទំព័រ", "lo": "ບໍ່ພົບໜ້າທີ່ຕ້ອງການ",
             "my": "စာမျက်နှာ မတွေ့ပါ", "fil": "Hindi nahanap ang pahina"}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_are_refused(language):
    """A page that says in its language that there is none is no story."""
    body = f"<title>{NOT_FOUND[language]}</title><body><h1>{NOT_FOUND[language]}</h1><p>{NOT_FOUND[language]}. 404</p>"
    with pytest.raises(Refused) as refused:
        read(body, outlet(language))
    assert refused.value.reason == "error-page"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no-body"), (b"%PDF-1.4 xx", "not-html"), (b'{"a": 1}', "not-html"), (b"\x00\x00", "unreadable"),
        ("<title>Kurs</title><h1>Kurs hari ini</h1><p>" + "14.865,50 14.870,00 " * 40, "numbers-only"),
        ("<title>Halo dunia</title><h1>Halo dunia</h1><p>Singkat saja.</p>", "too-short"),
        ("<title>Just a moment...</title><p>Checking your browser before accessing suara.example. Enable JavaScript and cookies to continue.</p>", "consent-page"),
    ],
)  # fmt: skip
def test_what_is_no_story_is_refused_with_its_reason(body, reason):
    """Empty, foreign, numeric, tiny and consent pages are refused, each for its own reason."""
    with pytest.raises(Refused) as refused:
        read(body, outlet("id"))
    assert refused.value.reason == reason


def test_a_canonical_link_is_not_believed_blindly():
    """A template that names the home page, another host or another story does not move the address."""
    for claim in (
        "https://suara.example/",
        "https://other.example/2018/a-b-c-d",
        "https://suara.example/2018/satu-dua-tiga-empat",
    ):
        body = blog("en").replace("https://suara.example/2018/09/20/kabel-laut-1234/", claim)
        page = read(
            body,
            outlet("en"),
            address="https://suara.example/news/sea-cable-opens-in-north?utm_source=x",
        )
        assert page.address == "https://www.suara.example/news/sea-cable-opens-in-north"


def test_a_z_that_lies_gives_way_to_what_is_printed():
    """Local time written with a Z is told by the same time printed for readers."""
    body = blog("id").replace("2018-09-20T09:22:10+07:00", "2018-09-20T09:22:10Z")
    assert read(body, outlet("id")).published.at == datetime(2018, 9, 20, 2, 22, 10, tzinfo=UTC)


def test_all_headlines_are_kept():
    """Every headline is kept with the place it was read at, without the site's name."""
    title = TOLD["en"][0]
    entry = Entry(address="https://suara.example/a", headline="A cable opens")
    page = read(blog("en"), outlet("en"), entry)
    assert {
        ("h1", title),
        ("og", title),
        ("json-ld", title),
        ("title", title),
        ("feed", "A cable opens"),
    } <= set(page.titles)


def test_bylines_in_many_forms():
    """End codes of every known form become authors; brackets that belong to the text stay."""
    for code, name in (
        ("(wn)", "wn"),
        ("(esy/jpnn)", "esy/jpnn"),
        (" ( rou / wsh )", "rou/wsh"),
        ("(Edi Kurniwan)", "Edi Kurniwan"),
    ):
        body = blog(
            "id",
            "".join(f"<p>{part}</p>" for part in TOLD["id"][1])
            + f"<p>Demikian laporan kami hari ini.{code}</p>",
        )
        page = read(body, outlet("id"))
        assert name in page.authors
        assert page.body.endswith("Demikian laporan kami hari ini.")
    kept = read(
        blog(
            "id",
            "".join(f"<p>{part}</p>" for part in TOLD["id"][1])
            + "<p>Acara dihadiri para menteri negara anggota (ASEAN)</p>",
        ),
        outlet("id"),
    )
    assert kept.body.endswith("(ASEAN)")
