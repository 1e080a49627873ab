"""The percolator answers as the matcher does, for any queries together."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_oracles import document, question
from query_questions import a_question
from query_worlds import telling

from query import Document, Match, Percolator, Query, Topics, expand, match, parse, shares_of
from query.literals import needs

pytestmark = pytest.mark.long


def one_by_one(queries: dict[str, Query], story: Document) -> dict[str, Match]:
    answers = {key: match(query, story) for key, query in queries.items()}
    return {key: answer for key, answer in answers.items() if answer is not None}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_the_percolator_is_the_matcher(chance: random.Random) -> None:
    """Percolator(queries).match(story) is match(query, story) for each query that says yes."""
    stories = [telling(chance) for _ in range(4)]
    texts = [a_question(chance, chance.choice(stories)).text for _ in range(30)]
    texts += [f"NOT ({text})" for text in texts[:3]] + [f"lang:{stories[0].language}"]
    queries = {text: question(text) for text in texts}
    documents = [document(story) for story in stories]
    shares = chance.choice([None, shares_of(documents)])
    percolator = Percolator(queries, shares)
    for story in documents:
        found = percolator.match(story)
        assert found == one_by_one(queries, story)
        assert list(found) == [key for key in queries if key in found]
        assert set(found) <= set(percolator.candidates(story))


STORIES = [
    Document.of(title="", body=text, language=language)
    for language, text in [
        ("id", "Pelabuhan Informasi China-ASEAN bekerja sama dengan Bank BRI."),
        ("ms", "Laluan Sutera Digital: perdagangan China dan ASEAN meningkat."),
        ("en", "The Belt and Road Initiative and the China-ASEAN Information Harbor."),
        ("zh", "中国—东盟信息港论坛在南宁举行，“一带一路”倡议。"),
        ("vi", "Cảng thông tin Trung Quốc – ASEAN và Vành đai và Con đường."),
        ("th", "ท่าเรือสารสนเทศจีน-อาเซียน และ หนึ่งแถบหนึ่งเส้นทาง"),
        ("km", "គំនិតផ្តួចផ្តើមខ្សែក្រវាត់និងផ្លូវ ចិន-អាស៊ាន"),
        ("lo", "ຂໍ້ລິເລີ່ມໜຶ່ງແລວທາງໜຶ່ງເສັ້ນທາງ ຈີນ-ອາຊຽນ"),
        ("my", "ခါးပတ်လမ်း နှင့် တရုတ်-အာဆီယံ"),
        ("fil", "Daungan ng Impormasyon ng Tsina-ASEAN at Belt and Road."),
    ]
]


def test_all_topics_at_once() -> None:
    """The shipped topics together say of stories in ten languages what each says alone."""
    topics = Topics.shipped()
    queries = {topic.id: expand(topic.query, topics) for topic in topics}
    percolator = Percolator(queries)
    found = [percolator.match(story) for story in STORIES]
    assert found == [one_by_one(queries, story) for story in STORIES]
    assert sum(map(bool, found)) >= 8


@pytest.mark.parametrize(
    ("query", "covers"),
    [
        ("a", [{" a "}]),
        ('"belt and roa*"', [{" belt and roa"}]),
        ("=BRI", [{" bri "}]),
        ("信息港", [{" 信 息 港 "}]),
        ("initiative harbor", [{" initiative "}, {" harbor "}]),
        ("initiative OR harbor", [{" initiative ", " harbor "}]),
        ("(initiative OR port) NEAR/3 nanning", [{" nanning "}, {" initiative ", " port "}]),
        ("initiative lang:id -port", [{" initiative "}]),
        ("title:{2}initiative", [{" \ue003initiative "}]),
        ('title:"belt and roa*"', [{" \ue003belt \ue003and \ue003roa"}]),
        ("body:initiative", [{" initiative "}]),
        ("(the initiative) OR harbor", [{" initiative ", " harbor "}]),
        ("lang:id", []),
        ("NOT port", []),
        ("port OR lang:id", []),
        ("initiative an", [{" initiative "}]),
    ],
)
def test_a_query_stands_under_its_rarest_words(query: str, covers: list[set[str]]) -> None:
    """Of each cover a story must hold one literal, and the rarest cover comes first."""
    assert [set(cover) for cover in needs(parse(query).root, {"an": 0.9}).covers] == covers


def test_only_what_can_match_is_asked() -> None:
    """Of queries with other words none is a candidate; one without words always is."""
    queries = {word: parse(word) for word in ("davos", "forum davos", "lang:id", "~dagang")}
    percolator = Percolator(queries)
    assert percolator.candidates(STORIES[0]) == ["lang:id"]
    assert percolator.candidates(STORIES[1]) == ["lang:id", "~dagang"]
    assert Percolator[str]({}).match(STORIES[0]) == {}


def test_watches_on_one_topic_are_asked_once_and_all_answered() -> None:
    """Keys whose queries are one tree all get the answer, each at its place."""
    topics = Topics.shipped()
    asked = {"a": "@caih", "b": "initiative", "c": "@caih"}
    queries = {name: expand(parse(text), topics) for name, text in asked.items()}
    assert queries["a"].root is queries["c"].root
    found = Percolator(queries).match(STORIES[2])
    assert found == one_by_one(queries, STORIES[2])
    assert list(found) == ["a", "b", "c"]


def test_frequencies_are_learnt_from_stories() -> None:
    """shares_of counts each token once a story."""
    shares = shares_of(STORIES)
    assert shares["asean"] == pytest.approx(0.5)
    assert shares["bri"] == pytest.approx(0.1)
