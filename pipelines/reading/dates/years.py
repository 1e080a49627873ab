"""The year of a printed day: of another era, of two digits, or not printed at all."""

import re
from datetime import date, timedelta


def led_by(day: date, last: date | None) -> date:
    """Return a day without a year in that of the last day of its span, where there is one.

    "28 Dec - 3 Jan 2024": the year stands with the last day alone.
    """
    if last is None or last.month not in {day.month, day.month % 12 + 1}:
        return day
    return _in_year(day, last.year - (day.month > last.month))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day  # 29 February of a year that has none


def year_of(printed: str, language: str, folded: str, today: date) -> int:
    """Return the Gregorian year of two or four digits.

    Four-digit years of the Buddhist era are 543 ahead; of two digits, Thai
    and Lao texts print that era's, and others what is not in the future.
    """
    year = int(printed)
    if len(printed) == 4:
        return year - 543 if year >= 2400 else year
    thai = language in {"th", "lo"} or re.search(r"[\u0e00-\u0eff]", folded) is not None
    if thai and year > today.year % 100 + 1:
        return 2500 + year - 543
    return (2000 if year <= today.year % 100 + 1 else 1900) + year


def nearest(month: int, day: int, today: date) -> date:
    """Return the last such day of a year, or one that a zone puts just ahead.

    Raises ValueError where no year of the last five has that day.
    """
    for year in (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today + timedelta(days=1):
            return found
    raise ValueError(f"{month}-{day} is no day of a year")
