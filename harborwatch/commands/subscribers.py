"""harborwatch subscribers: who is told, by which channels, when and in which language."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from tzlocal import get_localzone_name

from archive.telling import subscribers, unsubscriptions
from archive.telling.subscribers import Kept
from archive.telling.unsubscriptions import SaidNo
from harborwatch import editing
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.commands.subcommands import Group
from harborwatch.config import SubscriberConfig
from news import Subscriber

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
#: the options of a subscriber; what is not given stays as it is
_OPTIONS = (
    click.option(
        "--to", "targets", multiple=True, metavar="TARGET", help="mail:ana@example.org; many."
    ),
    click.option("--name", default=None, help="How the person is called in mails."),
    click.option("--zone", default=None, help="Time zone, such as Asia/Jakarta."),
    click.option("--language", default=None, help="Of the digest: en id zh vi th ms."),
    click.option("--when-empty", type=click.Choice(["skip", "say"]), help="Without news."),
    click.option("--quiet", default=None, help='No instant alerts: 22:00-06:30; "" for none.'),
    click.option("--fallback", default=None, help="mail:…, where a target fails."),
    click.option(
        "--fallback-after",
        type=int,
        default=None,
        metavar="HOURS",
        help="That a target may fail before that, 0 to 72; 6.",
    ),
    click.option("--holidays", default=None, help='No slots on holidays of: ID; "" for none.'),
)


@click.group("subscribers", cls=Group)
def command() -> None:
    """List the subscribers, show one, or change those that were made by command."""


@command.command("list")
@_JSON
@home_option
def listed(*, as_json: bool, home: Path) -> None:
    """List everybody who is told, with where they are kept."""
    everybody = _everybody(home)
    if as_json:
        shown.json_lines(data(one) for one in everybody)
    elif everybody:
        columns = ("subscriber", "targets", "zone", "language", "watches", "from")
        shown.table(columns, map(_row, everybody))
    if not everybody:
        click.echo('there is no subscriber yet; "harborwatch subscribers add" makes one', err=True)
        sys.exit(1)


@command.command("show")
@click.argument("subscriber")
@_JSON
@home_option
def show(subscriber: str, *, as_json: bool, home: Path) -> None:
    """Show one SUBSCRIBER with the watches."""
    _tell(editing.known(_everybody(home), subscriber), as_json=as_json, home=home)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command.command("add")
@click.argument("subscriber")
@_options
@_JSON
@home_option
def add(subscriber: str, *, as_json: bool, home: Path, **given: Any) -> None:
    """Make a SUBSCRIBER, who is told by the targets that --to names."""
    new = SubscriberConfig(id=subscriber, zone=get_localzone_name(), targets=())
    archive = archive_of(home)
    try:
        editing.add_subscriber(archive, home, _changed(new, **given))
    finally:
        archive.close()
    _tell(editing.known(_everybody(home), subscriber), as_json=as_json, home=home)
    click.echo(f'next: "harborwatch watches add --for {subscriber} NAME QUERY"', err=True)


@command.command("set")
@click.argument("subscriber")
@_options
@_JSON
@home_option
def change(subscriber: str, *, as_json: bool, home: Path, **given: Any) -> None:
    """Change what is given of a SUBSCRIBER that was made by command."""
    old = editing.known(_everybody(home), subscriber)
    archive = archive_of(home)
    try:
        new = _changed(editing.written_subscriber(old.subscriber), **given)
        editing.set_subscriber(archive, home, new)
    finally:
        archive.close()
    _tell(editing.known(_everybody(home), subscriber), as_json=as_json, home=home)


@command.command("remove")
@click.argument("subscriber")
@_JSON
@home_option
def remove(subscriber: str, *, as_json: bool, home: Path) -> None:
    """Let a SUBSCRIBER that was made by command watch nothing; past digests stay."""
    archive = archive_of(home)
    try:
        editing.remove_subscriber(archive, home, subscriber, datetime.now(UTC))
    finally:
        archive.close()
    if as_json:
        shown.json_lines([{"subscriber": subscriber, "removed": True}])
    else:
        click.echo(f"removed {subscriber}")


@command.command("resume")
@click.argument("subscriber")
@click.option("--watch", default="", help="Only that watch; without it everything.")
@_JSON
@home_option
def resume(subscriber: str, *, watch: str, as_json: bool, home: Path) -> None:
    """Take back, at the reader's own word, that a SUBSCRIBER unsubscribed.

    What was held back goes out; what came meanwhile does not. Exit status 1
    where there is nothing to take back.
    """
    said = editing.known(_everybody(home), subscriber).said_no
    archive, now = archive_of(home), datetime.now(UTC)
    taken = []
    try:
        with archive.write() as db:
            for name in [watch] if watch else said.watches:
                taken += [name] if unsubscriptions.resume_watch(db, subscriber, name) else []
            for target in () if watch else said.targets:
                unsubscriptions.resume_target(db, subscriber, target, now)
                taken.append(target.written)
    finally:
        archive.close()
    if as_json:
        shown.json_lines([{"subscriber": subscriber, "resumed": taken}])
    elif taken:
        click.echo(f"{subscriber} gets again: {', '.join(taken)}")
    if not taken:
        click.echo(f"{subscriber} has not unsubscribed from anything like that", err=True)
        sys.exit(1)


def data(one: Kept) -> dict[str, object]:
    """Return a subscriber as JSON shows it."""
    made = editing.written_subscriber(one.subscriber)
    return {
        "subscriber": made.id,
        "name": made.name,
        "targets": list(made.targets),
        "zone": made.zone,
        "language": made.language,
        "when_empty": made.when_empty,
        "quiet": made.quiet,
        "holidays": made.holidays,
        "fallback": made.fallback,
        "fallback_after": made.fallback_after,
        "from": one.origin,
        "unsubscribed": unsubscribed(one.said_no),
        "watches": [watch.name for watch in one.subscriber.watches],
    }


def unsubscribed(said: SaidNo) -> list[str]:
    """Return what readers said no to: addresses and watches, each with since when."""
    named = {one.written: at for one, at in said.targets.items()}
    named |= {f"watch {name}": at for name, at in said.watches.items()}
    return [f"{name}, since {at.astimezone(UTC):%Y-%m-%d}" for name, at in sorted(named.items())]


def _everybody(home: Path) -> list[Kept]:
    archive = archive_of(home)
    try:
        with archive.read() as db:
            return subscribers.kept(db)
    finally:
        archive.close()


def _changed(old: SubscriberConfig, **given: Any) -> SubscriberConfig:
    new = {key: value for key, value in given.items() if value is not None and value != ()}
    return replace(old, **new)


def _tell(one: Kept, *, as_json: bool, home: Path) -> None:
    if as_json:
        shown.json_lines([data(one)])
        return
    subscriber = one.subscriber
    rows = [(key, _plain(value)) for key, value in data(one).items() if key != "watches"]
    rows += [
        ("watch", f"{w.name}: {editing.written_watch(w).rhythm}  {w.query}")
        for w in subscriber.watches
    ]
    if one.origin == "file":
        path, line = editing.place(home, subscriber.id)
        rows.append(("kept in", f"{path}:{line}" if line else str(path)))
    shown.table(("", ""), rows)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(one: Kept) -> tuple[str, ...]:
    who: Subscriber = one.subscriber
    targets = ", ".join(target.written for target in who.targets)
    return (who.id, targets, who.zone, who.language, str(len(who.watches)), one.origin)
