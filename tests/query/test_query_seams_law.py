"""Numbers with marks, drawn-together words and syllables keep the law of one answer."""

import random
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from query_oracles import Index, document
from query_worlds import Telling

from news import QueryError
from query import index_query, match, parse

PARTS = [
    *(
        "1.5",
        "1,5",
        "15",
        "5",
        "1.500",
        "1,500",
        "1500",
        "500",
        "0,5",
        "18.9.2018",
        "2018",
        "20.000",
    ),
    *("we'll", "we", "well", "Tsina'y", "Tsina", "iba't", "iba", "China's", "Jum'at", "Jumat"),
    *(
        "hòa",
        "hoà",
        "hoàn",
        "thủy",
        "thuỷ",
        "Đà",
        "Ðà",
        "衞",
        "卫",
        "中",
        "，",
        "\n\n",
        "\r\n",
        "。",
    ),
    *(
        "ลาว",
        "ลาวา",
        "ผล",
        "แผล",
        "น้ำ",
        "นำ้",
        "ລາວ",
        "ລາວາ",
        "ວຽງ",
        "ນຳ້",
        "နေ",
        "နေ့",
        "မြန်မာ",
        "မြန်မာ့",
        "လူ့",
    ),
]
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12)
ASKED = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3)


def story(title: str, body: str) -> Telling:
    when = datetime(2018, 9, 20, tzinfo=UTC)
    return Telling(
        texts={"title": title, "body": body},
        pieces={},
        language="id",
        outlet="indotelko",
        first_seen=when,
    )


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, ASKED, st.randoms(use_true_random=False))
def test_matcher_and_index_agree_at_seams(
    title: list[str], body: list[str], asked: list[str], chance: random.Random
) -> None:
    """Of numbers, clitics, tones and syllables the index finds what the matcher finds."""
    told = story(*(_written(parts, chance) for parts in (title, body)))
    try:
        query = parse(f'"{_written(asked, chance)}"')
    except QueryError:
        return  # marks alone are no phrase
    with closing(Index([told])) as index:
        found, exact = index.find(query)
    assert exact
    assert bool(found) is (match(query, document(told)) is not None)
    assert parse(query.canonical()) == query


def _written(parts: list[str], chance: random.Random) -> str:
    return "".join(part + chance.choice(["", " "]) for part in parts)


@pytest.mark.parametrize("number", ["1.5", "3.0", "0.125"])
def test_a_number_is_shown_as_it_is_written(number: str) -> None:
    """The canonical form of a decimal number has its point; groups of three have none."""
    assert parse(number).canonical() == number
    assert parse("1,234.5").canonical() == "1234.5"
    assert index_query(parse(number)).exact
