"""harborwatch search --export: found stories as a file, however many they are."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from archive.searching.saved_searches import Sort
from harborwatch.exports import Record
from harborwatch.searching import FEED, everything, exported, written
from harborwatch.written_files import write_whole
from news import Outlet
from query import Query

FORMATS = ("csv", "jsonl", "ris", "atom")


def export(
    db: Connection,
    asked: Query,
    sort: Sort,
    target: tuple[str, Path],
    limit: int | None,
    *,
    outlets: Mapping[str, Outlet],
) -> int:
    """Write the stories that an expanded query finds; returns how many they were.

    `target` is a format and a file, "-" for standard output. Raises FileError
    where the file cannot be written.
    """
    kind, path = target
    now = datetime.now(UTC)
    most = limit or (FEED if kind == "atom" else None)
    counted = _Counted(exported(db, islice(everything(db, asked, sort), most)))
    if str(path) == "-":
        sys.stdout.writelines(written(kind, asked, iter(counted), "", now, outlets=outlets))
    else:
        # Spreadsheets take a file for UTF-8 by this mark only.
        encoding = "utf-8-sig" if kind == "csv" else "utf-8"
        address = path.absolute().as_uri()
        write_whole(
            path, written(kind, asked, iter(counted), address, now, outlets=outlets), encoding
        )
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
