"""Which of our ten languages a story is written in: script first, then words."""

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pycld2

#: pycld2's codes for our languages in Latin script.
_CODES = {"id": "id", "ms": "ms", "en": "en", "vi": "vi", "tl": "fil", "fil": "fil"}
#: Neighbours that pycld2 takes short texts of ours for: Javanese, Sundanese, Cebuano …
_NEAR = frozenset({"jw", "jv", "su", "ceb", "war", "ilo"})
_SCRIPTS = (
    ("th", 0x0E00, 0x0E7F), ("lo", 0x0E80, 0x0EFF), ("km", 0x1780, 0x17FF), ("km", 0x19E0, 0x19FF),
    ("my", 0x1000, 0x109F), ("my", 0xAA60, 0xAA7F), ("kana", 0x3040, 0x30FF),
    ("zh", 0x3400, 0x9FFF), ("zh", 0xF900, 0xFAFF), ("zh", 0x20000, 0x3134F),
    ("hangul", 0xAC00, 0xD7AF), ("hangul", 0x1100, 0x11FF),
)  # fmt: skip
#: Letters below which the outlet says more of its language than the text.
_TOO_FEW = 20
#: Letters of running text from which on Indonesian and Malay are told apart:
#: headlines alone were taken for the other in 21 of 124 (NTREX-128).
_LEAD = 80
#: From this share on a script of the outlet's own is the story's: names of
#: firms fill most of a Thai headline now and then, but no Thai stands in
#: English ones. Chinese does, in brackets, and is left out.
_OWN_SCRIPT = 0.1
_OWN_SCRIPTS = frozenset({"th", "lo", "km", "my"})
#: Words that one of the two writes often and the other hardly ever.
_WORDS = tomllib.loads(files("pipelines.reading").joinpath("languages.toml").read_text("utf-8"))
_INDONESIAN = frozenset(_WORDS["indonesian"])
_MALAY = frozenset(_WORDS["malay"])
_SMALL = {code: frozenset(words) for code, words in _WORDS["small"].items()}
_SMALL["ms"] = _SMALL["id"]
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’])")
#: letters that Vietnamese alone of ours has, and endings of Indonesian and Malay words
_VIETNAMESE = re.compile(r"[ăđơưạ-ỹ]")
_MALAYIC = re.compile(r"\w{3}(?:kan|nya)\Z")
#: so many small words of another language at least outvote what cld2 takes names for
_FEWEST = 2


def detect(title: str, lead: str, outlet_languages: tuple[str, ...]) -> str:
    """Return one of our ten codes, or "" where none fits.

    Thai, Lao, Khmer, Burmese (in either order of its letters) and Chinese are
    told by their script; kana and hangul mean a language that is not ours.
    Indonesian and Malay are never told apart by a headline alone: there the
    outlet decides (its first of the two), and where it writes neither, nothing is told.
    """
    text = f"{title}\n{lead}"
    scripts = _scripts(text)
    script, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if not count:
        return ""
    if script == "zh" and scripts["kana"] * 20 > scripts["zh"]:
        return ""
    if script == "latin":
        enough = _OWN_SCRIPT * scripts.total()
        own = [
            code for code in outlet_languages if code in _OWN_SCRIPTS and scripts[code] > enough
        ]
        return own[0] if own else _latin(text, outlet_languages, lead)
    return script if script in {"th", "lo", "km", "my", "zh"} else ""


def _scripts(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha() or ord(letter) > 0x2FF:
            found[_script(letter)] += 1
    # A Chinese character is most of a word, a Latin letter a fifth of one.
    found["zh"] *= 3
    found["kana"] *= 3
    del found["other"]
    return found


def _script(letter: str) -> str:
    code = ord(letter)
    if code < 0x250 or 0x1E00 <= code < 0x1F00 or 0x300 <= code < 0x370:
        return "latin"
    for name, first, last in _SCRIPTS:
        if first <= code <= last:
            return name
    return "foreign" if letter.isalpha() else "other"


def _latin(text: str, outlet_languages: tuple[str, ...], lead: str) -> str:
    own = [code for code in outlet_languages if code in _CODES.values()]
    code, share = _by_small_words(text, *_cld2(text), own)
    if own and sum(letter.isalpha() for letter in text) < _TOO_FEW:
        return own[0]
    if code in {"id", "ms"} and (not own or {"id", "ms"} & set(own)):
        return _indonesian_or_malay(text, code, own, lead)
    if code in own or (code in _CODES.values() and share >= 80):
        return code
    if code and code not in _NEAR and share >= 60:
        return ""
    return own[0] if own else ""


def _cld2(text: str) -> tuple[str, int]:
    # cld2 stops at bytes that no UTF-8 text has: surrogates and control characters.
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", " ", text)
    clean = re.sub(r"https?://\S+|[\U0001fffe-\U0010ffff]", " ", clean)
    try:
        reliable, _, found = pycld2.detect(clean, bestEffort=True)
    except pycld2.error:
        return "", 0
    _, code, share, _ = found[0]
    return ("", 0) if code == "un" else (_CODES.get(code, code), int(share) if reliable else 0)


def _by_small_words(text: str, code: str, share: int, own: list[str]) -> tuple[str, int]:
    """Return cld2's answer, or the language whose small words outvote it: captions are full of names.

    Cld2 is sure that "Aktor Ryan Castlebury dan sutradara Michelle Thornton di
    Royal Albert Hall" is English. Of 24 captions it took 12 for another of ours.
    """
    if code not in _SMALL:
        return code, share
    counts = _small_words(text)
    best = max(counts, key=lambda one: counts[one])
    alone = best in own and code not in own and not counts[code]
    enough = counts[best] > 2 * counts[code] and (alone or counts[best] >= _FEWEST)
    same = best == code or counts[best] == counts[code]
    return (code, share) if same or not enough else (best, 100)


def _small_words(text: str) -> dict[str, int]:
    """Return how many small words of each language in Latin letters a text has."""
    words = [word for word in _WORD.findall(text) if word.islower()]
    found = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    malayic = sum(_MALAYIC.search(word) is not None for word in words)
    found["id"], found["ms"] = found["id"] + malayic, found["ms"] + malayic
    found["vi"] += sum(_VIETNAMESE.search(word) is not None for word in words)
    return found


def _indonesian_or_malay(text: str, guess: str, own: list[str], lead: str) -> str:
    both = [code for code in own if code in {"id", "ms"}]
    if len(both) == 1:
        return both[0]
    if sum(letter.isalpha() for letter in lead) < _LEAD:
        return both[0] if both else ""
    words = Counter(re.findall(r"[a-z]+", text.lower()))
    indonesian = sum(words[word] for word in _INDONESIAN)
    malay = sum(words[word] for word in _MALAY)
    if indonesian == malay:
        return guess
    return "id" if indonesian > malay else "ms"
