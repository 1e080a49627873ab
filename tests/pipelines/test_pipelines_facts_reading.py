"""Facts are read alike in every language, and what counts nothing is left alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import Fact
from pipelines.facts.reading import facts, numbers
from query import Document, Names

NAMES = Names.shipped()


def read(language: str, text: str, published: date | None = None) -> tuple[Fact, ...]:
    """Return all facts of a text."""
    hits = NAMES.find(Document.of(title="", body=text, language=language))
    return facts(text, language, NAMES, hits, published)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Panitia mencatat lima puluh sembilan proyek."),
        ("ms", "Sebanyak lima puluh sembilan projek dimeterai."),
        ("en", "Officials opened fifty-nine projects."),
        ("fil", "Binuksan ang limampu't siyam na proyekto."),
        ("vi", "Có năm mươi chín dự án được mở."),
        ("zh", "共有五十九个项目启动。"),
        ("zh", "共有五十九個項目啟動。"),
        ("th", "เปิดตัวห้าสิบเก้าโครงการ"),
        ("lo", "ເປີດຕົວຫ້າສິບເກົ້າໂຄງການ"),
        ("km", "បើកដំណើរការគម្រោងហាសិបប្រាំបួន គម្រោង"),
        ("my", "စီမံကိန်း ငါးဆယ့်ကိုးခု ဖွင့်လှစ်သည်။"),
    ],
)
def test_number_words_count_in_ten_languages(language: str, text: str) -> None:
    """Fifty-nine in words is 59, and counts what stands beside it."""
    (found,) = numbers(text, language)
    assert (found.kind, found.value) == ("count", 59.0)


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "unit"),
    [
        ("id", "antara 2 dan 3 juta dolar AS", 2e6, 3e6, "USD"),
        ("ms", "RM10-15 bilion", 10e9, 15e9, "MYR"),
        ("en", "between $2bn and $3bn", 2e9, 3e9, "USD"),
        ("fil", "5 hanggang 7 porsiyento", 5, 7, "%"),
        ("vi", "từ 2 đến 3 tỷ USD", 2e9, 3e9, "USD"),
        ("zh", "2%至3%", 2, 3, "%"),
        ("th", "10-15 ล้านบาท", 10e6, 15e6, "THB"),
        ("lo", "10-15 ຕື້ກີບ", 10e9, 15e9, "LAK"),
        ("km", "២ ទៅ ៣លានដុល្លារ", 2e6, 3e6, "USD"),
        ("my", "ဒေါ်လာ ၂ သန်းမှ ၃ သန်း", 2e6, 3e6, "USD"),
    ],
)
def test_a_range_is_one_fact_with_two_ends(
    language: str, text: str, low: float, high: float, unit: str
) -> None:
    """Both ends are in plain units, whichever of them the scale and the currency stand at."""
    (found,) = numbers(text, language)
    assert (found.value, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Call +86 771 555 0188 or go to Room 305."),
        ("en", "Hundreds of firms came and millions of dollars moved."),
        ("id", "Puluhan warga datang dalam pertemuan ke-12 pukul 09.30 WIB."),
        ("ms", "Bas laluan 640 berhenti di Blok 7 pada jam 8."),
        ("fil", "Ikinuwento sa ika-9 na pulong noong 2016, Seksiyon 12."),
        ("vi", "Theo Điều 14 khoản 3, hội nghị lần thứ 12 mở lúc 9 giờ."),
        ("zh", "第十二届论坛，邮编530022，数百家企业到会。"),
        ("th", "หลายร้อยแห่ง ตามมาตรา 44 พ.ศ. 2551 เวลา 09.30 น."),
        ("lo", "ກອງປະຊຸມຄັ້ງທີ 12 ຕາມມາດຕາ 33 ໂທ 021 212 346"),
        ("km", "យោងតាមមាត្រា ៤៤ លើកទី១២ ឆ្នាំ២០១៦"),
        ("my", "၁၂ ကြိမ်မြောက် အစည်းအဝေး နံနက် ၉ နာရီ"),
        ("th", "เขาสามารถทำได้ในการประชุมสามัญ"),
        ("lo", "ລາວສາມາດເຮັດໄດ້"),
    ],
)
def test_what_counts_nothing_is_no_fact(language: str, text: str) -> None:
    """Codes, ordinals, times, articles of law, crowds, and words that begin like numbers."""
    assert numbers(text, language) == ()


@pytest.mark.parametrize(
    "text",
    [
        "28 September - 3 Oktober 2018",
        "28/9/2018 - 3/10/2018",
        "2018年9月28日至10月3日",
        "28 ก.ย. ถึง 3 ต.ค. 61",
        "September 28 to October 3, 2018",
    ],
)
def test_a_range_over_two_months_is_one(text: str) -> None:
    """The year stands where it is printed and holds for both ends."""
    (found,) = (fact for fact in read("", text) if fact.kind in {"date", "range"})
    assert (found.kind, found.value, found.high) == ("range", "2018-09-28", "2018-10-03")


def test_two_days_are_two_dates() -> None:
    """What "and" joins is no range."""
    found = read("id", "pada 13 dan 14 September 2018")
    assert [fact.value for fact in found] == ["2018-09-13", "2018-09-14"]


def test_a_day_without_a_year_needs_the_day_of_publication() -> None:
    """The year is the one that brings the day nearest."""
    assert read("en", "on 30 December") == ()
    (found,) = read("en", "on 30 December", date(2019, 1, 2))
    assert found.value == "2018-12-30"


def test_what_hides_between_letters_changes_nothing() -> None:
    """Characters without width are no part of words; the fact is quoted as printed."""
    text = "ລົງທຶນ 41 ເປີ\u200bເຊັນ ແລະ 2 ລ້ານ\u200bໂດ\u200bລາ"
    found = numbers(text, "lo")
    assert [(fact.value, fact.unit) for fact in found] == [(41.0, "%"), (2e6, "USD")]
    for fact in found:
        assert text[fact.start : fact.end] == fact.text


def test_burmese_in_zawgyi_is_read_and_quoted_as_printed() -> None:
    """Numbers and words are known in both encodings."""
    text = "တ႐ုတ္ကုမၸဏီက ေဒၚလာ ၃၀ သန္း ရင္းႏွီးျမႇဳပ္ႏွံမည္ျဖစ္သည္။"
    (found,) = numbers(text, "my")
    assert (found.value, found.unit) == (30e6, "USD")
    assert text[found.start : found.end] == found.text


def test_a_name_inside_an_amount_is_no_fact() -> None:
    """The dollar of Singapore is no place, nor is a word in small letters."""
    found = read("id", "menyumbang 2 juta dolar Singapura di Jakarta")
    assert [(fact.kind, fact.what) for fact in found] == [("money", ""), ("place", "jakarta")]


@settings(max_examples=150)
@given(
    st.text(
        alphabet="0123456789.,-% 万亿元个第年月日tysmdaRp$€ลส้านบาท三五十๓၃၀ဒသမယွမ်\u200b",
        max_size=30,
    ),
    st.sampled_from(["id", "en", "vi", "fil", "zh", "th", "my", ""]),
)
def test_any_text_is_quoted_where_it_stands(text: str, language: str) -> None:
    """Whatever stands there, a fact's words are the text between its ends, and no two overlap."""
    reached = 0
    for fact in numbers(text, language):
        assert text[fact.start : fact.end] == fact.text
        assert reached <= fact.start < fact.end
        reached = fact.end
        assert isinstance(fact.value, float)
        assert fact.high is None or (isinstance(fact.high, float) and fact.value < fact.high)
