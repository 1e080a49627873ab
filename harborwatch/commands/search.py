"""harborwatch search: stories that a query finds, by date or by relevance."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from archive import Archive
from archive.searching import facets, saved_searches
from archive.searching.saved_searches import SavedSearch, Sort
from archive.searching.search import Unread
from crawler.places import topic_folders
from harborwatch.commands import exporting, found_stories, shown
from harborwatch.commands.homes import archive_of, home_option, outlets_of
from harborwatch.searching import Part, part
from news.toml_files import did_you_mean
from query import Query, Topics, expand, parse

#: stories on a page where nothing else is asked for
USUAL = 20
#: where references go that no file is named for
_HERE = ("ris", Path("-"))


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option("--sort", type=click.Choice(("date", "relevance")), help="Newest or best first.")
@click.option("--limit", "-n", type=click.IntRange(1), help=f"Stories shown ({USUAL}).")
@click.option("--before", default="", help="Go on where the last page ended.")
@click.option("--count", "output", flag_value="count", help="Only how many there are.")
@click.option("--facets", "output", flag_value="facets", help="How many of what, by topic, day …")
@click.option(
    "--export",
    "target",
    type=(click.Choice(exporting.FORMATS), click.Path(path_type=Path, allow_dash=True)),
    metavar="csv|jsonl|ris|atom FILE",
    help="Write the stories to FILE, or - for here; all of them, or --limit.",
)
@click.option("--ris", is_flag=True, help="The same as --export ris -, for reference managers.")
@click.option("--save", "name", default="", help="Keep this search by a name.")
@click.option("--saved", default="", help="Ask the search that was saved by that name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(
    *,
    query: tuple[str, ...],
    sort: Sort | None,
    limit: int | None,
    before: str,
    output: str | None,
    target: tuple[str, Path] | None,
    ris: bool,
    name: str,
    saved: str,
    as_json: bool,
    home: Path,
) -> None:
    """Find stories: words, "phrases", AND OR NOT, NEAR/5, prefix*, @topic, lang:zh …

    The whole language stands in docs/queries.md. Exit status 1 where nothing
    is found.
    """
    if ris + (target is not None) + (output is not None) > 1:
        raise click.UsageError("give one of --ris, --export, --count and --facets")
    target = _HERE if ris else target
    archive = archive_of(home)
    try:
        asked = _asked(archive, " ".join(query), sort, saved)
        expanded = expand(parse(asked.query), Topics.load(*topic_folders(home)))
        if name:
            _save(archive, asked, name)
        with archive.read() as db:
            if target is not None:
                outlets = outlets_of(home) if target[0] == "ris" else {}
                found = exporting.export(db, expanded, asked.sort, target, limit, outlets=outlets)
            elif output is not None:
                found = _count(db, expanded, output, as_json=as_json)
            else:
                found = _show(db, expanded, asked.sort, limit or USUAL, before, as_json=as_json)
    finally:
        archive.close()
    if not found:
        click.echo("nothing found", err=True)
        sys.exit(1)


def _asked(archive: Archive, text: str, sort: Sort | None, saved: str) -> SavedSearch:
    """Return what is asked, as it would be saved."""
    if bool(text) == bool(saved):
        raise click.UsageError("give a query, or --saved and the name of one")
    if not saved:
        return SavedSearch(name="", query=text, sort=sort or "date", saved_at=datetime.now(UTC))
    with archive.read() as db:
        known = {one.name: one for one in saved_searches.listed(db)}
    if saved not in known:
        hint = did_you_mean(saved, list(known)) if known else "none is saved"
        raise click.BadParameter(f'no search is saved as "{saved}"; {hint}')
    return replace(known[saved], sort=sort or known[saved].sort)


def _save(archive: Archive, asked: SavedSearch, name: str) -> None:
    if not name.isprintable() or name != name.strip():
        raise click.BadParameter("a name has no line ends, and no spaces round it")
    with archive.write() as db:
        saved_searches.save(db, replace(asked, name=name, saved_at=datetime.now(UTC)))
    click.echo(f'saved as "{name}"', err=True)


def _show(
    db: Connection, asked: Query, sort: Sort, limit: int, before: str, *, as_json: bool
) -> int:
    """Show a page; returns how many stories stand on it."""
    page = _part(db, asked, sort, limit, before)
    if page.unread:
        click.echo(_left(page.unread), err=True)
    found_stories.show(page.found, as_json=as_json)
    if page.after:
        click.echo(f"more: --before {page.after}", err=True)
    return len(page.found)


def _left(unread: Unread) -> str:
    return f"searched back to {unread.back_to:%Y-%m-%d}; {unread.candidates} candidates unread"


def _part(db: Connection, asked: Query, sort: Sort, limit: int, before: str) -> Part:
    try:
        return part(db, asked, sort, limit, before)
    except ValueError as error:
        hint = "it is what the last page said, of the same query and --sort"
        raise click.BadParameter(f'--before "{before}" is no place to go on; {hint}') from error


def _count(db: Connection, asked: Query, output: str, *, as_json: bool) -> int:
    if output == "count":
        total = facets.count(db, asked)
        if as_json:
            shown.json_lines([{"total": total.n, "whole": total.whole}])
        else:
            click.echo(str(total))
        return total.n
    counted = facets.facets(db, asked)
    found_stories.show_facets(counted, as_json=as_json)
    return counted.total.n
