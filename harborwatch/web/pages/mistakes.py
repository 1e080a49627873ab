"""A question that cannot be asked: where, why, and what may have been meant."""

import re
from dataclasses import dataclass

from alerts.clean import clean
from harborwatch.web.wording import Wording
from news import QueryError
from query import Topics, expand, index_query, parse

_MEANT = re.compile(r'did you mean "([^"]+)"')
_WORD = re.compile(r"[^\s()\"]+")
#: characters shown on each side of the place
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A question with its mistake."""

    what: str
    hint: str
    #: the question round the place: before it, the sign there, what follows
    before: str
    here: str
    after: str
    #: characters from the question's start
    at: int
    #: a question that can be asked and was perhaps meant; "" where none is known
    meant: str


def mistake(error: QueryError, topics: Topics, wording: Wording) -> Mistake:
    """Return an error as a page shows it."""
    text, at = error.query, max(0, min(error.at, len(error.query)))
    return Mistake(
        what=clean(wording.said(error.what)),
        hint=clean(wording.said(error.hint)),
        before=clean_part(text[max(0, at - _AROUND) : at]),
        here=clean_part(text[at : at + 1]) or " ",
        after=clean_part(text[at + 1 : at + 1 + _AROUND]),
        at=at,
        meant=_meant(error, topics),
    )


def clean_part(text: str) -> str:
    """Return a part of a question without what has no width or turns the line."""
    middle = clean(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and middle else ""
    return before + middle + after


def _meant(error: QueryError, topics: Topics) -> str:
    """Return the question with the hint's word in the place of the wrong one, if it can be asked."""
    said = _MEANT.search(error.hint)
    if said is None:
        return _closed(error, topics)
    word = _WORD.match(error.query, error.at)
    if word is None:
        return ""
    begin, end = word.span()
    # The mistake may stand after a field's colon, or after the @ of a topic.
    for start in (begin, begin + word[0].rfind(":") + 1, begin + word[0].rfind("@") + 1):
        asked = error.query[:start] + said[1] + error.query[end:]
        if _can_be_asked(asked, topics):
            return asked
    return ""


def _closed(error: QueryError, topics: Topics) -> str:
    """Return the question with its quote or bracket closed, if that is all it lacked."""
    for sign in ('"', ")"):
        if _can_be_asked(error.query + sign, topics):
            return error.query + sign
    return ""


def _can_be_asked(text: str, topics: Topics) -> bool:
    try:
        index_query(expand(parse(text), topics))
    except QueryError:
        return False
    return True
