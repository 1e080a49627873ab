"""The forms in which days and times of day are printed, as patterns over folded text."""

import re

from pipelines.reading.printed_words import (
    AGO_AFTER,
    AGO_BEFORE,
    DAYPARTS,
    DAYS,
    JUST_NOW,
    MONTHS,
    ONE,
    UNITS,
    WEEKDAYS,
    any_of,
)

_MONTH = f"(?P<month>{any_of(MONTHS)})"
_NAMED_YEAR = r"(?P<year>\d{4}(?!\d)|'?\d\d(?![\d:.]|\s*(?:[:h]|am|pm)))"
_BEFORE_YEAR = r"(?:[\s,.\-/၊|]|ឆ្នាំ|พ\.?ศ\.?|ค\.?ศ\.?|ປີ|năm|tahun|thn|of|ng|နှစ်)*"
#: The orders in which days are printed; where two fit, the earlier place in the text wins.
ORDERS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20|24|25)\d\d)\s*[-/.年]\s*(?P<number>\d{1,2})\s*[-/.月]\s*"
        r"(?P<day>\d{1,2})(?!\d{2})"
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
        r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,.\-/]*(?:of|de|ng|bulan|ខែ|เดือน|ເດືອນ)?\s*"
        rf"{_MONTH}\.?(?:{_BEFORE_YEAR}{_NAMED_YEAR})?"
    ),
    re.compile(
        rf"(?<![^\W\d_]){_MONTH}\.?\s*(?:လ)?\s*(?P<day>\d{{1,2}})(?!\d|\s*:)(?:st|nd|rd|th)?\s*"
        r"(?:ရက်)?(?:[\s,၊]*(?P<year>\d{4})(?!\d))?"
    ),
    re.compile(r"(?<!\d)(?P<number>\d{1,2})月(?P<day>\d{1,2})[日号號]"),
    re.compile(r"\((?P<day>\d{1,2})/(?P<number>\d{1,2})\)"),
    re.compile(
        r"(?<!\d)(?P<year>20\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?=t?\d{4,6}(?!\d)|(?!\d))"
    ),
)
_PART = any_of(DAYPARTS)
TIME = re.compile(
    rf"(?:(?P<before>{_PART})\s*)?(?<![\d.:/])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s*(?:[:.h时時点點]|နာရီ|ໂມງ)\s*(?P<minute>[0-5]\d)(?:\s*[:.分]\s*(?P<second>[0-5]\d)(?!\d))?|(?=\s*[ap]\.?m)|(?=\s*(?:[点點时時]|နာရီ|ໂມງ)))"
    rf"(?![\d/])(?:\.\d+)?[分秒点點时時]*\s*(?P<after>(?:ng\s+)?{_PART})?"
)
AGO = re.compile(
    rf"(?:(?P<before>{any_of(AGO_BEFORE)})\s*)?(?P<count>\d{{1,3}}|{'|'.join(map(re.escape, ONE))})\s*"
    rf"(?P<unit>{'|'.join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))})"
    rf"(?:s(?![a-z]))?\s*(?:na\s+)?(?P<after>{any_of(AGO_AFTER)})?"
)
IS_JUST_NOW = re.compile(any_of(JUST_NOW))
DAY_WORD = re.compile(rf"(?<!\w)(?P<word>{any_of(DAYS)})")
WEEKDAY = re.compile(rf"(?<!\w)(?P<word>{any_of(WEEKDAYS)})")
UNIX = re.compile(r"^\s*(\d{10})(\d{3})?\s*$")
#: What stands before it is the lunar date (Khmer, "which corresponds to").
LUNAR = re.compile(r"^.*?ត្រូវ(?:នឹង|និង|នៅ)", re.DOTALL)
#: ISO 8601 without its separators: 20180917T102133Z.
BASIC = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)(?!\d)")
