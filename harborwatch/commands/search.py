"""harborwatch search: stories that a query finds, newest first."""

import sys
from pathlib import Path

import click
from rich.text import Text

from alerts.matching import hit_sentence
from archive.search import Found, search
from crawler.places import topic_folders
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option
from query import Topics, expand, parse


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", "-n", default=20, show_default=True, help="Stories shown.")
@click.option("--before", type=int, help="Go on after this story's number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(
    query: tuple[str, ...], limit: int, before: int | None, *, as_json: bool, home: Path
) -> None:
    """Find stories: words, "phrases", AND OR NOT, NEAR/5, prefix*, @topic, lang:zh …

    The whole language stands in docs/queries.md. Exit status 1 where nothing
    is found.
    """
    asked = expand(parse(" ".join(query)), Topics.load(*topic_folders(home)))
    archive = archive_of(home)
    try:
        with archive.read() as db:
            found = search(db, asked, limit=limit, before=before)
    finally:
        archive.close()
    if as_json:
        shown.json_lines(_json(one) for one in found)
    else:
        shown.table(("story", "seen", "outlet", "", "headline and hit"), map(_row, found))
    if len(found) == limit and shown.is_terminal():
        click.echo(f"more: --before {found[-1].story.id}")
    if not found:
        click.echo("nothing found", err=True)
        sys.exit(1)


def _json(found: Found) -> dict[str, object]:
    story = found.story
    return {
        "id": story.id,
        "url": story.address,
        "title": story.title,
        "outlet": story.outlet,
        "language": story.language,
        "published": story.published_at,
        "first_seen": story.first_seen_at,
        "topics": story.topics,
        "event": story.event,
        "copy_of": story.copy_of,
        "hit": hit_sentence(story, found.match)[0],
        "words": sorted({hit.words for hit in found.match.hits}),
    }


def _row(found: Found) -> tuple[str | Text, ...]:
    story = found.story
    sentence, hits = hit_sentence(story, found.match)
    text = Text(story.title, style="bold")
    if sentence and sentence != story.title:
        marked = Text(sentence)
        for begin, end in hits:
            marked.stylize("bold yellow", begin, end)
        text = Text("\n" if shown.is_terminal() else " | ").join([text, marked])
    if shown.is_terminal():
        text.append(f"\n{story.address}", style="dim")
    else:
        text.append(f" | {story.address}")
    return (str(story.id), shown.when(story.first_seen_at), story.outlet, story.language, text)
