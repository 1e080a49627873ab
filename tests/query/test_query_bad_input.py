"""Whatever is typed, pasted or sent gives a clear error or the right answer, in bounded time."""

import random
import time
import unicodedata
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from query_oracles import Index, document, made_topics, question
from query_worlds import telling

from news import QueryError
from query import Document, Percolator, explain, index_query, match, parse
from query.tsearch import tsquery

pytestmark = pytest.mark.long

#: seconds of one core for the longest of questions; most take a tenth of one
BOUND = 8.0
LONGEST = 99_990

WORDS = ["a", "ASEAN", "kerja", "中国", "南向", "น้ำ", "ລາວ", "တရုတ်", "1,5", "5G", "🙂", "ﷺ", "and"]
SIGNS = [
    '"',
    "“",
    "”",
    "「",
    "(",
    ")",
    "（",
    "）",
    "-",
    "—",
    "*",
    "=",
    "~",
    "{2}",
    "{",
    "}",
    "'",
    "’",
]
SIGNS += ["AND", "OR", "NOT", "NEAR/3", "ONEAR/0", "NEAR", "@", "@harbor", "@both/core", "/core"]
SIGNS += ["title:", "body:", "lang:id", "lang:", "since:2018", "until:", "author:", "outlet:"]
SIGNS += ["country:VN", "source:", "topic:", ":", "。", "\\", "%", "_", "/", "event:", "amount>"]
UNSEEN = [
    "\u200f",
    "\u200e",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "\u2060",
    "\x00",
    "\x1b",
]
UNSEEN += ["\ud800", "\udfff", "\n", "\t", "\u2028", "\u3000"]
TYPED = st.lists(st.sampled_from([*WORDS, *SIGNS, *UNSEEN, " ", " ", " ", " "]), max_size=14)


def _told() -> list:
    chance = random.Random(19092018)
    return [telling(chance) for _ in range(6)]


TOLD = _told()
DOCUMENTS = [document(one) for one in TOLD]


@settings(max_examples=400, deadline=None)
@given(TYPED.map("".join))
def test_any_heap_of_signs_is_answered_or_refused(text: str) -> None:
    """Words and signs thrown together are an error that shows its place, or index and matcher agree."""
    try:
        query = question(text)
        asked = index_query(query)
    except QueryError as error:
        assert 0 <= error.at <= len(text)  # noqa: PT017 - some are refused, some are asked
        str(error).encode()
        return
    assert parse(parse(text).canonical()) == parse(text)
    matched = {n for n, one in enumerate(DOCUMENTS, 1) if match(query, one)}
    with closing(Index(TOLD)) as index:
        found, exact = index.find(query)
    assert found >= matched
    assert found == matched or not exact
    if asked.ask is not None:
        tsquery(asked.ask).text.encode()


@pytest.mark.parametrize("sign", UNSEEN[:11])
@pytest.mark.parametrize(
    "text",
    [
        "title:a",
        "a AND b",
        "a OR b",
        "a NOT b",
        "a -b",
        "a NEAR/5 b",
        "kerja*",
        "=BRI",
        "~kerja",
        "{2}a",
        '"a b"',
        "lang:id a",
        "outlet:antara",
        "@bri/core",
        "since:2018 (a)",
    ],
)
def test_what_cannot_be_seen_changes_no_question(text: str, sign: str) -> None:
    """Direction marks, controls and half letters round the words of a pasted question are nothing."""
    wrapped = " ".join(f"{sign}{word}{sign}" for word in text.split(" ")).replace(":", f":{sign}")
    if sign == "\u2060":
        # Before letters a word joiner says that they are Unicode, not Zawgyi, and is kept.
        wrapped = " ".join(f"{word}{sign}" for word in text.split(" "))
    assert parse(wrapped) == parse(text)


@pytest.mark.parametrize(
    ("query", "caret"),
    [
        ("a titel:b", 2),
        ("中国 titel:b", 5),
        ("ข้อมูล titel:b", 5),
        ("\u202e\x00a\ud800 titel:b", 2),
        ("Trung Quo\u0302\u0301c titel:b", 11),
    ],
)
def test_the_caret_stands_below_the_place(query: str, caret: int) -> None:
    """Wide letters take two columns, marks and what is unseen none; nothing unseen is printed."""
    with pytest.raises(QueryError) as raised:
        parse(query)
    _, shown, below, *_ = str(raised.value).split("\n")
    assert below == "  " + " " * caret + "^"
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in shown)


