"""Stories of the wide press told on several pages, served so that single pages can fail."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from harborwatch.press import wide
from harborwatch.press.wide import GoldPage

OUTLET = """\
name = "{name}"
home = "http://{name}.localhost:{port}"
country = "SG"
languages = ["{language}"]
zone = "{zone}"
hosts = ["{name}.localhost:{port}"]

[[sources]]
way = "feed"
address = "http://{name}.localhost:{port}/feed/"
"""


@dataclass(slots=True)
class Served:
    """What the server says and heard; addresses are host and target: "outlet/news/1?page=2"."""

    port: int = 0
    pages: dict[str, tuple[int, bytes, str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    #: called when an address is asked for, before it is answered
    before: Callable[[str], None] = lambda address: None

    def say(
        self, address: str, body: bytes = b"", status: int = 200, to: str = "", kind: str = "text/html"
    ) -> None:  # fmt: skip
        """Answer so at an address from now on."""
        self.pages[address] = (status, body, to, kind)

    def stories(self) -> dict[str, GoldPage]:
        """Return by outlet the paged story that names the harbor on its last page."""
        found: dict[str, GoldPage] = {}
        for page in wide.stories(port=self.port):
            if page.layout == "paged":
                found.setdefault(page.outlet, page)
        return found

    def write_catalogue(self, folder: Path) -> Path:
        """Write the outlet files of the outlets that page their stories; returns their folder."""
        (folder / "sg").mkdir(parents=True)
        for name, page in self.stories().items():
            text = OUTLET.format(
                name=name, port=self.port, language=page.gold.language, zone=page.zone
            )
            (folder / "sg" / f"{name}.toml").write_text(text, "utf-8")
        return folder

    def tell(self, page: GoldPage) -> list[str]:
        """Show a story in its outlet's feed, with all its pages; returns their addresses."""
        bodies = (page.body, *wide.further_pages(page, port=self.port))
        places = [place_of(one) for one in (page.address, *page.further)]
        for place, body in zip(places, bodies, strict=True):
            self.say(place, body, kind=page.content_type)
        self.show(page.outlet, page.address, page.gold.unicode_title)
        return places

    def show(self, host: str, link: str, title: str) -> None:
        """Show one story in an outlet's feed."""
        item = f"<item><title>{escape(title)}</title><link>{escape(link)}</link></item>"
        feed = f"<rss version='2.0'><channel><title>S</title>{item}</channel></rss>"
        self.say(f"{host}/feed/", feed.encode(), kind="application/rss+xml")


def place_of(address: str) -> str:
    """Return an address as the server knows it."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removesuffix('.localhost')}{parts.path}{query}"


@contextmanager
def paged_server() -> Iterator[Served]:
    """Serve what is said on 127.0.0.1, under any name that ends in .localhost."""
    served = Served()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = self.headers["Host"].partition(".localhost")[0] + self.path
            served.asked.append(place)
            served.before(place)
            status, body, to, kind = served.pages.get(place, (404, b"", "", "text/html"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if body.startswith(b"\x1f\x8b"):
                self.send_header("Content-Encoding", "gzip")
            if to:
                self.send_header("Location", to)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        served.port = running.server_address[1]
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield served
        running.shutdown()
        thread.join()
