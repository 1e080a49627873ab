"""The whole trail of an address or a story, from whoever showed it to whoever was told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from alerts.matching import compiled
from archive.keeping import traces
from archive.telling import subscribers, telling_traces
from harborwatch.address_trail import Step, address_steps
from harborwatch.story_trail import story_steps
from harborwatch.telling_trail import Watching, told_steps, watch_steps
from news import Clock, Outlet, SourceError, StoryRow
from news.saying import say
from pipelines.reading.addresses import canonical, is_own, is_story, key
from query import Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """All that is known of an address or a story."""

    #: empty: nothing is known
    steps: tuple[Step, ...]
    #: None: no story came of it
    story: StoryRow | None


def trail(
    db: Connection,
    what: str,
    outlets: Sequence[Outlet],
    topics: Topics,
    clock: Clock,
    *,
    language: str = "en",
) -> Trail:
    """Return the trail of an address, a key or a story's number.

    Its texts are sentences of `news.saying`; what topic files say is in `language`.
    """
    number = number_of(what)
    if number is not None:
        seen = traces.addresses_of(db, number)
    else:
        keys, written = _keys(what, outlets), _written(what)
        one = traces.address(db, keys, written)
        number = traces.story_of(db, [one.key, *keys] if one else keys, written)
        seen = traces.addresses_of(db, number) if number is not None else []
        seen = seen or ([one] if one else [])
    steps = [step for trace in seen for step in address_steps(trace)]
    story = traces.story(db, number) if number is not None else None
    if story is None:
        return Trail(steps=tuple(steps), story=None)
    found = telling_traces.matched(db, story.story.id)
    told = telling_traces.tellings(db, story.story.id)
    steps += story_steps(story, topics, language)
    for watching in _watching(db, topics):
        steps += watch_steps(story, watching, found, told, clock.now())
    return Trail(steps=(*steps, *told_steps(told)), story=story.story)


def never_seen(what: str, outlets: Sequence[Outlet]) -> list[Step]:
    """Say why nothing is known of it, as far as the catalogue tells.

    Raises ValueError where it is no address and no story number.
    """
    if what.isascii() and what.isdigit():
        return [Step(about="not seen", text=say("there is no story {story}", story=what))]
    address = _written(what)
    own = _own(what, outlets)
    if not own and not _has_host(what):
        raise ValueError(f'"{what}" is no address and no story number')
    steps = [Step(about="not seen", text=say("no source has shown this address"))]
    for outlet in own:
        ways = ", ".join(source.id for source in outlet.sources) or say("none")
        text = say("{outlet} has this host; its sources: {ways}", outlet=outlet.id, ways=ways)
        steps.append(Step(about="outlet", text=text))
        if not is_story(address, outlet):
            text = say(
                "the address does not look like a story of {outlet}; see its file",
                outlet=outlet.id,
            )
            steps.append(Step(about="outlet", text=text))
    if not own:
        steps.append(Step(about="outlet", text=say("no outlet of the catalogue has this host")))
    return steps


def number_of(what: str) -> int | None:
    """Return the number that was typed; the longest that a database counts to has 19 digits."""
    return int(what) if re.fullmatch("[0-9]{1,18}", what) else None


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


def _keys(what: str, outlets: Sequence[Outlet]) -> list[str]:
    """Return the keys that the address may be known by; what is a key stays one."""
    try:
        return [what, *(key(_written(what), outlet) for outlet in _own(what, outlets))]
    except ValueError:
        return [what]


def _own(what: str, outlets: Sequence[Outlet]) -> list[Outlet]:
    """Return the outlets whose host the address has. Raises ValueError where it is none."""
    try:
        canonical(_written(what), outlets[0])
        return [outlet for outlet in outlets if is_own(_written(what), outlet)]
    except (SourceError, ValueError) as error:
        raise ValueError(f'"{what}" is no address and no story number') from error


def _has_host(what: str) -> bool:
    """Say whether something typed begins like an address: a bare word is none."""
    host = what.partition("/")[0]
    return "://" in what or "." in host.strip(".") or ":" in host or host == "localhost"


def _written(what: str) -> str:
    return what if "://" in what else f"https://{what}"