REPEATED = [
    *('"', "(", ")", "-", " -", "- ", "@", "~", "=", "{", "*", "a*", "{2}", "title:", "title:("),
    *("NOT ", "AND ", "a OR ", "a NEAR/5 ", "(a OR ", "-(", "a-", "'", "a'", "i'm ", "1,", "1.5 "),
    *("中。", "中-", "中国一", "中 ", "ေ", "်", "က်", "ျက", "เ", "กํา", "្ក", "\u0301", "x̣̂", "hòa"),
    *("\u200b", "\u200f", "\ud800", "\x00", "\n", "\u2060", "🙂", "ﷺ", "İ", "ｶﾞ", "ᅠ", "a\n\n"),
]


@pytest.mark.long
@pytest.mark.parametrize("unit", REPEATED, ids=ascii)
def test_the_longest_question_takes_bounded_time(unit: str) -> None:
    """A sign or letter 100,000 times over, alone, quoted or as a value, is soon refused or read."""
    heap = (unit * LONGEST)[:LONGEST]
    begun = time.process_time()
    for text in (heap, f'"{heap.replace(chr(34), "")}"', f"=a{heap}", f"lang:{heap}"):
        try:
            index_query(question(text))
        except QueryError as error:
            assert len(str(error)) < 500  # noqa: PT017 - most are refused, some are read
    assert time.process_time() - begun < BOUND


MANY = [f"a{number}" for number in range(1_998)]
LARGE = {
    "or": " OR ".join(MANY),
    "and": " ".join(MANY),
    "phrases": " ".join(f'"{word} {word}"' for word in MANY),
    "near": f"({' OR '.join(MANY[:999])}) NEAR/1000 ({' OR '.join(MANY[:999])})",
    "nears": " OR ".join(f"{MANY[n]} NEAR/1000 {MANY[-n]}" for n in range(1, 999)),
    "nots": f"a0 {'-' * 9_000}a1",
    "bars": f"a0 {' '.join(f'-{word}' for word in MANY[1:])}",
    "deep": f"{''.join(f'(a{n} -(b{n} OR ' for n in range(32))}c{'))' * 32}",
    "prefixes": " OR ".join(f"{word}*" for word in MANY),
    "roots": " OR ".join(f"~kerj{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "counts": " ".join(f"{{1000}}{word}" for word in MANY),
    "phrase": f'"{" ".join(["a 0"] * 500)}"',
    "letters": f'"{"中。" * 500}"',
    "word": "a" * LONGEST,
}
SUITED = Document.of(title="a0 a1", body=" ".join(f"a{number % 1500}" for number in range(20_000)))


@pytest.mark.parametrize("name", LARGE)
def test_the_largest_questions_take_bounded_time(name: str) -> None:
    """As many terms, brackets and words as are allowed are asked of a long story that suits them."""
    begun = time.process_time()
    query = question(LARGE[name])
    assert question(query.canonical()) == query
    with closing(Index(TOLD)) as index:
        index.find(query)
    tsquery(index_query(query).ask)
    found, percolated = match(query, SUITED), Percolator({1: query}).match(SUITED)
    assert (found is not None) is (1 in percolated)
    explain(query, SUITED)
    assert time.process_time() - begun < BOUND


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (" OR ".join(f"a{number}" for number in range(10_000)), "more than 2,000 terms"),
        (" ".join(["ASEAN"] * 10_000), "more than 2,000 terms"),
        ("(" * 10_000 + "a" + ")" * 10_000, "more than 64 deep"),
        ("NOT (" * 10_000 + "a" + ")" * 10_000, "more than 64 deep"),
        ("title:(" * 10_000, "inside another field"),
        (f'"{"a " * 1_001}"', "more than 1,000 words"),
        (f'"{"中" * 1_001}"', "more than 1,000 words"),
        ("a" * 100_001, "longer than 100,000"),
        ("{999999999999}a", "a count of 1"),
        ("a NEAR/999999999999 b", "a distance of 0"),
        ("since:999999999999", "year-month-day"),
        ("since:٢٠١٨", "year-month-day"),
    ],
)
def test_too_much_is_refused(text: str, what: str) -> None:
    """What is too long, too deep or too many is refused with the bound, at once."""
    begun = time.process_time()
    with pytest.raises(QueryError, match=what):
        parse(text)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize("wrong", [parse, question])
def test_a_story_is_no_question_for_a_long_time(wrong: Callable[[str], object]) -> None:
    """A whole story pasted as a question is answered or refused like any other."""
    chance = random.Random(7)
    for _ in range(30):
        text = "\n\n".join(telling(chance).texts["body"] for _ in range(30))
        try:
            wrong(text)
        except QueryError as error:
            assert "^" in str(error)  # noqa: PT017 - few are refused
    assert len(made_topics()) == 3
