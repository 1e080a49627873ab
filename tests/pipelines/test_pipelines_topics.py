"""How much a story is about a topic, and which of its sides it speaks of."""

from dataclasses import replace
from pathlib import Path

import pytest

import query
from news import Mention
from news.toml_files import read_toml
from pipelines.topics import facets_of, standings
from query import Document, Topics

HARBOR = Topics.shipped().get("caih")
FILE = read_toml(Path(query.__file__).parent / "topics" / "caih.toml").data
MENTION = Mention(topic="caih", field="body", start=900, end=930, words="", clause="", sentence="")


def score(*found: Mention) -> float:
    (one,) = standings(found, {"caih": 1, "bri": 3})
    return one.score


def test_a_headline_counts_more_than_the_text_below() -> None:
    """Of two stories the one that names the topic higher up ranks first."""
    title = replace(MENTION, field="title", start=0)
    assert score(title) > score(replace(MENTION, start=20)) > score(MENTION)


def test_more_mentions_and_a_nearer_tier_count_more() -> None:
    """Each further place adds, and the subject itself stands above its surroundings."""
    assert score(MENTION, replace(MENTION, start=1200)) > score(MENTION, MENTION)
    assert score(MENTION) > score(replace(MENTION, topic="bri"))
    assert 0 < score(*(replace(MENTION, start=n) for n in range(50))) <= 1


def test_reasons_say_tier_place_and_times() -> None:
    """A person can read why."""
    (one,) = standings([replace(MENTION, start=20)], {"caih": 1})
    assert one.reasons == ("tier 1", "in the first paragraph", "1 mention")


@pytest.mark.parametrize(
    ("language", "sentence", "facets"),
    [
        ("en", "The China-ASEAN Information Harbor rents a data centre.", ("network",)),
        ("id", "Pertukaran informasi lewat China-ASEAN Information Harbor.", ("information",)),
        ("ms", "Pelabuhan Maklumat China-ASEAN memberi biasiswa.", ("people",)),
        ("fil", "Iskolarship mula sa Tsina-ASEAN Information Harbor.", ("people",)),
        ("vi", "Cảng thông tin Trung Quốc-ASEAN lo thương mại điện tử.", ("trade",)),
        ("zh", "中国—东盟信息港推进技术合作和人文交流。", ("technology", "people")),
        ("th", "ท่าเรือข้อมูลจีน-อาเซียนเปิดศูนย์ข้อมูล", ("network",)),
        ("lo", "ທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ ມອບທຶນການສຶກສາ", ("people",)),
        ("km", "កំពង់ផែព័ត៌មានចិន-អាស៊ាន និងការចែករំលែកព័ត៌មាន", ("information",)),
        ("my", "တရုတ်-အာဆီယံ သတင်းအချက်အလက်ဆိပ်ကမ်း၏ ဒေတာစင်တာ", ("network",)),
        ("en", "The China-ASEAN Information Harbor was praised.", ()),
    ],
)
def test_a_side_is_named_beside_the_harbor(
    language: str, sentence: str, facets: tuple[str, ...]
) -> None:
    """Its platforms are found in ten languages, near its name and with their words; not far off."""
    away = "Another data centre burns, and scholarships are paid."
    story = told(f"{sentence}\n\n{'Nothing more was said of that. ' * 10}\n\n{away}", language)
    found = facets_of(story, HARBOR)
    assert tuple(found) == facets
    assert all(words for words in found.values())
    assert all(word in sentence for words in found.values() for word in words)


@pytest.mark.parametrize("language", FILE["sure"])
def test_every_name_of_a_side_is_found_beside_the_harbor(language: str) -> None:
    """Every name of each platform in a language is found with a sure name of the harbor there."""
    harbor = FILE["sure"][language][0]
    for facet, side in FILE["facets"].items():
        for name in side["names"].get(language, ()):
            found = facets_of(told(f"{harbor}: {name.rstrip('*')}", language), HARBOR)
            assert facet in found, (facet, name)


def test_a_side_without_the_harbor_is_nothing() -> None:
    """A story that is not of the topic has none of its sides, whatever it names."""
    assert facets_of(told("A data centre and scholarships in Nanning.", "en"), HARBOR) == {}


def told(body: str, language: str) -> Document:
    return Document.of(title="", body=body, language=language)
