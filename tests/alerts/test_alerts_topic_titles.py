"""Topics are called by their names in the reader's language."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from archive_tellings import ANI, NOON, put, story, subscribe

from alerts.issuing import Sender, issue_due
from alerts.matching import match_new
from alerts.render import render
from alerts.wording import LANGUAGES, wording_for
from archive import open_archive
from news import Mention, PlayedClock
from query import Document, Topics, match

TOPICS = Topics.load(Path(__file__).parents[2] / "query" / "topics")
OTHERS = sorted(set(LANGUAGES) - {"en"})
#: of titles that describe: the press has no name for these, or only longer ones
DESCRIBED = {"beidou_asean", "cable", "caih_co", "cbiz", "twin_parks"}
#: marks round foreign words
ISOLATES = dict.fromkeys((0x2068, 0x2069))


@pytest.mark.parametrize("language", OTHERS)
def test_every_topic_has_a_title_in_every_language_of_digests(language: str) -> None:
    """No shipped topic is called in English to a reader of another language of digests."""
    assert all(topic.titles.keys() == set(OTHERS) for topic in TOPICS)
    assert not [topic.id for topic in TOPICS if topic.titled(language) == topic.title]
    assert all(topic.titled("km") == topic.title for topic in TOPICS)


@pytest.mark.parametrize("language", OTHERS)
def test_a_title_is_a_name_of_its_topic(language: str) -> None:
    """A title is what the press calls the topic: the topic is found in it, by itself."""
    left = {
        topic.id
        for topic in TOPICS
        if match(topic.query, Document.of(title=topic.titled(language), body="")) is None
    }
    assert left <= DESCRIBED


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_calls_topics_in_its_readers_language(tmp_path: Path, language: str) -> None:
    """What a story is about stands in the mail by its name in the reader's language."""
    clock = PlayedClock(NOON)
    reader = replace(ANI, language=language)
    mention = Mention(
        topic="caih", field="body", start=0, end=5, words="x", clause="x", sentence=""
    )
    titles = {topic.id: {"en": topic.title, **topic.titles} for topic in TOPICS}
    sender = Sender(address="a@b.example", outlet_names={}, topic_titles=titles)
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        subscribe(db, reader)
        put(db, story("a", "x", "China-ASEAN Information Harbor", mentions=(mention,)))
    match_new(archive, TOPICS, clock)
    (made,) = issue_due(archive, sender, clock.now() + timedelta(minutes=1))
    archive.close()
    title, words = TOPICS.get("caih").titled(language), wording_for(language)
    assert made.cards[0].topics == (title,)
    mail = render(made, sender.address, reader.targets[0], clock.now())
    assert f"{words.topics}{words.colon}{title}" in mail.text.translate(ISOLATES)
    assert f"{words.topics}{words.colon}<bdi>{title}</bdi>" in mail.html
