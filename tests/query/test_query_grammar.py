"""The language as its documentation gives it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import QueryError
from query import Document, index_query, match, parse
from query.syntax import (
    And,
    Near,
    Node,
    Not,
    Or,
    Query,
    Times,
    TopicName,
    Where,
    Within,
    all_of,
    any_of,
    negated,
)
from query.terms import Term, term

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
EXAMPLES = [
    query
    for row in re.findall(r"^\| (`.*?) \|", DOCUMENTATION, re.MULTILINE)
    for query in re.findall("`([^`]+)`", row)
]
GRAMMAR = re.findall("```ebnf\n(.*?)```", DOCUMENTATION, re.DOTALL)[0]


@pytest.mark.parametrize("query", EXAMPLES)
def test_every_documented_example_parses(query: str) -> None:
    """What the documentation shows can be asked."""
    assert parse(parse(query).canonical()) == parse(query)


def test_every_sign_of_the_grammar_is_shown_by_an_example() -> None:
    """Each operator named in the grammar stands in an example that parses."""
    signs = {a or b for a, b in re.findall("\"([^\"]+)\"|'([^']+)'", GRAMMAR)}
    assert {"AND", "OR", "NOT", "-", "NEAR/", "ONEAR/", "=", "~", "{", "*", "@"} <= signs
    for sign in signs:
        assert any(sign in query for query in EXAMPLES), sign


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("a OR b c", "a OR (b AND c)"),
        ("NOT a b", "NOT a AND b"),
        ("a -b", "a AND NOT b"),
        ("a AND (b AND c)", "a AND b AND c"),
        ("NOT NOT a", "a"),
        ("China-ASEAN", '"china asean"'),
        ("China - ASEAN", "china AND asean"),
        ("-(a OR b) c", "NOT (a OR b) AND c"),
        ("“Belt and Road”", '"belt and road"'),
        ("（中国 OR 東盟）论坛", "(中国 OR 东盟) AND 论坛"),
        ("中国*", "中国"),
        ("=中国", "中国"),
        ("5G", '"5 g"'),
        ("and", "and"),
        ('"AND"', "and"),
        ("topic:bri", "@bri"),
        ("country:vn", "country:VN"),
        ("title:(a OR b)", "title:(a OR b)"),
        ("a NEAR/3 (b OR c*)", "a NEAR/3 (b OR c*)"),
        ('"中。国"', '"中。国"'),
        ("~Kerja", "~kerja"),
        ('~"kerja"', "~kerja"),
        ("~中国", "中国"),
        ("{1}a", "a"),
        ('{03}="Xi Jinping"', '{3}="Xi Jinping"'),
        ("event:012", "event:12"),
        ("amount>1bn CNY", "amount>1000000000 CNY"),
        ("Amount >= 20 miliar RMB", "amount>=20000000000 CNY"),
        ("amount<500m USD", "amount<500000000 USD"),
        ("amount<US$500m", "amount<500000000 USD"),
        ("amount≤2 หมื่นล้านหยวน", "amount<=20000000000 CNY"),
        ("amount＞200亿元", "amount>20000000000 CNY"),
        ("amount=1.5 tỷ đồng ASEAN", "amount=1500000000 VND AND asean"),
        ("amount>၂၀ ဘီလီယံ ယွမ်", "amount>20000000000 CNY"),
        ("amount>៣០លានដុល្លារ", "amount>30000000 USD"),
        ("amount>30 ລ້ານໂດລາ", "amount>30000000 USD"),
        ("amount>₱5 bilyon", "amount>5000000000 PHP"),
        ("amount>1.500 USD", "amount>1500 USD"),
        ("amount>1,234.5 USD", "amount>1234.5 USD"),
        ("-amount>0,25 USD port", "NOT amount>0.25 USD AND port"),
        ("{2}China-ASEAN -{4}~kerja", '{2}"china asean" AND NOT {4}~kerja'),
    ],
)
def test_precedence_and_canonical_form(query: str, canonical: str) -> None:
    """NOT binds before AND, AND before OR; a question has one canonical form."""
    assert parse(query).canonical() == canonical
    assert parse(canonical) == parse(query)


@pytest.mark.parametrize(
    ("query", "at", "what"),
    [
        ("", 0, "empty"),
        ("   ", 3, "empty"),
        ("a AND", 5, "found the end"),
        ("a OR OR b", 5, 'found "OR"'),
        ("AND a", 0, 'found "AND"'),
        ("()", 1, 'found ")"'),
        ("(a OR b", 0, "never closed"),
        ("a OR b)", 6, "never opened"),
        ('a "b c', 2, "never closed"),
        ("a b”", 3, "never opened"),
        ("titel:a", 0, '"titel:" is no field'),
        ("Nanning:forum", 0, "is no field"),
        ("title: a", 0, "followed at once"),
        ("title:body:a", 0, "followed at once"),
        ("title:(a lang:id)", 9, "inside another field"),
        ("title:(@bri)", 7, "whole story"),
        ("lang:indonesian", 5, 'unknown language "indonesian"'),
        ("country:China", 8, 'unknown country "China"'),
        ("source:antara", 7, "an outlet and a way"),
        ("since:2018-02-30", 6, "no such day"),
        ("since:yesterday", 6, "year-month-day"),
        ("lang:(id OR ms)", 5, "one plain value"),
        ("@", 0, "name of a topic"),
        ("@bri/su.re", 4, "no part of a topic"),
        ("a NEAR b", 2, "distance"),
        ("a NEAR/x b", 2, "distance"),
        ("a NEAR/99999999999 b", 2, "distance"),
        ("a NEAR/5", 8, "found the end"),
        ("a NEAR/5 (b c)", 9, "NEAR takes"),
        ("a NEAR/5 @bri", 9, "NEAR takes"),
        ("a NEAR/5 b NEAR/5 c", 11, "two sides"),
        ("*", 0, "* may stand only"),
        ("ker*ja", 3, "* may stand only"),
        ('"Belt* Road"', 5, "* may stand only"),
        ("a & b", 2, "no letter or digit"),
        ("~", 1, "followed at once"),
        ("a ~ b", 3, "followed at once"),
        ("~(a OR b)", 1, "followed at once"),
        ("~title:a", 1, "followed at once"),
        ("=~kerja", 1, "followed at once"),
        ("~China-ASEAN", 0, "one root"),
        ("~ab", 0, "one root"),
        ("~5G", 0, "one root"),
        ("~kerja*", 0, "not both"),
        ("lang:~id", 5, "one plain value"),
        ("lang:{2}id", 5, "one plain value"),
        ("~kerja " * 34, 231, "more than 2,000 terms"),
        ("{3}", 3, "followed at once"),
        ("{3} a", 3, "followed at once"),
        ("{3}(a OR b)", 3, "followed at once"),
        ("{3}@bri", 3, "followed at once"),
        ("{0}a", 0, "a count of 1"),
        ("{1001}a", 0, "a count of 1"),
        ("{n}a", 0, "a count of 1"),
        ("a {3", 2, "a count of 1"),
        ("{2}a NEAR/5 b", 0, "NEAR takes"),
        ("event:harbor", 6, "an event has a number"),
        ("event:0", 6, "an event has a number"),
        ("event:1234567890123456789", 6, "an event has a number"),
        ("amount:1bn", 0, "no colon"),
        ("amount>1bn", 10, "needs its currency"),
        ("amount>1bn OR ASEAN", 11, "needs its currency"),
        ("amount>1bn CNYX", 11, "no currency"),
        ("a amount>", 9, "followed by a number"),
        ("amount>=CNY much", 12, "followed by a number"),
        ("amount>1.2.3 CNY", 7, "no number"),
        ("amount>9999999tn USD", 7, "no amount is over"),
        ("title:(amount>1bn CNY)", 7, "inside a field"),
        ("title:amount>1bn CNY", 0, "followed at once"),
        ("a NEAR/5 amount>1bn CNY", 9, "NEAR takes"),
        ("(" * 65 + "a" + ")" * 65, 64, "more than 64 deep"),
        ("a " * 2001, 4000, "more than 2,000 terms"),
        ("a" * 100_001, 100_000, "longer than 100,000"),
    ],
)
def test_errors_say_where_and_what(query: str, at: int, what: str) -> None:
    """An error points at the place and says what was expected there."""
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert what in raised.value.what
    assert raised.value.at == at
    assert "^" in str(raised.value)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [("titel:a", '"title"'), ("langs:id", '"lang"'), ("autor:x", '"author"')],
)
def test_a_mistyped_field_gets_a_suggestion(query: str, suggestion: str) -> None:
    """An error suggests the field that was meant."""
    with pytest.raises(QueryError, match=suggestion):
        parse(query)


ALPHABET = "~{3}aAbé9 -'’“。中國东盟一ก้ำเาិ្កກໍ່າမြန်မာ့ျပ\u200b\u202e\ud800\x00🙂*=@:/"


@settings(max_examples=250, deadline=None)
@given(st.text(ALPHABET, max_size=30) | st.text(max_size=30))
def test_any_text_parses_or_says_why(text: str) -> None:
    """Whatever is typed gives a query with a canonical form, or a QueryError."""
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(query.canonical()) == query


def _terms() -> st.SearchStrategy[Term]:
    made = st.builds(
        lambda text, sign, prefix: term(
            text, cased=sign == "=", prefix=prefix and sign != "~", affixed=sign == "~"
        ),
        st.text("aBé9 -'。中國东盟一ก้ำเාិ្កກໍ່າမြန်မာ့", min_size=1, max_size=9),
        st.sampled_from(["", "=", "~"]),
        st.booleans(),
    )
    return made.filter(lambda one: one is not None)


def _trees() -> st.SearchStrategy[Node]:
    side = st.one_of(_terms(), st.lists(_terms(), min_size=2, max_size=3).map(any_of))
    near = st.builds(Near, side, side, st.integers(0, 1000), st.booleans())
    topic = st.builds(
        TopicName, st.sampled_from(["bri", "caih"]), st.sampled_from(["", "core", "trade"])
    )
    where = st.sampled_from(
        [
            Where("lang", "id"),
            Where("since", "2018-09"),
            Where("author", "Lưu Khải"),
            Where("outlet", "a/b"),
        ]
    )
    times = st.builds(Times, _terms(), st.integers(2, 1000))
    inner = st.one_of(
        _terms(), times, near, st.lists(_terms(), min_size=2, max_size=3).map(all_of)
    )
    within = st.builds(Within, st.sampled_from(["title", "body"]), inner)
    leaf = st.one_of(_terms(), times, near, topic, where, within)

    def grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(below, min_size=2, max_size=4)
        return st.one_of(several.map(any_of), several.map(all_of), below.map(negated))

    return st.recursive(leaf, grown, max_leaves=8)


@settings(max_examples=250, deadline=None)
@given(_trees())
def test_the_canonical_form_parses_to_the_same_tree(root: Node) -> None:
    """parse(canonical(tree)) == tree."""
    query = Query(text="", root=root)
    assert parse(query.canonical()) == query


def test_a_query_names_its_topics() -> None:
    """topics() gives the ids of all topics that a query names."""
    assert parse("@bri OR (a NEAR/3 @caih/core) -topic:dsr").topics() == {"bri", "caih", "dsr"}


def test_trees_join_what_can_be_joined() -> None:
    """OR in OR and AND in AND are one; NOT of NOT is nothing."""
    assert isinstance(parse("(a OR b) OR (c OR d)").root, Or)
    assert len(parse("a b (c d)").root.parts) == 4  # type: ignore[union-attr]
    assert isinstance(parse("NOT (NOT (NOT a))").root, Not)
    assert isinstance(parse("a b").root, And)


FORUM = Document.of(
    title="Forum Pelabuhan Informasi China-ASEAN dibuka di Nanning",
    body="BRI dan bank. ASEAN’s ports: 中国—东盟信息港, ท่าข้อมูล จีน - อาเซียน. Ditulis Lưu Khải.",
    outlet="antara",
    source="antara/feed",
    language="id",
    country="ID",
    authors=("Chen Guoliang",),
    published=datetime(2018, 9, 20, 2, 22, tzinfo=UTC),
    first_seen=datetime(2018, 9, 21, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "query",
    [
        "nanning",
        "=BRI bank",
        '"pelabuhan informasi"',
        "pelabuhan ONEAR/0 informasi",
        "asean NEAR/0 china",
        "title:(forum nanning)",
        "body:中國東盟",
        "จีนอาเซียน",
        "asean ports",
        '"ASEAN ports"',
        "pel*",
        "author:guoliang",
        'author:"chen guo*"'.replace("*", "liang"),
        "outlet:antara source:antara/feed lang:id country:id",
        "since:2018-09-20 until:2018-09-20",
        "until:2018 since:2018",
        "forum -davos",
        "forum OR davos",
        "信息港",
        "港",
        "~labuh",
        "~tulis ONEAR/0 Lưu",
        "{2}asean",
        '{2}"asean"',
        "title:~labuh",
        "body:{2}东盟 OR {2}~asean",
    ],
)
def test_yes(query: str) -> None:
    """The story answers the query."""
    assert match(parse(query), FORUM) is not None


@pytest.mark.parametrize(
    "query",
    [
        "=Bri",
        '"informasi pelabuhan"',
        "informasi ONEAR/9 pelabuhan",
        "nanning NEAR/50 bank",
        "body:nanning",
        "title:bri",
        "pelabuh",
        "forum -asean",
        "forum NOT body:asean",
        "since:2018-09-21",
        "until:2018-09-19",
        "lang:en forum",
        "author:guo",
        '"nanning bri"',
        "国港",
        "~pelab",
        "~port",
        "{3}asean",
        "body:{2}asean",
        "{2}东盟",
        "asean NEAR/9 davos",
    ],
)
def test_no(query: str) -> None:
    """The story does not answer the query."""
    assert match(parse(query), FORUM) is None


def test_hits_are_the_original_words() -> None:
    """A hit gives field, place and words of the original, and the smallest clause."""
    found = match(
        parse(
            '(@x OR "information harbor") OR 东盟信息港'.replace("@x OR ", "") + ' OR "จีน อาเซียน"'
        ),
        FORUM,
    )
    assert found is not None
    assert [(hit.field, hit.words, hit.clause) for hit in found.hits] == [
        ("body", "东盟信息港", "东盟信息港"),
        ("body", "จีน - อาเซียน", "จีนอาเซียน"),
    ]
    near = match(parse("(china OR tiongkok) NEAR/3 (forum OR pelabuhan)"), FORUM)
    assert near is not None
    assert {hit.clause for hit in near.hits} == {
        "forum NEAR/3 china",
        "pelabuhan NEAR/3 china",
        "china NEAR/3 forum",
    } & {hit.clause for hit in near.hits}
    assert [hit.words for hit in near.hits][-1] == "China"


def test_conditions_alone_match_without_hits() -> None:
    """A query of conditions only says yes and shows no words."""
    found = match(parse("lang:id"), FORUM)
    assert found is not None
    assert found.hits == ()


def test_a_question_with_topics_must_be_expanded_first() -> None:
    """match and index_query refuse topic names, they do not guess."""
    for query in ("@bri", "a NEAR/3 @bri/core"):
        document = Document.of(title="a", body="a")
        with pytest.raises(ValueError, match="expand"):
            match(parse(query), document)
        with pytest.raises(ValueError, match="expand"):
            index_query(parse(query))
