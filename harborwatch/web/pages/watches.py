"""Everybody's watches, with what they found lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import Connection

from archive.keeping import stories
from archive.telling import feedback, subscribers
from archive.telling.feedback import Verdict
from archive.telling.subscribers import Kept
from archive.telling.watch_counts import WatchCount, latest_found, watch_counts
from harborwatch.config import NAME
from harborwatch.editing import lines
from harborwatch.web.asking import Ask
from harborwatch.web.pages.lines import StoryLine, story_line
from harborwatch.web.site import Site
from news import FileError, Watch
from news.rhythms import written

#: stories of each watch that are shown
LATEST = 3
#: watches whose stories are shown; of the others only their counts
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchShown:
    """A watch with what it found."""

    subscriber: str
    name: str
    query: str
    rhythm: str
    #: whose clock the rhythm goes by: "Asia/Jakarta"
    zone: str
    at_least: int
    #: told at once when a day brings far more than expected
    surge: bool
    #: "file" or "command"; only one of the latter is edited here
    origin: str
    #: where it stands in the file, "harborwatch.toml:12"; "" where it was made by command
    place: str
    #: its feed's path
    feed: str
    stories: int
    #: of these no digest has told yet
    waiting: int
    last: datetime | None
    latest: tuple[StoryLine, ...]
    #: cards of it that readers called relevant, of those that they said something of
    relevant: int
    judged: int
    #: relevant of judged, 0 to 1; None where nobody said anything
    precision: float | None
    #: since when its reader wants it no more; None where it is wanted
    unsubscribed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watches:
    """The watches by subscriber and name."""

    watches: tuple[WatchShown, ...]
    #: who may be given a watch
    subscribers: tuple[str, ...]
    #: whose clock each one's rhythms go by
    zones: Mapping[str, str]
    #: the file's watches that are not here yet, "me/harbor": `run` and `poll` bring them
    to_come: tuple[str, ...]
    #: what is wrong with the file at the moment; "" where nothing is
    file_mistake: str


def watches(site: Site, db: Connection, ask: Ask) -> Watches:
    """Show everybody's watches with what they found lately."""
    everybody, counts = subscribers.kept(db), watch_counts(db)
    verdicts = feedback.verdicts(db)
    places, mistake = _places(site, ask)
    every = [(one, watch) for one in everybody for watch in one.subscriber.watches]
    known = {(one.subscriber.id, watch.name) for one, watch in every}
    shown = []
    for n, (one, watch) in enumerate(every):
        key = (one.subscriber.id, watch.name)
        count = counts.get(key, WatchCount())
        numbers = latest_found(db, *key, LATEST) if n < MOST and count.stories else []
        latest = tuple(story_line(site, row) for row in stories.load(db, numbers))
        line = places.get(key)
        verdict = verdicts.get(key, Verdict())
        shown.append(
            _shown(one, watch, count, f"{NAME}:{line}" if line else NAME, latest, verdict)
        )
    return Watches(
        watches=tuple(shown),
        subscribers=tuple(one.subscriber.id for one in everybody),
        zones={one.subscriber.id: one.subscriber.zone for one in everybody},
        to_come=tuple("/".join(key) for key in places if key not in known),
        file_mistake=mistake,
    )


def _places(site: Site, ask: Ask) -> tuple[Mapping[tuple[str, str], int | None], str]:
    """Return the lines of the file's watches, or what is wrong with a file that was changed."""
    try:
        return lines(site.home), ""
    except FileError as error:
        at = f"{NAME}:{error.line}" if error.line else NAME
        return {}, f"{at}: {ask.wording.mistake(error.what, error.hint)}"


def _shown(  # noqa: PLR0917 - a watch, and all that is known of it
    one: Kept,
    watch: Watch,
    count: WatchCount,
    place: str,
    latest: tuple[StoryLine, ...],
    verdict: Verdict,
) -> WatchShown:
    by_command = watch.name in one.by_command
    path = "/".join(quote(part, safe="") for part in (one.subscriber.id, watch.name))
    return WatchShown(
        subscriber=one.subscriber.id,
        name=watch.name,
        query=watch.query,
        rhythm=written(watch.rhythm),
        zone=one.subscriber.zone,
        at_least=watch.at_least,
        surge=watch.surge,
        origin="command" if by_command else "file",
        place="" if by_command else place,
        feed=f"/watches/{path}/feed.atom",
        stories=count.stories,
        waiting=count.waiting,
        last=count.last_at,
        latest=latest,
        relevant=verdict.relevant,
        judged=verdict.relevant + verdict.not_relevant,
        precision=verdict.precision,
        unsubscribed=one.unsubscribed(watch.name),
    )
