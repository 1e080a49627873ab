"""Dates as the wide press prints them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wide_reading import flat, text_of

from harborwatch.press import wide
from harborwatch.press.wide.dates import WIDE_FORMS, relative
from harborwatch.press.wide.gold import FINEST, Precision
from harborwatch.press.wide.library import library
from harborwatch.press.wide.zawgyi import zawgyi

STORIES = wide.stories()
OUTLETS = {outlet.name: outlet for outlet in wide.outlets()}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("id-bar", "Kamis, 20 Sep 2018 | 09:22 WIB"),
        ("id-weekday", "Kamis"),
        ("ms-part", "Khamis, 20 September 2018 9:22 pagi"),
        ("en-updated", ("Thursday, 20 September, 2018, 9:22am / UPDATED : "
                       "Thursday, 20 September, 2018, 10:59am")),
        ("en-wire", "Sept. 20, 2018, 9:22 a.m."),
        ("zh-joined", "2018年09月20日09:22"),
        ("zh-week", "2018年9月20日 星期四 上午9:22"),
        ("zh-han", "二〇一八年九月二十日"),
        ("roc", "民國107年9月20日"),
        ("roc-clock", "民國107年09月20日 09:22"),
        ("iso", "2018-09-20 09:22:43"),
        ("vi-seconds", "Thứ năm, 20/09/2018 | 09:22:43"),
        ("vi-ngay", "Thứ Năm, ngày 20/09/2018 - 09:22"),
        ("vi-day", "20 tháng 9, 2018"),
        ("th-digits", "๒๐ กันยายน ๒๕๖๑"),
        ("th-two", "20 ก.ย. 61 09:22 น."),
        ("th-gregorian", "20 กันยายน 2018"),
        ("th-slash", "20/09/2561 09:22"),
        ("km-lunar", ("ថ្ងៃព្រហស្បតិ៍ ១១កើត ខែភទ្របទ ឆ្នាំច សំរឹទ្ធិស័ក ព.ស.២៥៦២ "
                     "ត្រូវនឹងថ្ងៃទី២០ ខែកញ្ញា ឆ្នាំ២០១៨ ម៉ោង ០៩:២២")),
        ("km-plain", "២០ កញ្ញា ២០១៨"),
        ("lo-this", "ວັນທີ 20 ກັນຍານີ້"),
        ("my-yet", "စက်တင်ဘာ ၂၀ ရက်"),
        ("my-day", "၂၀ စက်တင်ဘာ ၂၀၁၈"),
        ("my-comma", "စက်တင်ဘာ ၂၀၊ ၂၀၁၈ ၀၉:၂၂"),
        ("fil-bar", "Setyembre 20, 2018 | 9:22 AM"),
        ("fil-ika", "Huwebes, ika-20 ng Setyembre 2018"),
    ],
)  # fmt: skip
def test_a_known_second_in_every_wide_form(form, text):
    """The second of the seed, as each form prints it."""
    assert WIDE_FORMS[form].write(datetime(2018, 9, 20, 9, 22, 43)) == text


@pytest.mark.parametrize(
    ("minutes", "text", "precision"),
    [(5, "5 minutes ago", Precision.MINUTE), (125, "2 hours ago", Precision.HOUR),
     (60 * 50, "2 days ago", Precision.DAY)],
)  # fmt: skip
def test_relative_dates_grow_coarser(minutes, text, precision):
    """What was an hour ago is told in hours, what was a day ago in days."""
    then = wide.NOW - timedelta(minutes=minutes)
    assert relative(then, wide.NOW, library().phrases["en"].ago) == (text, precision)


def test_printed_dates_stand_on_the_pages():
    """A page prints its outlet's form of its true time; the gold's precision is that or finer."""
    for page in STORIES:
        outlet = OUTLETS[page.outlet]
        if page.layout == "rendered" or outlet.date_form == "ago":
            continue
        form = WIDE_FORMS[outlet.date_form]
        words = form.write(page.gold.published.astimezone(ZoneInfo(outlet.zone)))
        shown = zawgyi(words) if outlet.zawgyi else words
        assert flat(shown) in text_of(page.body, page.encoding), page.address
        assert FINEST.index(page.gold.precision) <= FINEST.index(form.precision)
    assert {page.gold.precision for page in STORIES} == set(Precision)
