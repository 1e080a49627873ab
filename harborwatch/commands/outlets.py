"""harborwatch outlets: the catalogue; an outlet checked on its own pages; a new one drafted."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import uvloop

from crawler import catalogue, judging
from crawler.checking import Check, samples
from crawler.drafts import draft, ways_of
from crawler.places import outlet_folders
from crawler.proposals import Proposal
from crawler.proposing import MOST, Search
from crawler.reports import PageReport, Report
from crawler.visiting import Visit, visit
from harborwatch.commands import outlet_lists, outlet_reports, outlet_table, shown
from harborwatch.commands.homes import home_option, outlets_of, unknown_outlet
from harborwatch.commands.subcommands import Group
from harborwatch.commands.try_inputs import content_of
from harborwatch.commands.visits import outing
from news import Entry, FileError, Outlet
from news.toml_files import read_toml


@click.group("outlets", cls=Group)
def command() -> None:
    """List the outlets, check one on its own pages, draft a new one; lists of feeds as OPML."""


command.add_command(outlet_lists.exported)
command.add_command(outlet_lists.imported)


@command.command("list")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--markdown", is_flag=True, help="Tables by country, as in docs/outlets.md.")
@home_option
def listed(file: Path | None, *, markdown: bool, home: Path) -> None:
    """List the outlets of the catalogue, or say whether an outlet FILE can be used."""
    if file is not None:
        outlet = catalogue.load_file(file)
        click.echo(f"{file}: {outlet.name}, {len(outlet.sources)} sources; the file is right")
        return
    if markdown:
        click.echo(outlet_table.table(outlets_of(home).values()), nl=False)
        return
    columns = ("outlet", "country", "languages", "sources", "name")
    shown.table(
        columns,
        (
            (
                outlet.id,
                outlet.country,
                " ".join(outlet.languages),
                " ".join(source.way for source in outlet.sources),
                outlet.name,
            )
            for outlet in outlets_of(home).values()
        ),
    )


@command.command("check")
@click.argument("outlet", metavar="NAME|FILE")
@click.option(
    "--page", "places", multiple=True, metavar="FILE|URL",
    help="Read this page in place of the ways; a saved one needs no network.",
)  # fmt: skip
@click.option("--pages", "count", type=click.IntRange(0, 50), default=3, show_default=True,
              help="How many pages of its ways are read.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def check(outlet: str, places: tuple[str, ...], count: int, *, as_json: bool, home: Path) -> None:
    """Show what each way in and each selector of an outlet finds, and what is wrong.

    Its ways are asked once, at the crawl's pace; nothing is stored. Exit
    status 1 where something is wrong, 2 where the file cannot be used.
    """
    path = _file(outlet, home)
    described = catalogue.load_file(path)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        report, now = runner.run(_check(described, places, count, home))
    found = judging.findings(report, read_toml(path), now)
    outlet_reports.show(report, found, as_json=as_json)
    if any(one.wrong for one in found):
        sys.exit(1)


@command.command("new")
@click.argument("address", metavar="URL")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the draft there; the file's name is the outlet's id.")  # fmt: skip
@click.option("--most", type=click.IntRange(5, 200), default=MOST, show_default=True,
              help="Requests that may be made.")  # fmt: skip
@home_option
def new(address: str, save: Path | None, most: int, home: Path) -> None:
    """Look for the ways into the outlet at URL, and draft its file.

    Feeds, news sitemaps, WordPress and listings are tried at the crawl's pace,
    robots.txt is obeyed. Exit status 1 where no way in was found.
    """
    if save is not None and save.suffix != ".toml":
        raise FileError(save, None, "is no name of an outlet file", "write NAME.toml")
    if save is not None and save.exists():
        raise FileError(save, None, "is there already", "name a file that is not")
    where = address if "://" in address else f"https://{address}"
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(_search(where, most, home))
    if ways_of(found):
        _give(draft(found), save, found.plain.id)
    outlet_reports.tell_search(found, save)
    if not ways_of(found):
        sys.exit(1)


async def _check(
    outlet: Outlet, places: Sequence[str], count: int, home: Path
) -> tuple[Report, datetime]:
    async with outing(home) as out:
        checking = Check(outlet, out.scout, out.pace.clock)

        async def work(under_way: Visit | None) -> Report:
            ways = []
            if under_way is not None and not places:
                ways = [await checking.way(source, under_way) for source in outlet.sources]
            pages = [await _page(checking, place, under_way) for place in places]
            if under_way is not None:
                chosen = samples(ways, count, outlet)
                pages += [await checking.page(entry, under_way) for entry in chosen]
            asked = under_way.requests if under_way else 0
            return Report(outlet=outlet, ways=ways, pages=pages, requests=asked)

        if places and not any(map(_is_address, places)):
            report = await work(None)
        else:
            report = await visit(out.settings, out.pace, work)
        return report, out.pace.clock.now()


async def _page(checking: Check, place: str, under_way: Visit | None) -> PageReport:
    if _is_address(place) and under_way is not None:
        return await checking.page(Entry(address=place), under_way)
    return await checking.saved(Path(place), content_of(Path(place)))


async def _search(address: str, most: int, home: Path) -> Proposal:
    async with outing(home) as out:
        return await visit(
            out.settings,
            out.pace,
            lambda under_way: Search(under_way, out.scout, out.pace.clock, most).propose(address),
        )


def _give(text: str, save: Path | None, name: str) -> None:
    """Print the draft, or write it; what the catalogue could not read is not given."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / (save.name if save else f"{name}.toml")
        path.write_text(text, "utf-8")
        catalogue.load_file(path)
    if save is None:
        click.echo(text, nl=False)
        return
    try:
        save.parent.mkdir(parents=True, exist_ok=True)
        save.write_text(text, "utf-8")
    except OSError as error:
        raise FileError(save, None, f"cannot be written: {error}") from error


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _file(outlet: str, home: Path) -> Path:
    """Return the file that is meant: by its path, or by the outlet's name."""
    path = Path(outlet)
    if path.suffix == ".toml" or path.exists():
        return path
    known = {file.stem: file for file in catalogue.files(outlet_folders(home))}
    if outlet not in known:
        raise unknown_outlet(outlet, known)
    return known[outlet]
