"""The seed story says the same things to the reader of facts as to a person."""

from datetime import date

import pytest

from harborwatch.press.loading import read_stories
from news import Fact
from pipelines.facts.reading import facts
from query import Document, Names


@pytest.fixture(scope="module")
def told() -> tuple[Fact, ...]:
    """The facts of the seed, published on 20 September 2018."""
    told = (one for one in read_stories() if one.outlet == "indotelko")
    seed = next(one for one in told if one.headline.startswith("Tiongkok-ASEAN Pererat"))
    names = Names.shipped()
    hits = names.find(Document.of(title="", body=seed.body, language="id"))
    return facts(seed.body, "id", names, hits, date(2018, 9, 20))


def values(told: tuple[Fact, ...], kind: str) -> set[object]:
    return {fact.value for fact in told if fact.kind == kind}


def test_its_counts_and_amounts_are_read(told: tuple[Fact, ...]) -> None:
    """35, 7 and 59 projects and 20 billion yuan are told, with what is counted."""
    projects = {fact.value for fact in told if fact.what == "projects"}
    assert projects == {35.0, 7.0, 59.0}
    (money,) = (fact for fact in told if fact.kind == "money")
    assert (money.value, money.unit, money.text) == (20e9, "CNY", "RMB20 miliar")


def test_its_days_are_read(told: tuple[Fact, ...]) -> None:
    """Days without a year are those near the day of publication."""
    (span,) = (fact for fact in told if fact.kind == "range")
    assert (span.value, span.high) == ("2018-09-11", "2018-09-18")
    assert values(told, "date") == {"2018-09-13", "2018-09-14"}


def test_its_names_are_read(told: tuple[Fact, ...]) -> None:
    """Places, organisations and people it names are told."""
    assert values(told, "place") >= {"Nanning", "Guilin", "Beihai", "China", "Guangxi"}
    assert values(told, "person") == {
        "Chen Guoliang",
        "E Weinan",
        "Zhao Fazhen",
        "Zheng Jianhua",
    }
    named = {fact.what for fact in told if fact.kind == "organisation"}
    assert named == {
        "asean",
        "asiainfo",
        "redhorse_fund",
        "huaxin_mining",
        "robot_industry_alliance",
        "ai_institute_beihai",
        "cec_beibu_port",
    }
