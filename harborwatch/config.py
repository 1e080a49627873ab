"""The configuration: one TOML file, typed, mistakes told with file and line.

Secrets never stand in it: they come from environment variables or files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alerts.days_off import days_off
from harborwatch.servers import (
    ArchiveConfig,
    MailConfig,
    SmtpServer,
    archive_address,
    mail_server,
)
from news import FileError, Quiet, Subscriber, Target, Watch
from news.rhythms import read_quiet, read_rhythm
from news.toml_files import Key, TomlFile, did_you_mean, read_toml

#: the file's name in the home folder
NAME = "harborwatch.toml"

#: what a target is written like: "mail:ana@example.org"
CHANNELS = ("mail", "mailbox")

#: that a reader may prefer for headlines; digests themselves are worded in six of them
LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")

#: the highest threshold (see news.Importance)
MOST_POINTS = 10

#: the operator's name among the subscribers
OPERATOR = "operator"


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
class WatchConfig:
    """A watch as the file writes it."""

    name: str
    query: str
    #: "instant", "daily 07:00 16:30", "weekdays 07:00", "mon,thu 07:00"
    rhythm: str = "daily 07:00"
    #: 0 to 10: events of fewer points of importance are no cards, but lines
    at_least: int = 0


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
    #: hours in which no instant alert comes: "22:00-06:30"
    quiet: str = ""
    #: slots on public holidays are left out: "ID", "MY-10"
    holidays: str = ""
    watches: tuple[WatchConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorConfig:
    """Who is told how the watch itself is: sources that fall quiet, dead letters, errors."""

    targets: tuple[str, ...] = ()
    zone: str = "UTC"
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The whole file."""

    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    operator: OperatorConfig = field(default_factory=OperatorConfig)
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
    #: who is told of the health of the watch; watches nothing
    operator: Subscriber | None = None


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
        smtp=mail_server(file, written.mail) if written.mail.server else None,
        archive=archive_address(file, written.archive),
        subscribers=_subscribers(file, written),
        operator=_operator(file, written),
    )


def _subscribers(file: TomlFile, written: ConfigFile) -> tuple[Subscriber, ...]:
    made: dict[str, Subscriber] = {}
    for at, one in enumerate(written.subscribers):
        key = ("subscribers", at)
        if one.id in made:
            raise file.error((*key, "id"), f'two subscribers are called "{one.id}"')
        made[one.id] = subscriber(file, key, one, written.mail)
    return tuple(made.values())


def subscriber(file: TomlFile, key: Key, one: SubscriberConfig, mail: MailConfig) -> Subscriber:
    """Return a subscriber as it was written at that place of a file. Raises FileError."""
    if not one.id or one.id == OPERATOR:
        raise file.error((*key, "id"), f'no subscriber can be called "{one.id}"')
    _check_zone(file, (*key, "zone"), one.zone)
    _check_language(file, (*key, "language"), one.language)
    return Subscriber(
        id=one.id,
        name=one.name,
        zone=one.zone,
        language=one.language,
        targets=_targets(file, key, one.id, one.targets, mail),
        watches=_watches(file, key, one),
        when_empty=one.when_empty,
        quiet=_quiet(file, key, one.quiet),
        holidays=_holidays(file, key, one.holidays),
    )


def _operator(file: TomlFile, written: ConfigFile) -> Subscriber | None:
    one, key = written.operator, ("operator",)
    if not one.targets:
        return None
    _check_zone(file, (*key, "zone"), one.zone)
    _check_language(file, (*key, "language"), one.language)
    return Subscriber(
        id=OPERATOR,
        name="",
        zone=one.zone,
        language=one.language,
        targets=_targets(file, key, OPERATOR, one.targets, written.mail),
        watches=(),
    )


def _quiet(file: TomlFile, key: Key, text: str) -> Quiet | None:
    try:
        return read_quiet(text) if text else None
    except ValueError as error:
        raise file.error((*key, "quiet"), str(error), "write 22:00-06:30") from error


def _holidays(file: TomlFile, key: Key, country: str) -> str:
    try:
        days_off(country)
    except ValueError as error:
        raise file.error((*key, "holidays"), str(error)) from error
    return country.upper()


def _check_language(file: TomlFile, key: Key, language: str) -> None:
    if language.partition("-")[0].lower() not in LANGUAGES:
        what = f'no outlet writes in "{language}"'
        raise file.error(key, what, did_you_mean(language, LANGUAGES))


def _check_zone(file: TomlFile, key: Key, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise file.error(key, f'unknown zone "{zone}"', 'such as "Asia/Jakarta"') from error


def _targets(
    file: TomlFile, key: Key, name: str, targets: Sequence[str], mail: MailConfig
) -> tuple[Target, ...]:
    made = []
    for at, text in enumerate(targets):
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
        raise file.error((*key, "targets"), f'subscriber "{name}" has no target')
    return tuple(made)


def _watches(file: TomlFile, key: Key, one: SubscriberConfig) -> tuple[Watch, ...]:
    made: dict[str, Watch] = {}
    for at, written in enumerate(one.watches):
        here = (*key, "watches", at)
        if written.name in made:
            raise file.error((*here, "name"), f'two watches are called "{written.name}"')
        made[written.name] = watch(file, here, written)
    return tuple(made.values())


def watch(file: TomlFile, key: Key, one: WatchConfig) -> Watch:
    """Return a watch as it was written at that place of a file. Raises FileError."""
    try:
        rhythm = read_rhythm(one.rhythm)
    except ValueError as error:
        raise file.error((*key, "rhythm"), str(error)) from error
    if not one.name or not 0 <= one.at_least <= MOST_POINTS:
        name = "at_least" if one.name else "name"
        raise file.error(
            (*key, name), f"{name} is empty or out of its bounds", "at_least: 0 to 10"
        )
    return Watch(name=one.name, query=one.query, rhythm=rhythm, at_least=one.at_least)
