"""Unicode Burmese into Zawgyi code order, as older Burmese pages carry it.

Zawgyi puts the vowel e and the medial ra before their consonant, shifts asat
and the medials by one code point, and has glyphs of their own for stacked
letters and for marks that give way to one another. Source: the code chart of
Zawgyi-One 2008; checked against ICU's Zawgyi-my by a test.
"""

from __future__ import annotations

import re

ASAT, STACKER, KINZI = "\u103a", "\u1039", "\u1004\u103a\u1039"
YA, RA, WA, HA = "\u103b", "\u103c", "\u103d", "\u103e"
#: Letters as wide as two stems: the medial ra that embraces them is wider.
WIDE = "ကဃဆဏတထဘယလသဟအဿ"
STACKED = dict(
    zip(
        "ကခဂဃစဆဇဈဋဌဏတထဒဓနပဖဗဘမလ",
        "\u1060\u1061\u1062\u1063\u1065\u1066\u1068\u1069\u106c\u106d\u1070\u1071\u1073"
        "\u1075\u1076\u1077\u1078\u1079\u107a\u107b\u107c\u1085",
        strict=True,
    )
)
#: Medial ra by (wide letter, mark above, mark below).
EMBRACE = {
    (False, False, False): "\u103b", (True, False, False): "\u107e",
    (False, True, False): "\u107f", (True, True, False): "\u1080",
    (False, False, True): "\u1081", (True, False, True): "\u1082",
    (False, True, True): "\u1083", (True, True, True): "\u1084",
}  # fmt: skip
PAIRS = {"ဏ္ဍ": "\u1091", "ဋ္ဌ": "\u1092", "ဋ္ဋ": "\u1097", "ဍ္ဍ": "\u106e"}
SYLLABLE = re.compile(
    f"(?P<kinzi>{KINZI})?(?P<letter>[\u1000-\u1021\u1025\u1027\u103f\u1009])"
    f"(?P<stack>{STACKER}[\u1000-\u1021])?"
    f"(?P<medials>{YA}?{RA}?{WA}?{HA}?)(?P<e>\u1031?)(?P<marks>[\u102b-\u1030\u1032-\u1038{ASAT}]*)"
)


def _marks(marks: str, medials: str, stacked: bool) -> str:
    """Write vowels and tones; u and uu stand taller where the space below is taken."""
    low = stacked or YA in medials or RA in medials or WA in medials
    text = marks.replace(f"\u1037{ASAT}", f"{ASAT}\u1037")
    if low or HA in medials:
        text = text.replace("\u102f", "\u1033").replace("\u1030", "\u1034")
        text = text.replace("\u1037", "\u1095")
    text = text.replace(f"\u102b{ASAT}", "\u105a").replace("\u102d\u1036", "\u108e")
    if re.search("[\u102f\u1030]", text):
        text = text.replace("\u1037", "\u1094")
    return text.replace(ASAT, "\u1039")


def _medials(medials: str, marks: str) -> tuple[str, str]:
    """Write ya, wa and ha after the letter; give the marks that are left."""
    text = "\u103a" if YA in medials else ""
    if WA in medials and HA in medials:
        return text + "\u108a", marks
    if WA in medials:
        return text + "\u103c", marks
    if HA not in medials:
        return text, marks
    for vowel, glyph in (("\u1033", "\u1088"), ("\u1034", "\u1089")):
        if vowel in marks:
            return text + glyph, marks.replace(vowel, "")
    return text + ("\u1087" if RA in medials or YA in medials else "\u103d"), marks


def _letter(letter: str, below: bool) -> str:
    """Write a letter; some give way to what hangs below them."""
    if letter == "\u103f":
        return "\u1086"
    if letter == "\u1009":
        return "\u106a" if below else "\u1025"
    return {"န": "\u108f", "ရ": "\u1090", "ည": "\u106b"}.get(letter, letter) if below else letter


def _syllable(found: re.Match[str]) -> str:
    letter, medials = found["letter"], found["medials"]
    stack = found["stack"] or ""
    pair = PAIRS.get(letter + stack)
    marks = _marks(found["marks"], medials, bool(stack))
    below = bool(stack) or bool(re.search(f"[{WA}{HA}]", medials))
    below = below or bool(re.search("[\u102f\u1030]", found["marks"]))
    above = bool(re.search("[\u102d\u102e\u1032\u1036]", found["marks"])) or bool(found["kinzi"])
    after, marks = _medials(medials, marks)
    embrace = EMBRACE[letter in WIDE, above, WA in medials] if RA in medials else ""
    base = pair or _letter(letter, below) + (STACKED.get(stack[1], stack) if stack else "")
    kinzi = "\u1064" if found["kinzi"] else ""
    return found["e"] + embrace + base + kinzi + after + marks


def zawgyi(text: str) -> str:
    """Put a Unicode text into Zawgyi code order; other scripts stay as they are."""
    return SYLLABLE.sub(_syllable, text)
