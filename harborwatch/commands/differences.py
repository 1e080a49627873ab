"""What a changed topic or watch would do to the archive: "+14 −3", with the stories."""

from collections.abc import Iterable, Iterator

import click
from rich.text import Text
from sqlalchemy import Connection

from alerts.matching import hit_sentence
from archive.search import Found
from archive.trials import TRIAL, Difference, samples
from harborwatch.commands import found_stories, shown
from query import Query, parse
from query.syntax import all_of

#: stories that a person is shown of either kind; JSON has all
MOST = 20


def since(query: Query, day: str) -> Query:
    """Return the query for stories from that day on; "" leaves it as it is.

    Raises QueryError where it is no day.
    """
    if not day:
        return query
    return Query(text=query.text, root=all_of([query.root, parse(f"since:{day}").root]))


def show(
    db: Connection, found: Difference, old: Query | None, new: Query, *, as_json: bool
) -> None:
    """Show what the new query finds that the old one does not, and the other way round."""
    if as_json:
        shown.json_lines(_data(db, found, old, new))
        return
    click.echo(f"+{len(found.gained)} −{len(found.lost)}, {found.kept} as before")
    click.echo(
        budget(whole=found.whole) + "history is never mailed, whatever a change finds in it"
    )
    rows = list(_rows("+", samples(db, new, found.gained[:MOST])))
    if old is not None:
        rows += _rows("−", samples(db, old, found.lost[:MOST]))
    if rows:
        shown.table(("", "story", "seen", "outlet", "", "headline", "hit"), rows)
    for sign, numbers in (("+", found.gained), ("−", found.lost)):
        if len(numbers) > MOST:
            click.echo(f"{sign} {len(numbers) - MOST} more; --json lists all")


def budget(*, whole: bool) -> str:
    """Return what was looked at where it was not all, as a line."""
    if whole:
        return ""
    return (
        f"looked at the newest {TRIAL.matches:,} matches at most, of these at most "
        f"{TRIAL.verified:,} that the index could not decide; there may be more\n"
    )


def _rows(sign: str, found: Iterable[Found]) -> Iterator[tuple[str | Text, ...]]:
    for one in found:
        story = one.story
        yield (
            sign,
            str(story.id),
            shown.when(story.first_seen_at),
            story.outlet,
            story.language,
            found_stories.headline(one),
            hit_sentence(story, one.match)[0],
        )


def _data(
    db: Connection, found: Difference, old: Query | None, new: Query
) -> Iterator[dict[str, object]]:
    yield {
        "gained": len(found.gained),
        "lost": len(found.lost),
        "kept": found.kept,
        "whole": found.whole,
    }
    for change, query, numbers in (("gained", new, found.gained), ("lost", old, found.lost)):
        if query is not None:
            for one in samples(db, query, numbers):
                yield {"change": change} | found_stories.as_data(one)
