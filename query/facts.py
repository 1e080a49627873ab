"""What a query may ask of a story beside its text: outlet, language, day …"""

import re
from datetime import UTC, datetime, timedelta

from query.syntax import Fact
from query.terms import term

#: a good value for each field, shown in errors
EXAMPLES = {
    "outlet": "indotelko",
    "source": "indotelko/listing",
    "lang": "id",
    "country": "ID",
    "author": '"Chen Guoliang"',
    "since": "2018-09-20",
    "until": "2018-09",
    "topic": "bri",
}

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def checked(fact: Fact, value: str) -> str:
    """Return a value in its one form. Raises ValueError where it can be none."""
    value = " ".join(value.replace('"', " ").split())
    match fact:
        case "since" | "until":
            span_of(value)
        case "author":
            if term(value) is None:
                raise ValueError("an author has letters")
        case "lang":
            value = value.lower()
            if not re.fullmatch("[a-z]{2,3}", value):
                raise ValueError("a language is a code of two or three letters")
        case "country":
            value = value.upper()
            if not re.fullmatch("[A-Z]{2}", value):
                raise ValueError("a country is a code of two letters")
        case "outlet" | "source":
            value = value.lower()
            if not value:
                raise ValueError(f"the name of the {fact} is missing")
    return value


def span_of(day: str) -> tuple[datetime, datetime]:
    """Return the first moment of a day, month or year, and the first after it; UTC.

    Raises ValueError where there is no such day.
    """
    found = _DAY.fullmatch(day)
    if not found:
        raise ValueError("a day is written as year-month-day, year-month or year")
    year, month, date = (int(part) if part else None for part in found.groups())
    try:
        start = datetime(year or 0, month or 1, date or 1, tzinfo=UTC)
        if date:
            return start, start + timedelta(days=1)
        if month and month < 12:
            return start, start.replace(month=month + 1)
        return start, start.replace(year=start.year + 1, month=1)
    except (ValueError, OverflowError) as error:
        raise ValueError("there is no such day") from error
