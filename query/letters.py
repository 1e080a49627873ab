"""What one written character is folded to: one small rule after the other.

A character here is a letter with its marks, as read from left to right. Every
rule is a pure function from text to text and folds what it has folded to
itself.
"""

import functools
import re
import unicodedata
from collections.abc import Callable

import opencc

from query.scripts import APOSTROPHES, DASHES, DOTS, QUOTES
from query.tones import one_place

#: the hidden (category C: controls, bidi and other format marks, lone
#: surrogates) and the variation selectors, which NFKC keeps
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_NOT_BY_NFKC = {ord("´"): "'", ord("，"): "、"}
#: letters that print as đ: eth, from fonts of before Unicode, and the African d
_BARRED_D = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_SPACES = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")

_THAI_LAO_MARKS = re.compile("[ัิ-ฺ็-๎ັິ-ຼ່-໎]{2,}")
# A tone mark or silencer typed behind sara aa or sara am: นำ้, ນຳ້.
_TONE_BEHIND = re.compile("([ก-ฮກ-ຮໜ-ໟ][ัิ-ฺ็-๎ັິ-ຼ່-໎]*)([ํໍ]?[าາ])([่-์່-໌]+)")
_KHMER_MARKS = re.compile("(?:[឴-៑៝]|្[ក-អ])+")
_KHMER_SUBSCRIPT = re.compile("្[ក-អ]|.", re.DOTALL)
_BURMESE_MARKS = re.compile("[ါ-ံ့-း်-ှ]{2,}")
# Nga above its neighbour or before it: စင်္ကာပူ, and as most of the press types it, စင်ကာပူ.
_KINZI = re.compile("(?<=င်)\u1039+")


def _rank(*groups: str) -> dict[str, int]:
    return {mark: rank for rank, group in enumerate(groups) for mark in group}


#: below, above, tone, silencer, and the ring of sara am last: น้ำ and นํ้า both
#: become น ้ ํ า, as NFKC takes ำ apart
_THAI_LAO_RANK = _rank("ฺ຺ุูຸູ", "ຼ", "ัิีึื็ັິີຶືົ", "่้๊๋່້໊໋", "์๎໌໎", "ํໍ")
#: Khmer: register shifters, vowels, signs (Khmer OpenType order)
_KHMER_RANK = _rank("៉៊", "ាិីឹឺុូួើឿៀេែៃោៅ", "ំះៈ", "់៌៍៎៏័៑៝")
#: Burmese: medials, e, upper, lower, side vowels, ring, dot, killer, colon
#: (Unicode Technical Note 11); NFC wants the dot before the killer
_BURMESE_RANK = _rank("ျ", "ြ", "ွ", "ှ", "ေ", "ိီဲဳဴဵ", "ုူ", "ါာ", "ံ", "့", "်", "း")


def visible(text: str) -> str:
    """Drop what has no width: controls, bidi marks, joiners, soft hyphens, surrogates.

    Line ends and other white space become plain ones, a paragraph separator an
    empty line; private-use characters become a space, because one of them is our own break between tokens.
    """
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character == "\u2029":
        return "\n\n"
    if character in _SPACES:
        return "\n" if character in "\n\r\x85\u2028" else " "
    category = unicodedata.category(character)
    if category == "Co":
        return " "
    hidden = category in _HIDDEN or unicodedata.name(character, "").startswith("VARIATION SEL")
    return "" if hidden else character


def one_width(text: str) -> str:
    """NFKC: full and half width, ligatures, composed and decomposed letters.

    But an acute accent that stands alone is an apostrophe (Xi´an), and the
    full-width comma parts clauses, never thousands or decimals.
    """
    return unicodedata.normalize("NFKC", text.translate(_NOT_BY_NFKC))


def one_case(text: str) -> str:
    """Unicode case folding, normalised again (its full form can undo NFKC)."""
    return unicodedata.normalize("NFKC", text.casefold())


@functools.cache
def _plain_table() -> dict[int, str]:
    """Return dashes, quotes, dots and đ by their plain twins, native digits by ASCII's."""
    table = str.maketrans(_BARRED_D)
    table |= dict.fromkeys(map(ord, DASHES), "-") | dict.fromkeys(map(ord, DOTS), "·")
    table |= dict.fromkeys(map(ord, QUOTES), '"') | dict.fromkeys(map(ord, APOSTROPHES), "'")
    for code in range(0x80, 0x20000):
        if (digit := unicodedata.decimal(chr(code), None)) is not None:
            table[code] = str(digit)
    return table


