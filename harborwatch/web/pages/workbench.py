"""A changed topic tried on the archive: what it would add and lose. Nothing is written."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from archive.searching.trials import Difference, samples
from crawler.places import topic_folders
from harborwatch.topic_changes import by_language, compared, queries, spread
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.pages.lines import FoundLine, TopicTag, found_line, topic_tags
from harborwatch.web.pages.mistakes import Mistake, mistake
from harborwatch.web.site import Site
from news import FileError, QueryError
from query import Query, Topics, expand, parse

#: stories of either kind that are shown
MOST = 20
#: characters of a topic file; the longest of ours has a third
LONGEST = 60_000
#: what a topic file must say, and no question does
_FILE = re.compile(r"^\s*(?:id|title|tier)\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How many stories a query gains and loses."""

    #: a language, or the query's name: "@caih/trade"
    name: str
    gained: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What a changed topic would add and lose."""

    topic: TopicTag
    #: what was tried: a topic file or a query; at first the topic's own file
    text: str
    tried: bool
    gained: int
    lost: int
    kept: int
    #: all of the archive was looked at; else its newest matches
    whole: bool
    languages: tuple[Change, ...]
    #: facets, and topics that include this one, that change with it
    also: tuple[Change, ...]
    added: tuple[FoundLine, ...]
    left: tuple[FoundLine, ...]
    mistake: Mistake | None
    #: what is wrong with the file, with its line; "" where nothing is
    file_mistake: str


def workbench(site: Site, db: Connection, ask: Ask) -> Workbench:
    """Try `text`, a changed topic file or a query, in the place of a topic."""
    name, text = str(ask.path["id"]), ask.text("text")
    if name not in site.topic_files:
        raise ask.missing()
    if len(text) > LONGEST:
        raise PageError(400, ask.wording("error.too_long"))
    (tag,) = topic_tags(site, [name])
    if not text:
        return _bench(tag, _own_file(site, name))
    try:
        was, now = _both(site, name, text)
        found, also = compared(db, was, now, f"@{name}")
        return _found(site, db, tag, text, (was[f"@{name}"], now[f"@{name}"]), found, also)
    except QueryError as error:
        return _bench(tag, text, mistake=mistake(error, site.topics, ask.wording))
    except FileError as error:
        # The file that is named is a passing one of ours: its line is what helps.
        line = f"{error.line}: " if error.line else ""
        return _bench(tag, text, file_mistake=line + ask.wording.mistake(error.what, error.hint))


def _both(site: Site, name: str, text: str) -> tuple[Mapping[str, Query], Mapping[str, Query]]:
    """Return all topics' queries as they are, and as the text would make them."""
    folders = topic_folders(site.home)
    before = Topics.load(*folders)
    was = queries(before)
    if not _FILE.search(text):
        return was, {**was, f"@{name}": expand(parse(text), before)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(text, "utf-8")
        return was, queries(Topics.load(*folders, path))


def _own_file(site: Site, name: str) -> str:
    paths = [folder / f"{name}.toml" for folder in topic_folders(site.home)]
    return next((path.read_text("utf-8") for path in reversed(paths) if path.is_file()), "")


def _found(  # noqa: PLR0917 - what was asked, and what came of it
    site: Site,
    db: Connection,
    tag: TopicTag,
    text: str,
    asked: tuple[Query, Query],
    found: Difference,
    also: Mapping[str, Difference],
) -> Workbench:
    def some(query: Query, numbers: tuple[int, ...]) -> tuple[FoundLine, ...]:
        chosen = spread(numbers, found.languages, MOST)
        return tuple(found_line(site, one) for one in samples(db, query, chosen))

    return _bench(
        tag,
        text,
        found=found,
        languages=tuple(
            Change(name=code, gained=n, lost=m) for code, (n, m) in by_language(found).items()
        ),
        also=tuple(
            Change(name=name, gained=len(one.gained), lost=len(one.lost))
            for name, one in also.items()
        ),
        added=some(asked[1], found.gained),
        left=some(asked[0], found.lost),
    )


def _bench(
    tag: TopicTag,
    text: str,
    *,
    found: Difference | None = None,
    languages: tuple[Change, ...] = (),
    also: tuple[Change, ...] = (),
    added: tuple[FoundLine, ...] = (),
    left: tuple[FoundLine, ...] = (),
    mistake: Mistake | None = None,
    file_mistake: str = "",
) -> Workbench:
    return Workbench(
        topic=tag,
        text=text,
        tried=found is not None,
        gained=len(found.gained) if found else 0,
        lost=len(found.lost) if found else 0,
        kept=found.kept if found else 0,
        whole=found.whole if found else True,
        languages=languages,
        also=also,
        added=added,
        left=left,
        mistake=mistake,
        file_mistake=file_mistake,
    )
