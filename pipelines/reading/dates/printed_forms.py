"""The forms in which days are printed, as patterns over folded text."""

import re

from pipelines.reading.dates.printed_words import (
    AGO_AFTER,
    AGO_BEFORE,
    DAYS,
    JUST_NOW,
    MONTHS,
    ONE,
    PUBLISHED,
    UNITS,
    UPDATED,
    WEEKDAYS,
    any_of,
)

_MONTH = f"(?P<month>{any_of(MONTHS)})"
_NAMED_YEAR = r"(?P<year>\d{4}(?!\d)|'?\d\d(?![\d:.]|\s*(?:[:h]|am|pm)))"
_BEFORE_YEAR = r"(?:[\s,.\-/၊|]|ឆ្នាំ|พ\.?ศ\.?|ค\.?ศ\.?|ປີ|năm|tahun|thn|of|ng|နှစ်)*"
#: The orders in which days are printed; where two fit, the earlier place in the text wins.
ORDERS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20|24|25)\d\d)\s*(?:[-/.年]|ခုနှစ်၊?)\s*(?P<number>\d{1,2})\s*(?:[-/.月]|လပိုင်း|လ)\s*"
        r"(?P<day>\d{1,2})(?!\d{2})"
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})\s*(?:ເດືອນ|ខែ|เดือน)\s*(?:ທີ\s*|ที่\s*|ទី\s*)?(?P<number>\d{1,2})\s*"
        r"(?:ປີ|ឆ្នាំ|ปี|พ\.?ศ\.?|ค\.?ศ\.?)[\s.]*(?P<year>\d{4})"
    ),
    re.compile(
        rf"(?<!\d)(?P<year>\d{{4}})\s*(?:ခုနှစ်|ခု|年)?[\s,၊|]*{_MONTH}\s*(?:လ)?[\s,၊]*"
        r"(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(
        r"(?<![\d/.:\-])(?P<day>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<number>\d{1,2})\s?(?P=sep)\s?"
        r"(?P<year>\d{4}|\d\d)(?![\d:])"
    ),
    re.compile(
        r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th|hb)?\)?[\s,.\-/|]*(?:of|de|ng|bulan|ខែ|เดือน|ເດືອນ)?\s*"
        rf"{_MONTH}\.?(?:{_BEFORE_YEAR}{_NAMED_YEAR})?"
    ),
    re.compile(
        rf"(?<![^\W\d_]){_MONTH}\.?\s*(?:လ)?\s*\(?(?P<day>\d{{1,2}})(?!\d|\s*:)(?:st|nd|rd|th)?\)?\s*"
        r"(?:ရက်(?:နေ့)?)?(?:[\s,၊]*(?P<year>\d{4})(?!\d))?"
    ),
    re.compile(r"(?<!\d)(?P<number>\d{1,2})月(?P<day>\d{1,2})[日号號]"),
    re.compile(r"\((?P<day>\d{1,2})/(?P<number>\d{1,2})\)"),
    re.compile(
        r"(?<!\d)(?P<year>20\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?=t?\d{4,6}(?!\d)|(?!\d))"
    ),
)
AGO = re.compile(
    rf"(?:(?P<before>{any_of(AGO_BEFORE)})\s*)?(?P<count>\d{{1,3}}|{'|'.join(map(re.escape, ONE))})\s*"
    rf"(?P<unit>{'|'.join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))})"
    rf"(?:s(?![a-z]))?\s*(?:na\s+)?(?P<after>{any_of(AGO_AFTER)})?"
)
IS_JUST_NOW = re.compile(any_of(JUST_NOW))
DAY_WORD = re.compile(rf"(?<!\w)(?P<word>{any_of(DAYS)})")
WEEKDAY = re.compile(rf"(?<!\w)(?P<word>{any_of(WEEKDAYS)})")
#: "12-14 Juni", "16 đến 19/9", "16-17日": the first day is the one that is kept.
_TO = (
    r"(?:[-–—~/&]|s\.?/?d\.?|sampai|hingga|hanggang|at|to|and|dan|đến|tới|và|至|到|和|及|"
    r"ถึง|และ|ដល់|និង|ຫາ|ເຖິງ|ແລະ|မှ|နှင့်)"
)
_BOTH_BEFORE = re.compile(
    rf"(?<![\d:./])(?<!\d-)(\d{{1,2}})(?:st|nd|rd|th)?\s*{_TO}\s*(?:ngày|ទី|ວັນທີ|วันที่|ika-)?\s*\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?=\s*(?:(?:of|ng|bulan|ខែ|เดือน|ເດືອນ)\s*)?{_MONTH}|[./-]\d{{1,2}}[./-]\d{{4}}|\s*[日号號])"
)
_BOTH_BEHIND = re.compile(
    rf"(?<![\d:./-])(\d{{1,2}})\s*{_TO}\s*\d{{1,2}}(?=\s*[,၊]\s*\d{{4}}(?!\d))"
)
#: "113/05/20", "112.5.20": days of the Republic of China's years in figures.
ROC_FIGURES = re.compile(r"(?<![\d./-])(1[01]\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d./-])")
IS_PUBLISHED = re.compile(any_of(PUBLISHED))
IS_UPDATED = re.compile(rf"^\D{{0,16}}?{any_of(UPDATED)}")
UNIX = re.compile(r"^\s*(\d{10})(\d{3})?\s*$")
#: What stands before it is the lunar date (Khmer, "which corresponds to").
LUNAR = re.compile(r"^.*?ត្រូវ(?:នឹង|និង|នៅ)", re.DOTALL)
_CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
#: What machines write (ISO 8601, RFC 822), whole and in years of our time.
ISO = re.compile(
    r"\s*(?P<year>20\d\d|19\d\d)-(?P<number>\d\d)-(?P<day>\d\d)[Tt ]"
    rf"{_CLOCK} ?(?P<zone>[Zz]|[+-]\d\d:?\d\d)?\s*$"
)
RFC822 = re.compile(
    r"\s*(?:[A-Z][a-z]{2,8},\s*)?(?P<day>\d\d?) "
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<year>20\d\d|19\d\d) "
    rf"{_CLOCK} (?P<zone>[+-]\d\d:?\d\d|GMT|UTC|UT|Z)\s*$"
)
#: ISO 8601 without its separators: 20180917T102133Z.
BASIC = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)(?!\d)")


def from_first(folded: str) -> str:
    """Return the text with the first day alone where days from-to are printed."""
    return _BOTH_BEHIND.sub(r"\1", _BOTH_BEFORE.sub(r"\1", folded))
