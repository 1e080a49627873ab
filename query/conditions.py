"""What a query may ask of a story beside its text: outlet, language, day …"""

import re
from datetime import UTC, datetime, timedelta

from news.errors import quoted
from news.saying import NO_HINT, Sentence, say
from query.codes import LANGUAGES, countries, meant_country, meant_language
from query.letters import visible
from query.syntax import Condition
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
    "event": "12",
}

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class ConditionError(ValueError):
    """A value that a field cannot have; `hint` says what was meant, where that is known."""

    def __init__(self, what: Sentence, hint: Sentence = NO_HINT) -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def checked(condition: Condition, value: str) -> str:
    """Return a value in its one form. Raises ConditionError where it can be none."""
    value = " ".join(visible(value).replace('"', " ").split())
    match condition:
        case "since" | "until":
            span_of(value)
        case "author":
            if term(value) is None:
                raise ConditionError(say("an author has letters"))
        case "event":
            return _number(value)
        case "lang":
            return _language(value)
        case "country":
            return _country(value)
        case "outlet":
            return _name(value, say("the name of the outlet is missing"))
        case "source":
            return _source(value)
    return value


def _language(value: str) -> str:
    if value.lower() in LANGUAGES:
        return value.lower()
    meant = meant_language(value)
    hint = say("known are: {words}", words=", ".join(LANGUAGES))
    if meant:
        hint = say('did you mean "{word}"?', word=meant)
    raise ConditionError(say("unknown language {language}", language=quoted(value)), hint)


def _country(value: str) -> str:
    if value.upper() in countries():
        return value.upper()
    meant = meant_country(value)
    hint = say("write the two letters of ISO 3166, such as ID")
    if meant:
        hint = say('did you mean "{word}"?', word=meant)
    raise ConditionError(say("unknown country {country}", country=quoted(value)), hint)


def _number(value: str) -> str:
    # A database counts to 19 digits.
    if not re.fullmatch("[0-9]{1,18}", value) or not int(value):
        raise ConditionError(say("an event has a number"), say("harborwatch events lists them"))
    return str(int(value))


def _name(value: str, missing: Sentence) -> str:
    if not value:
        raise ConditionError(missing)
    return value.lower()


def _source(value: str) -> str:
    outlet, _, way = value.partition("/")
    if not outlet or not way:
        what = say("a source is an outlet and a way into it")
        hint = say(
            "write {source}, or {outlet} for all of them",
            source=f"source:{outlet}/listing",
            outlet=f"outlet:{outlet}",
        )
        raise ConditionError(what, hint if outlet else NO_HINT)
    return value.lower()


def span_of(day: str) -> tuple[datetime, datetime]:
    """Return the first moment of a day, month or year, and the first after it; UTC.

    Raises ConditionError where there is no such day.
    """
    found = _DAY.fullmatch(day)
    if not found:
        raise ConditionError(say("a day is written as year-month-day, year-month or year"))
    year, month, date = (int(part) if part else None for part in found.groups())
    try:
        start = datetime(year or 0, month or 1, date or 1, tzinfo=UTC)
        if date:
            return start, start + timedelta(days=1)
        if month and month < 12:
            return start, start.replace(month=month + 1)
        return start, start.replace(year=start.year + 1, month=1)
    except (ValueError, OverflowError) as error:
        raise ConditionError(say("there is no such day")) from error
