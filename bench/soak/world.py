"""A made-up press for the long test: outlets, their stories, their faults, drawn from a seed.

Served by the press's own server. Everything that is shown at a moment follows
from the plan and the time alone, so that the judge can ask what stood where.
"""

import random
import sys
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from made.stories import Story as Made  # noqa: E402
from made.stories import _sentence, _story  # noqa: E402
from made.words import Vocabulary  # noqa: E402

START = datetime(2026, 3, 2, tzinfo=UTC)
#: what an outlet's ways are, in the order of its file
SHAPES = (
    ("feed", "sitemap"), ("feed", "wordpress"), ("listing", "sitemap"), ("feed",), ("listing",),
    ("sitemap", "feed"),
)  # fmt: skip
LANGUAGES = ("zh", "th", "vi")
#: one port, in the outlets' languages: what the readers watch
NAMES = {"zh": "关丹港口", "th": "ท่าเรือกวนตัน", "vi": "cảng Kuantan"}
#: entries of a feed, a listing's page and WordPress's page; a sitemap holds two days
WINDOW, MEMORY = 20, timedelta(days=2)
PATHS = {"feed": "/feed/", "sitemap": "/news.xml", "listing": "/latest/", "wordpress": "/wp-json/wp/v2/posts"}  # fmt: skip
#: a domain in other hands: of another language, of the outlet's own
SOLD = ("sold", "bought")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Story:
    """One story of an outlet: where and how it stands, and when that changes."""

    number: int
    at: datetime
    title: str
    body: str
    #: when its headline and its address change; None: never
    changed_at: datetime | None = None
    new_title: str = ""
    #: the feed's id; two stories of an outlet that has lost count share one
    guid: str = ""
    #: its text names what the readers watch
    watched: bool = False

    def title_at(self, now: datetime) -> str:
        changed = self.changed_at is not None and now >= self.changed_at
        return self.new_title if changed else self.title

    def path_at(self, now: datetime) -> str:
        changed = self.changed_at is not None and now >= self.changed_at
        return f"/news/{self.number}/{'later' if changed else 'first'}-words"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong at an outlet for a while; "" strikes all its paths."""

    kind: str
    begin: datetime
    end: datetime
    way: str = ""


@dataclass(slots=True)
class Outlet:
    """An outlet of the made-up press."""

    name: str
    ways: tuple[str, ...]
    language: str
    stories: list[Story] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    #: when its burst of 60 begins
    burst: datetime | None = None
    times: list[datetime] = field(default_factory=list)

    def fault(self, path: str, now: datetime) -> Fault | None:
        for one in self.faults:
            mine = not one.way or path.startswith(PATHS[one.way])
            if mine and one.begin <= now < one.end:
                return one
        return None

    def until(self, now: datetime) -> list[Story]:
        """Return what was published by then, the oldest first."""
        return self.stories[: bisect_right(self.times, now)]

    def listed(self, way: str, now: datetime, page: int = 1) -> list[Story]:
        """Return what a way shows at a moment, the newest first."""
        shown = self.until(now)[::-1]
        if way == "sitemap":
            return [one for one in shown if now - one.at <= MEMORY]
        return shown[WINDOW * (page - 1) : WINDOW * page]


@dataclass(slots=True)
class World:
    """All outlets, and the time they are played in."""

    days: int
    outlets: dict[str, Outlet]
    #: from when to when the readers' mail server takes no mail
    shut: tuple[datetime, datetime]

    @property
    def end(self) -> datetime:
        return START + timedelta(days=self.days)


def make(sources: int, days: int, stories: int, seed: int, *, broken: bool = True) -> World:
    """Draw a world with about so many ways in and stories; one that is not broken has no faults."""
    chance = random.Random(f"soak {seed}")
    known = {language: Vocabulary.of(language) for language in LANGUAGES}
    outlets: dict[str, Outlet] = {}
    ways = 0
    while ways < sources:
        number = len(outlets)
        shape = SHAPES[number % len(SHAPES)]
        ways += len(shape)
        name = f"s{number:02d}"
        outlets[name] = Outlet(name, shape, LANGUAGES[number % len(LANGUAGES)])
    weights = [chance.lognormvariate(0, 0.7) for _ in outlets]
    for outlet, weight in zip(outlets.values(), weights, strict=True):
        share = stories * weight / sum(weights)
        _publish(outlet, share, days, chance, known[outlet.language])
    shut = START + timedelta(days=days * 0.4)
    if broken:
        _break(list(outlets.values()), days, chance)
    return World(days, outlets, (shut, shut + (7 * HOUR if broken else timedelta())))


def _publish(
    outlet: Outlet, share: float, days: int, chance: random.Random, known: Vocabulary
) -> None:
    """Draw an outlet's stories: by day eight times as many as by night; some bursts of 60."""
    before = 12
    rate = share / days
    times = [START - timedelta(hours=chance.uniform(0.5, 60)) for _ in range(before)]
    for day in range(days):
        for hour in range(24):
            part = rate * (8 if 6 <= hour < 20 else 1) / (14 * 8 + 10)
            begin = START + timedelta(days=day, hours=hour)
            count = _poisson(chance, part)
            times += [begin + timedelta(seconds=chance.uniform(0, 3600)) for _ in range(count)]
    if chance.random() < 0.3 and days > 2:
        begin = START + timedelta(days=chance.uniform(1.5, days - 1))
        times += [begin + timedelta(seconds=chance.uniform(0, 3600)) for _ in range(60)]
        outlet.burst = begin
    for number, at in enumerate(sorted(times), 1):
        outlet.stories.append(_told(number, at.replace(microsecond=0), chance, known))
    outlet.times = [one.at for one in outlet.stories]


