"""harborwatch topics: the topics, their names, names they lack, what a changed file changes."""

import sys
from pathlib import Path

import click

from archive.searching.facets import count
from crawler.places import topic_folders
from harborwatch.commands import differences, shown, suggestions
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from harborwatch.topic_changes import compared, queries, since_day
from harborwatch.topic_suggestions import found as suggested
from news import FileError
from news.toml_files import did_you_mean
from query import Topic, Topics


@click.group("topics", cls=Group)
def command() -> None:
    """List the topics, show one, suggest names for it, or check a topic file."""


@command.command("list")
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def listed(topic: str | None, *, as_json: bool, home: Path) -> None:
    """List the topics, or show the query that one TOPIC is."""
    topics = Topics.load(*topic_folders(home))
    if topic is not None:
        one = _named(topics, topic)
        click.echo(f"@{one.id}  tier {one.tier}  {one.title}\n{one.definition}\n")
        click.echo(one.query.canonical())
        return
    ordered = sorted(topics, key=lambda one: (one.tier, one.id))
    if as_json:
        shown.json_lines(
            {"id": one.id, "tier": one.tier, "title": one.title, "definition": one.definition}
            for one in ordered
        )
    else:
        shown.table(
            ("topic", "tier", "title"),
            ((f"@{one.id}", str(one.tier), one.title) for one in ordered),
        )


@command.command("show")
@click.argument("topic")
@click.option("--since", default="", metavar="DAY", help="Only stories from that day on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def show(topic: str, since: str, *, as_json: bool, home: Path) -> None:
    """Show how many stories the archive has of a TOPIC, and of each of its facets."""
    one = _named(Topics.load(*topic_folders(home)), topic)
    asked = [("", one.title, one.query)]
    asked += [(f"/{facet.id}", facet.title, facet.query) for facet in one.facets.values()]
    archive = archive_of(home)
    try:
        with archive.read() as db:
            counts = [
                (f"@{one.id}{part}", title, count(db, since_day(query, since)))
                for part, title, query in asked
            ]
    finally:
        archive.close()
    if as_json:
        shown.json_lines(
            {"topic": name, "title": title, "stories": counted.n, "whole": counted.whole}
            for name, title, counted in counts
        )
    else:
        rows = ((name, str(counted), title) for name, title, counted in counts)
        shown.table(("topic", "stories", "title"), rows)


@command.command("suggest")
@click.argument("topic")
@click.option("--lang", "language", default="", metavar="CODE", help="Only in that language.")
@click.option("-n", "--most", type=click.IntRange(1, 100), default=8, help="Of each language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def suggest(topic: str, language: str, most: int, *, as_json: bool, home: Path) -> None:
    """Suggest names that a TOPIC lacks: what stories of its events say that match none of them.

    Nothing is added to a topic by itself. Exit status 1 where nothing is found.
    """
    topics = Topics.load(*topic_folders(home))
    one = _named(topics, topic)
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found = suggested(db, one, topics, language, most)
    finally:
        archive.close()
    suggestions.show(found, as_json=as_json)
    if not found:
        click.echo(f"no name that @{one.id} lacks stands in stories beside it", err=True)
        sys.exit(1)


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--since", default="", metavar="DAY", help="Only stories from that day on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def check(file: Path, since: str, *, as_json: bool, home: Path) -> None:
    """Check a topic FILE, and what it would change: +14 −3, with stories of each language.

    Facets that change with it are counted too, and topics that include it. The
    archive stays as it is, and nobody is mailed. Exit status 1 where nothing
    would change, 2 where the file cannot be used.
    """
    if not file.is_file():
        raise FileError(file, None, "there is no such file")
    folders = topic_folders(home)
    before, after = Topics.load(*folders), Topics.load(*folders, file)
    was, now = queries(before, since), queries(after, since)
    whole = f"@{file.stem}"
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found, also = compared(db, was, now, whole)
            differences.show(db, found, was.get(whole), now[whole], also, as_json=as_json)
    finally:
        archive.close()
    if not any(one.gained or one.lost for one in (found, *also.values())):
        sys.exit(1)


def _named(topics: Topics, name: str) -> Topic:
    """Return a topic by its id, with or without @."""
    known = name.removeprefix("@")
    if known not in topics:
        raise click.BadParameter(
            f'no topic is called "{known}"; {did_you_mean(known, topics.ids)}'
        )
    return topics.get(known)
