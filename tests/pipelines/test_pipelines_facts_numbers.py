"""Amounts and counts are read alike in every language."""

import pytest

from pipelines.facts.reading import numbers


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("id", "total investasi senilai lebih dari RMB20 miliar.", 20e9, "CNY"),
        ("zh", "总投资超过200亿元。", 20e9, "CNY"),
        ("th", "มูลค่ารวมกว่า 2 หมื่นล้านหยวน", 20e9, "CNY"),
        ("vi", "trị giá hơn 20 tỷ nhân dân tệ", 20e9, "CNY"),
        ("en", "worth more than 20 billion yuan", 20e9, "CNY"),
        ("ms", "bernilai lebih RMB20 bilion", 20e9, "CNY"),
        ("id", "US$ 1,2 miliar", 1.2e9, "USD"),
        ("en", "US$1.2 billion", 1.2e9, "USD"),
        ("id", "sebanyak 20.000 orang", 20000, ""),
        ("en", "some 20,000 people", 20000, ""),
        ("vi", "20.000 tỉ đồng", 20e12, "VND"),
        ("my", "ဒေါ်လာ ၃၀ သန်း", 30e6, "USD"),
        ("km", "៣០លានដុល្លារ", 30e6, "USD"),
        ("lo", "30 ລ້ານໂດລາ", 30e6, "USD"),
        ("fil", "₱5 bilyon", 5e9, "PHP"),
        ("id", "meneken 35 proyek", 35, ""),
        ("en", "rose 6.5%", 6.5, "%"),
    ],
)
def test_one_value_for_what_languages_write_differently(
    language: str, text: str, value: float, unit: str
) -> None:
    """The value is in plain units, the printed form stays beside it."""
    (found,) = numbers(text, language)
    assert (found.value, found.unit) == (value, unit)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in 2018"),
        ("th", "ในปี 2561"),
        ("id", "pukul 09:22"),
        ("zh", "9月13日"),
        ("id", "14/9/2018"),
        ("en", "CAEXPO2023"),
        ("en", "no numbers here"),
        ("en", "from Sept 11 to 18, and on September 13"),
        ("id", "Pada 11-18 September"),
        ("zh", "9月13日至18日"),
        ("th", "วันที่ 13 กันยายน"),
        ("vi", "ngày 13/9 tại Nam Ninh"),
        ("my", "စက်တင်ဘာ ၁၅ ရက်"),
        ("zh", "第3届论坛"),
        ("en", "chapter 7."),
    ],
)
def test_what_counts_nothing_is_no_figure(language: str, text: str) -> None:
    """Years, dates, times and codes are left out."""
    assert numbers(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("id", "meneken 35 proyek, termasuk", "35 proyek"),
        ("zh", "共有59个项目集中启动", "59个项目"),
        ("th", "ลงนามรวม 35 โครงการ ในจำนวนนี้", "35 โครงการ"),
        ("vi", "35 dự án được ký", "35 dự án"),
        ("en", "signed 35 projects", "35 projects"),
    ],
)
def test_a_count_is_printed_with_what_it_counts(language: str, text: str, shown: str) -> None:
    """A number alone says nothing to a reader; the word behind it does."""
    (found,) = numbers(text, language)
    assert found.text == shown


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("my", "ကျပ် ၄ သောင်း ၇ ထောင်", [47_000]),
        ("my", "ကျပ် ၄ သောင်း၊ ဘတ် ၇ ထောင်", [40_000, 7_000]),
        ("th", "2 หมื่น 5 พันล้านบาท ถึง 3 หมื่นล้านบาท", [25e9]),
        ("zh", "4万7千5百元", [47_500]),
        ("zh", "1亿零500万元", [105e6]),
        ("en", "$4 million 700 workers", [4e6, 700]),
        ("en", "$700 thousand 4 million people", [700e3, 4e6]),
        ("vi", "3 triệu đồng 5 nghìn người", [3e6, 5e3]),
    ],
)
def test_two_scales_apart_are_one_number_where_the_second_is_the_smaller(
    language: str, text: str, values: list[float]
) -> None:
    """A smaller number with a scale goes on with the one before; anything between parts them."""
    assert [found.value for found in numbers(text, language)] == values


