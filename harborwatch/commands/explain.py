"""harborwatch explain: what became of an address or a story, and why."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from archive.grouping.following import followed
from archive.searching.search import document_of
from crawler.places import topic_folders
from harborwatch.address_trail import Step
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option, outlets_of
from harborwatch.trails import never_seen, trail
from news import Outlet, SystemClock
from query import Topics, expand, parse
from query.explain import Explanation, explain


@click.command("explain", context_settings={"ignore_unknown_options": True})
@click.argument("what", metavar="ADDRESS|NUMBER")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(what: str, query: tuple[str, ...], *, as_json: bool, home: Path) -> None:
    """Say what became of an address or a story: seen, fetched, read, matched, told; or why not.

    With a QUERY: why it finds the story, or why it does not. Exit status 1
    where nothing is known of it, or the query does not find it.
    """
    topics = Topics.load(*topic_folders(home))
    asked = expand(parse(" ".join(query)), topics) if query else None
    outlets = list(outlets_of(home).values())
    archive = archive_of(home)
    try:
        with archive.read() as db:
            known = trail(db, what, outlets, topics, SystemClock())
            asked = followed(db, asked) if asked else None
    finally:
        archive.close()
    if asked is not None and known.story is not None:
        answer = explain(asked, document_of(known.story))
        _tell(answer, as_json=as_json)
        sys.exit(0 if answer.holds else 1)
    _show(known.steps or _never_seen(what, outlets), as_json=as_json)
    if asked is not None:
        click.echo("there is no story to put the query to", err=True)
    if not known.steps or asked is not None:
        sys.exit(1)


def _never_seen(what: str, outlets: Sequence[Outlet]) -> list[Step]:
    try:
        return never_seen(what, outlets)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _tell(answer: Explanation, *, as_json: bool) -> None:
    if as_json:
        shown.json_lines([asdict(answer)])
    else:
        click.echo(str(answer))


def _show(steps: Iterable[Step], *, as_json: bool) -> None:
    if as_json:
        shown.json_lines(asdict(step) for step in steps)
    else:
        shown.table(("", "when", ""), ((one.about, shown.when(one.at), one.text) for one in steps))
