"""The configuration: one TOML file, typed, mistakes told with file and line.

Secrets never stand in it: they come from environment variables or files.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.subscribers import read_rhythm
from harborwatch.servers import (
    ArchiveConfig,
    MailConfig,
    SmtpServer,
    archive_address,
    mail_server,
)
from news import FileError, Subscriber, Target, Watch
from news.toml_files import TomlFile, did_you_mean, read_toml

#: the file's name in the home folder
NAME = "harborwatch.toml"

#: what a target is written like: "mail:ana@example.org"
CHANNELS = ("mail", "mailbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlConfig:
    """How to ask."""

    #: stands in the User-Agent: an address or page where a publisher can complain
    contact: str = ""
    #: seconds between two requests to one host
    pace: float = 2.0
    #: polls a day for each source on average; who publishes more gets more of them
    polls_per_day: float = 48.0
    #: minutes between two polls of one source, at least and at most
    shortest_poll: float = 5.0
    longest_poll: float = 360.0
    #: ids of the outlets to watch; empty means all of the catalogue
    outlets: tuple[str, ...] = ()
    #: whether hosts in private networks may be asked: an intranet's own outlets
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchConfig:
    """A watch as the file writes it."""

    name: str
    query: str
    rhythm: str = "daily 07:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberConfig:
    """A subscriber as the file writes it."""

    id: str
    zone: str
    #: "mail:ana@example.org", "mailbox:ana@example.org"
    targets: tuple[str, ...]
    name: str = ""
    language: str = "en"
    when_empty: Literal["skip", "say"] = "skip"
    watches: tuple[WatchConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The whole file."""

    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    subscribers: tuple[SubscriberConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A configuration that was checked."""

    path: Path
    crawl: CrawlConfig
    mail: MailConfig
    smtp: SmtpServer | None
    #: the database's address, its password in it; "" means archive.db in the home folder
    archive: str = field(repr=False)
    subscribers: tuple[Subscriber, ...]


def load(home: Path) -> Config:
    """Read and check a home folder's configuration. Raises FileError."""
    path = home / NAME
    if not path.exists():
        raise FileError(path, None, "there is no configuration", 'run "harborwatch init" first')
    file = read_toml(path)
    written = file.read(ConfigFile)
    _check_polls(file, written.crawl)
    return Config(
        path=path,
        crawl=written.crawl,
        mail=written.mail,
        smtp=mail_server(file, written.mail) if written.mail.server else None,
        archive=archive_address(file, written.archive),
        subscribers=_subscribers(file, written),
    )


def _check_polls(file: TomlFile, crawl: CrawlConfig) -> None:
    if not 0 < crawl.shortest_poll <= crawl.longest_poll:
        raise file.error(
            ("crawl", "shortest_poll"), "a shortest poll has to be over 0 and under the longest"
        )
    least, most = 1440 / crawl.longest_poll, 1440 / crawl.shortest_poll
    if not least <= crawl.polls_per_day <= most:
        raise file.error(
            ("crawl", "polls_per_day"),
            f"{crawl.polls_per_day:g} polls a day cannot be kept",
            f"with these shortest and longest polls, write {least:g} to {most:g}",
        )


def _subscribers(file: TomlFile, written: ConfigFile) -> tuple[Subscriber, ...]:
    made: dict[str, Subscriber] = {}
    for at, one in enumerate(written.subscribers):
        key = ("subscribers", at)
        if one.id in made:
            raise file.error((*key, "id"), f'two subscribers are called "{one.id}"')
        _check_zone(file, (*key, "zone"), one.zone)
        made[one.id] = Subscriber(
            id=one.id,
            name=one.name,
            zone=one.zone,
            language=one.language,
            targets=_targets(file, key, one, written.mail),
            watches=_watches(file, key, one),
            when_empty=one.when_empty,
        )
    return tuple(made.values())


def _check_zone(file: TomlFile, key: tuple[str | int, ...], zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise file.error(key, f'unknown zone "{zone}"', 'such as "Asia/Jakarta"') from error


def _targets(
    file: TomlFile, key: tuple[str | int, ...], one: SubscriberConfig, mail: MailConfig
) -> tuple[Target, ...]:
    made = []
    for at, text in enumerate(one.targets):
        here = (*key, "targets", at)
        channel, _, address = text.partition(":")
        if channel not in CHANNELS or "@" not in address:
            hint = did_you_mean(channel, CHANNELS) if channel not in CHANNELS else ""
            raise file.error(here, f'"{text}" is no target', hint or "write mail:ana@example.org")
        if channel == "mail" and not mail.server:
            raise file.error(
                here,
                f'"{text}" needs a mail server',
                'set server = "smtp://…" under [mail], or write mailbox: for mail:',
            )
        made.append(Target(channel=channel, address=address))
    if not made:
        raise file.error((*key, "targets"), f'subscriber "{one.id}" has no target')
    return tuple(made)


def _watches(
    file: TomlFile, key: tuple[str | int, ...], one: SubscriberConfig
) -> tuple[Watch, ...]:
    made: dict[str, Watch] = {}
    for at, watch in enumerate(one.watches):
        here = (*key, "watches", at)
        if watch.name in made:
            raise file.error((*here, "name"), f'two watches are called "{watch.name}"')
        try:
            rhythm = read_rhythm(watch.rhythm)
        except ValueError as error:
            raise file.error((*here, "rhythm"), str(error)) from error
        made[watch.name] = Watch(name=watch.name, query=watch.query, rhythm=rhythm)
    return tuple(made.values())
