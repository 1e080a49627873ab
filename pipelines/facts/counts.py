"""Counts: whether a number without a currency counts anything."""

import re

from pipelines.facts.amounts import Amount, is_vague
from pipelines.facts.things import REACH, WORD, Counted, counted_thing, known
from pipelines.facts.words import LATIN, grammar, known_things, listed, of_all, times
from query.money import LETTER

#: one of something is no count: the word is an article in most languages
_FEWEST = 2
#: nobody says a million o'clock
_NO_TIME = 1e6
#: numbers that count without a thing beside them: with a scale, and in words
_LARGE, _LARGE_WORDED = 1e3, 1e4
_MONTHS = 12
#: ป.6 and ม.3, years of Thai schools
_FORM = re.compile(r"(?<![ก-๛])[ปม]\. ?\Z")
#: the two words before a number, and the marks between them and it
_LABEL = re.compile(rf"(?:({LETTER}+) )?({LETTER}+)[.:]?(?: ?(?:no\.?|#|=|-))? ?\Z")


def counted(text: str, shown: str, amount: Amount, language: str) -> Counted | None:
    """Return what an amount without currency counts, or None where it counts nothing.

    `text` is flat, `shown` the same as printed. A measure (km, tonne) needs no
    noun, nor does a number in words of ten thousand or more; a number in words
    of a script without spaces needs a thing that is known.
    """
    most = max(amount.value, amount.high or 0)
    few = most < _FEWEST and (not amount.unit or (amount.worded and most == 1))
    few = few and amount.unit != "%"
    if few or is_vague(text, amount.start):
        return None
    if amount.unit:
        # တစ်ဝမ်းကွဲ is a cousin and holds "one won"
        short = amount.kind == "money" and amount.words == 1 and amount.start < amount.number[0]
        return None if short else Counted("", amount.start, amount.end)
    if _names(text, shown, amount, language):
        return None
    thing = counted_thing(text, shown, amount, language)
    if thing is not None and amount.scale == 1.0 and amount.value % 1 and _is_new(thing.what):
        # a quake of 5.6 อุณหภูมิ: nothing is counted in tenths but by a measure
        return None
    large = amount.scale >= _LARGE or (amount.worded and amount.value >= _LARGE_WORDED)
    return Counted("", amount.start, amount.end) if thing is None and large else thing


def _is_new(what: str) -> bool:
    return what not in known_things()


def _names(text: str, shown: str, amount: Amount, language: str) -> bool:
    """Say whether a number names something: a year, a room, a time, an edition."""
    code = not amount.worded and _is_code(amount)
    return code or _is_label(text, shown, amount, language) or _is_timed(text, amount, language)


def _is_code(amount: Amount) -> bool:
    """Say whether digits are a year, or begin with a zero that no number has."""
    bare = amount.printed.isdecimal() and amount.scale == 1.0 and amount.high is None
    year = bare and (1900 <= amount.value <= 2100 or 2443 <= amount.value <= 2643)
    zero = amount.printed.startswith("0") and amount.printed[1:2].isdecimal()
    return year or zero


def _is_label(text: str, shown: str, amount: Amount, language: str) -> bool:
    """Say whether the word before makes a number a name: Room 204, มาตรา 44, 第十五."""
    head = text[max(0, amount.start - REACH) : amount.start]
    shut = head.rstrip(" .:")
    if shut.endswith(of_all("labels")) and not shut.endswith(grammar().no_labels["words"]):
        return True
    month = amount.value <= _MONTHS and shut.endswith(grammar().months["words"])
    if month or (head.rstrip().endswith(".") and _FORM.search(head)):
        return True
    # A street's name stands between its word and its number: ซอยสุขุมวิท 71
    beside = shut.rpartition(" ")[2]
    if not beside.isascii() and any(street in beside for street in grammar().streets["words"]):
        return True
    found = _LABEL.search(head) if language in LATIN else None
    if found is None:
        return False
    labels = listed("labels", language)
    both = f"{found[1]} {found[2]}"
    if (found[2] in labels and both not in grammar().no_labels["words"]) or both in labels:
        return True
    at = amount.start - len(head) + found.start(2)
    return not amount.worded and amount.scale == 1.0 and _is_titled(text, shown, amount, at)


def _is_titled(text: str, shown: str, amount: Amount, at: int) -> bool:
    """Say whether the word at a place has a capital within a sentence: Boeing 737 landed.

    Where a known thing follows it counts all the same: Malaysia 27 perjanjian.
    """
    before = shown[:at].rstrip(' "“‘(')
    begins = not before.strip() or before[-1:] in ".!?:;\n"
    return shown[at].isupper() and not begins and known(text, amount.end) is None


def _is_timed(text: str, amount: Amount, language: str) -> bool:
    """Say whether a time, an age or an ordinal's word stands behind: 3 years, 第…届, ครั้ง."""
    if amount.scale >= _NO_TIME:
        return False
    time = times().match(text, amount.end)
    if time is not None:
        # 分公司 is a branch and 分 a minute, ခု a thing and ခုနှစ် a year
        thing = known(text, amount.end)
        return thing is None or thing.end <= time.end()
    behind = text[amount.end : amount.end + REACH].replace("-", " ", 1)
    found = WORD.match(behind)
    if found is not None and found[1] in ("na", "ng"):
        found = WORD.match(behind, found.end())
    every = listed("behind", language) | listed("behind", "en")
    return behind.lstrip().startswith(("p.m", "a.m")) or (found is not None and found[1] in every)