def plain(text: str) -> str:
    """One dash, one quote, one apostrophe, one dot, one đ; native digits as ASCII."""
    return text.translate(_plain_table())


@functools.cache
def _simplified_table() -> dict[int, str]:
    """Return each Traditional character's Simplified twin, from OpenCC's hk2t and t2s.

    t2s alone does not know Hong Kong's 衞, 敍 and 枱.
    Character by character, not by OpenCC's phrases: 乾 must become the same in
    a query of one character and inside 乾坤, or neither finds the other.
    着 and 著 are one, because only phrases tell which of the two is meant.
    """
    blocks = (range(0x3400, 0xA000), range(0x20000, 0x32400))
    han = [chr(code) for block in blocks for code in block]
    traditional = opencc.OpenCC("hk2t").convert("\n".join(han))
    twins = opencc.OpenCC("t2s").convert(traditional).split("\n")
    pairs = {a: b for a, b in zip(han, twins, strict=True) if a != b and len(b) == 1}
    pairs["著"] = "着"
    # 薴 becomes 苧, which becomes 苎: one step must do, or folding twice differs.
    return {ord(a): pairs.get(b, b) for a, b in pairs.items()}


def simplified(text: str) -> str:
    """Traditional Chinese characters as their Simplified twins."""
    return text.translate(_simplified_table())


def _ordered(text: str, rank: dict[str, int]) -> str:
    # A mark typed twice is drawn once: dict.fromkeys drops the second. Within a
    # rank the order is NFKC's own, or folding twice would differ.
    def place(mark: str) -> tuple[int, int]:
        return rank.get(mark, 99), unicodedata.combining(mark)

    return "".join(sorted(dict.fromkeys(text), key=place))


def thai_lao(text: str) -> str:
    """Order of vowel and tone marks; เเ as แ, ເເ as ແ; Lao ຫຼ as ຫລ."""
    text = text.replace("เเ", "แ").replace("ເເ", "ແ").replace("ຫຼ", "ຫລ")
    # In order before and after: a tone that was hidden behind a ring must be
    # seen to move, and stands among other marks when it has.
    text = _TONE_BEHIND.sub(r"\1\3\2", _marks_in_order(text))
    return _marks_in_order(text)


def _marks_in_order(text: str) -> str:
    return _THAI_LAO_MARKS.sub(lambda run: _ordered(run[0], _THAI_LAO_RANK), text)


def khmer(text: str) -> str:
    """Order of subscripts and signs, split vowels, subscript ដ drawn as ត; hidden vowels."""
    text = text.replace("\u17b4", "").replace("\u17b5", "").replace("្ដ", "្ត")
    text = text.replace("េី", "ើ").replace("េា", "ោ")
    return _KHMER_MARKS.sub(_khmer_marks, text)


def _khmer_marks(run: re.Match[str]) -> str:
    parts = _KHMER_SUBSCRIPT.findall(run[0])
    under = [part for part in parts if part[0] == "្"]
    signs = "".join(part for part in parts if part[0] != "្")
    # Subscript ro stands left of the letter and is typed first or last.
    under.sort(key=lambda part: part == "្រ")
    return "".join(under) + _ordered(signs, _KHMER_RANK)


def burmese(text: str) -> str:
    """Order of medials, vowels and tone marks; nga above a letter as nga before it."""
    ordered = _BURMESE_MARKS.sub(lambda run: _ordered(run[0], _BURMESE_RANK), text)
    return _KINZI.sub("", ordered)


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("฀-໿", thai_lao),
    ("ក-៿", khmer),
    ("က-႟", burmese),
    ("㐀-鿿𠀀-\U000323af", simplified),
)
_BY_SCRIPT = tuple((re.compile(f"[{letters}]"), rule) for letters, rule in _RULES)


def _folded(text: str, *, case: bool) -> str:
    text = one_width(visible(text))
    text = plain(one_case(text) if case else text)
    for letters, rule in _BY_SCRIPT:
        if letters.search(text):
            text = rule(text)
    return text


@functools.lru_cache(maxsize=65536)
def fold_letter(text: str) -> str:
    """Fold one written character, or a few."""
    return _folded(text, case=True)


def keep_case(text: str) -> str:
    """Fold all but case, apostrophes dropped: what `=Case` compares."""
    kept = one_place(_folded(text, case=False))
    return "".join(c for c in kept if c != "'" and not c.isspace())
