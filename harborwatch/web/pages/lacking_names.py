"""Names that a topic may lack: what stories of its events say that match none of them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from alerts.clean import Piece, clean, pieces
from harborwatch.topic_suggestions import Suggestion, found
from harborwatch.web.asking import Ask
from harborwatch.web.pages.lines import SENTENCE, TopicTag, topic_tags
from harborwatch.web.site import Site
from query import Topics

#: of each language
MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedName:
    """A name that a topic may lack."""

    language: str
    words: str
    #: stories beside the topic that have it, and of the whole archive
    beside: int
    archive: int
    #: the archive's number is all; else there are at least so many
    whole: bool
    #: one sentence with it
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingNames:
    """Suggested names of a topic. Nothing is added by itself."""

    topic: TopicTag
    names: tuple[SuggestedName, ...]


def lacking_names(site: Site, db: Connection, ask: Ask) -> LackingNames:
    """Suggest names that a topic lacks, in all languages or in `language`."""
    name = str(ask.path["id"])
    if name not in site.topics or name not in site.topic_files:
        raise ask.missing()
    now, language = site.clock.now(), ask.text("language")
    every = site.remembered.of(db, _found, now, site.topics, name, language)
    return LackingNames(
        topic=topic_tags(site, [name])[0], names=tuple(_suggested(one) for one in every)
    )


def _found(db: Connection, topics: Topics, name: str, language: str) -> list[Suggestion]:
    return found(db, topics.get(name), topics, language, MOST)


def _suggested(one: Suggestion) -> SuggestedName:
    said = one.lacking
    at = said.sentence.find(said.words)
    marks = [(at, at + len(said.words))] if at >= 0 else []
    return SuggestedName(
        language=said.language,
        words=clean(said.words),
        beside=said.stories,
        archive=one.archive.n,
        whole=one.archive.whole,
        sentence=pieces(said.sentence, marks, SENTENCE),
    )
