"""Names in a topic file are spelled out from words in braces."""

from pathlib import Path

import pytest

from news import FileError
from news.toml_files import read_toml
from query import Document, Topics, match
from query.topic_shapes import TopicFile
from query.topic_words import Spelling, readable, spelling_of

QUAY = """
id = "quay"
title = "Data Quay"
tier = 1
relation = "core"
definition = "A quay of data."

[words.quay]
en = ["quay", "wharf"]
id = ["dermaga"]
th = ["ท่า"]

[sure]
en = ["{china-asean} Data {quay}"]
id = ["{quay} Data {chinas+asean}"]

[[ambiguous]]
names = ["data {quay}", "ข้อมูล{quay}"]
languages = ["en", "th"]
near = 4
accept = ["{asean}"]
also = ["{guangxi}"]
also_near = 12
reject = ["tourist"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "quay.toml"
    path.write_text(QUAY, encoding="utf-8")
    return path


def says(path: Path, text: str) -> bool:
    (topic,) = Topics.load(path)
    return match(topic.query, Document.of(title="", body=text)) is not None


def spelling(path: Path) -> Spelling:
    file = read_toml(path)
    return spelling_of(file, file.read(TopicFile).words)


@pytest.mark.parametrize(
    "text",
    [
        "The ASEAN-China Data Wharf opened.",
        "Tiongkok-ASEAN Data Quay",
        "Dermaga Data RRT dan ASEAN dibuka.",
        "DERMAGA DATA ASEAN-RRC",
        "A data wharf for ASEAN opened; far off in Nanning, they say.",
        "ข้อมูลท่าของอาเซียนในกว่างซี",
    ],
)
def test_a_name_is_found_in_all_its_spellings(path: Path, text: str) -> None:
    """Words in braces stand for each of them, two joined by - or + in either order."""
    assert says(path, text)


@pytest.mark.parametrize(
    "text",
    [
        "A data wharf for ASEAN opened.",
        "A data wharf opened in Nanning.",
        "The tourist data wharf for ASEAN in Nanning.",
        "A data wharf" + " and so on" * 3 + " for ASEAN in Nanning.",
        "A data wharf for ASEAN" + " and so on" * 6 + " in Nanning.",
        "Wharf of China and ASEAN",
    ],
)
def test_both_companies_must_stand_near(path: Path, text: str) -> None:
    """A name with `also` needs a word of either list, each within its reach."""
    assert not says(path, text)


def test_a_hyphen_joins_no_word_between(path: Path) -> None:
    """{a-b} are the two side by side, {a+b} also joined by a word of the language."""
    both = spelling(path)
    side_by_side = both.all_of((), "{china-asean}", ["id"])
    joined = both.all_of((), "{china+asean}", ["id"])
    assert "ASEAN-Tiongkok" in side_by_side
    assert set(joined) - set(side_by_side) == {one.replace("-", " dan ") for one in side_by_side}


def test_words_are_those_of_the_language(path: Path) -> None:
    """A slot holds words of the asked languages, a name without one stays, :xx picks one."""
    both = spelling(path)
    assert both.all_of((), "{quay}", ["id"]) == ("dermaga",)
    assert both.all_of((), "{quay}") == ("quay", "wharf", "dermaga", "ท่า")
    assert both.all_of((), "{quay:th}", ["en"]) == ("ท่า",)
    assert both.all_of((), "quay", []) == ("quay",)


def test_unknown_words_are_named_with_their_line(path: Path) -> None:
    """Words that are not known give the file, the line and what was perhaps meant."""
    path.write_text(QUAY.replace('id = ["{quay} Data', 'id = ["{qay} Data'), encoding="utf-8")
    with pytest.raises(FileError, match=r'no words "qay".*did you mean "quay"') as raised:
        Topics.load(path)
    assert (raised.value.path, raised.value.line) == (path, 15)


def test_a_person_reads_no_braces(path: Path) -> None:
    """For a page each name is shown in its first spelling, with … for the others."""
    file = read_toml(path)
    shown = readable(file, file.read(TopicFile))
    assert shown.sure["en"] == ("China-ASEAN Data quay …",)
    assert shown.ambiguous[0].also == ("Guangxi …",)
    assert shown.ambiguous[0].reject == ("tourist",)


def test_no_shipped_name_keeps_a_brace() -> None:
    """Every shipped topic is spelled out whole."""
    for topic in Topics.shipped():
        assert "{" not in topic.query.canonical()
