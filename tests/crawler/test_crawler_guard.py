"""No outlet, redirect or name leads us into a private network."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from crawling import Crawl

from crawler import guard
from crawler.guard import GuardedResolver, is_private
from harborwatch.press import Press

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]

OUTLET = """\
name = "Redirecting"
home = "http://127.0.0.1:{port}"
country = "SG"
languages = ["en"]
zone = "Asia/Singapore"

[[sources]]
way = "feed"
address = "{address}"
"""


def outlet(catalogue: Path, name: str, address: str) -> None:
    path = catalogue / "sg" / f"{name}.toml"
    path.write_text(OUTLET.format(port=1, address=address), "utf-8")


@contextmanager
def server(
    address: str, answer: Callable[[str], tuple[int, str]]
) -> Iterator[tuple[int, list[str]]]:
    """Serve redirects and nothing else; yields the port and the paths asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, location = answer(self.path)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer((address, 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address[1], asked
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.0.0.1", True), ("127.0.0.1", True), ("192.168.1.1", True), ("172.16.0.1", True),
        ("169.254.169.254", True), ("100.64.0.1", True), ("0.0.0.0", True), ("::1", True),
        ("fe80::1%eth0", True), ("fc00::1", True), ("::ffff:10.0.0.1", True),
        ("1.1.1.1", False), ("2606:4700:4700::1111", False),
    ],
)  # fmt: skip
def test_which_addresses_are_private(address: str, private: bool) -> None:
    """Loopback, link-local, private and shared ranges are private, in both families."""
    assert is_private(address) is private


async def test_private_addresses_are_refused_and_the_poll_goes_on(
    crawl: Started, catalogue: Path
) -> None:
    """Without permission no private number and no name of one is asked; every poll has its outcome."""
    outlet(catalogue, "number", "http://10.0.0.1/feed/")
    outlet(catalogue, "bracket", "http://[::1]:8080/feed/")
    outlet(catalogue, "decimal", "http://2130706433/feed/")
    program = crawl(HARBORWATCH_ALLOW_PRIVATE=False)
    report = await program.poll()
    outcomes, details = program.outcomes(), program.details()
    assert outcomes["number/feed"] == outcomes["bracket/feed"] == "blocked"
    assert "10.0.0.1 is an address of a private network" in details["number/feed"]
    # The press's names lie under localhost: each is refused when it is looked up.
    assert outcomes["indotelko/listing"] == "temporary"
    assert "private" in details["indotelko/listing"]
    assert outcomes["decimal/feed"] != "good"
    assert program.press.log == ()
    assert sum(report.polls.values()) == len(outcomes) > 20


async def test_redirects_into_private_networks_are_refused(
    crawl: Started, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect to a private number or name is not followed; other outlets are read."""
    # 127.0.0.1 stands for the public network here; 127.0.0.2 stays private.
    monkeypatch.setattr(guard, "is_private", lambda host: host != "127.0.0.1" and is_private(host))
    with server("127.0.0.2", lambda _: (200, "")) as (inside, asked):
        targets = {
            "/loopback": f"http://127.0.0.2:{inside}/",
            "/private": "http://10.0.0.1/",
            "/metadata": "http://169.254.169.254/latest/",
        }
        with server("127.0.0.1", lambda path: (302, targets[path]) if path in targets else (404, "")) as (port, _):  # fmt: skip
            for name in targets:
                outlet(catalogue, name.strip("/"), f"http://127.0.0.1:{port}{name}")
            program = crawl("loopback", "private", "metadata", "viengthong", HARBORWATCH_ALLOW_PRIVATE=False)  # fmt: skip
            await program.poll()
    outcomes = program.outcomes()
    assert {outcomes[f"{name.strip('/')}/feed"] for name in targets} == {"blocked"}
    assert asked == []
    assert program.stored("viengthong"), "the outlet that redirects nowhere is read"


async def test_a_page_that_redirects_inside_is_refused(
    crawl: Started, press: Press, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story's address that leads to a private number is refused for good, and counted."""
    monkeypatch.setattr(guard, "is_private", lambda host: host != "127.0.0.1" and is_private(host))
    feed = (
        "<rss version='2.0'><channel><title>t</title><item><title>A headline of some length"
        "</title><link>http://10.0.0.1/story</link></item></channel></rss>"
    )
    outlet(catalogue, "inward", "http://127.0.0.1:{}/feed/")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        thread = threading.Thread(target=_answer, args=(listening, feed.encode(), 2))
        thread.start()
        path = catalogue / "sg" / "inward.toml"
        path.write_text(path.read_text("utf-8").replace("{}", str(port)), "utf-8")
        program = crawl("inward", HARBORWATCH_ALLOW_PRIVATE=False)
        report = await program.poll()
        thread.join()
    assert report.fetches == {"refuse": 1}


def _answer(listening: socket.socket, body: bytes, times: int) -> None:
    for _ in range(times):
        connection, _ = listening.accept()
        with connection:
            asked = connection.recv(65536)
            status = b"404 Not Found" if b"/robots.txt" in asked else b"200 OK"
            head = b"HTTP/1.1 %s\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"  # fmt: skip
            connection.sendall(head % (status, len(body)) + body)


class Answers(AbstractResolver):
    """A resolver that answers with what it was given."""

    def __init__(self, *found: str) -> None:
        self.found = found

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        given = {"hostname": host, "port": port, "family": family, "proto": 0, "flags": 0}
        return [ResolveResult(host=one, **given) for one in self.found]  # type: ignore[typeddict-item]

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_name_with_private_answers_is_refused() -> None:
    """Of a name's answers only public ones are used; a name that has none cannot be reached."""
    mixed = GuardedResolver(Answers("10.0.0.1", "1.1.1.1"), allow_private=False)
    assert [one["host"] for one in await mixed.resolve("rebind.example", 80)] == ["1.1.1.1"]
    inside = GuardedResolver(Answers("10.0.0.1", "::1"), allow_private=False)
    with pytest.raises(OSError, match="private networks"):
        await inside.resolve("rebind.example", 80)
