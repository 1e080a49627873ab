"""Why a story answers a query, and why not."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_oracles import document, question
from query_questions import a_question
from query_worlds import telling

from query import Document, Topics, expand, explain, match, parse

STORY = Document.of(
    title="Forum Pelabuhan Informasi dibuka",
    body=(
        "Belt and Rail: para menteri dari Tiongkok dan negara anggota ASEAN bekerja di Nanning. "
        "Bri itu bank. 中国—东盟论坛。 ASEAN ports, ท่าข้อมูล จีน - อาเซียน."
    ),
    outlet="antara",
    language="id",
    country="ID",
    authors=("Chen Guoliang",),
    published=datetime(2018, 9, 20, 2, 22, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("forum", ["yes: forum", '  there: forum: "Forum" (headline 0)']),
        (
            "forum (davos OR nanning) -davos",
            [
                "yes: forum AND (davos OR nanning) AND NOT davos",
                '  there: forum: "Forum" (headline 0)',
                '  there: nanning: "Nanning" (body 78)',
                "  there: NOT davos",
            ],
        ),
        ("title:~buka lang:id", ["title:~buka AND lang:id", '~buka: "dibuka"', "there: lang:id"]),
        ("{2}asean", ['"ASEAN" (body 61), "ASEAN" (body 110)']),
        # words
        ("davos", ["no: davos", "  missing: davos: it is not in headline or body"]),
        ("port", ['port* would find "ports"']),
        ("kerja", ['~kerja would find "bekerja"']),
        ("naning", ['was "nanning" meant?']),
        ("title:davos", ["it is not in the headline"]),
        ("title:nanning", ['it stands in the body only: "Nanning" (body 78)']),
        ("body:(forum dibuka)", ["it stands in the headline only"]),
        ("=BRI", ['it is written "Bri", not "BRI"']),
        ("{3}asean", ["it stands 2 of 3 times in headline or body"]),
        ("{2}davos", ["it is not in headline or body"]),
        # phrases
        ('"belt and road"', ['"Belt and" is in the body, followed by "Rail" instead of road']),
        (
            '"negeri anggota asean"',
            ['"anggota ASEAN" is in the body, preceded by "negara" instead of negeri'],
        ),
        ('"pelabuhan informasi dibuka kembali"', ["followed by nothing instead of kembali"]),
        (
            "中国东盟信息港",
            ['"中国—东盟" is in the body, followed by "论坛。 ASEAN" instead of 信息港'],
        ),
        # near
        ("tiongkok NEAR/2 asean", ['3 words stand between "Tiongkok" and "ASEAN"; at most 2 may']),
        ("asean ONEAR/3 tiongkok", ["asean stands behind tiongkok, not before it"]),
        ("forum NEAR/5 nanning", ["one is in the headline, the other in the body"]),
        ("forum NEAR/5 davos", ["davos: not in headline or body"]),
        ("davos NEAR/5 (a OR b)", ["davos and a OR b: not in headline or body"]),
        ("bank NEAR/5 ban*", ["both are in the same words"]),
        # conditions
        ("lang:en forum", ["lang:en: it is id", "there: forum"]),
        ("source:x/y forum", ["source:x/y: it is not known"]),
        ("since:2018-09-21", ["it is of 2018-09-20 02:22 UTC"]),
        ("author:wang", ["its authors are Chen Guoliang"]),
        # combinations
        (
            "forum davos -asean",
            [
                "missing: davos: it is not",
                'missing: NOT asean: it is there: "ASEAN"',
                "there: forum",
            ],
        ),
        ("forum -lang:id", ["missing: NOT lang:id: it is so"]),
        ("(davos forum) OR (a b c)", ["missing: davos", "there: forum"]),
        ("(a b) OR (forum dibuka davos) OR c", ["missing: davos", "there: dibuka"]),
        ("a OR b OR c", ["none of these 3 is in headline or body"]),
        ("title:(forum davos)", ["missing: davos: it is not in the headline"]),
    ],
)
def test_a_person_reads_why(query: str, lines: list[str]) -> None:
    """The first line says yes or no; the others name the deciding clauses and what was found."""
    found = explain(parse(query), STORY)
    assert found.lines()[0].startswith("yes" if found.holds else "no")
    for line in lines:
        assert line in str(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_an_explanation_is_the_matcher_s_answer(chance: random.Random) -> None:
    """It holds exactly if the matcher says yes, with its words; else some clause says what is missing."""
    query = question(a_question(chance, telling(chance)).text)
    story = document(telling(chance))
    found, answer = explain(query, story), match(query, story)
    assert found.holds == (answer is not None)
    assert found.holds == (found.nearness == 1.0)
    if answer is not None:
        assert found.hits == answer.hits
    else:
        assert any(leaf.missing for leaf in found.leaves())
    assert len(found.lines()) <= 14
    assert all(not leaf.missing for leaf in found.leaves() if leaf.holds)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("id", "Pelabuhan Informasi China-ASEAN dibuka.", "Pelabuhan Informasi China-ASEAN"),
        ("ms", "Majlis Pelabuhan Maklumat China-ASEAN.", "Pelabuhan Maklumat China-ASEAN"),
        ("en", "The China – ASEAN Information Harbor.", "China – ASEAN Information Harbor"),
        ("zh", "昨日“中国—东盟信息港”论坛。", "中国—东盟信息港"),
        ("vi", "Cảng thông tin Trung Quốc – ASEAN.", "Cảng thông tin Trung Quốc – ASEAN"),
        ("fil", "Ang China-ASEAN Information Harbor.", "China-ASEAN Information Harbor"),
    ],
)
def test_a_topic_is_explained_by_its_name(language: str, text: str, words: str) -> None:
    """Of a topic's hundreds of names only what decides is shown."""
    topics = Topics.shipped()
    found = explain(expand(parse("@caih"), topics), Document.of(title="", body=text))
    assert found.holds
    assert f'"{words}"' in str(found)
    assert len(found.lines()) <= 14
    assert max(map(len, found.lines())) < 300


@pytest.mark.parametrize(
    "text", ["中国和东盟建港口", "ท่าเรือจีน", "ບໍ່ມີຫຍັງ", "ចិន អាស៊ាន", "တရုတ်", "BRI bank"]
)
def test_a_topic_that_is_not_there_is_explained(text: str) -> None:
    """Of a topic that a story does not name the nearest name is shown, in a few lines."""
    topics = Topics.shipped()
    found = explain(expand(parse("@caih OR @bri"), topics), Document.of(title="", body=text))
    assert not found.holds
    assert len(found.lines()) < 8


def test_an_unexpanded_topic_is_refused() -> None:
    """A query with topic names must be expanded first."""
    with pytest.raises(ValueError, match="expand"):
        explain(parse("@bri"), STORY)
