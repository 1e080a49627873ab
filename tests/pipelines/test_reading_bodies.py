import pytest
from reading_told import LANGUAGES, MENU, TOLD, outlet, read

from news import Refused
from pipelines.reading.body.furniture import trim

OTHERS = {language: TOLD[other] for language, other in zip(LANGUAGES, LANGUAGES[1:] + LANGUAGES[:1], strict=True)}  # fmt: skip
TEASERS = "".join(
    f'<div class="card"><h3><a href="/x/{n}">Lain {n} satu dua tiga</a></h3><p>Ringkas {n} …</p></div>'
    for n in range(6)
)


def page(language, article, more=""):
    title = TOLD[language][0]
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title} - Suara Selat</title></head>
    <body><div class="header"><ul>{MENU}</ul></div>{article}<div class="related">{TEASERS}</div>
    <div class="footer"><p>Suara Selat, Jalan Pelabuhan 7. Hubungi kami.</p></div>{more}</body></html>"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spending", ["none", "cheap", "all"])
def test_line_breaks_for_paragraphs(language, spending):
    """Text parted by br alone is read line by line, however much is spent on it."""
    title, parts, *_ = TOLD[language]
    article = (
        f'<div id="berita"><h1>{title}</h1><div class="isi">{"<br><br>".join(parts)}</div></div>'
    )
    assert read(page(language, article), outlet(language), spending=spending).body == "\n".join(
        parts
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_for_layout(language):
    """A page laid out in tables gives its text and not the columns beside it."""
    title, parts, *_ = TOLD[language]
    text = "".join(f"<p>{part}</p>" for part in parts)
    article = f"""<table width="900"><tr><td><ul>{MENU}</ul></td><td><table><tr><td><b>{title}</b></td></tr>
    <tr><td>{text}</td></tr></table></td><td>{TEASERS}</td></tr></table>"""
    assert read(page(language, article), outlet(language)).body == "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_galleries(language):
    """Of a story told in pictures the captions are kept, in order; thumbnails of others are not."""
    title, parts, *_ = TOLD[language]
    figures = "".join(
        f'<figure><img src="/{n}.jpg"><figcaption>{part}</figcaption></figure>'
        for n, part in enumerate(parts)
    )
    article = f'<article><h1>{title}</h1><div class="gallery">{figures}</div></article>'
    found = read(page(language, article), outlet(language)).body
    assert [line for line in found.split("\n") if line in parts] == list(parts)
    assert "Ringkas" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_of_a_told_story(language):
    """Where the story has its own text, a picture's caption is no part of it."""
    title, parts, *_ = TOLD[language]
    caption = OTHERS[language][1][2]
    article = f"""<article><h1>{title}</h1><figure><img src="/1.jpg"><figcaption>{caption}</figcaption></figure>
    {"".join(f"<p>{part}</p>" for part in parts)}</article>"""
    assert read(page(language, article), outlet(language)).body == "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_stories_below(language):
    """Whole leads of other stories below the article stay out, and so does a box that asks for consent."""
    title, parts, *_ = TOLD[language]
    other = OTHERS[language]
    article = f"""<article class="post"><h1>{title}</h1><div class="entry-content">{"".join(f"<p>{part}</p>" for part in parts)}</div></article>
    <section class="more-stories"><h2>Lain</h2>{"".join(f'<div class="teaser"><h3><a href="/s/{n}">{other[0]}</a></h3><p>{lead}</p></div>' for n, lead in enumerate(other[1]))}</section>"""
    asked = f'<div id="onetrust-consent-sdk"><p>{other[1][0] * 3}</p></div>'
    assert read(page(language, article, asked), outlet(language)).body == "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_jsonld_stands_in_for_a_stub(language):
    """Where the page shows only a start, the whole text in its JSON-LD is the body."""
    title, parts, *_ = TOLD[language]
    whole = "\\n".join(parts)
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}","articleBody":"{whole}"}}</script>'
    article = f"<article><h1>{title}</h1><p>{parts[0][:60]}</p></article>{data}"
    found = read(page(language, article), outlet(language))
    assert (found.body, found.method) == ("\n".join(parts), "json-ld")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_front_page_is_refused(language):
    """A page of many headlines with a line each is a listing, no story."""
    other = OTHERS[language]
    cards = "".join(
        f'<div class="item"><h3><a href="/s/{n}">{other[0]} {n}</a></h3><p>{other[1][n % 3][:70]}…</p></div>'
        for n in range(20)
    )
    body = f'<html><head><title>Suara Selat</title></head><body><ul>{MENU}</ul><div class="list">{cards}</div></body></html>'
    with pytest.raises(Refused) as refused:
        read(body, outlet(language))
    assert refused.value.reason in {"listing", "no-title"}


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Air masuk ke dapur dan majlis berjanji membersihkan longkang di 20 rumah.", True),
        ("អ្នកទស្សនាប្រមាណ ២ ម៉ឺននាក់បានឈរតាមមាត់ទន្លេ។", True),
        ("The minister gave interviews to 12 papers on the new members of the council.", True),
        ("Subscribe or sign in to read on: this story is for members.", False),
        ("Hanya untuk pelanggan: berlangganan atau masuk untuk membaca.", False),
        ("18:32 WIB", False),
        ("20/09/2018 | Sumber: Kabar | Dibaca 341 kali", False),
    ],
)
def test_what_is_cut_is_cut_by_whole_words(line, stays):
    """Offers, clocks and counts of readers are cut from a story's end; words that only contain theirs are not."""
    body = "\n".join([*TOLD["en"][1], line])
    assert (line in trim(body, []).text) is stays


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("box", ["article", "main", "section", "story-text"])
def test_a_page_may_leave_its_body_tag_out(language, box):
    """HTML 5 lets pages leave <html>, <head> and <body> out: their story is read all the same."""
    title, told, *_ = TOLD[language]
    text = "".join(f"<p>{one}</p>" for one in told)
    page = f"<!doctype html><meta charset=utf-8><title>{title}</title><{box}><h1>{title}</h1>{text}</{box}>"
    for tail in ("", "<p>X", f"<footer>{MENU}</footer>"):
        assert read(page + tail, outlet(language)).body == "\n".join(told)


