"""A query's text cut into words, phrases, operators and signs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from news import QueryError
from news.errors import quoted
from news.saying import say
from query import amounts
from query.folding import AS_UNICODE
from query.scripts import DASHES, HIDDEN
from query.syntax import Amount

Kind = Literal[
    "word",
    "phrase",
    "topic",
    "field",
    "amount",
    "and",
    "or",
    "not",
    "near",
    "open",
    "close",
    "end",
]

#: characters of a query, so that reading it takes bounded time
LONGEST = 100_000
#: tokens between the two sides of NEAR; FTS5 counts in 32 bits, people in dozens
FARTHEST = 1_000
#: times that {n}word may ask for
MOST_TIMES = 1_000

_CLOSING = {'"': '"', "＂": "＂", "“": "”", "„": "”", "「": "」", "『": "』"}
_WORD = re.compile('[^\\s()（）"＂“”„「」『』]+')
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_NEAR = re.compile(r"(O?NEAR)(?:/(.*))?", re.DOTALL)
_TOPIC = re.compile(r"@([^/]*)(?:/(.*))?", re.DOTALL)
_PART = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_TIMES = re.compile("{([0-9]{1,4})}")
_HIDDEN = re.compile(f"[{HIDDEN}]")
#: what is no word or phrase although it begins like one
_NO_TERM = re.compile("[@{=~]|[A-Za-z]+[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """One piece of a query."""

    kind: Kind
    #: the words, the name of the field or topic; for "near" NEAR or ONEAR
    text: str
    #: characters from the start of the query
    at: int
    #: = before a word or phrase
    cased: bool = False
    #: * after its last word
    prefix: bool = False
    #: ~ before a word
    affixed: bool = False
    #: {n} before a word or phrase
    times: int = 1
    #: of "near"
    distance: int = 0
    #: of "topic": what stands behind its /
    part: str = ""
    #: of "amount"
    amount: Amount | None = None


def lex(query: str) -> Iterator[Lexeme]:
    """Yield the pieces of a query and an "end". Raises QueryError."""
    if len(query) > LONGEST:
        raise QueryError(
            query, LONGEST, say("the query is longer than {n:,} characters", n=LONGEST)
        )
    at = 0
    while at < len(query):
        character = query[at]
        if character.isspace() or (_HIDDEN.match(character) and character != AS_UNICODE):
            at += 1
        elif character in "(（)）":
            yield Lexeme(kind="open" if character in "(（" else "close", text=character, at=at)
            at += 1
        elif character in _CLOSING:
            at, found = _phrase(query, at, at)
            yield found
        else:
            at, signed = _signed(query, at)
            if signed:
                yield signed
    yield Lexeme(kind="end", text="", at=len(query))


def without_hidden(text: str) -> str:
    """Return a text as it is seen: without direction marks, controls and the like."""
    return _HIDDEN.sub("", text)


def _signed(query: str, at: int) -> tuple[int, Lexeme | None]:
    """Read what may begin with a sign: -word, {3}=Word, field:, amount>…, @topic, or a word."""
    if amounts.begins(query, at):
        end, amount = amounts.read(query, at)
        return end, Lexeme(kind="amount", text=query[at:end], at=at, amount=amount)
    if query[at] == "-" and _negates(query, at):
        return at + 1, Lexeme(kind="not", text="-", at=at)
    if query[at] in "{=~":
        return _signed_term(query, at)
    if field := _FIELD.match(query, at):
        return field.end(), Lexeme(kind="field", text=field[1].lower(), at=at)
    found = _WORD.match(query, at)
    if not found:
        what, hint = say("a quote is closed that was never opened"), say('begin it with "')
        raise QueryError(query, at, what, hint)
    return found.end(), _word(query, at, found[0])


def _signed_term(query: str, at: int) -> tuple[int, Lexeme]:
    """Read {n}, then = or ~, and the word or phrase that they belong to."""
    times, begin = _times(query, at) if query[at] == "{" else (1, at)
    sign = query[begin : begin + 1]
    words = begin + (sign in {"=", "~"})
    text = None if _NO_TERM.match(query, words) else _WORD.match(query, words)
    if query[words : words + 1] in _CLOSING:
        end, found = _phrase(query, at, words)
    elif text:
        plain, prefix = _prefix(query, words, text[0])
        end, found = text.end(), Lexeme(kind="word", text=plain, at=at, prefix=prefix)
    else:
        signs = query[at:words]
        what = say("{sign} must be followed at once by a word or phrase", sign=signs)
        raise QueryError(query, words, what, say("such as {example}", example=f"{signs}kerja"))
    if sign == "~" and found.prefix:
        what = say("a word takes ~ or *, not both")
        raise QueryError(query, at, what, say("take one away"))
    return end, replace(found, cased=sign == "=", affixed=sign == "~", times=times)


def _times(query: str, at: int) -> tuple[int, int]:
    """Return the number in {n} and where the brace has closed."""
    found = _TIMES.match(query, at)
    if not found or not 0 < int(found[1]) <= MOST_TIMES:
        what = say(
            "{sign} begins a count of 1 to {n:,}, such as {example}",
            sign="{",
            n=MOST_TIMES,
            example="{3}",
        )
        hint = say("write {example} for ASEAN at least three times", example="{3}ASEAN")
        raise QueryError(query, at, what, hint)
    return int(found[1]), found.end()


def _negates(query: str, at: int) -> bool:
    """Decide whether - means NOT: after a space, and right before something."""
    before, after = at - 1, at + 1
    while before >= 0 and _HIDDEN.match(query[before]):
        before -= 1
    while after < len(query) and _HIDDEN.match(query[after]):
        after += 1
    begins = before < 0 or query[before].isspace() or query[before] in "(（-"
    ends = after == len(query) or query[after].isspace() or query[after] in f"{DASHES[1:]})）"
    return begins and not ends


def _word(query: str, at: int, text: str) -> Lexeme | None:
    seen = without_hidden(text)
    if seen in {"AND", "OR", "NOT"}:
        kinds: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
        return Lexeme(kind=kinds[seen], text=seen, at=at)
    if near := _NEAR.fullmatch(seen):
        return _near(query, at, near)
    if seen.startswith("@"):
        return _topic(query, at, seen)
    if not seen.strip(DASHES):
        return None  # China - ASEAN: a dash between spaces says nothing
    words, prefix = _prefix(query, at, text)
    return Lexeme(kind="word", text=words, at=at, prefix=prefix)


def _near(query: str, at: int, near: re.Match[str]) -> Lexeme:
    distance = near[2] or ""
    if not re.fullmatch("[0-9]{1,4}", distance) or int(distance) > FARTHEST:
        what = say("{near} needs a distance of 0 to {n:,} words", near=near[1], n=FARTHEST)
        raise QueryError(query, at, what, say("write {example}", example=f"{near[1]}/10"))
    return Lexeme(kind="near", text=near[1], at=at, distance=int(distance))


def _topic(query: str, at: int, text: str) -> Lexeme:
    found = _TOPIC.fullmatch(text)
    assert found is not None  # the pattern takes every text with an @ before it
    if not found[1]:
        what = say("@ must be followed by the name of a topic")
        raise QueryError(query, at, what, say("such as {example}", example="@bri"))
    if found[2] is not None and not _PART.fullmatch(found[2]):
        what = say("{part} is no part of a topic", part=quoted(f"/{found[2]}"))
        hint = say("write /core, or one of its facets")
        raise QueryError(query, at + len(found[1]) + 1, what, hint)
    return Lexeme(kind="topic", text=found[1].lower(), at=at, part=(found[2] or "").lower())


def _phrase(query: str, at: int, quote: int) -> tuple[int, Lexeme]:
    end = query.find(_CLOSING[query[quote]], quote + 1)
    if end < 0:
        what = say("this quote is never closed")
        raise QueryError(
            query, quote, what, say("end the phrase with {sign}", sign=_CLOSING[query[quote]])
        )
    words, prefix = _prefix(query, quote + 1, query[quote + 1 : end])
    return end + 1, Lexeme(kind="phrase", text=words, at=at, prefix=prefix)


def _prefix(query: str, at: int, text: str) -> tuple[str, bool]:
    """Take the * off the end of the last word; anywhere else it is an error."""
    end = len(text)
    while end and (text[end - 1].isspace() or _HIDDEN.match(text[end - 1])):
        end -= 1
    words = text[:end]
    prefix = words.endswith("*")
    words = words[:-1] if prefix else words
    star = words.find("*")
    if star >= 0 or (prefix and not _goes_on(words)):
        where = at + (star if star >= 0 else len(words))
        raise QueryError(
            query,
            where,
            say("* may stand only at the end of the last word"),
            say("such as {example}", example="kerja*"),
        )
    return words, prefix


def _goes_on(words: str) -> bool:
    """Say whether a word ends here that could go on: in a letter, mark or digit."""
    seen = without_hidden(words)
    return bool(seen) and unicodedata.category(seen[-1])[0] in "LMN"
