"""The public tables of variants against the rules of folding and matching.

The tables were written without the rules. Rows that the rules are known to
miss stand in `variants_known.txt`, one name a line; the list may only shrink
knowingly, so a new miss and a listed row that passes both fail.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import icu
import pytest

from query import Document, match, parse

TABLES = Path(__file__).parents[2] / "query" / "variants"
KNOWN_FILE = Path(__file__).with_name("variants_known.txt")
LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")

#: Running text of our own making, in the manner of each language: scripts
#: without spaces run on without one.
FRAMES = {
    "id": "Menurut para peserta, {} menarik perhatian banyak pihak pada pekan ini.",
    "ms": "Menurut para peserta, {} mendapat perhatian ramai pada minggu ini.",
    "en": "Delegates told us on Monday that {} drew wide interest in these countries.",
    "zh": "据介绍，与会代表多次提到{}并给予积极评价。",
    "vi": "Theo các đại biểu, {} được nhắc đến nhiều trong tuần này.",
    "th": "สื่อหลายแห่งกล่าวถึง{}ในวันนี้",
    "km": "កិច្ចប្រជុំបានពិភាក្សាអំពី{}នៅថ្ងៃនេះ។",
    "lo": "ກອງປະຊຸມໄດ້ກ່າວເຖິງ{}ໃນມື້ນີ້.",
    "my": "အဖွဲ့ဝင်တို့က{}အကြောင်း ဆွေးနွေးခဲ့ကြသည်။",
    "fil": "Ayon sa mga kalahok, {} ang pinag-usapan nila ngayong linggo.",
}
#: A page is Zawgyi as a whole or not at all.
ZAWGYI_FRAME = "အဖြဲ႕ဝင္တို႔က{}အေၾကာင္း ေဆြးေႏြးခဲ့ၾကသည္။"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pair of a table."""

    #: table-language-kind-place, such as same-zh-dash-03
    name: str
    language: str
    kind: str
    first: str
    second: str

    def story_of_first(self) -> Document:
        return _story(FRAMES[self.language], self.first)

    def story_of_second(self) -> Document:
        frame = ZAWGYI_FRAME if self.kind == "zawgyi" else FRAMES[self.language]
        return _story(frame, self.second)


def _story(frame: str, words: str) -> Document:
    return Document.of(title="", body=frame.replace("{}", words))


def _sign(escape: re.Match[str]) -> str:
    body = escape[1]
    return {"n": "\n", "r": "\r"}.get(body) or chr(int(body[1:], 16))


def _rows(table: str) -> Iterator[Row]:
    places: Counter[tuple[str, str]] = Counter()
    for line in (TABLES / f"{table}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, kind, first, second, _note = line.split("\t")
        places[language, kind] += 1
        first, second = (re.sub(r"\\(n|r|u[0-9a-f]{4})", _sign, x) for x in (first, second))
        name = f"{table}-{language}-{kind}-{places[language, kind]:02}"
        yield Row(name=name, language=language, kind=kind, first=first, second=second)


SAME = list(_rows("same"))
DIFFERENT = list(_rows("different"))
KNOWN = KNOWN_FILE.read_text("utf-8").split() if KNOWN_FILE.exists() else []


def _finds(query: str, story: Document) -> bool:
    return match(parse(query), story) is not None


def _phrase(words: str) -> str:
    return f'"{words}"'


def _gaps(row: Row) -> list[str]:
    """The directions in which a pair that must meet does not."""
    gaps = []
    if not _finds(_phrase(row.first), row.story_of_second()):
        gaps.append("first does not find second")
    # A straight quote ends a phrase: such a side is only looked for in stories.
    if '"' not in row.second and not _finds(_phrase(row.second), row.story_of_first()):
        gaps.append("second does not find first")
    return gaps


def _is_word(text: str) -> bool:
    return all(unicodedata.category(sign)[0] in "LMN" for sign in text)


def _questions(row: Row) -> list[str]:
    if row.kind == "cased":
        return [row.first]
    return [_phrase(row.first)] + [row.first] * _is_word(row.first)


def _meetings(row: Row) -> list[str]:
    """The queries by which a pair that must stay apart meets."""
    story = row.story_of_second()
    return [f"{query} finds it" for query in _questions(row) if _finds(query, story)]


def _judge(row: Row, faults: list[str]) -> None:
    pair = f"{row.name}: {row.first!r} | {row.second!r}"
    if row.name in KNOWN:
        assert faults, f"{pair} is right now: strike it from {KNOWN_FILE.name}"
    else:
        assert not faults, f"{pair}: {', '.join(faults)}"


@pytest.mark.parametrize("row", SAME, ids=lambda row: row.name)
def test_two_spellings_of_the_same_words_find_each_other(row: Row) -> None:
    """A phrase query of either spelling finds the story that holds the other."""
    _judge(row, _gaps(row))


@pytest.mark.parametrize("row", DIFFERENT, ids=lambda row: row.name)
def test_different_words_do_not_find_each_other(row: Row) -> None:
    """A query of the first finds no story that holds only the second."""
    _judge(row, _meetings(row))


@pytest.mark.parametrize("row", SAME + DIFFERENT, ids=lambda row: row.name)
def test_the_running_text_holds_none_of_the_spellings(row: Row) -> None:
    """What a query finds is the pair's other half, never the text around it."""
    frames = (FRAMES[row.language], ZAWGYI_FRAME if row.kind == "zawgyi" else "")
    for query in _questions(row):
        assert not any(_finds(query, _story(frame, " … ")) for frame in frames)


def test_known_misses_are_rows_of_the_tables() -> None:
    """The list of known misses names rows, each once."""
    names = {row.name for row in SAME + DIFFERENT}
    assert set(KNOWN) <= names
    assert len(KNOWN) == len(set(KNOWN))


def test_the_tables_cover_all_languages() -> None:
    """At least 280 and 120 pairs, 18 of each language that must meet, 40 of Chinese."""
    counts = Counter(row.language for row in SAME)
    assert len(SAME) >= 280
    assert len(DIFFERENT) >= 120
    assert {row.language for row in DIFFERENT} == set(LANGUAGES) == set(counts)
    assert min(counts.values()) >= 18
    assert counts["zh"] >= 40


def test_no_pair_stands_twice() -> None:
    """Each pair is two spellings and stands once, in one table, either way round.

    Pairs that must stay apart are asked in one direction, so there both may stand.
    """
    same = [frozenset((row.language, row.first, row.second)) for row in SAME]
    different = [(row.language, row.first, row.second) for row in DIFFERENT]
    assert len(same) == len(set(same))
    assert len(different) == len(set(different))
    assert not set(same) & {frozenset(pair) for pair in different}
    assert all(row.first != row.second for row in SAME + DIFFERENT)


def test_the_zawgyi_side_is_zawgyi() -> None:
    """ICU's own conversion of each Zawgyi side gives the Unicode side."""
    to_unicode = icu.Transliterator.createInstance("Zawgyi-my")
    pairs = [(row.second, row.first) for row in SAME if row.kind == "zawgyi"]
    pairs += [(ZAWGYI_FRAME, FRAMES["my"])]
    assert [to_unicode.transliterate(zawgyi) for zawgyi, _ in pairs] == [u for _, u in pairs]
