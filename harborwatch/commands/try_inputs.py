"""What `try` is given: lines that name pages, and the bytes of files, gzipped or not."""

import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.settings import DOWNLOAD_MAXSIZE
from news import HarborwatchError

#: a line of a list is hardly longer; what is, is no line of ours
_LONGEST_LINE = 1_000_000
_GZIP = b"\x1f\x8b"


class InputError(HarborwatchError):
    """A line or a file that cannot be tried, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """A line of a list: a saved page and where it came from."""

    #: as the line writes it
    file: str
    path: Path
    url: str
    content_type: str = ""
    #: the id of an outlet, or "" where the host tells it
    outlet: str = ""
    #: when it was fetched; None means now
    fetched: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that names no page, or is no story."""

    number: int
    error: str
    #: what it calls itself, where that could be read
    id: str | int | None = None


def page_inputs(lines: Iterable[bytes], folder: Path) -> Iterator[PageInput | BadLine]:
    """Yield what each line names; its file stands below `folder`. Empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _page_input(line, folder)
        except InputError as error:
            yield BadLine(number=number, error=str(error))


def content_of(path: Path) -> bytes:
    """Return a file's bytes, unpacked where they are gzipped.

    Raises InputError where it cannot be read, or is larger than the crawl
    takes an answer.
    """
    try:
        if not path.is_file():
            raise InputError(f"{path}: {'is no file' if path.exists() else 'there is no file'}")
        with path.open("rb") as file:
            body = file.read(DOWNLOAD_MAXSIZE + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    return _unpacked(body, str(path))


def standard_input() -> bytes:
    """Return what standard input holds. Raises InputError as `content_of`."""
    return _unpacked(sys.stdin.buffer.read(DOWNLOAD_MAXSIZE + 1), "-")


def _unpacked(body: bytes, name: str) -> bytes:
    whole = True
    if body.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            body = unpacker.decompress(body, DOWNLOAD_MAXSIZE + 1)
        except zlib.error as error:
            raise InputError(f"{name}: the gzip is broken: {error}") from error
        whole = unpacker.eof
    if len(body) > DOWNLOAD_MAXSIZE:
        size = DOWNLOAD_MAXSIZE // 1024**2
        raise InputError(f"{name}: too big: the crawl takes no answer over {size} MB")
    if not whole:
        raise InputError(f"{name}: the gzip ends in the middle")
    return body


def _page_input(line: bytes, folder: Path) -> PageInput:
    said = object_of(line, '{"file": "page.html", "url": "https://…"}')
    file, url = needed(said, "file"), needed(said, "url")
    return PageInput(
        file=file,
        path=folder / file,
        url=url,
        content_type=text_of(said, "content_type"),
        outlet=text_of(said, "outlet"),
        fetched=_time(text_of(said, "fetched")),
    )


def object_of(line: bytes, example: str) -> dict[str, Any]:
    """Return the JSON object that a line is. Raises InputError where it is none."""
    if len(line) > _LONGEST_LINE:
        raise InputError(f"is longer than {_LONGEST_LINE:,} bytes; a line holds one object")
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON: {error}") from error
    if not isinstance(said, dict):
        raise InputError(f"is no object; write {example}")
    return said


def needed(said: dict[str, Any], name: str) -> str:
    """Return a text that must be there. Raises InputError where it is not."""
    value = text_of(said, name)
    if not value:
        raise InputError(f'"{name}" is missing')
    return value


def text_of(said: dict[str, Any], name: str) -> str:
    """Return a text, "" where there is none. Raises InputError where it is something else."""
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{name}" must be text')
    # A lone half of a pair can stand in JSON, but in no address and no path.
    return re.sub("[\ud800-\udfff\x00]", "\ufffd", value or "").strip()


def _time(written: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise InputError(f'"fetched" is no time: {error}; write 2018-09-20T12:00Z') from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
