"""What the full-text index is asked, and what it is never asked."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from news import QueryError
from query import FTS5_TOKENIZE, Filter, index_query, index_text, parse


@pytest.fixture
def words() -> Iterator[sqlite3.Connection]:
    """Give an empty FTS5 table as the archive makes it."""
    db = sqlite3.connect(":memory:")
    db.execute(f'CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize="{FTS5_TOKENIZE}")')
    yield db
    db.close()


def count(db: sqlite3.Connection, expression: str | None) -> int:
    row = db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (expression,)).fetchone()
    return int(row[0])


@pytest.mark.parametrize(
    "query",
    [
        "NOT a",
        "-a -b",
        "lang:id OR a",
        "NOT lang:id",
        "author:chen",
        "a OR NOT b",
        "NOT (a NEAR/3 b)",
    ],
)
def test_what_would_read_everything_is_refused(query: str) -> None:
    """A query that only reading every story could answer says so."""
    with pytest.raises(QueryError, match="reading every story"):
        index_query(parse(query))


@pytest.mark.parametrize(
    ("query", "exact"),
    [
        ("a", True),
        ("中国", True),
        ('"a b*" OR title:c', True),
        ("a -b", True),
        ("a NEAR/3 b", True),
        ("a NEAR/3 a", False),
        ("a* NEAR/3 ab", False),
        ("a ONEAR/3 b", False),
        ("=BRI", False),
        ("a -=BRI", False),
        ("a lang:id", True),
        ("a (lang:id OR b)", False),
        ("a author:chen", False),
        ("lang:id", True),
        ("lang:id -a", False),
    ],
)
def test_exact_says_that_the_index_alone_decides(query: str, exact: bool) -> None:
    """What the index cannot decide is marked for the matcher."""
    assert index_query(parse(query)).exact is exact


def test_conditions_become_filters() -> None:
    """Conditions at the top are columns; a month ends where the next begins."""
    asked = index_query(
        parse("lang:id country:vn outlet:antara source:antara/feed since:2018 until:2018-09")
    )
    assert asked.match is None
    assert asked.filters == (
        Filter(field="language", op="=", value="id"),
        Filter(field="country", op="=", value="VN"),
        Filter(field="outlet", op="=", value="antara"),
        Filter(field="source", op="=", value="antara/feed"),
        Filter(field="when", op=">=", value=datetime(2018, 1, 1, tzinfo=UTC)),
        Filter(field="when", op="<", value=datetime(2018, 10, 1, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    "shape", ["({}) AND b", "({}) OR c", "b -({})", "title:b OR (b ({}))", "(c OR {}) NOT (c b)"]
)
def test_the_deepest_query_stays_within_the_parser_of_fts5(
    words: sqlite3.Connection, shape: str
) -> None:
    """Any query that parses gives an expression that FTS5 takes, at any depth."""
    words.execute("INSERT INTO words VALUES ('b', 'a')")
    other = "({}) OR b" if "AND" in shape or "-" in shape else "({}) AND b"
    text = "a"
    while True:
        deeper = (shape if text.count("(") % 2 else other).format(text)
        try:
            query = parse(deeper)
        except QueryError:
            break
        text = deeper
        assert count(words, index_query(query).match) in {0, 1}
    assert text.count("(") >= 30


def test_thousands_of_phrases_are_one_flat_list(words: sqlite3.Connection) -> None:
    """A query with as many terms as a person may type is taken by FTS5."""
    words.execute("INSERT INTO words VALUES (?, ?)", (index_text("kata 1999"), ""))
    text = " OR ".join(f'"kata {number}"' for number in range(2000))
    assert count(words, index_query(parse(text)).match) == 1


def test_tokens_of_every_kind_survive_the_tokenizer(words: sqlite3.Connection) -> None:
    """FTS5 splits and folds nothing further: its terms are our tokens."""
    text = (
        "China's Straße İstanbul Đà Nẵng 中國。東盟 カタカナ น้ำ เวลา ເວລາວັນ ឆ្នាំ១៣ មក្ដៅ မြန်မာ့ ကျွန်ုပ် हिन्दी العربية "
        "1.5 1,234.56 0,5 20.000 hòa เกาะ แผน ວຽງຈັນ နေ့ 5G ﬁ ½ Ⅷ e\u0301\u0323 ǅ ß ſ ς ᏸ 𝒜 𠮷 한국어"
    )
    split = index_text(text).split(" ")
    words.execute("INSERT INTO words VALUES (?, '')", (" ".join(split),))
    words.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'instance')")
    kept = [term for (term,) in words.execute("SELECT term FROM terms ORDER BY offset")]
    assert kept == split
