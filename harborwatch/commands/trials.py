"""How a trial of a query is shown."""

from collections.abc import Iterator, Sequence

import click

from archive.searching.trials import TRIAL, NearMiss, Trial
from harborwatch.commands import differences, found_stories, shown

#: weeks that a person is shown, the newest; JSON has all
WEEKS = 16
#: characters of the longest bar
WIDEST = 30
#: outlets that a person is shown
OUTLETS = 8


def show(trial: Trial, *, as_json: bool) -> None:
    """Show a trial: sums and bars, samples, near misses, overlap."""
    if as_json:
        shown.json_lines(_data(trial))
        return
    total = trial.facets.total
    past = f" ({trial.history} of them history, never mailed)" if trial.history else ""
    click.echo(f"{total} stories{past}")
    click.echo(differences.budget(whole=total.whole), nl=False)
    rows = [*_weeks(trial.weeks[-WEEKS:]), *_values(trial), *_overlap(trial)]
    if rows:
        shown.table(("", "", "stories"), rows)
    if trial.samples:
        click.echo("\nthe newest:")
        found_stories.show(trial.samples, as_json=False)
    if trial.near_misses:
        click.echo("\nnear misses:")
        columns = ("story", "seen", "outlet", "", "headline", "missing")
        shown.table(columns, map(_near_row, trial.near_misses))


def _weeks(weeks: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, str]]:
    most = max((n for _, n in weeks), default=0)
    for week, n in weeks:
        bar = "█" * round(WIDEST * n / most) if shown.is_terminal() else ""
        yield "week", week, f"{bar} {n}".strip()


def _values(trial: Trial) -> Iterator[tuple[str, str, str]]:
    for name in ("language", "outlet"):
        for value, n in trial.facets.values[name][:OUTLETS]:
            yield name, value or "not known", str(n)


def _overlap(trial: Trial) -> Iterator[tuple[str, str, str]]:
    for name, both in trial.overlap.items():
        if both.n:
            yield "also in", name, f"{both} of {trial.facets.total.n:,}"


def _near_row(miss: NearMiss) -> tuple[str, ...]:
    story = miss.story
    seen = shown.when(story.first_seen_at)
    return (str(story.id), seen, story.outlet, story.language, story.title, miss.missing)


def _data(trial: Trial) -> Iterator[dict[str, object]]:
    yield {
        "total": trial.facets.total.n,
        "whole": trial.facets.total.whole,
        "budget": {"matches": TRIAL.matches, "verified": TRIAL.verified},
        "history": trial.history,
        "weeks": dict(trial.weeks),
        "facets": {name: dict(counts) for name, counts in trial.facets.values.items()},
        "overlap": {name: both.n for name, both in trial.overlap.items()},
        "near_misses": [
            {"id": one.story.id, "title": one.story.title, "missing": one.missing}
            for one in trial.near_misses
        ],
    }
    yield from map(found_stories.as_data, trial.samples)
