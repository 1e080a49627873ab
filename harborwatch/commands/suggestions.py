"""Names that a topic lacks, as the archive suggests them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from sqlalchemy import Connection

from archive.beside import beside, followed, others
from archive.facets import count
from archive.search import Counted
from harborwatch.commands import found_stories, shown
from query import Names, Query, Topic, Topics
from query.familiar import familiar, telling_tokens
from query.lacking import Lacking, lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A candidate, and how many stories of the whole archive hold it."""

    lacking: Lacking
    archive: Counted


def found(
    db: Connection, topic: Topic, topics: Topics, language: str, most: int
) -> list[Suggestion]:
    """Return what a topic may lack; of one language, or of all where none is named."""
    # Asked anew, not of the mentions that are kept: the file may have changed since.
    near = followed(db, topic.query)
    lacks = beside(db, near, language)
    rest = [
        one for code in sorted({one.language for one in lacks}) for one in others(db, near, code)
    ]
    known = familiar(topic, topics, Names.shipped())
    candidates = lacking(lacks, rest, known, telling_tokens(topic), most)
    return [
        Suggestion(lacking=one, archive=count(db, Query(text=one.words, root=one.term)))
        for one in candidates
    ]


def show(found: Sequence[Suggestion], *, as_json: bool) -> None:
    """Show suggestions with how often they stand where, and one sentence of each."""
    if as_json:
        shown.json_lines(map(_data, found))
    elif found:
        columns = ("", "name?", "beside", "archive", "as in")
        shown.table(columns, map(_row, found))


def _row(one: Suggestion) -> tuple[str | Text, ...]:
    said = one.lacking
    at = said.sentence.find(said.words)
    marks = [(at, at + len(said.words))] if at >= 0 else []
    sentence = found_stories.marked(Text(said.sentence), marks)
    return said.language, said.words, str(said.stories), str(one.archive), sentence


def _data(one: Suggestion) -> dict[str, object]:
    said = one.lacking
    return {
        "language": said.language,
        "words": said.words,
        "beside": said.stories,
        "elsewhere": said.elsewhere,
        "archive": one.archive.n,
        "whole": one.archive.whole,
        "score": said.score,
        "sentence": said.sentence,
    }
