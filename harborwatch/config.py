"""The configuration: one TOML file, typed, mistakes told with file and line.

Secrets never stand in it: they come from environment variables or files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alerts.days_off import days_off
from alerts.dkim_signing import Dkim
from alerts.envelope import mail_address
from alerts.wording import LANGUAGES as DIGEST_LANGUAGES
from crawler.places import archive_address as archive_elsewhere
from harborwatch.dkim_config import dkim_of
from harborwatch.running import (
    EngineConfig,
    HealthAddress,
    LogConfig,
    Retention,
    RunConfig,
    check_engine,
    health_address,
    retention,
)
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
from news import ChannelError, FileError, Quiet, Subscriber, Target, Watch
from news.rhythms import read_quiet, read_rhythm
from news.toml_files import Key, TomlFile, did_you_mean, read_toml

#: the file's name in the home folder
NAME = "harborwatch.toml"

#: what a target is written like: "mail:ana@example.org", "chat:desk"
CHANNELS = ("mail", "mailbox", "chat")
#: the longest that a fall-back may wait: a target is given up after three days
LONGEST_PATIENCE = 72

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
    #: polls a day for each source on average; who publishes more gets more of them
    polls_per_day: float = 48.0
    #: minutes between two polls of one source, at least
    shortest_poll: float = 5.0
    #: and at most
    longest_poll: float = 360.0
    #: ids of the outlets to watch; empty means all of the catalogue
    outlets: tuple[str, ...] = ()
    #: whether hosts in private networks may be asked: an intranet's own outlets
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchConfig:
    """A watch as the file writes it."""

    #: the subscriber's own word for it
    name: str
    #: a question in the language of queries
    query: str
    #: "instant", "daily 07:00 16:30", "weekdays 07:00", "mon,thu 07:00"
    rhythm: str = "daily 07:00"
    #: 0 to 10: events of fewer points of importance are no cards, but lines
    at_least: int = 0
    #: tell at once when a day brings far more stories than the past lets expect
    surge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberConfig:
    """A subscriber as the file writes it."""

    #: a short name: stands in commands, Message-IDs and links
    id: str
    #: in which slots are counted and times shown: "Asia/Jakarta"
    zone: str
    #: "mail:ana@example.org", "mailbox:ana@example.org", "chat:desk"
    targets: tuple[str, ...]
    #: how the person is called in mails
    name: str = ""
    #: of the digest: en id zh vi th ms; headlines prefer any of the ten
    language: str = "en"
    #: what a slot without news does: nothing, or a mail that says so
    when_empty: Literal["skip", "say"] = "skip"
    #: hours in which no instant alert comes: "22:00-06:30"
    quiet: str = ""
    #: slots on public holidays are left out: "ID", "MY-10"
    holidays: str = ""
    #: where a digest goes, once, when a target fails: "mail:…" or "mailbox:…"
    fallback: str = ""
    #: hours that a target may fail before that
    fallback_after: int = 6
    watches: tuple[WatchConfig, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorConfig:
    """Who is told how the watch itself is: sources that fall quiet, dead letters, errors."""

    #: as a subscriber's; none tells nobody
    targets: tuple[str, ...] = ()
    #: in which times are shown
    zone: str = "UTC"
    #: of these mails
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The whole file."""

    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    run: RunConfig = field(default_factory=RunConfig)
    engine: EngineConfig = field(default_factory=EngineConfig)
    log: LogConfig = field(default_factory=LogConfig)
    operator: OperatorConfig = field(default_factory=OperatorConfig)
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
    #: signs the mails that leave; None: nobody
    dkim: Dkim | None
    #: the database's address, its password in it; "" means archive.db in the home folder
    archive: str = field(repr=False)
    web: WebConfig
    #: the Apprise address of each chat, by its name
    chats: Mapping[str, str] = field(repr=False)
    subscribers: tuple[Subscriber, ...]
    #: who is told of the health of the watch; watches nothing
    operator: Subscriber | None = None
    keeps: Retention = field(default_factory=Retention)
    #: where the background job answers for its health; None: nowhere
    health: HealthAddress | None = None
    #: who does the work
    engine: EngineConfig = field(default_factory=EngineConfig)
    log: LogConfig = field(default_factory=LogConfig)
    #: the whole file as it was written
    written: ConfigFile = field(default_factory=ConfigFile, repr=False)


def load(home: Path) -> Config:
    """Read and check a home folder's configuration. Raises FileError."""
    path = home / NAME
    if not path.exists():
        raise FileError(path, None, "there is no configuration", 'run "harborwatch init" first')
    file = read_toml(path)
    written = file.read(ConfigFile)
    _check_polls(file, written.crawl)
    archive = archive_address(file, written.archive)
    check_engine(file, written.engine, archive or archive_elsewhere(home))
    return Config(
        path=path,
        crawl=written.crawl,
        mail=written.mail,
        smtp=mail_server(file, written.mail) if written.mail.server else None,
        dkim=dkim_of(file, written.mail),
        archive=archive,
        keeps=retention(file, written.archive.keep_pages, written.archive.keep_stories),
        health=health_address(file, written.run),
        engine=written.engine,
        log=written.log,
        web=written.web,
        chats=chat_addresses(file, written.chat),
        subscribers=_subscribers(file, written),
        operator=_operator(file, written),
        written=written,
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
        made[one.id] = subscriber(file, key, one, written)
    return tuple(made.values())


def subscriber(file: TomlFile, key: Key, one: SubscriberConfig, written: ConfigFile) -> Subscriber:
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
        targets=_targets(file, key, one.id, one.targets, written),
        watches=_watches(file, key, one),
        when_empty=one.when_empty,
        quiet=_quiet(file, key, one.quiet),
        fallback=_fallback(file, key, one, written),
        fallback_after=one.fallback_after,
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
        targets=_targets(file, key, OPERATOR, one.targets, written),
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
        others = ", ".join(one for one in LANGUAGES if one not in DIGEST_LANGUAGES)
        what = f'no digest is written in "{language}"'
        hint = (
            f"write {', '.join(DIGEST_LANGUAGES)}; of {others} only headlines, the rest in English"
        )
        raise file.error(key, what, hint)


def _check_zone(file: TomlFile, key: Key, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise file.error(key, f'unknown zone "{zone}"', 'such as "Asia/Jakarta"') from error


def _targets(
    file: TomlFile, key: Key, name: str, targets: Sequence[str], written: ConfigFile
) -> tuple[Target, ...]:
    made = tuple(
        _target(file, (*key, "targets", at), text, written) for at, text in enumerate(targets)
    )
    if not made:
        raise file.error((*key, "targets"), f'subscriber "{name}" has no target')
    return made


def _target(file: TomlFile, here: Key, text: str, written: ConfigFile) -> Target:
    target = Target.of(text)
    channel, address = target.channel, target.address
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
    return target


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
        if not one.name:
            raise file.error((*key, "name"), "name is empty", "call the watch something")
        what = f"at_least is {one.at_least}"
        raise file.error((*key, "at_least"), what, f"write 0 to {MOST_POINTS} points")
    return Watch(
        name=one.name,
        query=one.query,
        rhythm=rhythm,
        at_least=one.at_least,
        surge=one.surge,
    )
