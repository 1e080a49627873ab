"""Which encoding the letters of a page suggest, whatever is said of it.

Each encoding that our languages were written in before UTF-8 gets the share
of the letters beyond ASCII that stand as running text would have them: Han
characters by how often the press uses them, Thai letters and Vietnamese tones
by what they stand behind, Western letters by standing alone among plain ones.
"""

import re
import tomllib
from importlib.resources import files

#: What is decided where nothing else is likely (WHATWG Encoding's default).
DEFAULT = "cp1252"
#: Below this share no encoding is likely.
_LIKELY = 0.2
#: Bytes of text looked at: some thousand letters, while a headline mostly tells already.
_LOOKED_AT = 8000
_COMMON = {
    name: frozenset(letters)
    for name, letters in tomllib.loads(
        files("pipelines.reading.decoding").joinpath("letters.toml").read_text("utf-8")
    ).items()
}
_HIGH = re.compile(rb"[\x80-\xff]")
#: Of one piece of text between tags: this much, from a word before its first letter.
_PIECE, _BEFORE = 2000, 40
_THAI_RUN = re.compile(r"[ก-๏]{3,}")
#: A syllable as Thai is spelt: no mark without its letter, no first vowel without one behind it.
_THAI = re.compile(r"[เแโใไ][ก-ฮ]|[ก-ฮ][ัิีึืฺุู็]?[่-์]?[ะาำๅๆฯ]?|[ะาำฯๆฤฦ]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VIETNAMESE = re.compile(rf"[aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ][{_TONES}]|[đơưăĐƠƯĂ]")
#: A Western letter inside or at the edge of a plain word, or a printer's mark.
_WESTERN = re.compile(
    r"(?<![^\x00-\x7f])[A-Za-z]?[À-ÖØ-öø-ÿŠšŽžŒœŸ](?=[A-Za-z\s.,;:!?'\")]|$)"
    r"|[‘’“”–—…•€£©®°«»·¡¿§½²³™\u00a0]"
)


def likely(body: bytes) -> dict[str, float]:
    """Return how likely each encoding is for the text of a page, up to 1."""
    sample = b"\n".join(_pieces(body))
    return {
        "gb18030": _han(sample, "gb18030"),
        "big5hkscs": _han(sample, "big5hkscs"),
        "cp874": _thai(sample),
        "cp1258": _vietnamese(sample),
        "cp1252": _share(sample, "cp1252", _WESTERN),
    }


def best(scores: dict[str, float]) -> str:
    """Return the likeliest encoding, or the default where none is likely."""
    name = max(scores, key=lambda one: scores[one])
    return name if scores[name] >= _LIKELY else DEFAULT


def _pieces(body: bytes) -> list[bytes]:
    # Neither "<" nor ">" is ever half of a letter in these encodings.
    pieces, size = [], 0
    for piece in re.split(rb"[<>]", body):
        if found := _HIGH.search(piece):
            start = max(0, found.start() - _BEFORE)
            pieces.append(piece[start : start + _PIECE])
            size += len(pieces[-1])
        if size > _LOOKED_AT:
            break
    return pieces


def _foreign(text: str) -> int:
    return sum(letter > "\x7f" for letter in text)


def _han(sample: bytes, name: str) -> float:
    # Two of three characters of running text are common ones, of a headline
    # full of names one of three; of a wrong decoding one of twenty.
    text = sample.decode(name, "replace")
    foreign = [letter for letter in text if letter > "\x7f"]
    hits = sum(letter in _COMMON[name] for letter in foreign)
    marks = sum("\u3000" <= letter <= "\u303f" or letter >= "\uff00" for letter in foreign)
    broken = text.count("\ufffd")
    words = len(foreign) - marks + broken
    return min(1.0, max(0.0, (1.5 * hits - 4 * broken) / words)) if words else 0.0


def _share(sample: bytes, name: str, standing: re.Pattern[str]) -> float:
    text = sample.decode(name, "replace")
    foreign = _foreign(text)
    right = sum(_foreign(match.group()) for match in standing.finditer(text))
    return (right - 2 * text.count("\ufffd")) / foreign if foreign else 0.0


def _thai(sample: bytes) -> float:
    # Double bytes look like Thai at first sight, but every fifth letter of
    # theirs is one that Thai hardly uses or stands where no mark can.
    text = sample.decode("cp874", "replace")
    foreign = _foreign(text)
    runs = " ".join(_THAI_RUN.findall(text))
    spelt = "".join(_THAI.findall(runs))
    used = sum(letter in _COMMON["cp874"] for letter in spelt)
    odd = foreign - used
    return max(0.0, 1 - 2 * odd / foreign) if foreign else 0.0


def _vietnamese(sample: bytes) -> float:
    # Tones behind vowels, and the letters that no neighbour has, make a third
    # of what is beyond ASCII in Vietnamese, and next to nothing elsewhere.
    text = sample.decode("cp1258", "replace")
    foreign = _foreign(text)
    standing = [match.group() for match in _VIETNAMESE.finditer(text)]
    own = sum(map(_foreign, standing))
    loose = sum(letter in _TONES for letter in text)
    loose -= sum(letters[-1] in _TONES for letters in standing)
    wrong = loose + text.count("\ufffd")
    return min(1.0, max(0.0, 1.6 * (own - 3 * wrong) / foreign)) if foreign else 0.0
