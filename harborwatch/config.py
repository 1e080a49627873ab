"""The configuration: one TOML file, typed, mistakes told with file and line.

Secrets never stand in it: they come from environment variables or files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alerts.envelope import mail_address
from archive.subscribers import read_rhythm
from harborwatch.servers import (
    ArchiveConfig,
    ChatConfig,
    MailConfig,
    SmtpServer,
    archive_address,
    chat_addresses,
    mail_server,
)
from harborwatch.web_config import WebConfig
from news import ChannelError, FileError, Subscriber, Target, Watch
from news.toml_files import Key, TomlFile, did_you_mean, read_toml

#: the file's name in the home folder
NAME = "harborwatch.toml"

#: what a target is written like: "mail:ana@example.org", "chat:desk"
CHANNELS = ("mail", "mailbox", "chat")
#: the longest that a fall-back may wait: a target is given up after three days
LONGEST_PATIENCE = 72


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
    #: "mail:ana@example.org", "mailbox:ana@example.org", "chat:desk"
    targets: tuple[str, ...]
    name: str = ""
    language: str = "en"
    when_empty: Literal["skip", "say"] = "skip"
    #: where a digest goes, once, when a target fails: "mail:…" or "mailbox:…"
    fallback: str = ""
    #: hours that a target may fail before that
    fallback_after: int = 6
    watches: tuple[WatchConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The whole file."""

    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    web: WebConfig = field(default_factory=WebConfig)
    #: by the name that targets call them
    chat: Mapping[str, ChatConfig] = field(default_factory=dict)
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
    web: WebConfig
    #: the Apprise address of each chat, by its name
    chats: Mapping[str, str] = field(repr=False)
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
        web=written.web,
        chats=chat_addresses(file, written.chat),
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
            targets=_targets(file, key, one, written),
            watches=_watches(file, key, one),
            when_empty=one.when_empty,
            fallback=_fallback(file, key, one, written),
            fallback_after=one.fallback_after,
        )
    return tuple(made.values())


def _check_zone(file: TomlFile, key: tuple[str | int, ...], zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise file.error(key, f'unknown zone "{zone}"', 'such as "Asia/Jakarta"') from error


def _targets(
    file: TomlFile, key: Key, one: SubscriberConfig, written: ConfigFile
) -> tuple[Target, ...]:
    made = tuple(
        _target(file, (*key, "targets", at), text, written) for at, text in enumerate(one.targets)
    )
    if not made:
        raise file.error((*key, "targets"), f'subscriber "{one.id}" has no target')
    return made


def _target(file: TomlFile, here: Key, text: str, written: ConfigFile) -> Target:
    channel, _, address = text.partition(":")
    if channel not in CHANNELS:
        # Not shown: somebody may have written a chat's address, a secret, here.
        what = "this is no target"
        raise file.error(here, what, did_you_mean(channel, CHANNELS))
    if channel == "chat" and address not in written.chat:
        hint = did_you_mean(address, list(written.chat)) if written.chat else "there is no [chat]"
        raise file.error(here, "this names no chat of [chat]", hint)
    if channel != "chat" and "@" not in address:
        raise file.error(here, f'"{text}" is no target', f"write {channel}:ana@example.org")
    if channel == "mail" and not written.mail.server:
        raise file.error(
            here,
            f'"{text}" needs a mail server',
            'set server = "smtp://…" under [mail], or write mailbox: for mail:',
        )
    return Target(channel=channel, address=address)


def _fallback(
    file: TomlFile, key: Key, one: SubscriberConfig, written: ConfigFile
) -> Target | None:
    if not 0 <= one.fallback_after <= LONGEST_PATIENCE:
        what = f"a target is given up after three days: write 0 to {LONGEST_PATIENCE} hours"
        raise file.error((*key, "fallback_after"), what)
    if not one.fallback:
        return None
    here = (*key, "fallback")
    target = _target(file, here, one.fallback, written)
    if target.channel == "chat":
        raise file.error(here, "a digest falls back to a mail", "write mail:… or mailbox:…")
    try:
        mail_address(target.address)
    except ChannelError as error:
        raise file.error(here, error.what, error.hint) from error
    return target


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
