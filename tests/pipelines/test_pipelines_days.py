"""Days named in running text are found alike in every language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.days import named_days
from pipelines.event_keys import day_keys
from pipelines.facts.reading import numbers


@pytest.mark.parametrize(
    "text",
    [
        "digelar pada 13-14 September 2018 di Nanning",
        "digelar 13 dan 14 September",
        "diadakan 13 hingga 14 September 2018",
        "held on Sept. 13-14, 2018 in Nanning",
        "held on September 13 and 14",
        "from the 13th to 14th of September",
        "9月13日至14日在南宁举行",
        "9月13-14日",
        "ngày 13 và 14 tháng 9 năm 2018",
        "từ 13 đến 14/9 tại Nam Ninh, ngày 13/9",
        "ระหว่างวันที่ 13-14 กันยายน 2561",
        "๑๓ ถึง ๑๔ ก.ย. ๖๑",
        "ថ្ងៃទី១៣-១៤ ខែកញ្ញា ឆ្នាំ២០១៨",
        "ថ្ងៃទី១៣ ដល់ ទី១៤ កញ្ញា",
        "ວັນທີ 13-14 ກັນຍາ 2018",
        "ວັນທີ ໑໓ ຫາ ວັນທີ ໑໔ ເດືອນກັນຍາ",
        "ວັນທີ 13-14 ເດືອນ 9",
        "စက်တင်ဘာလ ၁၃ ရက်မှ ၁၄ ရက်အထိ",
        "စက်တင်ဘာ ၁၃-၁၄ ရက်",
        "noong ika-13 hanggang ika-14 ng Setyembre",
        "Setyembre 13 at 14, 2018",
        "2018-09-13 10:28:46, 2018/9/14",
        "từ ngày 13 đến 14/9/2018",
        "13-14/9/2018",
    ],
)
def test_a_day_is_one_key_in_every_language(text: str) -> None:
    """Both ends of a range are found, however months, digits and eras are written."""
    assert set(day_keys(text)) == {"d:9-13", "d:9-14"}
    for day in named_days(text):
        assert any(letter.isdecimal() for letter in text[day.start : day.end])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pukul 13:09",
        "13.9 persen",
        "tháng 9 năm 2018",
        "September 2018",
        "40 September",
        "13/14/2018",
        "may 5 proyektong nilagdaan",
        "they set 20 records",
        "13 ເດືອນ 9 ມື້",
        "đầu tháng",
        "农历9月13日",
        "ngày 13 tháng 9 âm lịch",
        "khoảng 2/3 số hộ",
        "Jalan 14/2",
        "buka 24/7",
    ],
)
def test_what_names_no_day_gives_none(text: str) -> None:
    """Hours, shares, months alone, lunar days, streets, days that are none and words like a month's name are no days."""
    assert list(day_keys(text)) == []


def test_a_filipino_count_is_no_day() -> None:
    """What follows the Filipino word for "there are" is counted."""
    (found,) = numbers("may 20 kompanya ang dumalo", "fil")
    assert found.value == 20


@given(st.text(alphabet="0123456789 -/月日至SepMayกันยា១៣ขែ.ທີ", max_size=40))
def test_any_text_names_possible_days_only(text: str) -> None:
    """Whatever stands there, a named day is one of a year, and stands inside the text."""
    for day in named_days(text):
        assert 1 <= day.month <= 12
        assert 1 <= day.day <= 31
        assert 0 <= day.start < day.end <= len(text)
