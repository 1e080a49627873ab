"""harborwatch search --export: found stories as a file, however many they are."""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from archive import stories
from archive.ranking import ranked
from archive.saved_searches import Sort
from archive.search import Found, search
from harborwatch.exports import Record, atom, csv_text, json_lines, record
from harborwatch.written_files import write_whole
from query import Query

FORMATS = ("csv", "jsonl", "atom")
#: entries of a feed where nothing else is asked for; readers fetch it again and again
FEED = 100
#: stories read at a time
_PAGE = 100


def export(
    db: Connection, asked: Query, sort: Sort, target: tuple[str, Path], limit: int | None
) -> int:
    """Write the stories that an expanded query finds; returns how many they were.

    `target` is a format and a file, "-" for standard output. Raises FileError
    where the file cannot be written.
    """
    kind, path = target
    most = limit or (FEED if kind == "atom" else None)
    counted = _Counted(_record(db, found) for found in islice(_found(db, asked, sort), most))
    if str(path) == "-":
        sys.stdout.writelines(_written(kind, asked, counted, ""))
    else:
        # Spreadsheets take a file for UTF-8 by this mark only.
        encoding = "utf-8-sig" if kind == "csv" else "utf-8"
        write_whole(path, _written(kind, asked, counted, path.absolute().as_uri()), encoding)
    return counted.n


class _Counted:
    """Records, counted as they pass."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.n = 0
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        for one in self._records:
            self.n += 1
            yield one


def _found(db: Connection, asked: Query, sort: Sort) -> Iterator[Found]:
    """Yield everything that is found, page by page; by relevance, all that is ranked."""
    if sort == "relevance":
        ranking = ranked(db, asked, limit=_PAGE)
        yield from ranking.found
        while ranking.after is not None:
            ranking = ranked(db, asked, limit=_PAGE, after=ranking.after)
            yield from ranking.found
        return
    page = search(db, asked, limit=_PAGE)
    yield from page
    while len(page) == _PAGE:
        page = search(db, asked, limit=_PAGE, before=page[-1].story.id)
        yield from page


def _record(db: Connection, found: Found) -> Record:
    story = found.story
    return record(found, stories.revision(db, story.id, story.revision).seen_at)


def _written(kind: str, asked: Query, records: Iterable[Record], address: str) -> Iterable[str]:
    match kind:
        case "csv":
            return csv_text(records)
        case "jsonl":
            return json_lines(records)
    return [atom(asked.text, records, datetime.now(UTC), address)]
