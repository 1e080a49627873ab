"""The sides of the harbor that an event speaks of stand in its card, in every language."""

from dataclasses import replace
from pathlib import Path

import pytest
from archive_tellings import put, story

from alerts.issuing import Sender, matches_of
from alerts.sides import Sides
from alerts.views import ledger_line
from alerts.wording import LANGUAGES, wording_for
from archive import open_archive
from archive.collecting.ledger import Checked
from archive.keeping import stories
from news import Mention, Outcome
from query import Topics

TOPICS = Topics.load(Path(__file__).parents[2] / "query" / "topics")
SAID = {
    "en": "The China-ASEAN Information Harbor rents a data centre.",
    "id": "China-ASEAN Information Harbor membangun pusat data.",
    "ms": "Pelabuhan Maklumat China-ASEAN membina pusat data.",
    "fil": "May sentro ng datos ang Tsina-ASEAN Information Harbor.",
    "vi": "Cảng thông tin Trung Quốc-ASEAN xây trung tâm dữ liệu.",
    "zh": "中国—东盟信息港建设数据中心。",
    "th": "ท่าเรือข้อมูลจีน-อาเซียนเปิดศูนย์ข้อมูล",
    "lo": "ທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ ສ້າງສູນຂໍ້ມູນ",
    "km": "កំពង់ផែព័ត៌មានចិន-អាស៊ាន បើកមជ្ឈមណ្ឌលទិន្នន័យ",
    "my": "တရုတ်-အာဆီယံ သတင်းအချက်အလက်ဆိပ်ကမ်း၏ ဒေတာစင်တာ",
}


@pytest.mark.parametrize("language", SAID)
def test_a_side_of_the_harbor_stands_in_the_match(tmp_path: Path, language: str) -> None:
    """A story that mentions the harbor and names a platform beside it carries that platform's title."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    said = SAID[language]
    mention = Mention(
        topic="caih", field="body", start=0, end=5, words="x", clause="x", sentence=""
    )
    with archive.write() as db:
        plain = put(db, replace(story("b", "x", said), language=language))
        number = put(db, replace(story("a", "x", said), language=language, mentions=(mention,)))
        rows = {row.id: row for row in stories.load(db, [number, plain])}
    archive.close()
    sender = Sender(address="a@b.example", outlet_names={}, topic_titles={}, sides=Sides(TOPICS))
    found = {one.story.story: one for one in matches_of([], rows, dict.fromkeys(rows, ()), sender)}
    assert found[number].facets == ("Network infrastructure",)
    told = matches_of([], {number: rows[number]}, {number: ()}, sender, "zh-Hant")
    assert told[0].facets == ("网络基础设施",)
    assert found[plain].facets == ()


def test_every_facet_has_a_title_in_every_language_of_digests() -> None:
    """No facet of the shipped topics is shown in English to a reader of another language."""
    facets = [facet for topic in TOPICS for facet in topic.facets.values()]
    assert facets
    for facet in facets:
        assert facet.titles.keys() == set(LANGUAGES) - {"en"}
        assert len({facet.titled(language) for language in LANGUAGES}) > 1
        assert facet.titled("km") == facet.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_source_is_silent_is_said_in_the_readers_language(language: str) -> None:
    """Every way in which a poll can fail has words in each language; of the detail, the status stays."""
    words = wording_for(language).outcomes
    silent = {one.value for one in Outcome} - {"good", "unchanged"}
    assert words.keys() == silent | {"quiet"}
    checked = Checked(
        sources=9, silent=(("a/feed", "HTTP 503"), ("b/feed", "Timeout")),
        outcomes=("temporary", "quiet"),
    )  # fmt: skip
    line = ledger_line(checked, wording_for(language))
    comma = wording_for(language).comma
    assert f"a/feed ({words['temporary']}{comma}HTTP 503)" in line
    assert f"b/feed ({words['quiet']})" in line
    assert "Timeout" not in line
