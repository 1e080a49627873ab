"""The made-up press over HTTP, its clock that both processes share, and what it wrote down."""

import json
import mmap
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from world import PATHS, SOLD, WINDOW, Fault, Outlet, Story, World, http_date

from harborwatch.press.answer import Request, Response, etag
from harborwatch.press.server import Server

#: seconds that a busy host asks to be left alone
RETRY_AFTER = 1800


class SharedTime:
    """A moment in a file that two processes see: what is played goes on after a kill."""

    def __init__(self, path: Path, begin: datetime | None = None) -> None:
        if begin is not None:
            path.write_bytes(struct.pack("d", begin.timestamp()))
        self._file = path.open("r+b")
        self._map = mmap.mmap(self._file.fileno(), 8)

    def get(self) -> datetime:
        return datetime.fromtimestamp(struct.unpack("d", self._map[:8])[0], UTC)

    def set(self, at: datetime) -> None:
        self._map[:8] = struct.pack("d", at.timestamp())


@dataclass(frozen=True, slots=True)
class Hit:
    """One request: when, where, what came of it, and the stories that the answer listed."""

    at: datetime
    host: str
    path: str
    status: int
    way: str = ""
    listed: frozenset[int] = frozenset()


@dataclass
class Served:
    """The press under way."""

    world: World
    time: SharedTime
    port: int = 0
    log: list[Hit] = field(default_factory=list)

    def start(self) -> Server:
        server = Server(self.answer)
        self.port = server.start()
        return server

    def answer(self, request: Request) -> Response:
        now = self.time.get()
        outlet = self.world.outlets.get(request.host)
        if outlet is None:
            return _said(404)
        parts = urlsplit(request.target)
        response, way, listed = self._found(
            outlet, request, parts.path, parse_qs(parts.query), now
        )
        hit = Hit(at=now, host=request.host, path=request.target, status=response.status, way=way,
                  listed=frozenset(listed))  # fmt: skip
        self.log.append(hit)
        return response

    def _found(
        self,
        outlet: Outlet,
        request: Request,
        path: str,
        query: dict[str, list[str]],
        now: datetime,
    ) -> tuple[Response, str, list[int]]:
        if path == "/robots.txt":
            return _said(200, b"User-agent: *\nAllow: /\n", "text/plain"), "", []
        fault = outlet.fault(path, now)
        if fault is not None and (struck := _struck(fault)) is not None:
            return struck, "", []
        way = next((one for one in outlet.ways if path == PATHS[one]), "")
        sold = fault.kind if fault is not None and fault.kind in SOLD else ""
        if not way:
            return _said(404) if sold else self._page(outlet, path, now), "", []
        seen = fault.begin if fault is not None and fault.kind == "frozen" else now
        page = int((query.get("page") or query.get("paged") or ["1"])[0])
        if way in ("feed", "sitemap") and page > 1 and "wordpress" not in outlet.ways:
            page = 1
        stories = outlet.listed(way, seen, page)
        if sold:
            body = _SHOWN[way](_others(sold, outlet.language, now), self._base(outlet), now)
            return _said(200, body, _TYPES[way]), "", []
        body = _SHOWN[way](stories, self._base(outlet), seen)
        lying = fault is not None and fault.kind == "lying"
        tag = '"for-ever"' if lying else etag(body)
        if request.headers.get("if-none-match") == tag:
            return Response(status=304, headers=(("ETag", tag),)), "", []
        answered = Response(
            status=200, headers=(("ETag", tag), ("Content-Type", _TYPES[way])), body=body
        )
        return answered, way, [one.number for one in stories]

    def _base(self, outlet: Outlet) -> str:
        return f"http://{outlet.name}.localhost:{self.port}"

    def _page(self, outlet: Outlet, path: str, now: datetime) -> Response:
        parts = path.split("/")
        if len(parts) != 4 or parts[1] != "news" or not parts[2].isdigit():
            return _said(404)
        number = int(parts[2])
        if not 0 < number <= len(outlet.until(now)):
            return _said(404)
        story = outlet.stories[number - 1]
        title = escape(story.title_at(now))
        text = "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(story.body))
        body = (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>"
            f"<meta property='og:title' content=\"{title}\">"
            f"<meta property='article:published_time' content='{story.at.isoformat()}'></head>"
            f"<body><article><h1>{title}</h1>{text}</article></body></html>"
        )
        return _said(200, body.encode(), "text/html; charset=UTF-8")


