"""A question that cannot be asked: where, why, and what may have been meant."""

import re
from dataclasses import dataclass

from alerts.clean import clean
from harborwatch.web.wording import Wording
from news import QueryError
from query import Topics, expand, index_query, parse

_MEANT = re.compile(r'did you mean "([^"]+)"')
_WORD = re.compile(r'[^\s()（）"＂“”„「」『』]+')
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_TOPIC = re.compile(r'@?([^\s()（）"＂“”„「」『』@/]+)(?:/([^\s()（）"＂“”„「」『』]*))?')
#: characters shown on each side of the place
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A question with its mistake."""

    what: str
    hint: str
    #: the question round the place: before it, the word or sign there, what follows
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
    end = min(_end(text, at), at + _AROUND)
    return Mistake(
        what=clean(wording.said(error.what)),
        hint=clean(wording.said(error.hint)),
        before=clean_part(text[max(0, at - _AROUND) : at]),
        here=clean_part(text[at:end]) or " ",
        after=clean_part(text[end : end + _AROUND]),
        at=at,
        meant=_meant(error, topics),
    )


def _end(text: str, at: int) -> int:
    """Return where the word at a place ends, a field with its colon; or the sign that stands there."""
    field, word = _FIELD.match(text, at), _WORD.match(text, at)
    found = field or word
    return found.end() if found else at + 1


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
    begin, end = _wrong(error.query, error.at, topics)
    asked = error.query[:begin] + said[1] + error.query[end:]
    return asked if begin < end and _can_be_asked(asked, topics) else ""


def _wrong(text: str, at: int, topics: Topics) -> tuple[int, int]:
    """Return where the name that is wrong begins and ends: without the : of a field, the @ or /."""
    word = _WORD.match(text, at)
    if word is None:
        return at, at
    begin, end = word.span()
    field = _FIELD.match(text, begin)
    if field is not None and field[1].lower() != "topic":
        return field.span(1)
    topic = _TOPIC.match(text, field.end() if field else begin)
    if topic is None:
        return begin, end
    # Of @bri/cor the part is wrong, of @bry/core the topic.
    return topic.span(2 if topic[2] is not None and topic[1].lower() in topics else 1)


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
