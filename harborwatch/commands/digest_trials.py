"""harborwatch digests preview, replay, test and send: what would go out, and that it does."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import uvloop

from alerts.issuing import ARCHIVED
from alerts.previewing import preview as composed_preview
from alerts.render import render
from alerts.replaying import Change, changes, sent_between
from alerts.trying import test_deliveries
from archive.telling import subscribers
from harborwatch import editing, work
from harborwatch.commands import shown
from harborwatch.commands.homes import home_option
from harborwatch.wiring import Program, put_together
from news import ChannelError, Digest, HarborwatchError, Subscriber, Target, Watch
from news.rhythms import read_rhythm

#: years that a time given here may be of
EARLIEST, LATEST = 1970, 2999

_AS = click.option(
    "--as",
    "form",
    type=click.Choice(["text", "html", "eml"]),
    default="text",
    help="The plain text, the page, or the whole mail.",
)


@click.command("preview")
@click.argument("subscriber")
@click.option("--at", default="", metavar="TIME", help="Dated so: 2026-11-23T07:00; else now.")
@_AS
@home_option
def preview(subscriber: str, *, at: str, form: str, home: Path) -> None:
    """Show the digest that SUBSCRIBER would get of what waits now; nothing is sent or settled.

    Exit status 1 where there is none.
    """
    with _program(home) as program:
        who = _known(program, subscriber)
        moment = _moment(at, who.zone) if at else program.tools.clock.now()
        with program.tools.archive.read() as db:
            digest = composed_preview(db, who, program.sender, moment).digest
        if digest is None:
            click.echo(f"nothing waits for {subscriber}", err=True)
            sys.exit(1)
        mails = [target for target in who.targets if target.channel != "chat"]
        target = mails[0] if mails else ARCHIVED
        mail = render(
            digest,
            program.sender.address,
            target,
            moment,
            public_url=program.sender.public_url,
        )
    shapes = {"text": mail.text.encode(), "html": mail.html.encode(), "eml": mail.message}
    click.echo(shapes[form], nl=False)


@click.command("test")
@click.argument("subscriber")
@home_option
def test(subscriber: str, home: Path) -> None:
    """Send a short message to each target of SUBSCRIBER now; exit status 1 where one failed."""
    with _program(home) as program:
        who, failed = _known(program, subscriber), False
        for target in who.targets:
            error = _try(program, who, target)
            failed = failed or error is not None
            click.echo(f"{target.written}  {error or 'sent'}")
    if failed:
        sys.exit(1)


@click.command("send")
@home_option
def send(home: Path) -> None:
    """Match, make and send what is due now, without polling; `run` does the same in its rounds."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told = runner.run(_told(home))
    for digest in told.digests:
        click.echo(f"{digest.subscriber.id}  {digest.slot}  {len(digest.cards)} events")
    sent = told.delivered
    click.echo(f"{sent.sent} sent, {sent.failed} to try again, {sent.dead} given up")


@click.command("replay")
@click.argument("subscriber")
@click.option("--days", type=click.IntRange(1, 92), default=7, help="How far back; 7.")
@click.option("--until", default="", metavar="TIME", help="The end of these days; else now.")
@click.option(
    "--with", "given", multiple=True, metavar="NAME=QUERY", help="A watch changed or added; many."
)
@click.option("--without", multiple=True, metavar="NAME", help="A watch left out; many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def replay(
    subscriber: str,
    *,
    days: int,
    until: str,
    given: tuple[str, ...],
    without: tuple[str, ...],
    as_json: bool,
    home: Path,
) -> None:
    """Show what the watches of SUBSCRIBER would have sent over the last days.

    With --with or --without: as a difference to the watches as they are.
    Nothing is sent or changed.
    """
    with _program(home) as program:
        who = _known(program, subscriber)
        end = _moment(until, who.zone) if until else program.tools.clock.now()
        new = _changed(who, given, without)
        before, after = (_replayed(program, one, end, days) for one in (who, new))
    found = changes(before if new != who else [], after)
    if as_json:
        shown.json_lines(_data(one) for one in found)
        return
    _show(found, before, after, ZoneInfo(who.zone), compared=new != who)


