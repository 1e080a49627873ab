"""A press of any size that costs next to nothing: feeds and pages made when they are asked for.

Nothing is kept but a few hundred words: what a source shows at a time follows
from its number. Each outlet has an address of its own in 127.0.0.0/8, since a
host is what has a pace.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from news import Outlet, Source

#: entries that a feed shows
SHOWN = 10
_DAY = 86_400.0
#: of its stories
WORDS = [
    "harbor",
    "council",
    "ferry",
    "bridge",
    "market",
    "river",
    "village",
    "school",
    "clinic",
    "road",
    "budget",
    "vote",
    "survey",
    "railway",
    "tender",
    "permit",
    "union",
    "farmer",
    "price",
    "rice",
    "export",
    "cargo",
    "port",
    "customs",
    "tariff",
    "minister",
    "mayor",
    "court",
    "ruling",
    "appeal",
    "police",
    "storm",
    "flood",
    "warning",
    "rescue",
    "volunteer",
    "hospital",
    "doctor",
    "vaccine",
    "campus",
    "student",
    "teacher",
    "library",
    "museum",
    "festival",
    "concert",
    "film",
    "football",
    "match",
    "coach",
    "league",
    "stadium",
    "airport",
    "flight",
    "runway",
    "tourist",
    "hotel",
    "beach",
    "island",
    "forest",
    "fire",
    "park",
    "wildlife",
    "mining",
    "power",
    "grid",
    "solar",
    "plant",
    "water",
    "reservoir",
    "drought",
    "harvest",
    "cotton",
    "fishery",
    "boat",
    "engine",
    "factory",
    "worker",
    "wage",
    "strike",
    "bank",
    "loan",
    "credit",
    "bond",
    "investor",
    "startup",
    "software",
    "network",
    "cable",
    "satellite",
    "launch",
    "research",
    "institute",
    "report",
    "study",
    "committee",
    "hearing",
    "senate",
    "deputy",
    "governor",
]
_VERBS = [
    "announced",
    "delayed",
    "approved",
    "reviewed",
    "opened",
    "closed",
    "rejected",
    "praised",
    "widened",
    "repaired",
    "questioned",
    "confirmed",
    "suspended",
    "expanded",
    "inspected",
    "welcomed",
    "postponed",
    "financed",
]
_LINKS = ["after", "before", "while", "although", "because", "since", "whereas", "until"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """So many outlets with so many sources each."""

    outlets: int
    sources: int
    #: stories of one source a day
    per_day: float
    begin: datetime
    port: int = 0
    #: stories of one source, at most
    most: int = 1_000_000

    def host(self, outlet: int) -> str:
        """Return an outlet's host."""
        number = outlet + 1
        return f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}:{self.port}"

    def number(self, host: str) -> int:
        """Return the number of the outlet at a host; -1 where there is none."""
        _, high, middle, low = (int(part) for part in host.partition(":")[0].split("."))
        number = ((high - 1) << 16 | middle << 8 | low) - 1
        return number if number < self.outlets else -1

    def catalogue(self) -> Mapping[str, Outlet]:
        """Return the outlets by their ids."""
        return {made.id: made for made in map(self.outlet, range(self.outlets))}

    def outlet(self, number: int) -> Outlet:
        """Return one outlet."""
        name, host = f"o{number}", self.host(number)
        ways = tuple(
            Source(
                id=f"{name}/feed{at + 1 if at else ''}",
                outlet=name,
                way="feed",
                address=f"http://{host}/feed/{at}",
            )
            for at in range(self.sources)
        )
        return Outlet(
            id=name, name=f"Outlet {number}", home=f"http://{host}/", country="SG",
            languages=("en",), zone="Asia/Singapore", sources=ways,
        )  # fmt: skip

    def published(self, outlet: int, source: int, now: datetime) -> int:
        """Return how many stories a source has published."""
        phase = random.Random(outlet * 1_000 + source).random()
        told = int((now - self.begin).total_seconds() / _DAY * self.per_day + phase)
        return min(max(told, 0), self.most)

    def answer(
        self, host: str, path: str, mark: str, now: datetime
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body; `mark` is the If-None-Match that was sent."""
        outlet = self.number(host)
        kind, _, rest = path.lstrip("/").partition("/")
        if outlet < 0 or kind not in {"feed", "news"}:
            return 404, {}, b""
        if kind == "news":
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self._page(outlet, rest)
        told = self.published(outlet, int(rest), now)
        tag = f'"{told}"'
        if mark == tag:
            return 304, {"ETag": tag}, b""
        headers = {"ETag": tag, "Content-Type": "application/rss+xml"}
        return 200, headers, self._feed(outlet, int(rest), told)

    def _feed(self, outlet: int, source: int, told: int) -> bytes:
        host = self.host(outlet)
        items = "".join(
            f"<item><title>{title_of(outlet, source, at)}</title>"
            f"<link>http://{host}/news/{source}-{at}-{slug_of(outlet, source, at)}</link>"
            f"<pubDate>{format_datetime(self._at(outlet, source, at))}</pubDate></item>"
            for at in range(told - 1, max(told - 1 - SHOWN, -1), -1)
        )
        head = f"<title>Outlet {outlet}</title><link>http://{host}/</link>"
        return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()

    def _page(self, outlet: int, rest: str) -> bytes:
        source, at = (int(part) for part in rest.split("-")[:2])
        title, text = title_of(outlet, source, at), text_of(outlet, source, at)
        paragraphs = "".join(f"<p>{part}</p>" for part in text)
        when = self._at(outlet, source, at).isoformat()
        return (
            f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
            f'<meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="{when}"></head>'
            f"<body><nav><a href=/>Home</a> <a href=/about>About</a></nav>"
            f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
        ).encode()

    def _at(self, outlet: int, source: int, at: int) -> datetime:
        phase = random.Random(outlet * 1_000 + source).random()
        return self.begin + timedelta(seconds=max(0.0, (at + 1 - phase) * _DAY / self.per_day))


def title_of(outlet: int, source: int, at: int) -> str:
    """Return a story's headline."""
    chance = random.Random(f"{outlet}/{source}/{at}")
    first, second, third = (chance.choice(WORDS) for _ in range(3))
    return f"The {first} {second} {chance.choice(_VERBS)} the {third} in district {outlet}"


def slug_of(outlet: int, source: int, at: int) -> str:
    """Return the words in a story's address."""
    return title_of(outlet, source, at).lower().replace(" ", "-")


def text_of(outlet: int, source: int, at: int) -> list[str]:
    """Return a story's paragraphs: about 170 words."""
    chance = random.Random(f"{outlet}/{source}/{at}/text")
    return [" ".join(_sentence(chance) for _ in range(3)) for _ in range(5)]


def _sentence(chance: random.Random) -> str:
    subject, thing, other, place = (chance.choice(WORDS) for _ in range(4))
    return (
        f"The {subject} {chance.choice(_VERBS)} the {thing} {chance.choice(_LINKS)} "
        f"the {other} had {chance.choice(_VERBS)} {chance.randint(2, 900)} of the {place}."
    )
