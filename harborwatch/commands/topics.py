"""harborwatch topics: the topics, the names of one, and what a changed file would change."""

import sys
from pathlib import Path

import click

from archive.trials import difference
from crawler.places import topic_folders
from harborwatch.commands import differences, shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from news import FileError
from news.toml_files import did_you_mean
from query import Query, Topics, expand


@click.group("topics", cls=Group)
def command() -> None:
    """List the topics, show one, or check a topic file against the archive."""


@command.command("list")
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def listed(topic: str | None, *, as_json: bool, home: Path) -> None:
    """List the topics, or show the query that one TOPIC is."""
    topics = Topics.load(*topic_folders(home))
    if topic is not None:
        name = topic.removeprefix("@")
        if name not in topics.ids:
            raise click.BadParameter(
                f'no topic is called "{name}"; {did_you_mean(name, topics.ids)}'
            )
        one = topics.get(name)
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


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--since", default="", metavar="DAY", help="Only stories from that day on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def check(file: Path, since: str, *, as_json: bool, home: Path) -> None:
    """Check a topic FILE, and what it would change: +14 −3, with the stories.

    The archive stays as it is, and nobody is mailed. Exit status 1 where
    nothing would change, 2 where the file cannot be used.
    """
    if not file.is_file():
        raise FileError(file, None, "there is no such file")
    folders = topic_folders(home)
    before, after = Topics.load(*folders), Topics.load(*folders, file)
    name = file.stem
    old = _since(name, before, since) if name in before else None
    new = _since(name, after, since)
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found = difference(db, old, new)
            differences.show(db, found, old, new, as_json=as_json)
    finally:
        archive.close()
    if not (found.gained or found.lost):
        sys.exit(1)


def _since(name: str, topics: Topics, day: str) -> Query:
    return differences.since(expand(topics.get(name).query, topics), day)