async def _told(home: Path) -> work.Told:
    program = put_together(home)
    try:
        return await work.tell(program)
    finally:
        await program.close()


@contextmanager
def _program(home: Path) -> Iterator[Program]:
    program = put_together(home)
    try:
        yield program
    finally:
        asyncio.run(program.close())


def _known(program: Program, name: str) -> Subscriber:
    with program.tools.archive.read() as db:
        return editing.known(subscribers.kept(db), name).subscriber


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is no time; write 2026-11-23T07:00') from error
    # Further back no zone can be reckoned with, and no story is that old.
    if not EARLIEST <= moment.year <= LATEST:
        raise click.BadParameter(f'"{text}" is out of the years {EARLIEST} to {LATEST}')
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _try(program: Program, who: Subscriber, target: Target) -> ChannelError | None:
    """Send the test message to a target; returns why it failed."""
    channel, now = program.channels.get(target.channel), program.tools.clock.now()
    if channel is None:
        return ChannelError(f'no channel "{target.channel}" is set up', permanent=True)
    try:
        for delivery in test_deliveries(who, program.sender, target, now):
            channel.send(delivery)
    except ChannelError as error:
        return error
    return None


def _changed(who: Subscriber, given: Sequence[str], without: Sequence[str]) -> Subscriber:
    """Return the subscriber with watches changed, added and left out."""
    mine = {watch.name: watch for watch in who.watches}
    rhythm = who.watches[0].rhythm if who.watches else read_rhythm("daily 07:00")
    for text in given:
        name, _, query = text.partition("=")
        if not name or not query:
            raise click.BadParameter(f'"{text}" is no watch; write NAME=QUERY')
        old = mine.get(name, Watch(name=name, query=query, rhythm=rhythm))
        mine[name] = replace(old, query=query)
    for name in without:
        if mine.pop(name, None) is None:
            raise HarborwatchError(f'{who.id} has no watch "{name}"; has: {", ".join(mine)}')
    return replace(who, watches=tuple(mine.values()))


def _replayed(program: Program, who: Subscriber, end: datetime, days: int) -> list[Digest]:
    begin = end - timedelta(days=days)
    with program.tools.archive.read() as db:
        return sent_between(db, who, program.tools.topics, program.sender, begin, end)


def _show(
    found: Sequence[Change],
    before: Sequence[Digest],
    after: Sequence[Digest],
    zone: ZoneInfo,
    *,
    compared: bool,
) -> None:
    counts = Counter(one.change for one in found)
    updates = sum(one.card.kind == "update" for one in found)
    if compared:
        click.echo(
            f"+{counts['gained']} −{counts['lost']} events and updates, "
            f"{counts['kept']} as before; {len(after)} digests instead of {len(before)}"
        )
    else:
        more = f" and {updates} update{'' if updates == 1 else 's'}" if updates else ""
        click.echo(f"{len(found) - updates} events{more} in {len(after)} digests")
    signs = {"gained": "+" if compared else "", "lost": "−", "kept": ""}
    listed = [one for one in found if not compared or one.change != "kept"]
    if listed:
        shown.table(
            ("", f"slot, {zone.key}", "kind", "watches", "headline"),
            (
                (
                    signs[one.change],
                    _slot(one, zone),
                    one.card.kind,
                    ", ".join(one.card.watches),
                    one.card.headline,
                )
                for one in listed
            ),
        )


def _slot(one: Change, zone: ZoneInfo) -> str:
    """Return a slot in the reader's zone: "2018-09-20 17:00+0700", "at once 2018-09-20 …"."""
    at_once = one.slot.startswith("now:")
    moment = datetime.fromisoformat(one.slot.removeprefix("now:")).astimezone(zone)
    return f"{'at once ' if at_once else ''}{moment:%Y-%m-%d %H:%M%z}"


def _data(one: Change) -> dict[str, object]:
    return {
        "change": one.change,
        "slot": one.slot,
        "event": one.card.event,
        "kind": one.card.kind,
        "headline": one.card.headline,
        "address": one.card.address,
        "watches": list(one.card.watches),
        "stories": [line.story for line in one.card.tellings],
    }
