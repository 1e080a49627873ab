from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import Precision
from pipelines.reading import zones
from pipelines.reading.dates import parse_printed

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)

#: Printed, language, outlet's zone, wall time in the printed or the outlet's zone.
PRINTED = [
    ("Sabtu, 15 September 2018 05:59 WIB", "id", "Asia/Makassar", "2018-09-15 05:59"),
    ("Kamis (13/9/2018)", "id", "Asia/Jakarta", "2018-09-13"),
    ("Selasa, 11 Sept 2018 | 18.30 WITA", "id", "Asia/Jakarta", "2018-09-11 18:30"),
    ("20 Pebruari 2018", "id", "Asia/Jakarta", "2018-02-20"),
    ("Isnin, 17 September 2018 9:12 pagi", "ms", "Asia/Kuala_Lumpur", "2018-09-17 09:12"),
    ("15/09/2018 05:17 PM", "ms", "Asia/Kuala_Lumpur", "2018-09-15 17:17"),
    ("2 Ogos 2018, 4.05 petang", "ms", "Asia/Kuala_Lumpur", "2018-08-02 16:05"),
    ("08:54, March 11, 2018", "en", "Asia/Shanghai", "2018-03-11 08:54"),
    ("Published Sept. 3rd, 2018 at 8:39am / UPDATED: Sept. 4, 2018", "en", "Asia/Manila", "2018-09-03 08:39"),
    ("Thu, 13 Sep 2018 02:12:00 GMT", "en", "Asia/Manila", "2018-09-13 02:12"),
    ("2018年9月12日 下午3:05", "zh", "Asia/Shanghai", "2018-09-12 15:05"),
    ("二〇一八年九月十二日", "zh", "Asia/Shanghai", "2018-09-12"),
    ("民國107年9月12日", "zh", "Asia/Taipei", "2018-09-12"),
    ("※发布时间:2015-9-22 20:28:48", "zh", "Asia/Shanghai", "2015-09-22 20:28"),
    ("2018年9月11日—18日", "zh", "Asia/Shanghai", "2018-09-11"),
    ("Chủ nhật, 16/09/2018 | 20:28:40", "vi", "Asia/Ho_Chi_Minh", "2018-09-16 20:28"),
    ("Thứ 4, 12/09/2018, 06:41[GMT+7]", "vi", "Asia/Tokyo", "2018-09-12 06:41"),
    ("ngày 12 tháng 9 năm 2018", "vi", "Asia/Ho_Chi_Minh", "2018-09-12"),
    ("วันพุธที่ 12 กันยายน พ.ศ. 2561 เวลา 10:21 น.", "th", "Asia/Bangkok", "2018-09-12 10:21"),
    ("๑๒ ก.ย. ๖๑", "th", "Asia/Bangkok", "2018-09-12"),
    ("30 พฤศจิกายน 2017", "th", "Asia/Bangkok", "2017-11-30"),
    ("ថ្ងៃពុធ ៣កើត ខែភទ្របទ ឆ្នាំច សំរឹទ្ធិស័ក ពុទ្ធសករាជ ២៥៦២ ត្រូវនឹងថ្ងៃទី១២ ខែកញ្ញា ឆ្នាំ២០១៨ ម៉ោង ២:១៥ រសៀល", "km", "Asia/Phnom_Penh", "2018-09-12 14:15"),
    ("ថ្ងៃទី១២ ខែកញ្ញា ឆ្នាំ២០១៨", "km", "Asia/Phnom_Penh", "2018-09-12"),
    ("ວັນທີ 12 ກັນຍານີ້", "lo", "Asia/Vientiane", "2018-09-12"),
    ("໑໒ ກັນຍາ ໒໐໑໘ 10:28:46", "lo", "Asia/Vientiane", "2018-09-12 10:28"),
    ("၂၀၁၈ ခုနှစ် စက်တင်ဘာလ ၁၂ ရက်", "my", "Asia/Yangon", "2018-09-12"),
    ("စက်တင်ဘာ ၁၂ ရက်", "my", "Asia/Yangon", "2018-09-12"),
    ("Miyerkules, ika-12 ng Setyembre 2018, 3:15 ng hapon", "fil", "Asia/Manila", "2018-09-12 15:15"),
    ("9/12/2018 10:00 AM", "fil", "Asia/Manila", "2018-09-12 10:00"),
    ("2018-09-12T10:21:33.120+07:00", "en", "Asia/Manila", "2018-09-12 10:21"),
    ("20180912T102133Z", "en", "Asia/Manila", "2018-09-12 10:21"),
]  # fmt: skip

