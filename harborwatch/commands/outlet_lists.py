"""harborwatch outlets export and import: lists of feeds as OPML."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crawler import catalogue
from harborwatch.commands.homes import home_option, outlets_of
from harborwatch.opml import opml_text, read_opml
from harborwatch.opml_drafts import Draft, planned
from harborwatch.written_files import write_whole
from news import FileError, Outlet


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@home_option
def exported(file: Path, home: Path) -> None:
    """Write the catalogue's feeds to FILE as OPML, "-" for standard output.

    OPML knows feeds only: outlets with other ways in are counted and left out.
    """
    outlets = outlets_of(home)
    text = opml_text(outlets.values())
    if str(file) == "-":
        click.echo(text, nl=False)
    else:
        write_whole(file, [text], "utf-8")
    click.echo(_written(outlets), err=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@home_option
def imported(file: Path, home: Path) -> None:
    """Draft outlet files in the home folder from an OPML FILE, one for each site.

    Feeds of outlets that are there already are left, and told. Exit status 2
    where the file cannot be read; then nothing is written.
    """
    subscriptions = read_opml(file)
    plan = planned(subscriptions, outlets_of(home))
    for path in _saved(plan.drafts, home / "outlets"):
        click.echo(f"wrote {path}")
    for left in plan.left:
        one = left.subscription
        click.echo(f"left {file}:{one.line}: {one.name or one.address}: {left.why}", err=True)
    feeds = sum(draft.feeds for draft in plan.drafts)
    told = f"{len(plan.drafts)} outlets with {feeds} feeds written, {len(plan.left)} feeds left"
    click.echo(told, err=True)
    if plan.drafts:
        click.echo("look the files over, then: harborwatch sources probe", err=True)


def _written(outlets: Mapping[str, Outlet]) -> str:
    counts = [sum(one.way == "feed" for one in outlet.sources) for outlet in outlets.values()]
    with_feeds = sum(1 for count in counts if count)
    text = f"{sum(counts)} feeds of {with_feeds} outlets"
    without = len(counts) - with_feeds
    return text + (f"; {without} outlets have no feed and are left out" if without else "")


def _saved(drafts: Sequence[Draft], folder: Path) -> list[Path]:
    """Write the drafts; those that the catalogue could not read are told before any is written."""
    with TemporaryDirectory() as beside:
        for draft in drafts:
            path = Path(beside) / f"{draft.id}.toml"
            path.write_text(draft.text, "utf-8")
            catalogue.load_file(path)
    paths = []
    for draft in drafts:
        path = folder / draft.country.lower() / f"{draft.id}.toml"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(path.parent, None, f"cannot be made: {error.strerror}") from error
        write_whole(path, [draft.text], "utf-8")
        paths.append(path)
    return paths
