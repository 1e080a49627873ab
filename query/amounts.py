"""Amounts in a question: amount>1bn CNY, amount>=20 miliar RMB, amount<US$500m.

Number, scale and currency are written as the press of ten languages writes
them; the currency may stand before or behind. Groups of three are groups
whichever mark parts them, as everywhere in questions: 1.500 is 1,500.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Protocol

from news import QueryError
from news.errors import quoted
from news.saying import Sentence, say
from news.toml_files import did_you_mean
from query.money import any_of, currencies, flat, scales
from query.scripts import HIDDEN
from query.syntax import Amount, Sign

_GAP = rf"[\s{HIDDEN}]*"
_SIGN = re.compile(rf"amount{_GAP}(>=|<=|[><=≥≤＞＜＝])", re.IGNORECASE)
_SIGNS: dict[str, Sign] = {">": ">", "<": "<", "=": "=", ">=": ">=", "<=": "<="}
_SIGNS |= {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "="}
_NUMBER = re.compile("[0-9]+(?:[.,][0-9]+)*")
_GROUPS = re.compile(
    "([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:[.]([0-9]+))?"
    "|([1-9][0-9]{0,2}(?:[.][0-9]{3})+)(?:,([0-9]+))?"
)
_PLAIN = re.compile("([0-9]+)(?:[.,]([0-9]+))?")
#: $2bn, 500m: short scales, right behind their number
_SHORT = re.compile(r" ?(k|m|b)(?![^\W_])")
_SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
#: what stands in the place of a currency that is not known
_WORD = re.compile(r"[^\s()（）\"]+")

#: no more is paid for anything; a number that long is a slip
MOST = 1e18
EXAMPLE = "amount>1bn CNY"


class Ranged(Protocol):
    """An amount of money that a story names."""

    @property
    def currency(self) -> str:
        """ISO 4217."""
        ...

    @property
    def low(self) -> float:
        """In plain units."""
        ...

    @property
    def high(self) -> float:
        """The same but for a range."""
        ...


def begins(query: str, at: int) -> bool:
    """Say whether an amount is asked for at this place."""
    return _SIGN.match(query, at) is not None


def read(query: str, at: int) -> tuple[int, Amount]:
    """Return where the amount that begins at a place ends, and what it asks.

    Raises QueryError with the place.
    """
    sign = _SIGN.match(query, at)
    assert sign is not None, "asked only where an amount begins"
    text = flat(query)
    place, before = _currency(text, _skipped(text, sign.end()))
    number = _NUMBER.match(text, _skipped(text, place))
    if number is None:
        what = say("{sign} must be followed by a number", sign=query[at : sign.end()])
        raise QueryError(query, _skipped(text, place), what, _such_as(EXAMPLE))
    value = _value(query, number)
    end, scale = _scale(text, number.end())
    behind, after = _currency(text, _skipped(text, end))
    if not before and not after:
        raise _no_currency(query, _skipped(text, end))
    if not before:
        end = behind
    value *= scale
    if not value <= MOST:
        raise QueryError(query, number.start(), say("no amount is over {n:,.0f}", n=MOST))
    return end, Amount(_SIGNS[sign[1]], float(value), before or after)


def holds(asked: Amount, named: Ranged) -> bool:
    """Say whether an amount of a story is as asked; of a range, whether one in it may be."""
    if named.currency != asked.currency:
        return False
    match asked.sign:
        case ">":
            return named.high > asked.value
        case ">=":
            return named.high >= asked.value
        case "<":
            return named.low < asked.value
        case "<=":
            return named.low <= asked.value
        case "=":
            return named.low <= asked.value <= named.high


def _skipped(text: str, at: int) -> int:
    found = re.compile(_GAP).match(text, at)
    return found.end() if found else at


def _value(query: str, number: re.Match[str]) -> Decimal:
    groups, plain = _GROUPS.fullmatch(number[0]), _PLAIN.fullmatch(number[0])
    if groups is not None:
        whole, part = (groups[1], groups[2]) if groups[1] else (groups[3], groups[4])
        return Decimal(re.sub("[.,]", "", whole) + (f".{part}" if part else ""))
    if plain is None:
        what = say("{words} is no number", words=quoted(number[0]))
        hint = say("such as {one}, or {other}", one="1.5, 1,500", other="1.500.000")
        raise QueryError(query, number.start(), what, hint)
    return Decimal(f"{plain[1]}.{plain[2] or 0}")


def _scale(text: str, at: int) -> tuple[int, Decimal]:
    """Return where scale words behind a number end, and what they multiply by together."""
    scale = Decimal(1)
    while found := _scale_pattern().match(text, _skipped(text, at)):
        at, scale = found.end(), scale * Decimal(scales()[found[0]])
    short = _SHORT.match(text, at) if scale == 1 else None
    return (short.end(), Decimal(_SHORT_SCALES[short[1]])) if short else (at, scale)


def _currency(text: str, at: int) -> tuple[int, str]:
    found = _currency_pattern().match(text, at)
    return (found.end(), currencies()[found[0]]) if found else (at, "")


def _no_currency(query: str, at: int) -> QueryError:
    codes = sorted(set(currencies().values()))
    word = _WORD.match(query, at)
    if word is None or word[0] in {"AND", "OR", "NOT"}:
        what = say("an amount needs its currency: amounts compare within one")
        return QueryError(query, at, what, _such_as(EXAMPLE))
    what = say("{words} is no currency that is read from stories", words=quoted(word[0]))
    return QueryError(query, at, what, did_you_mean(word[0].upper(), codes))


def _such_as(example: str) -> Sentence:
    return say("such as {example}", example=example)


@cache
def _scale_pattern() -> re.Pattern[str]:
    return re.compile(any_of(scales()))


@cache
def _currency_pattern() -> re.Pattern[str]:
    return re.compile(any_of(currencies()))
