"""Pages of stories, in every layout and language."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from harborwatch.press.dates import FORMS, printed
from harborwatch.press.loading import read_outlets
from harborwatch.press.story import teaser
from harborwatch.press.words import read_words

OUTLETS = {outlet.name: outlet for outlet in read_outlets()}


def tree_of(ask, gold):
    return html.document_fromstring(ask(gold.address).body)


def test_every_story_is_served_as_the_gold_says(later, ask):
    """Each address answers with its headline and each paragraph of its body; deleted ones 410."""
    for gold in later.expected():
        answer = ask(gold.address)
        assert answer.status == (410 if gold.deleted else 200)
        if gold.deleted:
            continue
        page = html.document_fromstring(answer.body)
        assert gold.headline in [each.text_content() for each in page.iter("h1")]
        text = page.text_content()
        assert all(line in text for line in gold.body.splitlines())


def test_pages_have_the_size_of_real_ones(later, ask):
    """Story pages weigh 20 to 40 KB, furniture included."""
    sizes = [len(ask(each.address).body) for each in later.expected() if not each.deleted]
    assert min(sizes) > 20_000
    assert max(sizes) < 40_000


def test_half_have_jsonld_and_most_opengraph(later, ask):
    """Metadata is as the outlet's options say; IndoTelko has none."""
    with_jsonld = with_opengraph = 0
    for outlet in OUTLETS.values():
        gold = next(each for each in later.expected() if each.outlet == outlet.name)
        page = tree_of(ask, gold)
        blocks = page.xpath("//script[@type='application/ld+json']/text()")
        tags = page.xpath("//meta[@property='og:title']/@content")
        with_jsonld += bool(blocks)
        with_opengraph += bool(tags)
        if blocks:
            published = datetime.fromisoformat(json.loads(blocks[0])["datePublished"])
            assert published.astimezone(UTC) == gold.published
        assert bool(tags) == (outlet.name != "indotelko")
    assert 5 <= with_jsonld <= 9
    assert with_opengraph == len(OUTLETS) - 1


def test_printed_dates_are_the_language_s_own(later, ask):
    """Each page prints its time in the outlet's zone and its language's form."""
    for gold in later.expected():
        outlet = OUTLETS[gold.outlet]
        if not gold.deleted:
            local = gold.published.astimezone(outlet_zone(outlet))
            assert printed(local, outlet.date_form) in ask(gold.address).text


def outlet_zone(outlet):
    return ZoneInfo(outlet.zone)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("id", "Kamis, 20 September 2018 09:22 WIB"),
        ("id-bracket", "Kamis (20/9/2018)"),
        ("ms-clock", "20/09/2018 09:22 AM"),
        ("ms-words", "Khamis 20 September 2018"),
        ("vi-gmt", "Thứ 5, 20/09/2018, 09:22[GMT+7]"),
        ("th", "วันพฤหัสบดีที่ 20 กันยายน 2561 เวลา 09:22 น."),
        ("th-short", "20 ก.ย. 2561 09:22"),
        ("km", "ថ្ងៃព្រហស្បតិ៍ ទី២០ ខែកញ្ញា ឆ្នាំ២០១៨ ម៉ោង ០៩:២២"),
        ("lo", "ວັນທີ 20 ກັນຍາ 2018 09:22"),
        ("my", "၂၀၁၈ ၊ စက်တင်ဘာ ၂၀ ၊ ၀၉:၂၂"),
        ("fil", "Huwebes, ika-20 ng Setyembre 2018, 09:22"),
        ("zh-label", "时间:2018-09-20 09:22:43"),
        ("zh-mark", "※發布時間:2018-9-20 09:22:43"),
        ("en-clock", "09:22, September 20, 2018"),
    ],
)
def test_a_known_second_in_every_form(form, text):
    """The second of the seed, as each form prints it."""
    assert printed(datetime(2018, 9, 20, 9, 22, 43), form) == text


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(sorted(FORMS)))
@settings(max_examples=80)
def test_every_day_prints(moment, form):
    """Every form prints every day of the calendar, with its day of the month."""
    assert printed(moment, form)


def test_the_portal_s_page(later, ask):
    """Headline, body with a related box inside, code glued to the end, date a bare div by place."""
    seed = next(each for each in later.expected() if "1537410163" in each.address)
    page = tree_of(ask, seed)
    (body,) = page.xpath("//div[@id='font_news']")
    assert body.xpath(".//*[@id='box_bj']")
    assert page.xpath("string(//*[@id='title'])") == seed.headline
    assert seed.body.endswith("AsiaInfo.(wn)")
    (date,) = page.cssselect("#content > div:nth-of-type(3)")
    assert date.text_content() == "Kamis, 20 September 2018 09:22 WIB"


def test_the_portal_s_two_layouts(later, ask, tmp_path):
    """Selectors of the catalogue find the date in either layout, by their dates of validity."""
    later.write_catalogue(tmp_path)
    table = tomllib.loads((tmp_path / "id" / "indotelko.toml").read_text("utf-8"))
    old, new = table["selectors"]
    for gold in later.expected():
        if gold.outlet != "indotelko":
            continue
        local = gold.published.astimezone(outlet_zone(OUTLETS["indotelko"]))
        chosen = old if local.date() < old["valid_until"] else new
        (date,) = tree_of(ask, gold).cssselect(chosen["date"])
        assert date.text_content() == printed(local, "id")


def test_the_wire_s_page(later, ask):
    """The body holds "read also" lines and a tail with translator, editor and right."""
    gold = next(each for each in later.expected() if "chengdu" in each.address)
    body = tree_of(ask, gold).cssselect(".post-content")[0].text_content()
    assert "Baca juga: " in body
    assert "Penerjemah: Xinhua" in body
    assert "Editor: Bagus Prakoso" in body
    assert "Copyright © SWARNA 2018" in body


def test_furniture_speaks_the_outlet_s_language():
    """Every language of an outlet has all words of furniture and all sections."""
    words = read_words()
    assert {outlet.language for outlet in OUTLETS.values()} <= set(words)
    assert len({frozenset(each.sections) for each in words.values()}) == 1


@given(st.text(max_size=600))
@settings(max_examples=60)
def test_teasers_are_short_beginnings(text):
    """A teaser is the text itself, or a beginning of it with an ellipsis."""
    flat = " ".join(text.split())
    short = teaser(text)
    assert len(short) <= 281
    assert short == flat or (short.endswith("…") and flat.startswith(short[:-1]))
