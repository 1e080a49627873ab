"""Names that a topic lacks, as the archive suggests them. Reads only."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from archive.searching.beside import beside, followed, others
from archive.searching.facets import count
from archive.searching.search import Counted
from query import Names, Query, Topic, Topics
from query.familiar import familiar, telling_tokens
from query.lacking import Lacking, lacking


@cache
def _names() -> Names:
    """Read the gazetteer once: it takes a tenth of a second."""
    return Names.shipped()


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
    known = familiar(topic, topics, _names())
    candidates = lacking(lacks, rest, known, telling_tokens(topic), most)
    return [
        Suggestion(lacking=one, archive=count(db, Query(text=one.words, root=one.term)))
        for one in candidates
    ]
