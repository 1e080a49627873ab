"""harborwatch topics: the topics, and the names of one."""

from pathlib import Path

import click

from crawler.places import topic_folders
from harborwatch.commands import shown
from harborwatch.commands.homes import home_option
from news.toml_files import did_you_mean
from query import Topics


@click.command("topics")
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(topic: str | None, *, as_json: bool, home: Path) -> None:
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
    listed = sorted(topics, key=lambda one: (one.tier, one.id))
    if as_json:
        shown.json_lines(
            {"id": one.id, "tier": one.tier, "title": one.title, "definition": one.definition}
            for one in listed
        )
    else:
        shown.table(
            ("topic", "tier", "title"),
            ((f"@{one.id}", str(one.tier), one.title) for one in listed),
        )
