"""harborwatch explain: what became of an address or a story, and why."""

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import Connection

from alerts.matching import compiled
from archive import subscribers, telling_traces, traces
from archive.following import followed
from archive.search import document_of
from crawler import catalogue
from crawler.places import outlet_folders, topic_folders
from harborwatch.address_trail import Step, address_steps
from harborwatch.commands import shown
from harborwatch.commands.homes import archive_of, home_option
from harborwatch.story_trail import Watching, story_steps, told_steps, watch_steps
from news import Clock, Outlet, SourceError, StoryRow, SystemClock
from pipelines.reading.addresses import canonical, is_own, is_story, key
from query import Topics, expand, parse
from query.explain import Explanation, explain


@click.command("explain", context_settings={"ignore_unknown_options": True})
@click.argument("what", metavar="ADDRESS|NUMBER")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@home_option
def command(what: str, query: tuple[str, ...], *, as_json: bool, home: Path) -> None:
    """Say what became of an address or a story: seen, fetched, read, matched, told; or why not.

    With a QUERY: why it finds the story, or why it does not. Exit status 1
    where nothing is known of it, or the query does not find it.
    """
    topics = Topics.load(*topic_folders(home))
    asked = expand(parse(" ".join(query)), topics) if query else None
    outlets = list(catalogue.load(outlet_folders(home)).values())
    archive = archive_of(home)
    try:
        with archive.read() as db:
            steps, story = _trail(db, what, outlets, topics, SystemClock())
            asked = followed(db, asked) if asked else None
    finally:
        archive.close()
    if asked is not None and story is not None:
        answer = explain(asked, document_of(story))
        _tell(answer, as_json=as_json)
        sys.exit(0 if answer.holds else 1)
    _show(steps or _never_seen(what, outlets), as_json=as_json)
    if asked is not None:
        click.echo("there is no story to put the query to", err=True)
    if not steps or asked is not None:
        sys.exit(1)


def _trail(
    db: Connection, what: str, outlets: Sequence[Outlet], topics: Topics, clock: Clock
) -> tuple[list[Step], StoryRow | None]:
    """Return all that is known of an address or a story's number, and the story."""
    number = _number(what)
    if number is not None:
        seen = traces.addresses_of(db, number)
    else:
        keys, written = _keys(what, outlets), _written(what)
        one = traces.address(db, keys, written)
        number = traces.story_of(db, [one.key, *keys] if one else keys, written)
        seen = traces.addresses_of(db, number) if number is not None else []
        seen = seen or ([one] if one else [])
    steps = [step for trace in seen for step in address_steps(trace)]
    trace = traces.story(db, number) if number is not None else None
    if trace is None:
        return steps, None
    found, told = (
        telling_traces.matched(db, trace.story.id),
        telling_traces.tellings(db, trace.story.id),
    )
    steps += story_steps(trace, topics)
    for watching in _watching(db, topics):
        steps += watch_steps(trace, watching, found, told, clock.now())
    return [*steps, *told_steps(told)], trace.story


def _watching(db: Connection, topics: Topics) -> list[Watching]:
    everybody = {one.id: one for one in subscribers.load(db)}
    watches = {(one.id, w.name): w for one in everybody.values() for w in one.watches}
    return [
        Watching(
            subscriber=everybody[query.subscriber],
            rhythm=watches[query.subscriber, query.watch].rhythm,
            at_least=watches[query.subscriber, query.watch].at_least,
            query=query,
        )
        for query in compiled(list(everybody.values()), topics)
    ]


def _number(what: str) -> int | None:
    """Return the number that was typed; the longest that a database counts to has 19 digits."""
    return int(what) if re.fullmatch("[0-9]{1,18}", what) else None


def _keys(what: str, outlets: Sequence[Outlet]) -> list[str]:
    """Return the keys that the address may be known by; what is a key stays one."""
    try:
        return [what, *(key(_written(what), outlet) for outlet in _own(what, outlets))]
    except click.BadParameter:
        return [what]


def _own(what: str, outlets: Sequence[Outlet]) -> list[Outlet]:
    """Return the outlets whose host the address has. Raises BadParameter where it is none."""
    try:
        canonical(_written(what), outlets[0])
        return [outlet for outlet in outlets if is_own(_written(what), outlet)]
    except (SourceError, ValueError) as error:
        raise click.BadParameter(f'"{what}" is no address and no story number') from error


def _written(what: str) -> str:
    return what if "://" in what else f"https://{what}"


def _never_seen(what: str, outlets: Sequence[Outlet]) -> list[Step]:
    """Say why nothing is known of it, as far as the catalogue tells."""
    if _number(what) is not None:
        return [Step(about="not seen", text=f"there is no story {what}")]
    steps = [Step(about="not seen", text="no source has shown this address")]
    address = _written(what)
    own = _own(what, outlets)
    for outlet in own:
        ways = ", ".join(source.id for source in outlet.sources) or "none"
        steps.append(Step(about="outlet", text=f"{outlet.id} has this host; its sources: {ways}"))
        if not is_story(address, outlet):
            text = f"the address does not look like a story of {outlet.id}; see its file"
            steps.append(Step(about="outlet", text=text))
    if not own:
        steps.append(Step(about="outlet", text="no outlet of the catalogue has this host"))
    return steps


def _tell(answer: Explanation, *, as_json: bool) -> None:
    if as_json:
        shown.json_lines([asdict(answer)])
    else:
        click.echo(str(answer))


def _show(steps: Iterable[Step], *, as_json: bool) -> None:
    if as_json:
        shown.json_lines(asdict(step) for step in steps)
    else:
        shown.table(("", "when", ""), ((one.about, shown.when(one.at), one.text) for one in steps))
