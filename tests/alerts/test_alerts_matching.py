"""Watches against a story: all at once, as each would say alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.matching import compiled, found_by, together
from archive.searching.search import document_of
from news import QueryError, StoryRow, Subscriber, Watch
from query import Topics, match

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
TOPICS = Topics.shipped()
WATCHES = {
    "topic": "@caih",
    "word": "forum",
    "prefix": "pela*",
    "root": "~buka",
    "case": "=ASEAN",
    "near": "forum NEAR/3 dibuka",
    "field": "title:forum",
    "outlet": "outlet:antara",
    "all": "lang:id",
    "none": "davos",
    "not": "forum -asean",
    "zh": "信息港",
    "th": "ท่าเรือ",
    "vi": '"cảng thông tin"',
    "km": "កំពង់ផែ",
    "lo": "ທ່າເຮືອ",
    "my": "ဆိပ်ကမ်း",
}
STORIES = {
    "id": ("Forum dibuka", "Pelabuhan Informasi China-ASEAN dibuka di Nanning."),
    "ms": ("Forum", "Pelabuhan Maklumat China-ASEAN."),
    "en": ("The harbor", "The China-ASEAN Information Harbor opened."),
    "fil": ("Forum", "Daungan ng Impormasyon ng Tsina-ASEAN."),
    "zh": ("论坛", "中国—东盟信息港在南宁启动。"),
    "th": ("ข่าว", "ท่าเรือสารสนเทศจีน-อาเซียน"),
    "vi": ("Tin", "Cảng thông tin Trung Quốc – ASEAN"),
    "km": ("ព័ត៌មាន", "កំពង់ផែព័ត៌មានចិន-អាស៊ាន"),
    "lo": ("ຂ່າວ", "ທ່າເຮືອຂໍ້ມູນຈີນ-ອາຊຽນ"),
    "my": ("သတင်း", "တရုတ်-အာဆီယံ သတင်းဆိပ်ကမ်း"),
}


def story(language: str, *, history: bool = False) -> StoryRow:
    title, body = STORIES[language]
    return StoryRow(
        id=1,
        revision=1,
        outlet="antara",
        country="ID",
        source="antara/feed",
        address="https://antara.example/1",
        title=title,
        body=body,
        authors=(),
        language=language,
        published_at=NOON,
        published_precision="minute",
        first_seen_at=NOON,
        history=history,
        copy_of=None,
        copy_kind="",
        event=None,
        topics=(),
    )


def subscriber(name: str, watches: dict[str, str]) -> Subscriber:
    made = tuple(
        Watch(name=watch, query=query, rhythm="daily") for watch, query in watches.items()
    )
    return Subscriber(
        id=name, name=name, zone="Asia/Jakarta", language="en", targets=(), watches=made
    )


@pytest.mark.parametrize("language", STORIES)
def test_watches_together_find_what_each_finds_alone(language: str) -> None:
    """A story is found by the same watches, in their order, as if each were asked alone."""
    watches = compiled([subscriber("wisnu", WATCHES), subscriber("linh", WATCHES)], TOPICS)
    document = document_of(story(language))
    alone = [(w.subscriber, w.watch) for w in watches if match(w.query, document) is not None]
    found = found_by(together(watches), story(language))
    assert [(one.subscriber, one.watch) for one in found] == alone
    assert len(found) >= 4
    assert all(one.story == 1 and one.revision == 1 for one in found)


def test_a_found_story_carries_the_sentence_of_its_words() -> None:
    """What a watch found is shown by a sentence with its words marked."""
    watches = compiled([subscriber("linh", {"zh": "信息港"})], TOPICS)
    (found,) = found_by(together(watches), story("zh"))
    assert found.sentence == "中国—东盟信息港在南宁启动。"
    assert [found.sentence[a:b] for a, b in found.hits] == ["信息港"]


def test_a_cut_sentence_keeps_its_marks() -> None:
    """Where a long sentence is cut it says so, and its words stay marked."""
    watches = compiled([subscriber("linh", {"en": "lantern"})], TOPICS)
    long = "the harbor and the road " * 20 + "a lantern " + "of the city and the sea " * 20
    (found,) = found_by(together(watches), replace(story("en"), body=long))
    assert found.sentence.startswith("…")
    assert found.sentence.endswith("…")
    assert [found.sentence[a:b] for a, b in found.hits] == ["lantern"]


def test_history_is_found_by_no_watch() -> None:
    """Law 5: history is searchable, never mailed."""
    watches = compiled([subscriber("linh", WATCHES)], TOPICS)
    assert found_by(together(watches), story("id", history=True)) == []


def test_a_watch_that_cannot_be_asked_is_named() -> None:
    """An error in a watch's query says whose it is."""
    with pytest.raises(QueryError, match="linh/broken"):
        compiled([subscriber("linh", {"broken": "(a OR"})], TOPICS)