def test_a_chinese_noun_before_its_number_is_counted_where_none_stands_behind() -> None:
    """合作项目35个 are 35 projects; before another noun the one in front is not counted."""
    found = numbers("共签下合作项目35个，其中涉及东盟国家的有7个，面向企业10条建议。", "zh")
    assert [(one.value, one.what) for one in found if one.known] == [(35, "projects")]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "Three and a half million people voted.", 3.5e6, ""),
        ("en", "It lent half a billion dollars.", 5e8, "USD"),
        ("id", "dua setengah juta warga", 2.5e6, ""),
        ("ms", "suku juta ringgit", 25e4, "MYR"),
        ("vi", "ba triệu rưỡi đồng", 3.5e6, "VND"),
        ("zh", "三公里半的路", 3.5, "km"),
        ("zh", "两万五的观众", 25000, ""),
        ("th", "สองล้านครึ่งบาท", 2.5e6, "THB"),
        ("lo", "ສອງລ້ານເຄິ່ງກີບ", 2.5e6, "LAK"),
        ("km", "ពីរលានកន្លះរៀល", 2.5e6, "KHR"),
        ("my", "ကျပ် ၂ သန်းခွဲ", 2.5e6, "MMK"),
        ("fil", "tatlo't kalahating milyong piso", 3.5e6, "PHP"),
    ],
)
def test_a_half_is_half_of_the_last_scale(
    language: str, text: str, value: float, unit: str
) -> None:
    """A half behind a number, its scale or its measure adds half of it."""
    (found,) = numbers(text, language)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("zh", "装机30万千瓦", 300, "MW"),
        ("zh", "装机三十万千瓦", 300, "MW"),
        ("zh", "发电30亿千瓦时", 3e9, "kWh"),
        ("th", "40 ล้านกิโลวัตต์ชั่วโมง", 4e7, "kWh"),
        ("lo", "35 ຕາລາງກິໂລແມັດ", 35, "km2"),
        ("km", "២៥គីឡូម៉ែត្រការ៉េ", 25, "km2"),
        ("my", "ပဲတန်ချိန် ၁၂ သိန်း", 12e5, "tonne"),
        ("vi", "rộng 24 m", 24, "m"),
    ],
)
def test_a_measure_that_begins_with_a_scale_is_whole(
    language: str, text: str, value: float, unit: str
) -> None:
    """千 of 千瓦 multiplies nothing; the longest measure counts."""
    (found,) = numbers(text, language)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Tuan rumah kalah 1-3 dari tamu."),
        ("en", "They won 1-3 away."),
        ("vi", "Đội khách thắng 1-3 trận này."),
        ("fil", "Natalo ang koponan, 1-3 kahapon."),
        ("zh", "主队1比3告负。"),
        ("th", "ทีมเจ้าบ้านแพ้ 1-3 หลังพัก"),
        ("lo", "ທີມເຈົ້າບ້ານເສຍ 1-3 ມື້ວານ"),
        ("km", "ម្ចាស់ផ្ទះចាញ់ ១-៣ ម្សិលមិញ"),
        ("my", "အိမ်ရှင်အသင်း ၁-၃ ရှုံးသည်"),
        ("km", "១១រោច ខែភទ្របទ"),
        ("lo", "ຂຶ້ນ 15 ຄ່ຳ ເດືອນ 11"),
        ("zh", "四面八方，千家万户，十有八九"),
        ("vi", "Chín người mười ý, mười năm sau."),
        ("th", "ร้อยแปดพันเก้าปัญหา"),
        ("id", "dua setengah jam, setengah hati"),
    ],
)
def test_scores_sayings_and_the_moon_count_nothing(language: str, text: str) -> None:
    """A score, a lunar day, a saying and a length of time are no figures."""
    assert not numbers(text, language)


def test_a_word_that_is_also_a_currency_stands_behind_its_amount() -> None:
    """She won 3 medals is no sum of won, and a council of 15 none of đồng."""
    assert [one.unit for one in numbers("She won 3 medals.", "en")] == [""]
    assert [one.unit for one in numbers("Hội đồng 15 người họp.", "vi")] == [""]
