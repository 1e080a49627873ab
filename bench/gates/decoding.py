"""Gate of decoding: 15 pairs of language and encoding in 6 situations each.

    bench/gates/decoding.py

Pages are made from the sentences of decoding.toml. A cell is right when the
whole page comes out letter for letter, compared after NFC, because
windows-1258 writes a Vietnamese tone as a mark of its own. Beside ours stand
w3lib, asked as Scrapy asks it, and charset-normalizer, which sees the bytes
only. Ends with status 1 under the floor of floors.toml [encodings].
"""

import sys
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from charset_normalizer import from_bytes  # noqa: E402
from w3lib.encoding import html_to_unicode  # noqa: E402

from pipelines.reading.decoding.decode import decode  # noqa: E402

#: The tone marks that windows-1258 holds apart from their letters.
TONES = "\u0300\u0301\u0303\u0309\u0323"


class Sentences(TypedDict):
    """One entry of decoding.toml: a headline and its paragraphs."""

    title: str
    text: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A language and how its page is written."""

    #: the entry of decoding.toml
    sentences: str
    #: what a page or a server declares
    declared: str
    #: what the bytes are, for Python
    codec: str
    #: what a server declares that is wrong
    lie: str = "ISO-8859-1"

    @property
    def name(self) -> str:
        return f"{self.sentences.split('_')[0]} {self.declared}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One page as it comes over the wire, and its text as it was written."""

    pair: str
    situation: str
    body: bytes
    #: the header; empty where the server sends none
    content_type: str
    expected: str


# windows-1252 is what browsers and ours read under the name ISO-8859-1, so
# that name would be no lie for it.
PAIRS = (
    Pair(sentences="id", declared="utf-8", codec="utf-8"),
    Pair(sentences="ms", declared="windows-1252", codec="cp1252", lie="utf-8"),
    Pair(sentences="fil", declared="utf-8", codec="utf-8"),
    Pair(sentences="vi", declared="utf-8", codec="utf-8"),
    Pair(sentences="vi", declared="windows-1258", codec="cp1258"),
    Pair(sentences="th", declared="windows-874", codec="cp874"),
    Pair(sentences="th_plain", declared="tis-620", codec="tis-620"),
    Pair(sentences="th", declared="utf-8", codec="utf-8"),
    Pair(sentences="zh", declared="gb2312", codec="gb18030"),
    Pair(sentences="zh_gbk", declared="gbk", codec="gbk"),
    Pair(sentences="zh-Hant", declared="big5", codec="big5hkscs"),
    Pair(sentences="zh", declared="utf-8", codec="utf-8"),
    Pair(sentences="km", declared="utf-8", codec="utf-8"),
    Pair(sentences="lo", declared="utf-8", codec="utf-8"),
    Pair(sentences="my", declared="utf-8", codec="utf-8"),
)
SITUATIONS = ("header", "meta", "http-equiv", "none", "lying header", "truncated")
DECLARATIONS = {
    "meta": '<meta charset="{}">\n',
    "http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset={}">\n',
}


def cells() -> tuple[Cell, ...]:
    """Return the 90 cells, situation after situation of one pair after another."""
    written = tomllib.loads((HERE / "decoding.toml").read_text("utf-8"))
    return tuple(
        cell(pair, situation, written[pair.sentences])
        for pair in PAIRS
        for situation in SITUATIONS
    )


def cell(pair: Pair, situation: str, sentences: Sentences) -> Cell:
    expected = page(sentences, DECLARATIONS.get(situation, "").format(pair.declared))
    body = encoded(expected, pair.codec)
    if situation == "truncated":
        body, expected = truncated(expected, pair.codec)
    headers = {
        "header": f"text/html; charset={pair.declared}",
        "lying header": f"text/html; charset={pair.lie}",
    }
    return Cell(
        pair=pair.name,
        situation=situation,
        body=body,
        content_type=headers.get(situation, "text/html"),
        expected=expected,
    )


