"""One outlet on a server that says what it is told, and a program that watches it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from paged_server import Served
from sqlalchemy import Row, select

from archive import open_archive
from archive.collecting import gaps, notices
from archive.collecting.gaps import Gap
from archive.collecting.notices import Notice
from archive.tables import polls, sources, stories
from crawler.cycle import Report, crawl_settings, run_cycle
from crawler.wiring import open_tools
from news import PlayedClock
from pipelines.stages import Tools

BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)
PLACES = ("Kuantan", "Surabaya", "Hai Phong", "Songkhla", "Sihanoukville", "Yangon", "Cebu", "Belawan",
          "Da Nang", "Laem Chabang", "Qinzhou", "Batam", "Kampot", "Penang", "Davao")  # fmt: skip
DEEDS = ("opens a second quay", "counts fewer ships", "trains forty pilots", "orders new cranes",
         "lowers its fees", "closes for the storm", "lends money to fishers")  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A made-up story."""

    number: int
    at: datetime

    @property
    def title(self) -> str:
        place, deed = PLACES[self.number % len(PLACES)], DEEDS[self.number % len(DEEDS)]
        return f"The port of {place} {deed}, number {self.number}"

    @property
    def path(self) -> str:
        return f"/{self.at:%Y/%m/%d}/story-{self.number}"

    @property
    def page(self) -> bytes:
        text = "".join(
            f"<p>Part {part}: {self.title}, said the harbor office of quay {self.number * 31 + part}."
            f" The {part * 7 + self.number} workers there will begin on day {part + 2}.</p>"
            for part in range(4)
        )
        head = f"<title>{escape(self.title)}</title>"
        return f"<html><head>{head}</head><body><article><h1>{self.title}</h1>{text}</article></body></html>".encode()


def told(
    begin: int, count: int, at: datetime, every: timedelta = timedelta(minutes=5)
) -> list[Told]:
    """Return stories, the newest first."""
    return [Told(begin + n, at + n * every) for n in range(count)][::-1]


class Site:
    """The outlet "made" and the program that watches it."""

    def __init__(self, served: Served, folder: Path, ways: Sequence[tuple[str, str]]) -> None:
        self.served, self.base = served, f"http://made.localhost:{served.port}"
        given = "".join(
            f'[[sources]]\nway = "{way}"\naddress = "{self.base}{path}"\n\n' for way, path in ways
        )
        (folder / "outlets" / "xx").mkdir(parents=True, exist_ok=True)
        (folder / "outlets" / "xx" / "made.toml").write_text(
            f'name = "Made"\nhome = "{self.base}/"\ncountry = "SG"\nlanguages = ["en"]\nzone = "UTC"\n\n{given}'
        )
        self.clock = PlayedClock(BEGIN)
        self.tools: Tools = open_tools(
            open_archive(f"sqlite:///{folder / 'archive.db'}"),
            [folder / "outlets"],
            [],
            self.clock,
        )
        given_settings = {
            "HARBORWATCH_ALLOW_PRIVATE": True,
            "HARBORWATCH_PACE": 0.0,
            "LOG_ENABLED": False,
        }
        self.settings = crawl_settings(given_settings)

    async def poll(self, hours: float = 0.0) -> Report:
        """Let time pass, then poll the outlet, due or not."""
        self.clock.advance(self.clock.now() + timedelta(hours=hours))
        return await run_cycle(self.tools, self.settings, outlets=["made"])

    def pages(self, some: Sequence[Told]) -> None:
        """Let the stories' pages stand."""
        for one in some:
            self.served.say(f"made{one.path}", one.page)

    def feed(self, some: Sequence[Told], path: str = "/feed/", *, dates: bool = True) -> None:
        """Show stories in a feed, and let their pages stand."""
        self.pages(some)
        items = [
            f"<item><title>{one.title}</title><link>{self.base}{one.path}</link>"
            + (f"<pubDate>{format_datetime(one.at)}</pubDate>" if dates else "")
            + "</item>"
            for one in some
        ]
        self.items(items, path)

    def items(self, items: Sequence[str], path: str = "/feed/") -> None:
        """Show items in a feed as they are written."""
        body = f"<rss version='2.0'><channel><title>S</title>{''.join(items)}</channel></rss>"
        self.served.say(f"made{path}", body.encode(), kind="application/rss+xml")

    def sitemap(self, some: Sequence[Told], path: str = "/news.xml") -> None:
        """Show stories in a sitemap of news."""
        self.pages(some)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        news = "http://www.google.com/schemas/sitemap-news/0.9"
        urls = "".join(
            f"<url><loc>{self.base}{one.path}</loc><n:news><n:publication_date>{one.at.isoformat()}"
            f"</n:publication_date><n:title>{one.title}</n:title></n:news></url>"
            for one in some
        )
        body = f"<urlset xmlns='{space}' xmlns:n='{news}'>{urls}</urlset>".encode()
        self.served.say(f"made{path}", body, kind="application/xml")

    def listing(self, some: Sequence[Told], path: str = "/latest/", *, session: str = "") -> None:
        """Show stories on a listing page."""
        self.pages(some)
        links = "".join(f"<h2><a href='{session}{one.path}'>{one.title}</a></h2>" for one in some)
        body = f"<html><head><title>L</title></head><body>{links}</body></html>".encode()
        self.served.say(f"made{path}", body)

    def posts(self, some: Sequence[Told], path: str) -> None:
        """Show stories as WordPress's interface does."""
        self.pages(some)
        posts = [
            {"link": self.base + one.path, "title": {"rendered": one.title},
             "date_gmt": f"{one.at:%Y-%m-%dT%H:%M:%S}"}
            for one in some
        ]  # fmt: skip
        self.served.say(f"made{path}", json.dumps(posts).encode(), kind="application/json")

    def stored(self, *, history: bool | None = None) -> list[str]:
        """Return the paths of the stories that are archived."""
        wanted = select(stories.c.address).order_by(stories.c.id)
        wanted = wanted if history is None else wanted.where(stories.c.history.is_(history))
        with self.tools.archive.read() as db:
            return [address.removeprefix(self.base) for address in db.scalars(wanted)]

    def last(self, source: str) -> Row[tuple[object, ...]]:
        """Return the last poll of a source."""
        wanted = select(polls).where(polls.c.source == f"made/{source}", polls.c.purpose == "due")
        with self.tools.archive.read() as db:
            return db.execute(wanted.order_by(polls.c.id.desc()).limit(1)).one()

    def source(self, source: str) -> Row[tuple[object, ...]]:
        """Return the row of a source."""
        with self.tools.archive.read() as db:
            return db.execute(select(sources).where(sources.c.id == f"made/{source}")).one()

    def gaps(self) -> list[Gap]:
        """Return the gaps found."""
        with self.tools.archive.read() as db:
            return gaps.every(db)

    def notices(self) -> list[Notice]:
        """Return all notices."""
        with self.tools.archive.read() as db:
            return notices.every(db)
