"""The words of facts.toml files as patterns, made once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from news.toml_files import read_toml
from query import money
from query.money import any_of, flat, is_latin

#: languages in Latin letters with words of their own, and whose words they use
LATIN = {"id": "id", "ms": "id", "en": "en", "vi": "vi", "fil": "fil", "": "en"}
#: "more than" between a number and its scale or noun: 20多亿, 300 กว่าโครงการ
OVER = "(?:[多余餘来]|กว่า|ກວ່າ|ជាង|ကျော်)?"
#: the letters that one of these begins with
_OVER_HEADS = ("多", "余", "餘", "来", "ก", "ກ", "ជ", "က")
#: between a number and what belongs to it
_GAP = re.compile(r"[\s-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Percent:
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What stands in words.toml."""

    percent: _Percent
    units: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What stands in grammar.toml."""

    ranges: Mapping[str, tuple[str, ...]]
    vague: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    no_labels: Mapping[str, tuple[str, ...]]
    behind: Mapping[str, tuple[str, ...]]
    joining: Mapping[str, tuple[str, ...]]
    streets: Mapping[str, tuple[str, ...]]
    of_them: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, tuple[str, ...]]
    idioms: Mapping[str, tuple[str, ...]]
    months: Mapping[str, tuple[str, ...]]
    only_behind: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The words of amounts as patterns, to be matched where a number ends or begins."""

    scales: Mapping[str, float]
    currencies: Mapping[str, str]
    units: Mapping[str, str]
    percents: frozenset[str]
    counted: Mapping[str, str]
    #: the codes of the currencies
    codes: frozenset[str]
    #: scale words in a row
    scale: re.Pattern[str]
    #: one scale word
    one_scale: re.Pattern[str]
    #: what may end an amount: a currency, a share, a measure
    after: re.Pattern[str]
    #: currencies and Burmese measures that may stand before their number, by last letter
    before: Mapping[str, tuple[str, ...]]
    #: scales by last letter: ယွမ် သန်း ၂၀၀ is yuan million 200
    scale_before: Mapping[str, tuple[str, ...]]
    percent_before: tuple[str, ...]
    #: a thing that is counted
    thing: re.Pattern[str]
    #: a pattern: here begins no measure that begins with a scale (千瓦 and 兆瓦)
    measures: str
    #: the same by last letter
    things: Mapping[str, tuple[str, ...]]
    #: how what may stand behind a number begins; with its scales, and with its units
    scale_heads: frozenset[str]
    after_heads: frozenset[str]
    thing_heads: frozenset[str]

    def may_scale(self, text: str, at: int) -> bool:
        """Say whether a scale may stand at a place: quicker than to look for each."""
        return _may_begin(text, at, self.scale_heads)

    def may_follow(self, text: str, at: int) -> bool:
        """Say whether a currency, share or measure may stand at a place."""
        return _may_begin(text, at, self.after_heads)

    def thing_at(self, text: str, at: int) -> re.Match[str] | None:
        """Return the thing that is counted which begins at a place."""
        heads = self.thing_heads
        may = text[at : at + 2] in heads or text[at : at + 1] in heads
        return self.thing.match(text, at) if may else None


#: the thing of a classifier that names none: ခု, หน่วย
UNITS = "units"


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {flat(word): key for key, words in table.items() for word in words}


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return {
        last: tuple(word for word in ordered if word[-1] == last)
        for last in {word[-1] for word in ordered}
    }


def ending(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Return the longest of the words that a text ends with, or ""."""
    for word in words.get(text[-1:], ()):
        if text.endswith(word):
            before = text[: -len(word)][-1:]
            if not (before.isalpha() and is_latin(word[0])):
                return word
    return ""


def _may_begin(text: str, at: int, heads: frozenset[str]) -> bool:
    gap = _GAP.match(text, at)
    begin = gap.end() if gap else at
    return text[begin : begin + 2] in heads or text[begin : begin + 1] in heads


def _heads(words: Iterable[str]) -> frozenset[str]:
    """Return the first two letters of words, and what may stand before one."""
    return frozenset(word[:2] for word in words) | {"na", *_OVER_HEADS}


@cache
def table() -> Table:
    """Return the words of words.toml."""
    words = read_toml(Path(__file__).with_name("words.toml")).read(_Words)
    scales, currencies, units = money.scales(), money.currencies(), _by_word(words.units)
    percents, counted = frozenset(map(flat, words.percent.after)), _by_word(words.counted)
    scale, things = any_of(scales), any_of(counted)
    beside = tuple(word for word in scales if word[0] > "\u2fff")
    measures = f"(?!{any_of(word for word in units if word.startswith(beside))})"
    # The short scales of $2bn and €3.4m are read elsewhere, where a currency is.
    either = any_of([*currencies, *percents, *units])
    # A symbol or word before: $5, ယွမ် သန်း ၂၀၀ (yuan million 200), တန် ၅ (tonnes 5).
    # Thai, Lao and Khmer say the currency behind; before, it ends another word.
    first = [
        *(word for word in currencies if not "฀" <= word[0] <= "\u0eff" and word[0] < "ក"),
        *(word for word in [*currencies, *units] if "က" <= word[0] <= "႟"),
        *(word for word in currencies if word[0] > "\u1fff"),
    ]
    return Table(
        scales=scales,
        currencies=currencies,
        codes=frozenset(currencies.values()),
        units=units,
        percents=percents,
        counted=counted,
        scale=re.compile(rf"(?:\s*-?\s*(?:na )?{OVER}\s*{measures}{scale})+"),
        one_scale=re.compile(scale),
        after=re.compile(rf"[\s-]*{OVER}\s*(?P<unit>{either})"),
        before=_by_last(word for word in first if word not in grammar().only_behind["words"]),
        scale_before=_by_last(scales),
        percent_before=tuple(map(flat, words.percent.before)),
        thing=re.compile(things),
        measures=measures,
        things=_by_last(counted),
        scale_heads=_heads(scales),
        thing_heads=frozenset(word[:2] for word in counted),
        after_heads=_heads([*currencies, *percents, *units]),
    )


@cache
def grammar() -> Grammar:
    """Return the words of grammar.toml."""
    return read_toml(Path(__file__).with_name("grammar.toml")).read(Grammar)


@cache
def listed(kind: str, language: str) -> frozenset[str]:
    """Return the words of a kind ("labels", "behind", "joining") in a Latin language."""
    words: Mapping[str, tuple[str, ...]] = getattr(grammar(), kind)
    return frozenset(map(flat, words.get(LATIN.get(language, ""), ())))


@cache
def times() -> re.Pattern[str]:
    """Return a pattern of what stands behind a number that is a time, in scripts without spaces."""
    longest = sorted(of_all("behind"), key=len, reverse=True)
    return re.compile(r"[ -]*(" + "|".join(map(re.escape, longest)) + ")")


@cache
def of_all(kind: str) -> tuple[str, ...]:
    """Return the words of a kind in scripts without spaces."""
    words: Mapping[str, tuple[str, ...]] = getattr(grammar(), kind)
    return tuple(map(flat, words["all"]))


@cache
def known_things() -> frozenset[str]:
    """Return the English words for things that are counted, one for all languages.

    Units may be units of anything.
    """
    return frozenset(table().counted.values()) - {UNITS}
