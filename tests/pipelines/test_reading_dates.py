import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import Precision
from pipelines.reading.dates import zones
from pipelines.reading.dates.dates import parse_printed

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


#: Today for the further forms below, which reach up to 2025.
LATER = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

#: Language, printed, wall time: ranges (the first day counts), parts of the day,
#: years of other eras, labels of publication behind those of change.
FURTHER = [
    ("vi", "thứ sáu, 15 tháng 9 năm 2023, 10 giờ 30 phút", "2023-09-15 10:30"),
    ("vi", "05-07-2023 - 22:10 PM", "2023-07-05 22:10"),
    ("vi", "14h05' ngày 03/02/2021", "2021-02-03 14:05"),
    ("vi", "Thứ Sáu, 8 giờ tối ngày 4/3/2022", "2022-03-04 20:00"),
    ("vi", "17/09/2018 lúc 08h30", "2018-09-17 08:30"),
    ("vi", "Ngày 5 tháng 12, 2020 9:05 CH", "2020-12-05 21:05"),
    ("vi", "Từ ngày 3 đến ngày 5/11/2022", "2022-11-03"),
    ("vi", "T2, 17/09/2018 10:21", "2018-09-17 10:21"),
    ("vi", "Cập nhật lúc 10:00 05/03/2020 - Đăng lúc 08:15 04/03/2020", "2020-03-04 08:15"),
    ("vi", "Thứ bảy, 2/9/2023 | 6:05:09 SA", "2023-09-02 06:05"),
    ("vi", "9h sáng 2/9/2023", "2023-09-02 09:00"),
    ("vi", "Tháng Chín 17, 2018", "2018-09-17"),
    ("km", "ថ្ងៃសៅរ៍ ទី៥ ខែកុម្ភៈ ឆ្នាំ២០២២ ម៉ោង ៧និង២០នាទីព្រឹក", "2022-02-05 07:20"),
    ("km", "ថ្ងៃទី៣០ ខែមេសា ឆ្នាំ២០២១ ម៉ោង៩:០៥ យប់", "2021-04-30 21:05"),
    ("km", "08/11/2022 3:15 PM", "2022-11-08 15:15"),
    ("km", "ថ្ងៃ ពុធ ទី 7 ខែ សីហា ឆ្នាំ 2019 ម៉ោង 14:20", "2019-08-07 14:20"),
    ("km", "៧-៨-២០១៩", "2019-08-07"),
    ("km", "ថ្ងៃទី២៩ ដល់ ៣១ ខែតុលា ឆ្នាំ២០២០", "2020-10-29"),
    ("km", "សីហា 7, 2019 8:05 ល្ងាច", "2019-08-07 20:05"),
    ("lo", "ວັນທີ 12 ເດືອນ 9 ປີ 2018", "2018-09-12"),
    ("lo", "ວັນທີ 09 ທັນວາ 2021 ເວລາ 10 ໂມງ 30 ນາທີ", "2021-12-09 10:30"),
    ("lo", "ວັນສຸກ, 09/12/2022 ຕອນເຊົ້າ 8:10", "2022-12-09 08:10"),
    ("lo", "12 ກັນຍາ 2561", "2018-09-12"),
    ("lo", "ວັນທີ 5 ຫາ 7 ຕຸລາ 2023", "2023-10-05"),
    ("lo", "03 ກຸມພາ 2020, 08:20", "2020-02-03 08:20"),
    ("th", "วันที่ 5 เดือน ธันวาคม พ.ศ.2559", "2016-12-05"),
    ("th", "10.21น. 12 ก.ย. 2561", "2018-09-12 10:21"),
    ("th", "12 ก.ย. 61 เวลา 10 นาฬิกา 21 นาที", "2018-09-12 10:21"),
    ("th", "พฤหัสบดี 14 กันยายน พ.ศ. 2566 เวลา 21:45:10 น.", "2023-09-14 21:45"),
    ("th", "อัปเดตล่าสุด 5 ม.ค. 2565 10:00 เผยแพร่ 4 ม.ค. 2565 09:00", "2022-01-04 09:00"),
    ("th", "Update : 3 พ.ค. 2563", "2020-05-03"),
    ("th", "3 พ.ค. 63 | 23:59", "2020-05-03 23:59"),
    ("th", "๒๓/๑๑/๒๕๖๕", "2022-11-23"),
    ("th", "12/9/61 10.21", "2018-09-12 10:21"),
    ("th", "30 ธ.ค. 2563 - 2 ม.ค. 2564", "2020-12-30"),
    ("th", "2018-09-12 10:21:00", "2018-09-12 10:21"),
    ("my", "၂၀၂၂ ခုနှစ် အောက်တိုဘာလ ၃၁ ရက်နေ့ နံနက် ၉ နာရီ", "2022-10-31 09:00"),
    ("my", "ဧပြီလ (၅) ရက်၊ ၂၀၂၁", "2021-04-05"),
    ("my", "၅-၇-၂၀၂၃", "2023-07-05"),
    ("my", "၃၁.၁၀.၂၀၂၂", "2022-10-31"),
    ("my", "ဇန်နဝါရီ ၁ ရက်၊ ၂၀၂၄ ခုနှစ်", "2024-01-01"),
    ("my", "မွန်းလွဲ ၂ နာရီ ၁၅ မိနစ်၊ ၂၀၂၃ ခုနှစ် မေလ ၅ ရက်", "2023-05-05 14:15"),
    ("my", "25 December 2020 10:15 AM", "2020-12-25 10:15"),
    ("my", "ဖေဖော်ဝါရီ 12, 2025", "2025-02-12"),
    ("my", "ညနေ ၄:၂၀၊ ၁၉ ဇူလိုင် ၂၀၂၄", "2024-07-19 16:20"),
    ("my", "၂၀၂၃ ခုနှစ် မတ်လ ၃ ရက်မှ ၅ ရက်", "2023-03-03"),
    ("fil", "ika-12 ng Hunyo 2023, 3:10pm", "2023-06-12 15:10"),
    ("fil", "Disyembre 5, 2020 (Sabado) 12:15 ng tanghali", "2020-12-05 12:15"),
    ("fil", "Okt. 3, 2019 / 6:45 ng umaga", "2019-10-03 06:45"),
    ("fil", "Mayo 5, 2020 alas-8:30 ng gabi", "2020-05-05 20:30"),
    ("fil", "Hunyo 28 - Hulyo 2, 2021", "2021-06-28"),
    ("fil", "June 12, 2023 | 12:00am", "2023-06-12 00:00"),
    ("fil", "08/05/2020 2:30 PM", "2020-08-05 14:30"),
    ("fil", "ika-3 hanggang ika-5 ng Marso 2019", "2019-03-03"),
    ("zh", "二〇二三年十一月五日下午四点二十分", "2023-11-05 16:20"),
    ("zh", "2023年11月5日 上午九点半", "2023-11-05 09:30"),
    ("zh", "2024-3-15 9:08:05", "2024-03-15 09:08"),
    ("zh", "09:08 2024/03/15", "2024-03-15 09:08"),
    ("zh", "2023年11月5日晚8时", "2023-11-05 20:00"),
    ("zh", "2023年11月5日晚上12:05", "2023-11-05 00:05"),
    ("zh", "2022年9月16-17日", "2022-09-16"),
    ("zh", "15 三月 2024", "2024-03-15"),
    ("zh", "2024/03/15 周五 09:08", "2024-03-15 09:08"),
    ("zh", "2024年3月15日（星期五）早上7時30分", "2024-03-15 07:30"),
    ("zh", "来源：新华社 2016-12-01 07:35", "2016-12-01 07:35"),
    ("zh", "更新时间：2020-05-06 10:00 发布时间：2020-05-05 09:00", "2020-05-05 09:00"),
    ("zh-Hant", "113/05/20 14:30", "2024-05-20 14:30"),
    ("zh-Hant", "113年5月20日", "2024-05-20"),
    ("zh-Hant", "民國一百一十二年五月二十日", "2023-05-20"),
    ("zh-Hant", "2020年5月6日 晚間7:05", "2020-05-06 19:05"),
    ("zh-Hant", "2020-05-06 下午 03:05", "2020-05-06 15:05"),
    ("zh-Hant", "2020年5月6日 週三 凌晨12:30", "2020-05-06 00:30"),
    ("ms", "29hb Mei 2023", "2023-05-29"),
    ("ms", "2 Ogos 2022 2.15 ptg", "2022-08-02 14:15"),
    ("ms", "Ahad, 5 Nov 2023 12:10 tengah malam", "2023-11-05 00:10"),
    ("ms", "Mac 12, 2021 @ 09:30", "2021-03-12 09:30"),
    ("ms", "Dikemas kini 4 Apr 2024, 9.00 pagi | Diterbitkan 3 Apr 2024, 8.00 malam", "2024-04-03 20:00"),
    ("ms", "30 Sept - 2 Okt 2023", "2023-09-30"),
    ("ms", "12 Rabiulawal 1445H, 28 September 2023", "2023-09-28"),
    ("ms", "Selasa, 28 Februari 2023 jam 5 petang", "2023-02-28 17:00"),
    ("id", "14 Juni 2024, pkl 10.00", "2024-06-14 10:00"),
    ("id", "10.30 WIB, Sabtu (12/6/2021)", "2021-06-12 10:30"),
    ("id", "1 Muharram 1446 H / 7 Juli 2024", "2024-07-07"),
    ("id", "Senin, 3 Februari 2020 | 5.05 sore", "2020-02-03 17:05"),
    ("id", "Jumat 5 Agt 2022 00:05", "2022-08-05 00:05"),
    ("id", "02 Mei 2023 pukul 23.05 malam", "2023-05-02 23:05"),
    ("id", "28 Desember 2022 - 3 Januari 2023", "2022-12-28"),
    ("id", "12 s.d. 14 Juni 2024", "2024-06-12"),
    ("id", "17-8-2020", "2020-08-17"),
    ("id", "Rabu,17Agustus 2022 10:05", "2022-08-17 10:05"),
    ("id", "Last Update: 3 Mei 2021; Tayang: 2 Mei 2021 08:00", "2021-05-02 08:00"),
    ("en", "Mar. 5, 2024 at 3:05 p.m. (UTC+7)", "2024-03-05 15:05"),
    ("en", "the 3rd of June 2024", "2024-06-03"),
    ("en", "2 March 2023, 12 noon", "2023-03-02 12:00"),
    ("en", "5 May 2021 1640hrs", "2021-05-05 16:40"),
    ("en", "Sept 30-Oct 2, 2023", "2023-09-30"),
    ("en", "14-16 September 2022", "2022-09-14"),
    ("en", "Sept 14-16, 2022", "2022-09-14"),
    ("en", "2023-04-05 14:05:09.123456", "2023-04-05 14:05"),
    ("en", "9 August, 2025, 7:00 IST", "2025-08-09 07:00"),
    ("en", "Updated: May 2, 2023 10:00 am Posted: May 1, 2023 9:00 am", "2023-05-01 09:00"),
    ("en", "Saturday, May 4, 2024, 12:30 midnight", "2024-05-04 00:30"),
    ("en", "10 a.m., Dec. 3, 2020", "2020-12-03 10:00"),
    ("en", "May 4th, 2024 7pm", "2024-05-04 19:00"),
    ("en", "Mon 3 Feb 20, 10:15", "2020-02-03 10:15"),
]  # fmt: skip

