"""harborwatch export: kept pages as files for other programs."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from archive import Archive
from archive.keeping import page_choices, pages
from archive.keeping.page_choices import Choice
from crawler import catalogue
from crawler.places import outlet_folders
from harborwatch.commands.homes import archive_of, home_option, unknown_outlet
from harborwatch.commands.progress import Progress
from harborwatch.warc import warc_records, warcinfo
from harborwatch.written_files import write_whole_bytes
from news import ArchiveError, FileError, Page

_DAY = click.DateTime(["%Y-%m-%d"])
#: pages whose stories are looked up at once: one pass over the revisions for each
_AT_ONCE = 10_000


@click.group("export")
def command() -> None:
    """Write kept pages for other programs; stories leave by `search --export`."""


@command.command("warc")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--since", type=_DAY, help="Pages fetched on this day or later (UTC).")
@click.option("--until", type=_DAY, help="Pages fetched before this day (UTC).")
@click.option("--force", is_flag=True, help="Replace a FILE that is there.")
@click.option("--outlet", "outlets", multiple=True, metavar="ID", help="Of this outlet; many.")
@home_option
def warc(
    file: Path,
    since: datetime | None,
    until: datetime | None,
    outlets: tuple[str, ...],
    *,
    force: bool,
    home: Path,
) -> None:
    """Write kept pages to FILE as WARC 1.1, each record compressed; "-" for standard output.

    A page is a response with its bytes as kept, and metadata with the numbers
    of its stories. Pages whose bytes were purged are counted and left out;
    damaged ones are named. A FILE that is there stays, but with --force: then
    it is replaced when the new one is whole. Exit status 1 where there is no
    page, and no file is written; 2 where one was damaged.
    """
    if since and until and until <= since:
        what = f"{until:%Y-%m-%d} is not after --since {since:%Y-%m-%d}"
        raise click.BadParameter(what, param_hint="--until")
    # A pipe or a device is written to, never replaced.
    if file.is_file() and not force:
        raise FileError(file, None, "is there already", "name another, or give --force")
    archive = archive_of(home)
    progress = Progress()
    try:
        _refuse_unknown(archive, outlets, home)
        choice = Choice(since=_utc(since), until=_utc(until), outlets=outlets)
        taken = _Taken(archive, choice, progress)
        if str(file) == "-":
            sys.stdout.buffer.writelines(taken)
        elif taken.asked:
            write_whole_bytes(file, taken)
    finally:
        progress.end()
        archive.close()
    click.echo(taken.told(), err=True)
    if taken.damaged:
        sys.exit(2)
    if not taken.pages:
        sys.exit(1)


class _Taken:
    """The parts of the file, counted as they pass."""

    def __init__(self, archive: Archive, choice: Choice, progress: Progress) -> None:
        self.pages = 0
        self.damaged = 0
        self._bytes = 0
        self._archive, self._progress = archive, progress
        with archive.read() as db:
            self._numbers = page_choices.whole(db, choice)
            self._purged = page_choices.purged(db, choice)

    @property
    def asked(self) -> int:
        """How many pages were found; some may still turn out to be damaged."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[bytes]:
        yield self._counted(warcinfo(version("harborwatch"), datetime.now(UTC)))
        for begin in range(0, len(self._numbers), _AT_ONCE):
            # Read apart from the pages: no transaction stays open while a file is written.
            with self._archive.read() as db:
                became = list(page_choices.verdicts(db, self._numbers[begin : begin + _AT_ONCE]))
            for done, verdict in enumerate(became, begin + 1):
                if page := self._load(verdict.page):
                    self.pages += 1
                    yield self._counted(warc_records(page, verdict))
                self._progress("pages", done, len(self._numbers))

    def _load(self, number: int) -> Page | None:
        """Return a page; None, counted, where it was purged meanwhile or is damaged."""
        try:
            with self._archive.read() as db:
                page = pages.load_whole(db, number)
        except ArchiveError as error:
            self._progress.end()
            click.secho(f"harborwatch: left out: {error}", fg="red", err=True)
            self.damaged += 1
            return None
        self._purged += page is None
        return page

    def told(self) -> str:
        """Return what was written, for a person."""
        text = f"{self.pages} pages, {self._bytes / 1e6:,.1f} MB"
        left = f"; {self._purged} whose bytes were purged are left out" if self._purged else ""
        return text + left

    def _counted(self, part: bytes) -> bytes:
        self._bytes += len(part)
        return part


def _refuse_unknown(archive: Archive, outlets: tuple[str, ...], home: Path) -> None:
    """Raise BadParameter for an outlet that is neither in the catalogue nor in the archive."""
    if not outlets:
        return
    loaded = catalogue.usable(outlet_folders(home))
    with archive.read() as db:
        for one in outlets:
            if one not in loaded.outlets and not page_choices.has_any(db, one):
                raise unknown_outlet(one, loaded.outlets, loaded.broken)


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None
