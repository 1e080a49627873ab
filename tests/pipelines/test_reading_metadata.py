from datetime import UTC, datetime, timedelta

import pytest

from news import AddressRules, Entry, Outlet, Precision
from pipelines.reading.pages import read_page

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)
HOME = "https://suara.example"
AT = f"{HOME}/berita/kabel-laut-baru-hubungkan-dua-pulau-77412"

#: Headline, a paragraph of running text, a byline as printed and the names in it, the outlet's zone.
TOLD = {
    "id": ("Kabel laut baru hubungkan Batam dan Bintan", "Pemerintah daerah meresmikan kabel laut sepanjang 59 kilometer yang menghubungkan kedua pulau, karena kebutuhan sambungan internet terus naik.",
           "Penulis: Rina Lestari | Editor: Budi", ("Rina Lestari",), "Asia/Jakarta"),
    "ms": ("Kabel dasar laut baharu sambung Labuan", "Kerajaan negeri merasmikan kabel dasar laut sepanjang 59 kilometer kerana permintaan sambungan internet di kedua-dua kawasan terus meningkat.",
           "Oleh Aminah Yusof dan Lim Wei", ("Aminah Yusof", "Lim Wei"), "Asia/Kuala_Lumpur"),
    "en": ("New sea cable links the two islands", "The provincial government opened a sea cable of 59 kilometres between the two islands, saying that demand for connections had doubled in three years.",
           "By Ana Reyes and John Tan - 20 September 2018", ("Ana Reyes", "John Tan"), "Asia/Singapore"),
    "zh": ("新海缆连接两座岛屿", "省政府周四宣布，全长五十九公里的海底光缆正式开通，两座岛屿之间的网络需求三年来翻了一番，沿岸的小商户希望资费能够尽快下调。",
           "记者：李明、王芳", ("李明", "王芳"), "Asia/Shanghai"),
    "vi": ("Cáp biển mới nối hai hòn đảo", "Chính quyền tỉnh khánh thành tuyến cáp biển dài 59 km nối hai hòn đảo vì nhu cầu kết nối đã tăng gấp đôi trong ba năm qua, theo thông báo hôm thứ Năm.",
           "Tác giả: Nguyễn Thị Hoa", ("Nguyễn Thị Hoa",), "Asia/Ho_Chi_Minh"),
    "th": ("เคเบิลใต้น้ำเส้นใหม่เชื่อมสองเกาะ", "รัฐบาลจังหวัดเปิดใช้เคเบิลใต้น้ำความยาว 59 กิโลเมตรเมื่อวันพฤหัสบดี โดยระบุว่าความต้องการเชื่อมต่อเพิ่มขึ้นเท่าตัวในสามปี",
           "โดย สมชาย ใจดี", ("สมชาย ใจดี",), "Asia/Bangkok"),
    "km": ("ខ្សែកាបសមុទ្រថ្មីភ្ជាប់កោះពីរ", "រដ្ឋាភិបាលខេត្តបានបើកខ្សែកាបក្រោមសមុទ្រប្រវែង ៥៩ គីឡូម៉ែត្រ ព្រោះតម្រូវការតភ្ជាប់បានកើនឡើងទ្វេដងក្នុងរយៈពេលបីឆ្នាំ។",
           "ដោយ៖ សុខា ចាន់", ("សុខា ចាន់",), "Asia/Phnom_Penh"),
    "lo": ("ສາຍເຄເບິນໃຕ້ນ້ຳໃໝ່ເຊື່ອມສອງເກາະ", "ລັດຖະບານແຂວງເປີດໃຊ້ສາຍເຄເບິນໃຕ້ນ້ຳຍາວ 59 ກິໂລແມັດ ຍ້ອນຄວາມຕ້ອງການເຊື່ອມຕໍ່ເພີ່ມຂຶ້ນສອງເທົ່າໃນສາມປີທີ່ຜ່ານມາ.",
           "ໂດຍ: ສົມພອນ ແກ້ວ", ("ສົມພອນ ແກ້ວ",), "Asia/Vientiane"),
    "my": ("ပင်လယ်အောက်ကေဘယ်လ်အသစ် ကျွန်းနှစ်ကျွန်းကို ဆက်သွယ်", "ပြည်နယ်အစိုးရက ၅၉ ကီလိုမီတာရှည်သော ပင်လယ်အောက်ကေဘယ်လ်ကို ကြာသပတေးနေ့တွင် ဖွင့်လှစ်ခဲ့ပြီး ဆက်သွယ်မှုလိုအပ်ချက် နှစ်ဆတိုးလာသည်ဟု ပြောသည်။",
           "ရေးသားသူ - မောင်အေး", ("မောင်အေး",), "Asia/Yangon"),
    "fil": ("Bagong kable sa dagat, nag-ugnay sa dalawang isla", "Binuksan ng pamahalaang panlalawigan nitong Huwebes ang kable sa ilalim ng dagat na may habang 59 kilometro dahil dumoble ang pangangailangan sa koneksiyon.",
            "Ni Juan dela Cruz", ("Juan dela Cruz",), "Asia/Manila"),
}  # fmt: skip
LANGUAGES = list(TOLD)