FURTHER_RELATIVE = [
    ("en", "1 hour 5 minutes ago", 65), ("id", "1 jam 20 menit yang lalu", 80), ("vi", "1 giờ 5 phút trước", 65),
    ("zh", "1小时5分钟前", 65), ("en", "5h ago", 300), ("zh", "2个小时前", 120),
    ("my", "၅ မိနစ်အကြာ", 5), ("lo", "5 ນາທີທີ່ຜ່ານມາ", 5), ("km", "១០ នាទីមុននេះ", 10),
    ("fil", "isang oras ang nakalipas", 60), ("id", "sejam lalu", 60), ("ms", "baharu sahaja", 0),
    ("th", "5 นาทีก่อน", 5), ("fil", "15 minuto ang nakakaraan", 15),
]  # fmt: skip

#: Zawgyi code order, as printed on the 21st of September 2018, and the day in Yangon.
ZAWGYI = [
    ("စက္တင္ဘာလ ၁၅ ရက္", "2018-09-15"), ("၂၀၁၈ ခုႏွစ္ ေမလ ၅ ရက္", "2018-05-05"),
    ("၂၀၁၇ ဇူလိုင္ ၁၃", "2017-07-13"), ("ေအာက္တိုဘာ ၃ ရက္ ၂၀၁၇", "2017-10-03"),
    ("ဧၿပီ ၂ ရက္", "2018-04-02"), ("ဒီဇင္ဘာ ၃၁၊ ၂၀၁၆", "2016-12-31"), ("ႏိုဝင္ဘာ ၈", "2017-11-08"),
    ("ၾသဂုတ္ ၉ ရက္ ၂၀၁၇", "2017-08-09"), ("ဇန္န၀ါရီ ၃ ရက္၊ ၂၀၁၈", "2018-01-03"), ("ဗုဒၶဟူးေန႔", "2018-09-19"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wall"), FURTHER)
def test_further_printed_forms(language, text, wall):
    """Ranges, parts of the day, other eras and labels of each language give the first day and its time."""
    found = parse_printed(text, language.partition("-")[0], "Asia/Bangkok", LATER)
    local = found.at.astimezone(zones.tz(found.zone))
    shown = f"{local:%Y-%m-%d}" if found.precision is Precision.DAY else f"{local:%Y-%m-%d %H:%M}"
    assert shown == wall


@pytest.mark.parametrize(("language", "text", "minutes"), FURTHER_RELATIVE)
def test_further_relative_times(language, text, minutes):
    """Hours and minutes together, one unit without a number, and short units count back too."""
    found = parse_printed(text, language, "Asia/Bangkok", LATER)
    assert found.at == LATER - timedelta(minutes=minutes)


@pytest.mark.parametrize(("text", "day"), ZAWGYI)
def test_zawgyi_is_read_like_unicode(text, day):
    """A date in Zawgyi code order is the date that Unicode's order gives; its text stays as printed."""
    found = parse_printed(text, "my", "Asia/Yangon", NOW)
    assert f"{found.at.astimezone(zones.tz('Asia/Yangon')):%Y-%m-%d}" == day
    assert found.text == text


def test_only_zawgyi_loads_its_converter():
    """A process that reads dates in all other forms never loads the queries' package."""
    program = (
        "import sys; from datetime import UTC, datetime;"
        "from pipelines.reading.dates.dates import parse_printed;"
        "parse_printed('၂၀၁၈ ခုနှစ် စက်တင်ဘာလ ၁၂ ရက်', 'my', 'Asia/Yangon', datetime.now(UTC));"
        "sys.exit('query' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["5 Mei 1445", "৫", "20 Rabiulakhir 1446H", "harga 12-14 ribu", "skor 3-2", "pasal 5 ayat 2"],
)
def test_what_only_looks_like_a_date_is_none(text):
    """Years of no era that stories are printed in, ranges without a month, and scores give none."""
    assert parse_printed(text, "id", "Asia/Jakarta", NOW) is None
