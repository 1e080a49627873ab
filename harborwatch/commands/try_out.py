"""harborwatch try: pages, feeds and stories, taken as the pipeline takes them, many in one call."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from crawler.places import outlet_folders, topic_folders
from crawler.unlisted import unlisted
from harborwatch.commands import shown
from harborwatch.commands.homes import home_option, outlets_of
from harborwatch.commands.try_answers import Answer, Reader
from harborwatch.commands.try_batches import cores, in_order
from harborwatch.commands.try_inputs import BadLine, page_inputs
from harborwatch.commands.try_story_inputs import story_inputs
from harborwatch.commands.try_story_lines import story_lines
from harborwatch.commands.try_telling import newsroom
from news import FileError, Outlet, SourceError, SystemClock
from pipelines.reading.worker import Workers

Given = TypeVar("Given")

_seconds = click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    help="What takes longer is killed and told; the rest goes on.",
)


@click.group("try")
def command() -> None:
    """Read saved pages, feeds or stories and print what is found; nothing is stored."""


@command.command("pages")
@click.argument("file", metavar="LIST.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@_seconds
@home_option
def pages(file: Path, seconds: float, home: Path) -> None:
    """Read the pages that a list names, and print one JSON object a line, in its order.

    Each line of the list is an object: "file" (below the list's folder, may
    be gzipped), "url", and where known "content_type", "outlet" and
    "fetched". `-` reads the list from standard input. A page that is no story
    is "refused" with its reason. Exit status 1 where a line could not be tried.
    """
    outlets = outlets_of(home)
    with ExitStack() as closing:
        lines = sys.stdin.buffer if str(file) == "-" else closing.enter_context(_opened(file))
        given = page_inputs(lines, Path() if str(file) == "-" else file.parent)
        _end(asyncio.run(_answers(given, lambda reader: reader.page, seconds, outlets)))


@command.command("feeds")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--url", default="", help="Where the feeds come from; relative links start there.")
@_seconds
def feeds(files: tuple[str, ...], url: str, seconds: float) -> None:
    """Read feeds, and print one JSON object a line for each entry, in their order.

    Files may be gzipped; `-` reads one feed from standard input. What is no
    feed is "refused" with its reason. Exit status 1 where a file could not be
    tried.
    """
    try:
        unlisted(url or "https://feed.invalid")
    except SourceError as error:
        raise click.BadParameter(str(error)) from error

    _end(asyncio.run(_answers(files, lambda reader: reader.feed, seconds, {}, url)))


@command.command("stories")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@home_option
def stories(file: Path, home: Path) -> None:
    """Understand the stories of a file, and print one JSON object a line, in its order.

    Each line of the file is an object: "id", "title" and "text", and where
    known "language", "published" (RFC 3339), "outlet" and "url"; the lines
    stand in the order in which the stories came. `-` reads standard input.
    What is printed: the language, topics, the id of the story whose text is
    repeated, the id of the first story that tells of the same happening, and
    the facts. Events are those that stand at the end of the file, so nothing
    is printed before. A line that is no story has an "error". Exit status 1
    where there was one.
    """
    with ExitStack() as closing:
        lines = sys.stdin.buffer if str(file) == "-" else closing.enter_context(_opened(file))
        given = list(story_inputs(lines))
        if not given:
            click.echo("there is nothing to read", err=True)
            sys.exit(1)
        room = closing.enter_context(newsroom(outlet_folders(home), topic_folders(home)))
        shown.json_lines(story_lines(room, given, SystemClock().now()))
    _end(not any(isinstance(one, BadLine) for one in given))


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise FileError(file, None, f"cannot be read: {error}") from error


async def _answers(
    given: Iterable[Given],
    reading: Callable[[Reader], Callable[[Given], Awaitable[Answer]]],
    seconds: float,
    outlets: Mapping[str, Outlet],
    url: str = "",
) -> bool:
    """Print the answer to each input; returns whether all could be tried."""
    sound = True
    count = cores()
    tried = 0
    async with Workers(count, seconds) as workers:
        read = reading(Reader(workers, outlets, SystemClock(), url))
        # Twice as many as there are workers: a file is read while they are busy.
        async for answer in in_order(given, read, 2 * count):
            tried += 1
            if answer.lines:
                shown.json_lines(answer.lines)
            if answer.note:
                click.echo(answer.note, err=True)
            sound = sound and not answer.bad
    if not tried:
        click.echo("there is nothing to read", err=True)
        sys.exit(1)
    return sound


def _end(sound: bool) -> None:
    if not sound:
        click.echo("some input could not be tried; see the lines with an error", err=True)
        sys.exit(1)
