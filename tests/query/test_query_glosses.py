"""An abbreviation that a story explains otherwise is no name of the topic."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import Document, Topics, explain, index_query, match
from query.glosses import meant_otherwise, stems

PACT = """
id = "pact"
title = "Pact"
tier = 1
relation = "core"
definition = "A pact."
[sure]
en = ["RCEP", "Regional Comprehensive Economic Partnership"]
ms = ["Perkongsian Ekonomi Komprehensif Serantau"]
vi = ["Hiệp định Đối tác Kinh tế Toàn diện Khu vực"]
zh = ["区域全面经济伙伴关系协定"]
th = ["ความตกลงหุ้นส่วนทางเศรษฐกิจระดับภูมิภาค"]
[[ambiguous]]
names = ["=PCT", "=RPX"]
near = 30
accept = ["tariff"]
"""
KNOWN = stems(
    [
        "Regional Comprehensive Economic Partnership",
        "区域全面经济伙伴关系协定",
        "ความตกลงหุ้นส่วนทางเศรษฐกิจ",
    ]
)


@pytest.fixture
def topics(tmp_path: Path) -> Topics:
    (tmp_path / "pact.toml").write_text(PACT, encoding="utf-8")
    return Topics.load(tmp_path)


def says(topics: Topics, body: str, title: str = "") -> bool:
    return match(topics.get("pact").query, Document.of(title=title, body=body)) is not None


OTHERS = [
    "The Rural Clinics Expansion Programme (RCEP) began. RCEP has no vaccine.",
    "RCEP (Rural Clinics Expansion Programme) began.",
    "The rural clinics expansion programme, or RCEP, began.",
    "RCEP, the Rural Clinics Expansion Programme, began.",
    "RCEP stands for the Rural Clinics Expansion Programme.",
    "คลินิกชนบท (Rural Clinics Expansion Programme: RCEP) ขาดวัคซีน",
    "Klinik desa (RCEP – Rural Clinics Expansion Programme) tutup.",
    "The Regional Centre for Elder Protection (RCEP) opened.",
    "The “Rural Clinics Expansion Programme” (“RCEP”) began.",
    "Makmal Penyelidikan Kimia Alam Sekitar (RCEP) mengesan plumbum.",
    "Câu lạc bộ Rừng Cây Em Phố (RCEP) trồng cây.",
    "农村诊所扩建计划（RCEP）缺少疫苗。",
    "โครงการขยายคลินิกชนบท (RCEP) ขาดวัคซีน",
]
SAME = [
    "RCEP began.",
    "ข้อตกลง (Regional Comprehensive Economic Partnership : RCEP) มีผล",
    "RCEP, reached in ten countries by eight ministers, began.",
    "RCEP, the Regional Comprehensive Economic Partnership, began.",
    "The Regional Comprehensive Economic Partnership (RCEP) began.",
    "Perjanjian Ekonomi Komprehensif Kawasan (RCEP) bermula.",
    "Hiệp định Đối tác Kinh tế Toàn diện Khu vực (RCEP) có hiệu lực.",
    "这一经济伙伴协定（RCEP）生效。",
    "ความตกลงทางเศรษฐกิจในภูมิภาค (RCEP) มีผล",
    "The trade pact (RCEP) began.",
    "Ministers met in Hanoi (RCEP).",
    "Members of the bloc (RCEP, APEC) met.",
    "Rural Clinics Expansion Programme (ABC) and RCEP.",
]


@pytest.mark.parametrize("body", OTHERS)
def test_an_abbreviation_explained_otherwise_is_no_name(topics: Topics, body: str) -> None:
    """Long words before or in brackets that are none of the topic's take all its bare hits away."""
    assert not says(topics, body)
    assert not says(topics, body, title="RCEP runs out of vaccine")


@pytest.mark.parametrize("body", SAME)
def test_an_abbreviation_stays_a_name_else(topics: Topics, body: str) -> None:
    """Without long words, or with such as share words with a name, it is the topic's."""
    assert says(topics, body)


@pytest.mark.parametrize("body", OTHERS)
def test_the_topics_own_meaning_decides(topics: Topics, body: str) -> None:
    """Where a story gives both meanings, or a long name, the topic is spoken of."""
    assert says(topics, f"{body} The Regional Comprehensive Economic Partnership (RCEP) too.")
    assert says(topics, f"{body} The Regional Comprehensive Economic Partnership too.")


def test_the_other_meaning_stands_in_either_field(topics: Topics) -> None:
    """What the body explains holds for the headline; ambiguous names are guarded alike, each alone."""
    other = "The Pork Cutters Tribunal (PCT) met. A tariff was named."
    assert not says(topics, other)
    assert says(topics, f"{other} RPX and tariff.")
    assert says(topics, "PCT and tariff.")


def test_it_is_explained(topics: Topics) -> None:
    """The explanation shows the words by which the story means something else."""
    body = "The Rural Clinics Expansion Programme (RCEP) began."
    said = str(explain(topics.get("pact").query, Document.of(title="", body=body)))
    assert "RCEP meaning something else" in said
    assert '"The Rural Clinics Expansion Programme (RCEP)" (body 0)' in said


def test_the_index_leaves_it_to_the_matcher(topics: Topics) -> None:
    """No index can decide what an abbreviation stands for: every candidate is verified."""
    asked = index_query(topics.get("pact").query)
    assert not asked.exact
    assert "rcep" in (asked.match or "")


@settings(max_examples=60)
@given(st.text(alphabet="RCEP abcอ中国()（）,. “”\n", max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    """Places are those of the text, whatever stands in it; nothing said, nothing found."""
    found = meant_otherwise("RCEP", text, KNOWN)
    for gloss in found or ():
        assert "RCEP" in text[gloss.start : gloss.end]
    if "RCEP" not in text:
        assert found == ()
