"""The configuration: one TOML file, typed, mistakes told with file and line.

Secrets never stand in it: they come from environment variables or files.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.subscribers import read_rhythm
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
    #: ids of the outlets to watch; empty means all of the catalogue
    outlets: tuple[str, ...] = ()
    #: whether hosts in private networks may be asked: an intranet's own outlets
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """How digests leave. Without `server` they stay in the mailbox folder."""

    sender: str = "Harborwatch <harborwatch@localhost.localdomain>"
    #: smtp://host:25, smtps://user@host:465, smtp+starttls://user@host:587
    server: str = ""
    #: where the password is: the name of an environment variable, or a file
    password_env: str = "HARBORWATCH_SMTP_PASSWORD"  # noqa: S105 - a name, not a password
    password_file: str = ""
    #: a certificate to trust beside the system's
    ca_file: str = ""


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
class ArchiveConfig:
    """Where the archive is."""

    #: a database address; "" means archive.db in the home folder
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The whole file."""

    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    subscribers: tuple[SubscriberConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A mail server's address, taken apart."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A configuration that was checked."""

    path: Path
    crawl: CrawlConfig
    mail: MailConfig
    smtp: SmtpServer | None
    archive: str
    subscribers: tuple[Subscriber, ...]


def load(home: Path) -> Config:
    """Read and check a home folder's configuration. Raises FileError."""
    path = home / NAME
    if not path.exists():
        raise FileError(path, None, "there is no configuration", 'run "harborwatch init" first')
    file = read_toml(path)
    written = file.read(ConfigFile)
    return Config(
        path=path,
        crawl=written.crawl,
        mail=written.mail,
        smtp=_smtp(file, written.mail) if written.mail.server else None,
        archive=written.archive.address,
        subscribers=_subscribers(file, written),
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


def _smtp(file: TomlFile, mail: MailConfig) -> SmtpServer:
    parts = urlsplit(mail.server)
    kinds: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
        "smtp": ("none", 25),
        "smtp+starttls": ("starttls", 587),
        "smtps": ("tls", 465),
    }
    key = ("mail", "server")
    if parts.scheme not in kinds or not parts.hostname:
        hint = "write smtp+starttls://user@host:587, smtps://user@host:465 or smtp://host:25"
        raise file.error(key, f'"{mail.server}" is no mail server', hint)
    if parts.password:
        hint = f"put it into the environment variable {mail.password_env}, or name a password_file"
        raise file.error(key, "a password does not belong into this file", hint)
    security, port = kinds[parts.scheme]
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or port,
        security=security,
        user=unquote(parts.username or ""),
        password=_password(file, mail) if parts.username else "",
    )


def _password(file: TomlFile, mail: MailConfig) -> str:
    if mail.password_file:
        path = file.path.parent / mail.password_file
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise file.error(("mail", "password_file"), f"cannot be read: {error}") from error
    password = os.environ.get(mail.password_env)
    if password is None:
        hint = f"set the environment variable {mail.password_env}, or name a password_file"
        raise file.error(("mail", "server"), "the mail server's password is missing", hint)
    return password
