"""Languages, countries and sources are asked for by what stories can have, and nothing else."""

import re

import pytest

from crawler import catalogue
from news import QueryError
from query import parse
from query.codes import LANGUAGES, countries
from query.syntax import Where


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        *(("lang:Indonesian", '"id"'), ("lang:中文", '"zh"'), ('lang:"Bahasa Melayu"', '"ms"')),
        *(
            ("lang:tl", '"fil"'),
            ("lang:ind", '"id"'),
            ("lang:zh-TW", '"zh"'),
            ("lang:mya", '"my"'),
        ),
        # a country in the place of its language
        *(("lang:cn", '"zh"'), ("lang:vn", '"vi"'), ("lang:kh", '"km"'), ("lang:la", '"lo"')),
        *(("lang:xx", "known are: id, ms, en"), ("lang:ja", "known are: id, ms, en")),
        *(("country:China", '"CN"'), ('country:"Việt Nam"', '"VN"'), ("country:เมียนมา", '"MM"')),
        *(("country:UK", '"GB"'), ("country:xx", "ISO 3166"), ("country:1", "ISO 3166")),
        *(("source:antara", "source:antara/listing"), ("source:/x", "source:indotelko/listing")),
    ],
)
def test_an_unknown_value_gets_a_suggestion(query: str, suggestion: str) -> None:
    """An error points at the value and suggests the language, country or source that was meant."""
    with pytest.raises(QueryError, match=re.escape(suggestion)) as raised:
        parse(query)
    assert raised.value.at == query.index(":") + 1
    assert "^" in str(raised.value)


def test_what_a_story_can_have_can_be_asked_for() -> None:
    """Every language that a story can be kept in is known; so is every country."""
    for code in LANGUAGES:
        assert parse(f"lang:{code.upper()}").root == Where("lang", code)
    for code in countries():
        assert parse(f"country:{code.lower()}").root == Where("country", code)
    for outlet in catalogue.load([catalogue.SHIPPED]).values():
        assert outlet.country in countries()
        assert set(outlet.languages) <= set(LANGUAGES)
        for source in outlet.sources:
            assert parse(f"source:{source.id}").root == Where("source", source.id)
