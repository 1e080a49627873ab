"""How the background job is run: its health address, its log, how long it keeps what it has."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from news.toml_files import TomlFile

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SPAN = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
#: a page is visited again for three days, and a reader wants to see why it was refused
LEAST_PAGES = timedelta(days=7)
#: a text is known again as a copy for a year (pipelines.copies), and a day more
LEAST_STORIES = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """What `harborwatch run` does beside its work."""

    #: "127.0.0.1:9180" serves /healthz and /metrics there; "" serves nothing
    health: str = ""
    #: whether that may be an address that other machines reach
    health_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig:
    """Who does the work: this process, or workers on any number of machines."""

    #: "procrastinate" hands the work to `harborwatch worker`; it needs an archive on PostgreSQL
    tasks: Literal["in process", "procrastinate"] = "in process"
    #: the more pages wait to be read and settled, the less is polled; nothing while so many do
    most_waiting: int = 1000

    @property
    def is_shared(self) -> bool:
        """Say whether the work is for workers."""
        return self.tasks != "in process"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogConfig:
    """How the log is written."""

    #: lines for a person, or objects with the ids of what they tell of
    format: Literal["plain", "json"] = "plain"
    #: the least that is written; "info" tells of every poll, story and delivery
    level: Literal["info", "warning", "error"] = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthAddress:
    """Where health is served."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept; None means for ever."""

    #: the bytes of fetched pages, from their fetch on
    pages: timedelta | None = None
    #: the texts of stories, from the last report on their event on
    stories: timedelta | None = None


def health_address(file: TomlFile, run: RunConfig) -> HealthAddress | None:
    """Return where health is served, or None. Raises FileError."""
    if not run.health:
        return None
    key = ("run", "health")
    try:
        parts = urlsplit(f"//{run.health}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or port is None:
        raise file.error(key, f'"{run.health}" is no address', 'such as "127.0.0.1:9180"')
    if not run.health_public and not _is_loopback(host):
        hint = (
            "write 127.0.0.1, or health_public = true where a proxy or firewall stands before it"
        )
        raise file.error(key, f"other machines can reach {host}", hint)
    return HealthAddress(host=host, port=port)


def check_engine(file: TomlFile, engine: EngineConfig, archive: str) -> None:
    """Raise FileError where the engine cannot do its work."""
    if engine.most_waiting < 1:
        raise file.error(("engine", "most_waiting"), "write 1 or more", "such as 1000")
    if engine.is_shared and not archive.startswith("postgresql"):
        what = "workers share an archive on PostgreSQL, and this one is a file"
        hint = 'set [archive] address (see "harborwatch move"), or write tasks = "in process"'
        raise file.error(("engine", "tasks"), what, hint)


def retention(file: TomlFile, keep_pages: str, keep_stories: str) -> Retention:
    """Return how long things are kept. Raises FileError."""
    pages = _span(file, "keep_pages", keep_pages, LEAST_PAGES)
    stories = _span(file, "keep_stories", keep_stories, LEAST_STORIES)
    return Retention(pages=pages, stories=stories)


def _span(file: TomlFile, name: str, text: str, least: timedelta) -> timedelta | None:
    if text == "forever":
        return None
    key = ("archive", name)
    found = _SPAN.fullmatch(text)
    if found is None:
        raise file.error(key, f'"{text}" is no span of time', 'write "90 days" or "forever"')
    span = timedelta(days=int(found.group(1)) * _DAYS[found.group(2)])
    if span < least:
        hint = f'write at least "{least.days} days"'
        raise file.error(key, f"{text} is shorter than what is still compared", hint)
    return span


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
