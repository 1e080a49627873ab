"""What a digest can say; a language is one `Wording` that says all of it.

mypy names every word that a language lacks. Counted words have one form per
plural category of the language (CLDR); dates and numbers are Babel's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

from alerts.words.counted import counted
from news.saying import said_in

#: a counted word by plural category: {"one": "{count} outlet", "other": "{count} outlets"}
Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All that a digest says, in one language."""

    #: for the `lang` attribute
    language: str
    #: Babel's name of the language: "zh_Hans"
    locale: str
    #: patterns of CLDR: "d MMM y", "EEEE, d MMM y"
    date: str
    long_date: str
    new: str
    updates: str
    late: str
    #: heads the events under the reader's thresholds
    minor: str
    also: str
    sent: str
    new_count: Forms
    update_count: Forms
    #: of a digest that has nothing but lines
    minor_count: Forms
    outlets: Forms
    originals: Forms
    copies: Forms
    releases: Forms
    copy: str
    summary: str
    #: with {tier}
    tier: str
    #: outlets that came within a day
    growth: Forms
    #: with {headline}
    split_from: str
    #: with {outlet} and {time}
    first: str
    #: with {origin} and {outlet}
    through: str
    changed: str
    facts: str
    #: before values in which outlets contradict
    conflict: str
    topics: str
    watches: str
    #: before the sides of a topic that an event speaks of
    facets: str
    #: asks what a card was worth, and the answers
    worth: str
    yes: str
    no: str
    #: leads to the archive's page of the digest
    as_page: str
    more: Forms
    #: where what was left out is found
    more_hint: str
    nothing: str
    update_subject: str
    #: counted, with {expected}: with {watch} and {stories} of today, with {day} too of a day before
    stories: Forms
    surge: str
    surge_before: str
    surge_because: str
    #: with {watches}
    because: str
    times: str
    stop: str
    trial_subject: str
    trial_body: str
    #: with {answering} and {all}
    checked: str
    silent: Forms
    gaps: Forms
    #: with {names}
    not_answering: str
    #: why a source is silent, by its last outcome; "quiet": it answers, with nothing new
    outcomes: Mapping[str, str]
    health: Forms
    health_because: str
    #: by kind of notice; with {thing}
    troubles: Mapping[str, str]
    recovered: str
    #: with {time}
    since: str

    #: between a word and what it names, the parts of a list, the clauses of a sentence
    colon: str = ": "
    comma: str = ", "
    semicolon: str = "; "
    listing: str = ", "
    #: a day with a time of it
    moment: str = "{day}, {time}"

    def count(self, forms: Forms, number: int) -> str:
        """Return a counted word: "1 outlet", "6 outlets", "12.345 media"."""
        form = forms.get(_locale(self.locale).plural_form(number), forms["other"])
        return form.format(count=self.number(number))

    def said(self, text: str) -> str:
        """Return what facts say, in this language: "35 projects" as 35 个项目."""
        return said_in(counted(self.language), text)

    def number(self, number: float) -> str:
        """Return a number as this language prints it."""
        return str(format_decimal(number, locale=_locale(self.locale)))

    def day(self, at: datetime) -> str:
        """Return a date, as this language prints it."""
        return str(format_datetime(at, self.date, locale=_locale(self.locale)))

    def at(self, at: datetime) -> str:
        """Return a date with a time of day, as this language prints them."""
        return self.moment.format(day=self.day(at), time=f"{at:%H:%M}")

    def weekday(self, at: datetime) -> str:
        """Return a date with its day of the week."""
        return str(format_datetime(at, self.long_date, locale=_locale(self.locale)))


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
