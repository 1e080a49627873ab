"""Things that are counted: what stands beside a number, in ten languages."""

import re
from dataclasses import dataclass
from functools import cache

import icu

from pipelines.facts.amounts import Amount
from pipelines.facts.worded import begins_number
from pipelines.facts.words import LATIN, OVER, UNITS, ending, grammar, listed, of_all, table
from query.money import LETTER

#: characters behind and before a number in which the thing that it counts stands
REACH = 32
#: a word of a language with spaces
WORD = re.compile(rf" +({LETTER}[\w'’-]*)")
#: 160 Pinoy are counted, 9 Nanning is not
_PEOPLES = 10
#: Chinese classifiers; 位, 名 and 人 count people
_CLASSIFIER = re.compile(
    f"{OVER}[个個家名位项項份间間条條部台臺辆輛艘列座所件批支笔筆处處种種场場对對套栋棟户戶人架枚篇届"
    "箱吨噸]"
)
_OVER = re.compile(OVER)
#: what shuts a Chinese count: a mark, or nothing
_SHUT = re.compile(r"[，。、；：（）！？,.;:()!?\s]|\Z")
_SPACES = re.compile(" *")
#: the first letter of Thai; no script before it writes without spaces
_UNSPACED = "\u0e00"
#: between a number and its thing: 12 na paaralan, 12 buah syarikat
_BETWEEN = re.compile(r" *(?:(?:na mga|na|mga|buah|orang|buting) +)?")
#: Radio 4, Nord Stream 2
_LATIN_NAME = re.compile(r"[a-z] ?\Z")
_PLURAL_SINGULARS = frozenset({"is", "was", "has", "as", "this", "its", "us", "plus", "across"})
#: words between an English number and the end of what it counts
_WORDS_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the English word where it is known, else as printed."""

    what: str
    start: int
    end: int


def counted_thing(text: str, shown: str, amount: Amount, language: str) -> Counted | None:
    """Return the thing that a number counts, or None where none stands beside it.

    `text` is flat, `shown` the same as printed.
    """
    if language in LATIN:
        return _behind(text, shown, amount, language)
    said = known(text, amount.end)
    if said is not None and said.what == UNITS:
        # စီမံကိန်း ၃၅ ခု: 35 units, of projects
        before = _noun_before(text, amount.start)
        return Counted(before.what, before.start, said.end) if before and before.what else said
    return said or _beside(text, amount, language)


def known(text: str, at: int) -> Counted | None:
    """Return a thing of words.toml right behind a place, with a classifier between or not."""
    spaces, between = _SPACES.match(text, at), _BETWEEN.match(text, at)
    for begin in {gap.end() for gap in (spaces, between) if gap is not None}:
        for start in _starts(text, begin):
            found = table().thing_at(text, start)
            if found is not None and not text.startswith("မြောက်", found.end()):
                return Counted(table().counted[found.group()], at, found.end())
    return None


def _starts(text: str, begin: int) -> set[int]:
    """Return where a thing may begin: at a place, behind "more than", behind a classifier."""
    if text[begin : begin + 1] < _UNSPACED:
        return {begin}
    over, classifier = _OVER.match(text, begin), _CLASSIFIER.match(text, begin)
    return {over.end() if over else begin, classifier.end() if classifier else begin}


def _behind(text: str, shown: str, amount: Amount, language: str) -> Counted | None:
    """Return the thing behind a number in a language with spaces."""
    said = known(text, amount.end)
    if said is not None and not (language == "vi" and text[amount.end : amount.end + 1] != " "):
        return said
    if said := _of_them(text, amount.end):
        return said
    if language in ("en", ""):
        return _plural(text, shown, amount)
    # năm is a year as well, ba a father, tư private
    small = language == "vi" and amount.worded and " " not in text[slice(*amount.number)]
    return None if small else _next_word(text, shown, amount, language)


def _of_them(text: str, at: int) -> Counted | None:
    """Return "7 of them": what was named before."""
    for words in grammar().of_them["words"]:
        if text.startswith(words, at + 1):
            return Counted("", at, at + 1 + len(words))
    return None


def _next_word(text: str, shown: str, amount: Amount, language: str) -> Counted | None:
    """Return the next word, where it can be a thing: no joining word, no name."""
    found = WORD.match(text, amount.end)
    if found is not None and found[1] in ("na", "mga"):
        found = WORD.match(text, found.end())
    if found is None or found[1] in listed("joining", language):
        return None
    if shown[found.start(1)].isupper() and not shown.isupper() and amount.value < _PEOPLES:
        return None
    return Counted(shown[slice(*found.span(1))], amount.end, found.end())


def _plural(text: str, shown: str, amount: Amount) -> Counted | None:
    """Return the English noun in the plural behind a number, words like "base" between."""
    at = amount.end
    for _ in range(_WORDS_BETWEEN):
        found = WORD.match(text, at)
        if found is None or found[1] in listed("joining", "en") | listed("behind", "en"):
            return None
        word = found[1].removesuffix("'s").removesuffix("’s")
        many = word.endswith("s") and not word.endswith("ss") and word not in _PLURAL_SINGULARS
        if many or word in table().counted:
            what = table().counted.get(word, shown[slice(*found.span(1))])
            return Counted(what, amount.end, found.end())
        if shown[found.start(1)].isupper():
            return None
        at = found.end()
    return None


def _beside(text: str, amount: Amount, language: str) -> Counted | None:
    """Return the thing beside a number in a script without spaces, where it is not known."""
    # A number of one short word may be the head of another word: สามารถ, ສາມາດ.
    before = _noun_before(text, amount.start) if amount.words != 1 else None
    classifier = _CLASSIFIER.match(text, amount.end)
    if classifier is not None:
        if _SHUT.match(text, classifier.end()):
            # 合作项目35个，: the noun stands before where none can stand behind
            before = before or _chinese_noun(text, amount.start)
        what = before.what if before else ""
        return Counted(what, amount.end, _word_end(text, classifier.end(), language))
    if before is not None or amount.worded or _LATIN_NAME.search(text[: amount.start][-20:]):
        return before
    behind = text[amount.end : amount.end + REACH].lstrip(" ")
    if not behind[:1].isalpha() or behind[:1].isascii() or behind.startswith(of_all("joining")):
        return None
    if begins_number(behind, language):
        return None
    end = _word_end(text, amount.end, language)
    return Counted(text[amount.end : end].strip(), amount.end, end)


def _chinese_noun(text: str, at: int) -> Counted | None:
    """Return a thing of words.toml right before a Chinese number."""
    word = ending(text[max(0, at - REACH) : at], table().things)
    return Counted(table().counted[word], at - len(word), at) if word else None


def _noun_before(text: str, at: int) -> Counted | None:
    """Return a thing that stands right before its number: គម្រោងចំនួន ៣៥, ကုမ္ပဏီ ၅၉."""
    head = text[max(0, at - REACH) : at].rstrip()
    if head[-1:] > "\u2fff":
        # Chinese nouns stand behind
        return None
    said = head
    for linking in ("ចំនួន", "จำนวน", "ຈຳນວນ", "အရေအတွက်"):
        head = head.removesuffix(linking).rstrip()
    word = ending(head, table().things)
    if not word:
        # គម្រោងថ្មីចំនួន ៥ counts, whatever new thing it is
        return Counted("", at, at) if said != head else None
    begin = max(0, at - REACH) + len(head) - len(word)
    return Counted(table().counted[word], begin, at)


@cache
def _breaker(language: str) -> icu.BreakIterator:
    return icu.BreakIterator.createWordInstance(icu.Locale(language or "en"))


def _word_end(text: str, at: int, language: str) -> int:
    """Return where the word at a place ends, by ICU."""
    behind = text[at : at + REACH]
    begin = len(behind) - len(behind.lstrip(" "))
    if not behind[begin : begin + 1].isalpha():
        return at
    breaker = _breaker(language)
    breaker.setText(behind[begin:])
    return at + begin + next(iter(breaker), 0)