RELATIVE = [
    ("2 jam yang lalu", "id", 120), ("5 minit lepas", "ms", 5), ("an hour ago", "en", 60),
    ("3小时前", "zh", 180), ("20 phút trước", "vi", 20), ("2 ชั่วโมงที่แล้ว", "th", 120),
    ("៥ នាទីមុន", "km", 5), ("2 ຊົ່ວໂມງກ່ອນ", "lo", 120), ("လွန်ခဲ့သော ၂ နာရီက", "my", 120),
    ("2 oras na ang nakalipas", "fil", 120), ("baru saja", "id", 0),
]  # fmt: skip

YESTERDAY = ["Kemarin 21.05", "Semalam 21:05", "Yesterday, 9:05 PM", "昨天 21:05", "Hôm qua, 21:05",
             "เมื่อวาน 21:05 น.", "ម្សិលមិញ 21:05", "ມື້ວານ 21:05", "မနေ့က 21:05", "Kahapon, 9:05 PM"]  # fmt: skip
WEDNESDAY = [
    "Rabu",
    "Wednesday",
    "星期三",
    "Thứ tư",
    "วันพุธ",
    "ថ្ងៃពុធ",
    "ວັນພຸດ",
    "ဗုဒ္ဓဟူးနေ့",
    "Miyerkules",
]


@pytest.mark.parametrize(("text", "language", "zone", "wall"), PRINTED)
def test_printed_forms(text, language, zone, wall):
    """Each printed form of the ten languages gives its day, and its time where one is printed."""
    found = parse_printed(text, language, zone, NOW)
    local = found.at.astimezone(zones.tz(found.zone))
    shown = f"{local:%Y-%m-%d}" if found.precision is Precision.DAY else f"{local:%Y-%m-%d %H:%M}"
    assert shown == wall
    assert found.origin == "printed"
    assert found.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(("text", "language", "minutes"), RELATIVE)
def test_relative_times_count_from_now(text, language, minutes):
    """A relative time is counted back from the time of fetching."""
    assert parse_printed(text, language, "Asia/Bangkok", NOW).at == NOW - timedelta(
        minutes=minutes
    )


@pytest.mark.parametrize("text", YESTERDAY)
def test_yesterday_keeps_its_time(text):
    """Yesterday is a day in the outlet's zone, with the time printed beside it."""
    found = parse_printed(text, "", "Asia/Bangkok", NOW)
    assert found.at == datetime(2018, 9, 20, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", WEDNESDAY)
def test_a_bare_weekday_is_the_last_one(text):
    """A weekday alone is its last occurrence, at noon, with little confidence."""
    found = parse_printed(text, "", "Asia/Bangkok", NOW)
    assert found.at == datetime(2018, 9, 19, 5, 0, tzinfo=UTC)
    assert found.confidence <= 0.4


def test_a_day_stands_at_its_noon():
    """A day without a time stands at noon of the outlet's zone."""
    found = parse_printed("12 September 2018", "en", "Asia/Yangon", NOW)
    assert found.at == datetime(2018, 9, 12, 5, 30, tzinfo=UTC)


def test_the_future_is_clamped():
    """A date after the time of fetching becomes that time, hardly believed; today does not."""
    assert parse_printed("12 Mei 2020 10:00", "id", "Asia/Jakarta", NOW).at == NOW
    assert parse_printed("12 Mei 2020 10:00", "id", "Asia/Jakarta", NOW).confidence <= 0.2
    assert parse_printed("21 September 2018", "id", "Asia/Jakarta", NOW).confidence > 0.5


@pytest.mark.parametrize(
    "text", ["", "Rp 1.500.000 untuk 17 orang", "versi 1.2.3", "信息港", "31/31/2018", "99:99"]
)
def test_no_date_is_none(text):
    """Text without a date gives none."""
    assert parse_printed(text, "id", "Asia/Jakarta", NOW) is None


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                "0",
                "1",
                "9",
                "12",
                "31",
                "2018",
                "2561",
                "/",
                "-",
                ".",
                ":",
                ",",
                "年",
                "月",
                "日",
                "ม.ค.",
                "កញ្ញា",
                "mei",
                "tháng",
                "ago",
                "前",
                "pm",
                "Z",
                "+07:00",
                "๑",
                "十",
                "T",
                "(",
            ]
        )
        | st.text(max_size=3),
        max_size=12,
    )
)
def test_any_text_is_a_date_or_none(pieces):
    """No text breaks the reading; what it finds is aware, in UTC, and not in the future."""
    found = parse_printed(" ".join(pieces), "th", "Asia/Bangkok", NOW)
    if found is not None:
        assert found.at.utcoffset() == timedelta(0)
        assert found.at <= NOW + timedelta(days=1)