def page(sentences: Sentences, declaration: str) -> str:
    paragraphs = "\n".join(f"<p>{text}</p>" for text in sentences["text"])
    return (
        f"<!DOCTYPE html>\n<html>\n<head>\n{declaration}<title>{sentences['title']}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="stylesheet" href="/css/main.css?v=12">\n'
        "<script>var page = {id: 48213, ads: false};</script>\n</head>\n<body>\n"
        f'<h1 class="headline">{sentences["title"]}</h1>\n'
        f'<div class="story" id="story-48213">\n{paragraphs}\n</div>\n</body>\n</html>\n'
    )


def encoded(text: str, codec: str) -> bytes:
    return (_toned(text) if codec == "cp1258" else text).encode(codec)


def _toned(text: str) -> str:
    # Tones apart, every other mark in one with its letter.
    out = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        rest = "".join(mark for mark in marks if mark not in TONES)
        out.append(unicodedata.normalize("NFC", rest))
        out += [mark for mark in marks if mark in TONES]
    return "".join(out)


def truncated(text: str, codec: str) -> tuple[bytes, str]:
    """Return a page that breaks off inside a letter of its story, and what is whole."""
    wide = [at for at, letter in enumerate(text) if len(encoded(letter, codec)) > 1]
    # Where every letter is one byte, it breaks off inside a word.
    last = max(wide, default=text.rindex("</p>") - 3)
    body = encoded(text[: last + 1], codec)[:-1]
    return body, body.decode(codec, "ignore")


def ours(one: Cell) -> str:
    return decode(one.body, one.content_type)[0]


def w3lib(one: Cell) -> str:
    return html_to_unicode(
        one.content_type, one.body, default_encoding="ascii", auto_detect_fun=_first_that_fits
    )[1]


def _first_that_fits(body: bytes) -> str | None:
    # Scrapy's TextResponse tries these in this order.
    for name in ("ascii", "utf-8", "cp1252"):
        try:
            body.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def normalizer(one: Cell) -> str:
    best = from_bytes(one.body).best()
    return str(best) if best else ""


def right(one: Cell, reader: Callable[[Cell], str]) -> bool:
    return _compared(reader(one), one) == _compared(one.expected, one)


def _compared(text: str, one: Cell) -> str:
    # Half a letter at the end may stand as a replacement or be left out.
    whole = text.rstrip("\ufffd") if one.situation == "truncated" else text
    return unicodedata.normalize("NFC", whole)


READERS: dict[str, Callable[[Cell], str]] = {
    "ours": ours,
    "w3lib": w3lib,
    "charset-normalizer": normalizer,
}


def main(arguments: list[str]) -> int:
    # The runner of all gates names a folder of real data; this one needs none.
    del arguments
    table = cells()
    print(f"{'encodings':18}" + "".join(f"{name:15}" for name in SITUATIONS) + "w3lib  c-norm")
    for at in range(0, len(table), len(SITUATIONS)):
        print(line(table[at : at + len(SITUATIONS)]))
    scores = {name: sum(right(one, reader) for one in table) for name, reader in READERS.items()}
    print(", ".join(f"{name} {score} of {len(table)}" for name, score in scores.items()))
    return verdict(scores["ours"])


def line(row: tuple[Cell, ...]) -> str:
    shown = "".join(f"{'ok' if right(one, ours) else came(one):15}" for one in row)
    peers = [sum(right(one, reader) for one in row) for reader in (w3lib, normalizer)]
    return f"{row[0].pair:18}{shown}{peers[0]:5}{peers[1]:8}"


def came(one: Cell) -> str:
    """Return the encoding used and the first letters that came out wrong."""
    text, name = decode(one.body, one.content_type)
    found, wanted = _compared(text, one), _compared(one.expected, one)
    at = next(
        (at for at, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b),
        min(len(found), len(wanted)),
    )
    return f"{name}:{found[at : at + 4]!r}"


def verdict(found: int) -> int:
    floor = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["encodings"]["right"]
    low = found < floor
    print(f"{'right':34}{found:8}{floor:8}{'  UNDER' if low else ''}")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
