"""A peer on both presses: five polls over the days of the replicas, one over many pages."""

import tempfile
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import assignment
from environments import ROOT, Peer
from judging import place
from made.many_pages import NOW, ManyPages
from playing import work
from results import Days, Gold, Many

from harborwatch.press import Expected, Press

#: the forum's days: before its first report, twice a day, and a day's pause at the end
MOMENTS = tuple(
    datetime(2018, 9, 19, tzinfo=UTC) + timedelta(hours=h) for h in (0, 12, 24, 36, 60)
)
#: stories of each of the five outlets of many pages
EACH = 60
PRESS_OUTLETS = ROOT / "harborwatch" / "press" / "outlets.toml"


def days(peer: Peer) -> Days:
    """Run a peer over the days of the replicas."""
    with tempfile.TemporaryDirectory() as name, Press(MOMENTS[0]) as press:
        folder = Path(name)
        press.write_catalogue(folder / "outlets")
        given = assignment.Press(
            begin=MOMENTS[0],
            catalogue=folder / "outlets",
            closed=(f"{press.base('haixia')}/feed/",),
            watched=True,
        )
        topics = sorted({topic for one in _all_gold() for topic in one.topics})
        written = assignment.write(given, folder, assignment.names(tuple(topics)))
        done = work(peer, written, MOMENTS, lambda at: press.advance(max(at, press.now)))
        return Days(
            result=done.result,
            gold=tuple(_gold(one) for one in press.expected()),
            requests=len(press.log),
            bytes=sum(hit.bytes for hit in press.log),
        )


def many(peer: Peer) -> Many:
    """Run a peer over many pages."""
    with tempfile.TemporaryDirectory() as name, ManyPages(EACH) as press:
        folder = Path(name)
        press.write_catalogue(folder / "outlets")
        given = assignment.Press(begin=NOW, catalogue=folder / "outlets")
        written = assignment.write(given, folder, assignment.names(("caih", "bri")))
        done = work(peer, written, (NOW,), lambda _: None)
    stories = {(story.outlet, story.slug) for story in press.stories}
    places = (place(one["address"]) for one in done.result["records"])
    held = {(outlet, path.rpartition("/")[2]) for outlet, path in places} & stories
    return Many(
        stories=len(stories),
        held=len(held),
        start_cpu=done.start_cpu,
        wall=sum(done.walls),
        cpu=sum(done.cpus),
        memory=done.memory,
    )


def _all_gold() -> tuple[Expected, ...]:
    with Press(MOMENTS[-1], log_file=None) as press:
        return press.expected()


def _gold(one: Expected) -> Gold:
    zones = {
        outlet["name"]: outlet["zone"]
        for outlet in tomllib.loads(PRESS_OUTLETS.read_text("utf-8"))["outlets"]
    }
    return Gold(
        outlet=one.outlet,
        addresses=one.addresses,
        headline=one.headline,
        body=one.body,
        language=one.language,
        zone=zones[one.outlet],
        published=one.published,
        happening=one.happening,
        topics=one.topics,
    )