def outlet(language="id", **more):
    return Outlet(
        id="suara", name="Suara Selat", home=HOME, country="XX", languages=(language,),
        zone=TOLD[language][4], hosts=("suara.example", "www.suara.example"), **more,
    )  # fmt: skip


def page(language="id", *, head="", above="", below="", h1=None, title=None):
    headline, text, *_ = TOLD[language]
    shown = headline if h1 is None else h1
    heading = f"<h1>{shown}</h1>" if shown else ""
    return (
        f"<html><head><title>{headline if title is None else title}</title>{head}</head><body>"
        f"<div class='top'>{above}</div>{heading}{below}<div class='isi'>"
        + f"<p>{text}</p>" * 3
        + "</div></body></html>"
    )


def read(body, language="id", address=AT, entry=None, **more):
    given = entry or Entry(address=address)
    return read_page(body.encode(), "text/html", address, given, outlet(language, **more), NOW)


def ld(**fields):
    told = ",".join(f'"{name}":{value}' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{told}}}</script>'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "tail", [" | Suara Selat", " - suara.example", " – Suara Selat Daerah", "_Suara Selat", " * Berita * Suara Selat"]
)  # fmt: skip
def test_a_headline_loses_the_name_of_its_site(language, tail):
    """Whatever parts them, the outlet's name behind a title is no part of the headline."""
    body = page(language, title=TOLD[language][0] + tail, h1="")
    assert read(body, language).title.startswith(TOLD[language][0])
    assert "Suara" not in read(body, language).title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_is_known_by_what_its_page_calls_it(language):
    """A name that only og:site_name gives is cut from titles too."""
    headline = TOLD[language][0]
    head = '<meta property="og:site_name" content="Warta Pesisir">'
    body = page(language, head=head, title=f"{headline} - Warta Pesisir", h1="")
    assert read(body, language).title == headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_behind_a_whole_title_is_furniture(language):
    """A section behind a title that another place gives whole is cut; the headline's own dash is kept."""
    headline = TOLD[language][0]
    body = page(
        language,
        head=ld(headline=f'"{headline} | Daerah"'),
        title=f"{headline} | Daerah | 20.09.2018",
    )
    assert read(body, language).title == headline
    long = f"{headline} – {headline}"
    assert read(page(language, h1=long, title=long), language).title == long


def test_the_shown_version_of_a_headline_goes_first():
    """An older version in JSON-LD gives way to the h1 that OpenGraph repeats; a headline of its own does not."""
    shown = "Gubernur resmikan kabel laut Batam-Bintan, tarif internet segera turun"
    og = f'<meta property="og:title" content="{shown}">'
    older = "Gubernur akan resmikan kabel laut Batam-Bintan, tarif internet turun"
    assert read(page(head=og + ld(headline=f'"{older}"'), h1=shown)).title == shown
    other = "Pesisir utara akhirnya tersambung setelah dua tahun menunggu"
    assert read(page(head=og + ld(headline=f'"{other}"'), h1=shown)).title == other


def test_a_cut_headline_is_completed():
    """JSON-LD that stops within the sentence that h1 goes on with is not the headline."""
    whole = "Pemerintah provinsi meresmikan kabel laut sepanjang lima puluh sembilan kilometer yang menghubungkan Batam dan Bintan"
    assert read(page(head=ld(headline=f'"{whole[:104]}"'), h1=whole)).title == whole
    assert read(page(head=ld(headline=f'"{whole[:60]}..."'), h1=whole, title=whole)).title == whole