def _paragraphs(body: str) -> list[str]:
    size = max(1, len(body) // 4)
    return [body[at : at + size] for at in range(0, len(body), size)]


def _said(
    status: int, body: bytes = b"", kind: str = "text/html", *headers: tuple[str, str]
) -> Response:
    return Response(status=status, headers=(("Content-Type", kind), *headers), body=body)


def _struck(fault: Fault) -> Response | None:
    if fault.kind == "dropped":
        return Response(status=0, dropped=True)
    if fault.kind == "busy":
        return _said(429, b"", "text/html", ("Retry-After", str(RETRY_AFTER)))
    status = {"failing": 500, "forbidden": 403, "gone": 410}.get(fault.kind)
    return _said(status) if status else None


_TYPES = {
    "feed": "application/rss+xml; charset=UTF-8", "sitemap": "application/xml; charset=UTF-8",
    "listing": "text/html; charset=UTF-8", "wordpress": "application/json; charset=UTF-8",
}  # fmt: skip


def _feed(stories: list[Story], base: str, now: datetime) -> bytes:
    items = "".join(
        f"<item><title>{escape(one.title_at(now))}</title><link>{base}{one.path_at(now)}</link>"
        f"<guid isPermaLink='false'>{one.guid}</guid><pubDate>{http_date(one.at)}</pubDate></item>"
        for one in stories
    )
    return f"<rss version='2.0'><channel><title>S</title><link>{base}/</link>{items}</channel></rss>".encode()


def _sitemap(stories: list[Story], base: str, now: datetime) -> bytes:
    urls = "".join(
        f"<url><loc>{base}{one.path_at(now)}</loc><news:news><news:publication_date>"
        f"{one.at.isoformat()}</news:publication_date><news:title>{escape(one.title_at(now))}"
        f"</news:title></news:news></url>"
        for one in stories
    )
    return (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        f" xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"
    ).encode()


def _listing(stories: list[Story], base: str, now: datetime) -> bytes:
    links = "".join(
        f"<h2><a href='{base}{one.path_at(now)}'>{escape(one.title_at(now))}</a></h2>"
        for one in stories
    )
    return (
        f"<!DOCTYPE html><html><head><title>L</title></head><body>{links}</body></html>".encode()
    )


def _wordpress(stories: list[Story], base: str, now: datetime) -> bytes:
    return json.dumps([
        {
            "id": one.number, "link": f"{base}{one.path_at(now)}",
            "date_gmt": one.at.strftime("%Y-%m-%dT%H:%M:%S"),
            "title": {"rendered": one.title_at(now)}, "guid": {"rendered": f"{base}/?p={one.number}"},
        }
        for one in stories
    ]).encode()  # fmt: skip


_SHOWN = {"feed": _feed, "sitemap": _sitemap, "listing": _listing, "wordpress": _wordpress}


def _others(sold: str, language: str, now: datetime) -> list[Story]:
    """Give what the buyer of a domain shows: six stories a day, in a strange language or the outlet's."""
    last = int(now.timestamp() // 14_400)
    return [
        Story(
            9_000_000 + number,
            datetime.fromtimestamp(number * 14_400, UTC),
            (PLAY[language] if sold == "bought" else PLAY["en"]).format(number),
            "",
        )
        for number in range(last, last - WINDOW, -1)
    ]


#: headlines of no outlet of ours
PLAY = {
    "en": "Best casino bonus number {} for new players this week",
    "zh": "新的在线娱乐平台本周为所有新玩家提供第{}号优惠",
    "th": "โปรโมชั่นเกมออนไลน์หมายเลข {} สำหรับผู้เล่นใหม่ในสัปดาห์นี้",
    "vi": "Khuyến mãi trò chơi trực tuyến số {} dành cho người chơi mới tuần này",
}


def catalogue(served: Served, folder: Path) -> None:
    """Write the outlets' files."""
    (folder / "xx").mkdir(parents=True, exist_ok=True)
    for outlet in served.world.outlets.values():
        base = f"http://{outlet.name}.localhost:{served.port}"
        ways = "".join(
            f'[[sources]]\nway = "{way}"\naddress = "{base}{PATHS[way]}"\n\n'
            for way in outlet.ways
        )
        (folder / "xx" / f"{outlet.name}.toml").write_text(
            f'name = "{outlet.name}"\nhome = "{base}/"\ncountry = "SG"\n'
            f'languages = ["{outlet.language}"]\nzone = "UTC"\n\n{ways}'
            "[addresses]\nstory = ['^/news/(?P<key>\\d+)/']\n",
            "utf-8",
        )
