"""Summaries in the outlets' own words: a story's lead, and what each report adds to an event. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive.reporting.reports import Report
from news import Fact
from news.facts import NUMBERS, is_telling, value_of
from query.sentences import cut_sentence, sentences

#: sentences of a story that are its lead: later ones are background
LEAD = 6
#: sentences that sum up an event
MOST = 5
#: fewer letters are a dateline or a cross-head; a Chinese character tells as much as three
SHORTEST = 12
_CHARACTER = 3
#: what a sentence must add to be quoted: two names, a number, or a day and a name
LEAST = 2.0
#: what a fact adds by its kind
_ADDS = {"money": 3.0, "count": 2.0, "percent": 2.0, "range": 1.5, "date": 1.0}
_NAME = 1.0
#: each sentence further down counts for less: the press tells what matters first
_FALL = 0.08
#: a sentence in the reader's language is taken where another says little more
_OWN_LANGUAGE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of a report as it stands there; "…" where a long one goes on."""

    report: Report
    text: str
    #: characters from the start of the body
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    quote: Quote
    #: its place among the report's sentences
    place: int
    #: what it says, each with its weight
    says: dict[tuple[str, ...], float]


def lead(report: Report, most: int = 2) -> tuple[Quote, ...]:
    """Return the first sentences of a story."""
    return tuple(_marked(one.quote) for one in islice(_candidates(report), most))


def summary(
    reports: Sequence[Report], *, most: int = MOST, language: str = ""
) -> tuple[Quote, ...]:
    """Return sentences that sum up an event, each adding facts or names to those before it.

    The first original's lead comes first; then, one by one, the sentence of an
    original's lead that adds most. `reports` are in the order in which they
    were out; `language` is the reader's.
    """
    own = [one for one in reports if one.original] or list(reports)
    left = [one for report in own for one in _candidates(report)]
    first = next((one for one in left if one.quote.report.story.language == language), None)
    chosen = [first or left[0]] if left else []
    known = {says for one in chosen for says in one.says}
    while left and len(chosen) < most:
        best = max(left, key=lambda one: _gain(one, known, language))
        if _adds(best, known) < LEAST:
            break
        chosen.append(best)
        known |= best.says.keys()
        left.remove(best)
    return tuple(_marked(one.quote) for one in chosen)


def _marked(quote: Quote) -> Quote:
    """Return a quote with "…" where its sentence goes on."""
    text = cut_sentence(quote.report.story.body, quote.start, quote.end)
    return replace(quote, text=" ".join(text.split()))


def _candidates(report: Report) -> Iterator[_Candidate]:
    body, place = report.story.body, 0
    for start, end in sentences(body):
        text = body[start:end]
        if _letters(text) < SHORTEST:
            continue
        quote = Quote(report=report, text=" ".join(text.split()), start=start, end=end)
        inside = [fact for fact in report.facts if start <= fact.start and fact.end <= end]
        yield _Candidate(quote=quote, place=place, says=dict(_says(inside)))
        place += 1
        if place == LEAD:
            return


def _letters(text: str) -> int:
    return sum(_CHARACTER if "\u2e80" < c < "\uff00" else 1 for c in text if c.isalpha())


def _says(facts: Sequence[Fact]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield what facts say; of a count its number, whatever the thing is called."""
    for fact in facts:
        if fact.kind in _ADDS:
            if is_telling(fact) or fact.kind not in NUMBERS:
                yield value_of(fact), _ADDS[fact.kind]
        else:
            yield (fact.kind, fact.what), _NAME


def _adds(one: _Candidate, known: set[tuple[str, ...]]) -> float:
    return sum(weight for says, weight in one.says.items() if says not in known)


def _gain(one: _Candidate, known: set[tuple[str, ...]], language: str) -> float:
    gain = _adds(one, known) * (1 - _FALL * one.place)
    return gain + (_OWN_LANGUAGE if gain and one.quote.report.story.language == language else 0.0)