def _told(number: int, at: datetime, chance: random.Random, known: Vocabulary) -> Story:
    made: Made = _story(chance, known, 700)
    changes = chance.random() < 0.04
    watched = chance.random() < 0.07
    # A page has its text in four parts: the name stands whole in the second.
    begin, end = made.body[: len(made.body) // 3], made.body[len(made.body) // 3 :]
    return Story(
        number,
        at,
        made.title,
        f"{begin} {NAMES[known.language]} {end}" if watched else made.body,
        at + timedelta(hours=chance.uniform(1, 8)) if changes else None,
        _sentence(chance, known, 9) if changes else "",
        f"tag:{number // 2 if number % 50 < 2 else number}",
        watched,
    )


def _poisson(chance: random.Random, mean: float) -> int:
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count += 1
        left += chance.expovariate(1)
    return count


def _break(outlets: list[Outlet], days: int, chance: random.Random) -> None:
    """Give outlets their faults: at most one long one each, and a storm of 429 over several."""

    def some(longest: float) -> tuple[datetime, datetime]:
        length = timedelta(days=longest)
        begin = START + timedelta(days=chance.uniform(1, max(1.1, days - longest - 0.8)))
        return begin, min(begin + length, START + timedelta(days=days) - 6 * HOUR)

    kinds = (
        "dropped",
        "lying",
        "",
        "failing",
        "sold",
        "",
        "frozen",
        "forbidden",
        "bought",
        "gone",
        "",
    )
    for number, outlet in enumerate(outlets):
        kind = kinds[number % len(kinds)]
        if not kind or (
            kind == "lying" and "feed" not in outlet.ways and "listing" not in outlet.ways
        ):
            continue
        if kind in ("dropped", "failing"):
            outlet.faults.append(Fault(kind, *some(1.2)))
        elif kind in SOLD:
            begin, _ = some(1.5)
            outlet.faults.append(Fault(kind, begin, START + timedelta(days=days + 1)))
        elif kind == "lying":
            outlet.faults.append(
                Fault(kind, START, START + timedelta(days=days + 1), outlet.ways[0])
            )
        else:
            long = min(days * 0.5, 10.0) if kind == "frozen" else 1.2
            outlet.faults.append(Fault(kind, *some(long), outlet.ways[0]))
    begin, _ = some(0.5)
    for outlet in outlets[2::5]:
        outlet.faults.insert(0, Fault("busy", begin, begin + 5 * HOUR))


def http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)