def test_the_feed_says_which_heading_is_the_storys():
    """Of several h1, none repeated by the page's title, the one that the feed repeats is taken."""
    body = page(
        h1="", title="Suara Selat", above="<h1>Terpopuler</h1>", below=f"<h1>{TOLD['id'][0]}</h1>"
    )
    entry = Entry(address=AT, headline=TOLD["id"][0])
    assert read(body, entry=entry).title == TOLD["id"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_byline_names_the_authors(language):
    """The line below the headline gives the authors in each language, without its label."""
    _, _, byline, names, _ = TOLD[language]
    found = read(page(language, below=f"<div class='x'>{byline}</div>"), language)
    assert found.authors == names
    assert [("printed", name) for name in names] == list(found.bylines[: len(names)])


def test_machines_are_told_the_author_first():
    """JSON-LD goes before meta fields, these before what is printed; no text is walked for the rest."""
    meta = '<meta name="author" content="Sari Dewi">'
    told = ld(author='{"@type":"Person","name":"Rina Lestari"}')
    found = read(page(head=meta + told, below="<p>Oleh Budi</p>"))
    assert found.authors == ("Rina Lestari",)
    assert found.bylines == (("json-ld", "Rina Lestari"), ("meta", "Sari Dewi"))
    assert read(page(head=meta, below="<p>Oleh Budi</p>")).authors == ("Sari Dewi",)


@pytest.mark.parametrize(
    "claim", ["Suara Selat", "suara.example", "https://www.facebook.com/x", "Admin", "redaksi@suara.example"]
)  # fmt: skip
def test_a_site_is_no_author(claim):
    """Where a page names itself or an address as its author, the person printed below the headline is taken."""
    found = read(
        page(head=f'<meta name="author" content="{claim}">', below="<p>Oleh: Rina Lestari</p>")
    )
    assert found.authors == ("Rina Lestari",)


def test_an_element_that_calls_itself_an_author_is_one():
    """rel, itemprop and class names mark an author; sharing cards carry label and value."""
    for mark in (
        'rel="author"',
        'itemprop="author"',
        'class="post-author-name"',
        'class="penulis"',
    ):
        assert read(page(below=f"<div><span {mark}>Rina Lestari</span></div>")).authors == (
            "Rina Lestari",
        )
    card = '<meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="Rina Lestari">'
    english = card.replace("Ditulis oleh", "Written by")
    assert read(page(head=english)).authors == ("Rina Lestari",)


def test_the_editor_stands_in_for_an_author():
    """An editor named at the end is kept as the author only where nobody else is."""
    tail = "<div>(责编：李明、王芳)</div></body>"
    assert read(page("zh").replace("</body>", tail), "zh").authors[:2] == ("李明", "王芳")
    both = page("zh", below="<div>记者：周喆</div>").replace("</body>", tail)
    assert "李明" not in read(both, "zh").authors


@pytest.mark.parametrize("head", [
    ld(isAccessibleForFree="false"), ld(isAccessibleForFree='"False"'),
    '<meta property="article:content_tier" content="locked">', '<meta itemprop="isAccessibleForFree" content="false">',
    ld(hasPart='{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".paywall"}'),
])  # fmt: skip
def test_a_paywall_is_marked(head):
    """A page that says it is not free to read is marked so, and read all the same."""
    found = read(page(head=head))
    assert found.paywalled
    assert not found.live
    assert found.body


def test_free_pages_are_not_marked():
    """A page that says nothing, or that it is free, wears no mark."""
    free = ld(isAccessibleForFree="true") + '<meta property="article:content_tier" content="free">'
    assert not read(page(head=free)).paywalled
    assert not read(page()).paywalled


def test_a_live_blog_is_marked():
    """LiveBlogPosting in JSON-LD or microdata marks a story that grows while it is read."""
    told = ld(headline='"x"').replace("NewsArticle", "LiveBlogPosting")
    assert read(page(head=told)).live
    items = page(below='<div itemscope itemtype="https://schema.org/LiveBlogPosting"></div>')
    assert read(items).live


@pytest.mark.parametrize(
    "claim",
    [
        HOME, f"{HOME}/", f"{HOME}/berita", "https://other.example/berita/kabel-laut-baru-hubungkan-dua-pulau-77412",
        f"{HOME}/2018/09/19/gubernur-lantik-kepala-dinas-baru", f"{HOME}/berita/index.html",
    ],
)  # fmt: skip
def test_a_canonical_link_of_another_page_is_not_believed(claim):
    """Home page, section, another host or a neighbour of the same year, even said twice, move no address."""
    head = f'<link rel="canonical" href="{claim}"><meta property="og:url" content="{HOME}/">'
    fetched = f"{HOME}/2018/09/20/index.html"
    assert read(page(head=head), address=fetched).address == fetched
    twice = f'<link rel="canonical" href="{HOME}/berita"><meta property="og:url" content="{HOME}/berita">'
    assert read(page(head=twice), address=fetched).address == fetched


def test_a_canonical_link_of_the_same_story_is_believed():
    """The story's number, its slug, or two voices for one story address make a claim credible."""
    for fetched in (f"{HOME}/?p=77412", f"{HOME}/amp/kabel-laut-baru-hubungkan-dua-pulau-77412"):
        assert (
            read(page(head=f'<link rel="canonical" href="{AT}">'), address=fetched).address == AT
        )
    voices = f'<link rel="canonical" href="{AT}"><meta property="og:url" content="{AT}">'
    assert read(page(head=voices), address=f"{HOME}/baca").address == AT


def test_the_last_crumb_is_the_section():
    """Where no field names the section, the trail above the headline does."""
    trail = '<ul class="breadcrumb"><li><a href="/">Beranda</a></li><li><a href="/e">Ekonomi</a></li><li><a href="/t">Telko</a></li></ul>'
    assert read(page(above=trail)).section == "Telko"
    head = '<meta property="article:section" content="Bisnis">'
    assert read(page(head=head, above=trail)).section == "Bisnis"


def day(found, zone="Asia/Jakarta"):
    offset = timedelta(hours=7 if zone == "Asia/Jakarta" else 8)
    return f"{found.published.at + offset:%Y-%m-%d %H:%M}"


def test_todays_story_keeps_its_time_beside_older_ones():
    """A time of today below the headline is the story's; older dates of a related box are not."""
    related = "<ul><li>Tarif naik <span>19 September 2018</span></li></ul>"
    found = read(
        page(
            above="<div>Jumat, 21/09/2018</div>",
            below=f"<span>21 September 2018 09:22 WIB</span>{related}",
        )
    )
    assert day(found) == "2018-09-21 09:22"


def test_todays_date_in_the_head_is_not_the_storys():
    """Above the headline today's date gives way to another; below it a caption's day gives way to the title's."""
    found = read(
        page(
            above="<div>Jumat, 21 September 2018</div>",
            below="<div>Kamis, 20 September 2018 14:05</div>",
        )
    )
    assert day(found) == "2018-09-20 14:05"
    caption = "<div>Kapal penggelar kabel di lepas pantai utara pulau itu beberapa hari sebelumnya, 17 September 2018</div>"
    found = read(page(title=f"{TOLD['id'][0]} | Suara Selat | 20.09.2018", below=caption))
    assert found.published.precision is Precision.DAY
    assert day(found)[:10] == "2018-09-20"


def test_the_last_change_stands_in_for_the_time_of_publication():
    """Where only dates of other stories are printed, the page's own time of change is nearer."""
    head = '<meta property="og:updated_time" content="2018-09-18T15:44:29+07:00">'
    box = "".join(
        f"<div class='item'><span class='date'>{n}.09.2018</span></div>" for n in (12, 14, 16)
    )
    filler = "".join(f"<p>Baris ke-{word} tanpa tanggal.</p>" for word in "abcdefghijklmnopqrst")
    found = read(page(head=head, below=filler + box))
    assert day(found) == "2018-09-18 15:44"
    assert found.published.confidence <= 0.5


@pytest.mark.parametrize("zone", ["Z", "+00:00"])
def test_a_zone_written_without_a_thought_gives_way_to_the_printed_time(zone):
    """Local time with the zone of a template is told by the same time printed for readers, and only by that."""
    head = f'<meta property="article:published_time" content="2018-09-20T09:22:10{zone}">'
    wrong = read(page(head=head, below="<span>Kamis, 20 September 2018 09:22</span>"))
    assert wrong.published.at == datetime(2018, 9, 20, 2, 22, 10, tzinfo=UTC)
    right = read(page(head=head, below="<span>Kamis, 20 September 2018 16:22 WIB</span>"))
    assert right.published.at == datetime(2018, 9, 20, 9, 22, 10, tzinfo=UTC)


def test_every_claim_of_the_time_is_kept():
    """All that is said of the time stays beside the believed one, with where it was read and how sure."""
    head = '<meta property="article:published_time" content="2018-09-20T09:22:10+07:00">'
    rules = AddressRules(story=(r"^/read/(?P<unix>\d{10})/",))
    found = read(page(head=head), address=f"{HOME}/read/1537410163/kabel", addresses=rules)
    assert found.dates[0] == found.published
    assert {moment.origin for moment in found.dates} == {"meta", "address"}
    assert all(0 < moment.confidence <= 1 for moment in found.dates)


def test_a_date_in_the_future_is_hardly_believed():
    """A template's date of tomorrow does not hide the one that is printed."""
    head = '<meta property="article:published_time" content="2018-12-20T09:22:10+07:00">'
    found = read(page(head=head, below="<span>Kamis, 20 September 2018 09:22 WIB</span>"))
    assert day(found) == "2018-09-20 09:22"


def test_a_zawgyi_page_is_dated():
    """The date of a Burmese page in Zawgyi code order is read, its text stays as it came."""
    body = page("my", below="<span>၂၀၁၈ ခုႏွစ္ ၊ စက္တင္ဘာလ ၂၀ ရက္</span>")
    found = read(body, "my")
    assert f"{found.published.at:%Y-%m-%d}" == "2018-09-20"
    assert found.language == "my"
