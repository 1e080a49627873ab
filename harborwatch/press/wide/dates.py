"""Dates as the wide press prints them, each with how finely it tells the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from harborwatch.press.dates import (
    BUDDHIST,
    BURMESE_DIGITS,
    DAYS,
    FORMS,
    KHMER_DIGITS,
    MONTHS,
)

from .gold import Precision

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
#: Years of the Republic of China count from 1911.
REPUBLIC = 1911
VIETNAMESE_DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
#: 1 កើត ខែភទ្របទ fell on 10 September 2018.
LUNAR_FIRST = datetime(2018, 9, 10).date()  # noqa: DTZ001 - a day of the calendar has no zone


@dataclass(frozen=True, slots=True)
class Form:
    """One way to print a moment, already in the outlet's zone."""

    write: Callable[[datetime], str]
    precision: Precision


def _day(at: datetime, language: str) -> str:
    return DAYS[language].split()[at.weekday()]


def _month(at: datetime, language: str) -> str:
    return MONTHS[language].split()[at.month - 1]


def _half(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M}"


def _part_of_day(at: datetime) -> str:
    parts = ((12, "pagi"), (14, "tengah hari"), (19, "petang"), (24, "malam"))
    return next(name for until, name in parts if at.hour < until)


def _en_long(at: datetime) -> str:
    half = "am" if at.hour < 12 else "pm"
    return f"{_day(at, 'en')}, {at.day} {_month(at, 'en')}, {at.year}, {_half(at)}{half}"


def _en_updated(at: datetime) -> str:
    return f"{_en_long(at)} / UPDATED : {_en_long(at + timedelta(minutes=97))}"


def _en_wire(at: datetime) -> str:
    half = "a.m." if at.hour < 12 else "p.m."
    month = _month(at, "en")
    short = "Sept" if month == "September" else month[:3]
    return f"{short}. {at.day}, {at.year}, {_half(at)} {half}"


def _zh_week(at: datetime) -> str:
    half = "上午" if at.hour < 12 else "下午"
    week = "一二三四五六日"[at.weekday()]
    return f"{at.year}年{at.month}月{at.day}日 星期{week} {half}{_half(at)}"


def _han_number(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else str(tens)) + "十" if tens else ""
    return (head + (str(ones) if ones else "")).translate(HAN_DIGITS)


def _zh_han(at: datetime) -> str:
    year = str(at.year).translate(HAN_DIGITS)
    return f"{year}年{_han_number(at.month)}月{_han_number(at.day)}日"


def _vi_week(at: datetime) -> str:
    return "Chủ nhật" if at.weekday() == 6 else f"Thứ {VIETNAMESE_DAYS[at.weekday()]}"


def _km_lunar(at: datetime) -> str:
    """Print the lunar day before the solar one, as Khmer offices do; good for one half month."""
    day = (at.date() - LUNAR_FIRST).days + 1
    lunar = f"{day}កើត ខែភទ្របទ ឆ្នាំច សំរឹទ្ធិស័ក ព.ស.{at.year + 544}"
    solar = f"ទី{at.day} ខែ{_month(at, 'km')} ឆ្នាំ{at.year} ម៉ោង {at:%H:%M}"
    return f"ថ្ងៃ{_day(at, 'km')} {lunar} ត្រូវនឹងថ្ងៃ{solar}".translate(KHMER_DIGITS)


