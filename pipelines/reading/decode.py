"""Bytes to text: what the bytes say goes before what anyone says of them."""

import codecs
import re
import tomllib
from importlib.resources import files

#: Names that servers write for a smaller set than they send (WHATWG Encoding, 4.2).
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "tis-620": "cp874", "iso-8859-11": "cp874", "windows-874": "cp874", "tis620": "cp874",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "x-sjis": "cp932", "shift_jis": "cp932",
}  # fmt: skip
_LATIN = frozenset({"cp1252"})
_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-:]{2,30})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_\-:]{2,30})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]{2,30})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The letters that running text uses most, by encoding. A wrong decoding of
#: double bytes hits hardly any of them, a right one every third or fourth.
_COMMON: dict[str, str] = tomllib.loads(
    files("pipelines.reading").joinpath("letters.toml").read_text("utf-8")
)


def decode(body: bytes, content_type: str) -> tuple[str, str]:
    """Return the text of the bytes and the encoding used; never fails.

    Order: BOM, UTF-8 where it fits, what the page declares, the header unless
    it is a bare Latin-1, what the letters themselves suggest, windows-1252.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name.removesuffix("-sig")
    if _is_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    for name in _declared(body, content_type):
        if (text := _fitting(body, name)) is not None:
            return text, name
    guessed = _guess(body)
    return body.decode(guessed, "replace"), guessed


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:
            return True
    # One letter cut in two by a careless template is still UTF-8: a wrong
    # guess breaks nearly every letter, a cut one in a hundred at most.
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 50 <= sum(letter > "\x7f" for letter in text) - broken


def _declared(body: bytes, content_type: str) -> list[str]:
    found = _META.search(body[:4096])
    meta = (found.group(1) or found.group(2)).decode("ascii") if found else ""
    header = _HEADER.search(content_type)
    names = [_known(meta), _known(header.group(1)) if header else ""]
    return [name for name in names if name and name not in _LATIN and name != "utf-8"]


def _known(name: str) -> str:
    wider = _WIDER.get(name.lower(), name)
    try:
        return codecs.lookup(wider).name if wider else ""
    except LookupError:
        return ""


def _fitting(body: bytes, name: str) -> str | None:
    # A declared encoding stands unless the bytes contradict it often.
    try:
        text = body.decode(name, "replace")
    except (LookupError, ValueError):
        return None  # "hex" and its like are codecs, but no encodings of text
    foreign = sum(letter > "\x7f" for letter in text)
    return text if text.count("\ufffd") * 20 <= foreign else None


def _guess(body: bytes) -> str:
    sample = re.sub(rb"<script.*?</script>|<style.*?</style>|<[^>]*>", b" ", body, flags=re.DOTALL)
    sample = sample[:60_000]
    scores = {name: _likely(sample, name) for name in _COMMON}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 0.3 else "cp1252"


def _likely(sample: bytes, name: str) -> float:
    # The share of the letters beyond ASCII that this encoding's languages use most.
    text = sample.decode(name, "replace")
    foreign = [letter for letter in text if letter > "\x7f" and letter != "\xa0"]
    common = set(_COMMON[name])
    hits = sum(letter.lower() in common for letter in foreign)
    broken = text.count("\ufffd")
    return (hits - 3 * broken) / len(foreign) if foreign else 0.0
