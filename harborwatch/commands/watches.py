"""harborwatch watches: everybody's watches, and trying one before it is saved."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import Connection

from alerts.matching import Compiled, compiled
from archive.searching.trials import difference, trial
from archive.telling import feedback, subscribers
from archive.telling.feedback import Verdict
from archive.telling.subscribers import Kept
from archive.telling.watch_counts import WatchCount, watch_counts
from crawler.places import topic_folders
from harborwatch.commands import differences, shown, trials, watch_changes
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from harborwatch.topic_changes import since_day
from news import Watch
from news.rhythms import written
from news.toml_files import did_you_mean
from query import Query, Topics, expand, parse
from query.relaxing import Miss, misses


@click.group("watches", cls=Group)
def command() -> None:
    """List the watches with what they found, change them, or try a query before it is one."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def listed(*, as_json: bool, home: Path) -> None:
    """List everybody's watches: stories found, those that wait for a digest, the last."""
    archive = archive_of(home)
    try:
        with archive.read() as db:
            everybody, counts = subscribers.kept(db), watch_counts(db)
            verdicts = feedback.verdicts(db)
    finally:
        archive.close()
    known = [
        (
            one,
            watch,
            counts.get((one.subscriber.id, watch.name), WatchCount()),
            verdicts.get((one.subscriber.id, watch.name), Verdict()),
        )
        for one in everybody
        for watch in one.subscriber.watches
    ]
    if as_json:
        shown.json_lines(_data(*one) for one in known)
    elif known:
        columns = ("watch", "rhythm", "stories", "waiting", "relevant", "last", "from", "query")
        shown.table(columns, (_row(*one) for one in known))
    if not known:
        hint = 'write watches into harborwatch.toml, or "harborwatch watches add"'
        click.echo(f"nobody watches anything; {hint}", err=True)
        sys.exit(1)


@command.command("try", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--since", default="", metavar="DAY", help="Only stories from that day on.")
@click.option("--against", default="", metavar="WATCH", help="What would change in that watch.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def try_out(
    *, query: tuple[str, ...], since: str, against: str, as_json: bool, home: Path
) -> None:
    """Try a QUERY on the archive: how many, of what, near misses, what other watches have.

    Nothing is saved and nobody is mailed. Exit status 1 where nothing is
    found, or with --against where nothing would change.
    """
    topics = Topics.load(*topic_folders(home))
    plain = parse(" ".join(query))
    asked = since_day(expand(plain, topics), since)
    archive = archive_of(home)
    try:
        with archive.read() as db:
            watches = compiled(subscribers.load(db), topics)
            if against:
                old = since_day(_named(watches, against).query, since)
                changed = difference(db, old, asked)
                differences.show(db, changed, old, asked, as_json=as_json)
                found = len(changed.gained) + len(changed.lost)
            else:
                near = _near(plain, asked, topics, since)
                found = _try(db, asked, near, watches, as_json=as_json)
    finally:
        archive.close()
    if not found:
        click.echo("nothing would change" if against else "nothing found", err=True)
        sys.exit(1)


def _try(
    db: Connection,
    asked: Query,
    near: Sequence[Miss],
    watches: Sequence[Compiled],
    *,
    as_json: bool,
) -> int:
    others = {f"{one.subscriber}/{one.watch}": one.query for one in watches}
    found = trial(db, asked, near, others)
    trials.show(found, as_json=as_json)
    return found.facets.total.n


def _near(plain: Query, asked: Query, topics: Topics, since: str) -> list[Miss]:
    """Return the questions for near misses: of what was typed, else of a topic's names."""
    typed = [
        Miss(missing=one.missing, query=since_day(expand(one.query, topics), since))
        for one in misses(plain)
    ]
    return typed or misses(asked)


def _named(watches: Sequence[Compiled], name: str) -> Compiled:
    """Return the watch of that name, "harbor" or "ana/harbor"."""
    whole = {f"{one.subscriber}/{one.watch}": one for one in watches}
    found = [key for key, one in whole.items() if name in (key, one.watch)]
    if len(found) == 1:
        return whole[found[0]]
    if found:
        raise click.BadParameter(f'"{name}" could be {" or ".join(found)}')
    hint = did_you_mean(name, [*whole, *{one.watch for one in watches}]) if whole else ""
    raise click.BadParameter(f'no watch is called "{name}"; {hint or "nobody watches anything"}')


def _row(one: Kept, watch: Watch, count: WatchCount, verdict: Verdict) -> tuple[str, ...]:
    least = f", at least {watch.at_least} points" if watch.at_least else ""
    return (
        f"{one.subscriber.id}/{watch.name}",
        written(watch.rhythm) + least,
        str(count.stories),
        str(count.waiting),
        _judged(verdict),
        shown.when(count.last_at),
        _origin(one, watch) + (", unsubscribed" if one.unsubscribed(watch.name) else ""),
        watch.query,
    )


def _judged(verdict: Verdict) -> str:
    said = verdict.relevant + verdict.not_relevant
    return f"{verdict.relevant} of {said}" if said else ""


def _data(one: Kept, watch: Watch, count: WatchCount, verdict: Verdict) -> dict[str, object]:
    return {
        "subscriber": one.subscriber.id,
        "watch": watch.name,
        "rhythm": written(watch.rhythm),
        "at_least": watch.at_least,
        "query": watch.query,
        "from": _origin(one, watch),
        "stories": count.stories,
        "waiting": count.waiting,
        "last": count.last_at,
        "relevant": verdict.relevant,
        "not_relevant": verdict.not_relevant,
        "precision": verdict.precision,
        "unsubscribed": one.unsubscribed(watch.name),
    }


def _origin(one: Kept, watch: Watch) -> str:
    return "command" if watch.name in one.by_command else "file"


for _change in (watch_changes.add, watch_changes.change, watch_changes.remove):
    command.add_command(_change)
command.add_command(watch_changes.preview)