_SECOND, _MINUTE, _DAY = Precision.SECOND, Precision.MINUTE, Precision.DAY
LATIN: dict[str, Form] = {
    "id-bar": Form(
        lambda t: f"{_day(t, 'id')}, {t.day} {_month(t, 'id')[:3]} {t.year} | {t:%H:%M} WIB",
        _MINUTE,
    ),
    "id-weekday": Form(lambda t: _day(t, "id"), _DAY),
    "ms-part": Form(
        lambda t: (
            f"{_day(t, 'ms')}, {t.day} {_month(t, 'ms')} {t.year} {_half(t)} {_part_of_day(t)}"
        ),
        _MINUTE,
    ),
    "en-updated": Form(_en_updated, _MINUTE),
    "en-wire": Form(_en_wire, _MINUTE),
    "en-day": Form(lambda t: f"{t.day} {_month(t, 'en')} {t.year}", _DAY),
}
CHINESE: dict[str, Form] = {
    "zh-joined": Form(lambda t: f"{t:%Y年%m月%d日%H:%M}", _MINUTE),
    "zh-week": Form(_zh_week, _MINUTE),
    "zh-han": Form(_zh_han, _DAY),
    "roc": Form(lambda t: f"民國{t.year - REPUBLIC}年{t.month}月{t.day}日", _DAY),
    "roc-clock": Form(lambda t: f"民國{t.year - REPUBLIC}年{t:%m月%d日 %H:%M}", _MINUTE),
    "iso": Form(lambda t: f"{t:%Y-%m-%d %H:%M:%S}", _SECOND),
}
VIETNAMESE_AND_THAI: dict[str, Form] = {
    "vi-seconds": Form(lambda t: f"{_vi_week(t)}, {t:%d/%m/%Y | %H:%M:%S}", _SECOND),
    "vi-ngay": Form(lambda t: f"{_vi_week(t).title()}, ngày {t:%d/%m/%Y - %H:%M}", _MINUTE),
    "vi-day": Form(lambda t: f"{t.day} tháng {t.month}, {t.year}", _DAY),
    "th-digits": Form(
        lambda t: f"{t.day} {_month(t, 'th')} {t.year + BUDDHIST}".translate(THAI_DIGITS), _DAY
    ),
    "th-two": Form(
        lambda t: f"{t.day} {_month(t, 'th-short')} {(t.year + BUDDHIST) % 100} {t:%H:%M} น.",
        _MINUTE,
    ),
    "th-gregorian": Form(lambda t: f"{t.day} {_month(t, 'th')} {t.year}", _DAY),
    "th-slash": Form(lambda t: f"{t:%d/%m}/{t.year + BUDDHIST} {t:%H:%M}", _MINUTE),
}
INDIC_DIGITS: dict[str, Form] = {
    "km-lunar": Form(_km_lunar, _MINUTE),
    "km-plain": Form(
        lambda t: f"{t.day} {_month(t, 'km')} {t.year}".translate(KHMER_DIGITS), _DAY
    ),
    "km-latin": Form(lambda t: f"{t.day} {_month(t, 'km')} {t.year} {t:%H:%M}", _MINUTE),
    "lo-this": Form(lambda t: f"ວັນທີ {t.day} {_month(t, 'lo')}ນີ້", _DAY),
    "lo-slash": Form(lambda t: f"{t:%d/%m/%Y %H:%M}", _MINUTE),
    "my-yet": Form(lambda t: f"{_month(t, 'my')} {t.day} ရက်".translate(BURMESE_DIGITS), _DAY),
    "my-day": Form(
        lambda t: f"{t.day} {_month(t, 'my')} {t.year}".translate(BURMESE_DIGITS), _DAY
    ),
    "my-comma": Form(
        lambda t: f"{_month(t, 'my')} {t.day}၊ {t.year} {t:%H:%M}".translate(BURMESE_DIGITS),
        _MINUTE,
    ),
}
FILIPINO: dict[str, Form] = {
    "fil-bar": Form(
        lambda t: (
            f"{_month(t, 'fil')} {t.day}, {t.year} | {_half(t)} {'AM' if t.hour < 12 else 'PM'}"
        ),
        _MINUTE,
    ),
    "fil-ika": Form(
        lambda t: f"{_day(t, 'fil')}, ika-{t.day} ng {_month(t, 'fil')} {t.year}", _DAY
    ),
}
_FINER = {"zh-label": Precision.SECOND, "zh-mark": Precision.SECOND}
_COARSER = {"id-bracket": Precision.DAY, "ms-words": Precision.DAY}
#: All forms by name: those of the press's own outlets and those of the wide ones.
WIDE_FORMS: dict[str, Form] = {
    **{
        name: Form(write, {**_FINER, **_COARSER}.get(name, Precision.MINUTE))
        for name, write in FORMS.items()
    },
    **LATIN,
    **CHINESE,
    **VIETNAMESE_AND_THAI,
    **INDIC_DIGITS,
    **FILIPINO,
}


def relative(at: datetime, now: datetime, ago: tuple[str, ...]) -> tuple[str, Precision]:
    """Print how long ago a moment was, in whole minutes, hours or days."""
    minutes = max(1, int((now - at).total_seconds() // 60))
    if minutes < 60:
        return ago[0].format(n=minutes), Precision.MINUTE
    if minutes < 24 * 60:
        return ago[1].format(n=minutes // 60), Precision.HOUR
    return ago[2].format(n=minutes // (24 * 60)), Precision.DAY