#: By language: a byline and a line of date and readers above the text, and a signature below.
ROUND = {
    "id": ("Oleh Rina Lestari", "Rabu, 19 Sep 2018 | 09:24 WIB | Sumber: Antara", "(Rina Lestari)"),
    "ms": ("Oleh Norhayati Osman", "Khamis, 20 September 2018 9:22 pagi / Dikemas kini hari ini", "(Norhayati)"),
    "en": ("By Miriam Castellane", "Wednesday, 19 September, 2018, 12:00pm / UPDATED : Wednesday, 19 September, 2018, 1:37pm", "(Castellane)"),
    "zh": ("记者 邓咏琪", "2018年09月20日 09:22 来源：新华社 点击 341 次", "(记者邓咏琪)"),
    "vi": ("Tác giả Giàng A Páo", "Thứ năm, 20/09/2018, 09:22 (GMT+7) | Lượt xem: 341", "(A Páo)"),
    "th": ("ผู้เขียน กิตติพงษ์ แสนสุข", "วันพุธที่ 19 กันยายน 2561 เวลา 11:00 น. ที่มา：ซินหัว เข้าชม 341 ครั้ง", "(กิตติพงษ์)"),
    "km": ("ដោយ ហេង សុភ័ក្រ", "ថ្ងៃព្រហស្បតិ៍ ទី២០ ខែកញ្ញា ឆ្នាំ២០១៨ ម៉ោង ០៩:២២ ប្រភព：ស៊ិនហួ អ្នកមើល 852 នាក់", "(សុភ័ក្រ)"),
    "lo": ("ໂດຍ ບຸນມີ ສີສຸວັນ", "ວັນທີ 20 ກັນຍາ 2018 09:22 ຜູ້ອ່ານ 12", "(ບຸນມີ)"),
    "my": ("ရေးသားသူ နန်းခင်ဝေ", "၂၀၁၈ ခုနှစ် စက်တင်ဘာလ ၂၀ ရက် ၀၉:၂၂ ကြည့်ရှုသူ 797 ဦး", "(ခင်ဝေ)"),
    "fil": ("Ni Liza Mañalac", "Huwebes, ika-20 ng Setyembre 2018, 11:42 Pinagmulan：PNA Binasa nang 837 beses", "(Liza)"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_and_when_are_no_text(language):
    """Byline, date and readers above a story, and a signature glued to its end, are cut; names stay."""
    title, told, *_ = TOLD[language]
    byline, dated, signed = ROUND[language]
    name = byline.split(" ", 1)[1].removeprefix("giả ")
    head = f"<html><head><title>{title} - Suara Pagi</title><meta name=author content='{name}'></head>"
    rows = "".join(f"<p>{one}</p>" for one in [byline, dated, *told[:-1], told[-1] + signed])
    found = read(
        f"{head}<body><table><tr><td>{title}</td></tr><tr><td>{rows}</td></tr></table>",
        outlet(language),
    )
    assert found.body == "\n".join(told)
    assert found.title == title
    assert name in found.authors


def test_brackets_that_sign_nothing_stay():
    """What the last sentence explains in brackets is text."""
    title, told, *_ = TOLD["en"]
    last = told[-1] + " The office is a member of the league (founded in 1998)"
    page = (
        f"<title>{title}</title><article><h1>{title}</h1><p>{told[0]}</p><p>{last}</p></article>"
    )
    assert read(page, outlet("en")).body == f"{told[0]}\n{last}"
