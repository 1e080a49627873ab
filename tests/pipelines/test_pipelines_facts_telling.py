"""Which facts are worth a line in a digest, and which say the same, in ten languages."""

from datetime import date

import pytest

from news import Fact
from news.facts import Sayings, is_near, is_telling, plainly
from pipelines.facts.reading import facts, numbers
from query import Document, Names

NAMES = Names.shipped()
#: a clause with small number words that say little, and what is worth telling in it
CLAUSES = {
    "id": ("Sebanyak 35 proyek senilai RMB20 miliar diteken, tujuh di antaranya dengan ASEAN, di lima platform, naik 12 persen.", ["35 proyek", "RMB20 miliar", "12 persen"]),
    "ms": ("Sejumlah 35 projek bernilai RMB20 bilion ditandatangani di lima platform, naik 12 peratus.", ["35 projek", "RMB20 bilion", "12 peratus"]),
    "en": ("They signed 35 projects worth 20 billion yuan, seven of them with ASEAN, on five platforms, up 12 percent.", ["35 projects", "20 billion yuan", "12 percent"]),
    "zh": ("共签署35个项目，总额200亿元，其中七个与东盟合作，建设五大平台，增长12%。", ["35个项目", "200亿元", "12%"]),
    "vi": ("Các bên ký 35 dự án trị giá 20 tỷ nhân dân tệ trên năm nền tảng, tăng 12%.", ["35 dự án", "20 tỷ nhân dân tệ", "12%"]),
    "th": ("ลงนาม 35 โครงการ มูลค่า 2 หมื่นล้านหยวน เพิ่มขึ้นร้อยละ 12", ["35 โครงการ", "2 หมื่นล้านหยวน", "ร้อยละ 12"]),
    "km": ("បានចុះហត្ថលេខាលើ ៣៥ គម្រោង តម្លៃ ២០ ពាន់លានយ័ន កើនឡើង ១២%", ["៣៥ គម្រោង", "២០ ពាន់លានយ័ន", "១២%"]),
    "lo": ("ໄດ້ເຊັນ 35 ໂຄງການ ມູນຄ່າ 20 ຕື້ຢວນ ເພີ່ມຂຶ້ນ 12%", ["35 ໂຄງການ", "20 ຕື້ຢວນ", "12%"]),
    "my": ("စီမံကိန်း ၃၅ ခု ယွမ် ၂၀ ဘီလီယံ တန်ဖိုးရှိ လက်မှတ်ထိုးပြီး ၁၂ ရာခိုင်နှုန်း တိုးလာသည်။", ["စီမံကိန်း ၃၅ ခု", "ယွမ် ၂၀ ဘီလီယံ", "၁၂ ရာခိုင်နှုန်း"]),
    "fil": ("Lumagda sila sa 35 proyekto na nagkakahalaga ng 20 bilyong yuan, pito sa mga ito sa ASEAN, tumaas ng 12 porsiyento.", ["35 proyekto", "20 bilyong yuan", "12 porsiyento"]),
}  # fmt: skip
SMALL = {
    "id": "tujuh di antaranya di lima platform", "ms": "tujuh daripadanya di lima platform",
    "en": "seven of them on five platforms", "zh": "其中七个，建设五大平台", "vi": "bảy nền tảng",
    "th": "ห้าแพลตฟอร์ม", "km": "ប្រាំវេទិកា", "lo": "ຫ້າເວທີ", "my": "ပလက်ဖောင်း ငါးခု",
    "fil": "pito sa mga ito sa limang plataporma",
}  # fmt: skip


@pytest.mark.parametrize("language", CLAUSES)
def test_amounts_counts_of_a_thing_and_shares_are_worth_a_line(language: str) -> None:
    """Of a clause in each language the amounts, shares and counts of a thing are told."""
    text, told = CLAUSES[language]
    assert [fact.text for fact in numbers(text, language) if is_telling(fact)] == told


@pytest.mark.parametrize("language", SMALL)
def test_small_number_words_are_not(language: str) -> None:
    """Seven of them, five platforms: no line for these in any language."""
    assert [fact.text for fact in numbers(SMALL[language], language) if is_telling(fact)] == []


@pytest.mark.parametrize("language", CLAUSES)
def test_one_value_in_all_languages(language: str) -> None:
    """What a clause says is said already where another language said it."""
    english = Sayings(numbers(CLAUSES["en"][0], "en"))
    text, _ = CLAUSES[language]
    others = [fact for fact in numbers(text, language) if is_telling(fact)]
    assert all(fact in english for fact in others)
    assert Fact(kind="count", value=36.0, what="projects", known=True, text="36") not in english
    people = Fact(kind="count", value=35.0, what="people", known=True, text="35 people")
    assert people not in english
    assert Fact(kind="count", value=35.0, what="gerai", text="35 gerai") in english


def test_days_are_told_and_the_dateline_is_no_news() -> None:
    """Days are worth a line; the day of a dateline is known; a range says each of its days."""
    text = "NANNING, 12 September 2018. The fair runs from 11 to 18 September 2018."
    hits = NAMES.find(Document.of(title="", body=text, language="en"))
    read = facts(text, "en", NAMES, hits)
    day, days = (fact for fact in read if fact.kind in ("date", "range"))
    assert is_telling(day)
    assert is_telling(days)
    assert day in Sayings([days])
    assert days not in Sayings([day])
    assert not any(is_telling(fact) for fact in read if fact.kind == "place")
    assert plainly(days) == "2018-09-11 to 2018-09-18"


def test_near_is_a_day_beside() -> None:
    """Only a date is near, and only to its own day and the two beside it."""
    day = Fact(kind="date", value="2018-09-12", text="12/9")
    assert [is_near(day, date(2018, 9, n)) for n in (10, 11, 12, 13, 14)] == [False, *[True] * 3, False]  # fmt: skip
    assert not is_near(Fact(kind="money", value=1.0, text="$1"), date(2018, 9, 12))


@pytest.mark.parametrize(
    ("fact", "plain"),
    [
        (Fact(kind="money", value=20e9, unit="CNY", text="200亿元"), "20,000,000,000 CNY"),
        (Fact(kind="percent", value=5.0, high=7.0, unit="%", text="5-7%"), "5 to 7 %"),
        (Fact(kind="count", value=17.4, unit="km", text="17,4 km"), "17.4 km"),
        (Fact(kind="count", value=35.0, what="projects", text="35项"), "35 projects"),
        (Fact(kind="place", value="Nanning", what="nanning", text="南宁"), "Nanning"),
    ],
)
def test_plain_units(fact: Fact, plain: str) -> None:
    """One plain form stands for all printed ones."""
    assert plainly(fact) == plain
