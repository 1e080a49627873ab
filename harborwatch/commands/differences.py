"""What a changed topic or watch would do to the archive: "+14 −3", with the stories."""

from collections.abc import Iterable, Iterator, Mapping

import click
from rich.text import Text
from sqlalchemy import Connection

from alerts.matching import hit_sentence
from archive.searching.search import Found
from archive.searching.trials import TRIAL, Difference, samples
from harborwatch.commands import found_stories, shown
from harborwatch.topic_changes import by_language, spread
from query import Query

#: stories that a person is shown of either kind; JSON has all
MOST = 20


def show(
    db: Connection,
    found: Difference,
    old: Query | None,
    new: Query,
    also: Mapping[str, Difference] | None = None,
    *,
    as_json: bool,
) -> None:
    """Show what the new query finds that the old one does not, and the other way round.

    `also` are queries that change with it, by their names.
    """
    if as_json:
        shown.json_lines(_data(db, found, old, new, also or {}))
        return
    click.echo(_sum(found))
    click.echo(
        budget(whole=found.whole) + "history is never mailed, whatever a change finds in it"
    )
    for name, one in (also or {}).items():
        click.echo(f"{name}: {_sum(one)}")
    languages = by_language(found)
    if len(languages) > 1:
        counts = (f"{code or 'not known'} +{n} −{m}" for code, (n, m) in languages.items())
        click.echo(", ".join(counts))
    rows = list(_rows("+", samples(db, new, spread(found.gained, found.languages, MOST))))
    if old is not None:
        rows += _rows("−", samples(db, old, spread(found.lost, found.languages, MOST)))
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


def _sum(found: Difference) -> str:
    return f"+{len(found.gained)} −{len(found.lost)}, {found.kept} as before"


def _sums(found: Difference) -> dict[str, object]:
    return {
        "gained": len(found.gained),
        "lost": len(found.lost),
        "kept": found.kept,
        "whole": found.whole,
    }


def _data(
    db: Connection,
    found: Difference,
    old: Query | None,
    new: Query,
    also: Mapping[str, Difference],
) -> Iterator[dict[str, object]]:
    languages = {code: {"gained": n, "lost": m} for code, (n, m) in by_language(found).items()}
    others = {name: _sums(one) for name, one in also.items()}
    yield _sums(found) | {"languages": languages, "also": others}
    for change, query, numbers in (("gained", new, found.gained), ("lost", old, found.lost)):
        if query is not None:
            for one in samples(db, query, numbers):
                yield {"change": change} | found_stories.as_data(one)
