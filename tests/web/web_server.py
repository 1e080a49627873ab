"""A real server in a process of its own, and a browser of a few lines."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lxml import html

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def page(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    def says(self, path: str) -> list[str]:
        """Return the texts of the elements found by an XPath."""
        return [" ".join(one.text_content().split()) for one in self.page.xpath(path)]


class Server:
    """A running server; keeps cookies as a browser would."""

    def __init__(self, address: str, process: int = 0) -> None:
        self.address = address
        #: its process, by the system's number
        self.process = process
        self.cookies: dict[str, str] = {}
        self._host = urlsplit(address).netloc

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, **form: str) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(form), headers)

    def ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"Cookie": cookie, **{k.replace("_", "-"): v for k, v in headers.items()}}
        asking = http.client.HTTPConnection(self._host, timeout=60)
        try:
            asking.request(method, path, body, given)
            said = asking.getresponse()
            for one in said.headers.get_all("Set-Cookie") or ():
                name, _, value = one.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(status=said.status, headers=said.headers, body=said.read())
        finally:
            asking.close()

    def mark(self, path: str = "/search?q=ASEAN") -> str:
        """Return the mark that this visitor's forms bring."""
        found = self.get(path).page.xpath("//input[@name='mark']/@value")
        return found[0] if found else ""


@contextmanager
def serving(home: Path, *options: str, **env: str) -> Iterator[Server]:
    """Start the server of a home folder on a free port."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HARBORWATCH")}
    with subprocess.Popen(
        [sys.executable, "-m", "harborwatch.web", "--home", str(home), "--port", "0", *options],
        cwd=ROOT, env=clean | env, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "http://" in line, line
            yield Server(line.split()[-1].rstrip("/"), process.pid)
        finally:
            process.terminate()
