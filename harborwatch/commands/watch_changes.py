"""harborwatch watches add, set, remove and preview: watches that no file holds."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from alerts.days_off import days_off
from alerts.matching import asked
from alerts.slots import next_slot
from archive import Archive
from archive.searching.trials import trial
from archive.telling import subscribers
from archive.telling.subscribers import Kept
from crawler.places import topic_folders
from harborwatch import editing
from harborwatch.commands import shown, trials
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.config import WatchConfig
from harborwatch.topic_changes import since_day
from news import HarborwatchError, Subscriber, Watch
from query import Topics

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
_RHYTHM = click.option(
    "--rhythm", default=None, help='"instant", "daily 07:00 16:30", "mon,thu 07:00".'
)
_AT_LEAST = click.option(
    "--at-least", type=int, default=None, help="Points of importance, 0 to 10, for a card."
)
_SURGE = click.option(
    "--surge/--no-surge",
    default=None,
    help="Tell at once when a day brings far more stories than the past lets expect.",
)


@click.command("add", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--for", "subscriber", default="", help="Whose; the only subscriber without it.")
@_RHYTHM
@_AT_LEAST
@_SURGE
@_JSON
@home_option
def add(
    name: str,
    query: tuple[str, ...],
    *,
    subscriber: str,
    as_json: bool,
    home: Path,
    **given: Any,
) -> None:
    """Add a watch called NAME that asks QUERY of every story from now on."""
    new = _changed(WatchConfig(name=name, query=" ".join(query)), **given)
    archive = archive_of(home)
    try:
        whose = _whose(archive, subscriber)
        made = editing.add_watch(archive, whose, new, Topics.load(*topic_folders(home)))
        _tell(archive, whose, made, as_json=as_json)
    finally:
        archive.close()


@click.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("name", metavar="WATCH")
@click.option("--query", default=None, help="What it asks from now on.")
@_RHYTHM
@_AT_LEAST
@_SURGE
@_JSON
@home_option
def change(name: str, *, as_json: bool, home: Path, **given: Any) -> None:
    """Change what is given of a WATCH, "harbor" or "ana/harbor", that was made by command."""
    archive = archive_of(home)
    try:
        one, old = _known(archive, name)
        new = _changed(editing.written_watch(old), **given)
        topics = Topics.load(*topic_folders(home))
        made = editing.set_watch(archive, home, one.subscriber.id, new, topics)
        _tell(archive, one.subscriber.id, made, as_json=as_json)
    finally:
        archive.close()


@click.command("remove")
@click.argument("name", metavar="WATCH")
@_JSON
@home_option
def remove(name: str, *, as_json: bool, home: Path) -> None:
    """Delete a WATCH, "harbor" or "ana/harbor", that was made by command."""
    archive = archive_of(home)
    try:
        one, watch = _known(archive, name)
        whose = one.subscriber.id
        editing.remove_watch(archive, home, whose, watch.name, datetime.now(UTC))
    finally:
        archive.close()
    if as_json:
        shown.json_lines([{"subscriber": whose, "watch": watch.name, "removed": True}])
    else:
        click.echo(f"removed {whose}/{watch.name}")


@click.command("preview")
@click.argument("name", metavar="WATCH")
@click.option("--since", default="", metavar="DAY", help="Only stories from that day on.")
@_JSON
@home_option
def preview(name: str, *, since: str, as_json: bool, home: Path) -> None:
    """Show what a WATCH finds in the archive; exit status 1 where that is nothing."""
    archive = archive_of(home)
    try:
        one, watch = _known(archive, name)
        query = asked(watch.query, name, Topics.load(*topic_folders(home)))
        with archive.read() as db:
            found = trial(db, since_day(query, since), [], {})
    finally:
        archive.close()
    if not as_json:
        click.echo(f"{one.subscriber.id}/{watch.name}: {watch.query}")
    trials.show(found, as_json=as_json)
    if not found.facets.total.n:
        click.echo("nothing found", err=True)
        sys.exit(1)


def _changed(old: WatchConfig, **given: Any) -> WatchConfig:
    return replace(old, **{key: value for key, value in given.items() if value is not None})


def _known(archive: Archive, name: str) -> tuple[Kept, Watch]:
    with archive.read() as db:
        return editing.known_watch(subscribers.kept(db), name)


def _whose(archive: Archive, name: str) -> str:
    with archive.read() as db:
        everybody = [one.subscriber.id for one in subscribers.kept(db)]
    if name or len(everybody) == 1:
        return name or everybody[0]
    which = f"one of {', '.join(everybody)}" if everybody else "whom you have added"
    raise HarborwatchError(f"whose watch is it? name --for SUBSCRIBER, {which}")


def _tell(archive: Archive, whose: str, watch: Watch, *, as_json: bool) -> None:
    with archive.read() as db:
        subscriber = _subscriber(db, whose)
    off = days_off(subscriber.holidays)
    then = next_slot(watch.rhythm, subscriber.zone, datetime.now(UTC), off)
    made = editing.written_watch(watch)
    if as_json:
        said = {"subscriber": whose, "watch": made.name, "query": made.query}
        said |= {"rhythm": made.rhythm}
        options = {"at_least": made.at_least, "surge": made.surge}
        shown.json_lines([said | options | {"from": "command", "next": then}])
        return
    when = f"next digest {shown.when_in(subscriber.zone, then)}" if then else "told at once"
    click.echo(f"{whose}/{made.name}: {made.rhythm}, {when}")
    click.echo(f'what it finds in the archive: "harborwatch watches preview {whose}/{made.name}"')


def _subscriber(db: Connection, name: str) -> Subscriber:
    return editing.known(subscribers.kept(db), name).subscriber
