"""Dates as the outlets of each language print them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

#: Buddhist years run 543 ahead of the common era.
BUDDHIST = 543
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
BURMESE_DIGITS = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")

# Weekdays begin on Monday, as datetime.weekday() counts.
DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "ms": "Isnin Selasa Rabu Khamis Jumaat Sabtu Ahad",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "th": "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์",
    "km": "ច័ន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អាទិត្យ",
    "fil": "Lunes Martes Miyerkules Huwebes Biyernes Sabado Linggo",
}
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ms": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "en": "January February March April May June July August September October November December",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "th-short": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "fil": "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre"
    " Disyembre",
}


def _day(local: datetime, language: str) -> str:
    return DAYS[language].split()[local.weekday()]


def _month(local: datetime, language: str) -> str:
    return MONTHS[language].split()[local.month - 1]


def _id(local: datetime) -> str:
    day, month = _day(local, "id"), _month(local, "id")
    return f"{day}, {local.day} {month} {local.year} {local:%H:%M} WIB"


def _id_bracket(local: datetime) -> str:
    return f"{_day(local, 'id')} ({local.day}/{local.month}/{local.year})"


def _ms_clock(local: datetime) -> str:
    return f"{local:%d/%m/%Y %I:%M} {'AM' if local.hour < 12 else 'PM'}"


def _ms_words(local: datetime) -> str:
    return f"{_day(local, 'ms')} {local.day} {_month(local, 'ms')} {local.year}"


def _vi_gmt(local: datetime) -> str:
    day = "Chủ nhật" if local.weekday() == 6 else f"Thứ {local.weekday() + 2}"
    return f"{day}, {local:%d/%m/%Y, %H:%M}[GMT+7]"


def _th(local: datetime) -> str:
    year = local.year + BUDDHIST
    day = f"วัน{_day(local, 'th')}ที่ {local.day} {_month(local, 'th')} {year}"
    return f"{day} เวลา {local:%H:%M} น."


def _th_short(local: datetime) -> str:
    year = local.year + BUDDHIST
    return f"{local.day} {_month(local, 'th-short')} {year} {local:%H:%M}"


def _km(local: datetime) -> str:
    day = f"ថ្ងៃ{_day(local, 'km')} ទី{local:%d} ខែ{_month(local, 'km')} ឆ្នាំ{local.year}"
    return f"{day} ម៉ោង {local:%H:%M}".translate(KHMER_DIGITS)


def _lo(local: datetime) -> str:
    return f"ວັນທີ {local.day} {_month(local, 'lo')} {local.year} {local:%H:%M}"


def _my(local: datetime) -> str:
    day = f"{local.year} ၊ {_month(local, 'my')} {local.day} ၊ {local:%H:%M}"
    return day.translate(BURMESE_DIGITS)


def _fil(local: datetime) -> str:
    day = f"{_day(local, 'fil')}, ika-{local.day} ng {_month(local, 'fil')} {local.year}"
    return f"{day}, {local:%H:%M}"


def _zh_label(local: datetime) -> str:
    return f"时间:{local:%Y-%m-%d %H:%M:%S}"


def _zh_mark(local: datetime) -> str:
    return f"※發布時間:{local.year}-{local.month}-{local.day} {local:%H:%M:%S}"


def _en_clock(local: datetime) -> str:
    return f"{local:%H:%M}, {_month(local, 'en')} {local.day:02}, {local.year}"


FORMS: dict[str, Callable[[datetime], str]] = {
    "id": _id,
    "id-bracket": _id_bracket,
    "ms-clock": _ms_clock,
    "ms-words": _ms_words,
    "vi-gmt": _vi_gmt,
    "th": _th,
    "th-short": _th_short,
    "km": _km,
    "lo": _lo,
    "my": _my,
    "fil": _fil,
    "zh-label": _zh_label,
    "zh-mark": _zh_mark,
    "en-clock": _en_clock,
}


def printed(local: datetime, form: str) -> str:
    """Print a moment, already in the outlet's zone. Raise KeyError for an unknown form."""
    return FORMS[form](local)
