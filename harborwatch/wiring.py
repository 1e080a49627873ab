"""Puts the whole program together from a home folder: the one composition root."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.settings import Settings

from alerts.channels import Channel
from alerts.issuing import Sender
from alerts.mailbox import MailboxFolder
from alerts.matching import compiled
from alerts.sides import Sides
from alerts.smtp import Smtp
from alerts.surging import Pasts
from archive import open_archive
from archive.care.copying import refuse_unfinished
from archive.telling import subscribers
from crawler.agent import user_agent
from crawler.cycle import crawl_settings
from crawler.places import archive_address, outlet_folders, topic_folders
from crawler.settings import KEEPING
from crawler.wiring import open_tools, read_again, watch
from harborwatch.config import Config, load
from harborwatch.noticed import Noticed
from harborwatch.secret_files import signer_of
from harborwatch.web_config import reachable
from news import ChannelError, Clock, FileError, QueryError, SystemClock
from pipelines import embedding
from pipelines.embedding import Embedder
from pipelines.stages import Tools

if TYPE_CHECKING:
    from alerts.chat.channel import Chats


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything that runs, put together."""

    home: Path
    config: Config
    tools: Tools
    settings: Settings
    channels: Mapping[str, Channel]
    sender: Sender
    #: None where the extra `vectors` is not installed
    embedder: Embedder | None
    #: where outlet files are
    catalogue: tuple[Path, ...] = ()
    #: None where nobody is told of errors
    noticed: Noticed | None = None
    #: what was read of the past of watches that tell of surges
    pasts: Pasts = field(default_factory=dict)

    async def close(self) -> None:
        """Stop the workers and close the archive."""
        await self.tools.workers.close()
        if self.embedder is not None:
            await self.embedder.close()
        self.tools.archive.close()
        if self.noticed is not None:
            logging.getLogger().removeHandler(self.noticed)


def put_together(
    home: Path,
    clock: Clock | None = None,
    catalogue: Iterable[Path] | None = None,
    *,
    watching: bool = True,
) -> Program:
    """Return the program of a home folder.

    `catalogue` replaces the folders of outlet files. Of those the ones that
    cannot be used are logged as an error, and left out. One of many workers is
    not `watching`: who is watched, and who is told, is what the scheduler's
    files say. Raises FileError or ArchiveError where anything else in the
    folder cannot be used.
    """
    config = load(home)
    folders = tuple(outlet_folders(home) if catalogue is None else catalogue)
    chats = opened_chats(config)
    archive = open_archive(config.archive or archive_address(home))
    refuse_unfinished(archive)
    tools = open_tools(
        archive,
        folders,
        topic_folders(home),
        clock or SystemClock(),
        config.crawl.outlets,
        watching=watching,
    )
    _check(config, tools)
    if watching:
        with archive.write() as db:
            subscribers.synchronise(db, config.subscribers)
    noticed = _noticed() if _is_noticed(config) else None
    _tell_broken(tools, "it is not used until it is mended")
    return Program(
        home=home,
        config=config,
        tools=tools,
        settings=settings_of(config),
        channels=channels(home, config, chats),
        sender=_sender(home, config, tools, chats),
        embedder=embedding.shipped(),
        catalogue=folders,
        noticed=noticed,
    )


def reloaded(program: Program, *, watching: bool = True) -> Program:
    """Return a program that runs with its files as they are now; `watching` as above.

    Nothing is changed where one of them cannot be used: raises FileError. An
    outlet whose file cannot be used goes on as it was, and that is logged. Archive, workers and pages under way stay; another archive wants a restart.
    """
    config = load(program.home)
    if config.archive != program.config.archive:
        what = "the archive's address changed"
        raise FileError(config.path, None, what, "restart harborwatch run to use another archive")
    if config.engine.is_shared != program.config.engine.is_shared:
        what = "who does the work changed ([engine] tasks)"
        raise FileError(config.path, None, what, "restart harborwatch run")
    chats = opened_chats(config)
    tools = read_again(program.tools, program.catalogue, topic_folders(program.home))
    _check(config, tools)
    if watching:
        watch(tools, config.crawl.outlets)
        with tools.archive.write() as db:
            subscribers.synchronise(db, config.subscribers)
    _tell_broken(tools, "its outlet goes on as it was before, if there was one")
    return replace(
        program,
        config=config,
        tools=tools,
        settings=settings_of(config),
        channels=channels(program.home, config, chats),
        sender=_sender(program.home, config, tools, chats),
        noticed=program.noticed or (_noticed() if _is_noticed(config) else None),
    )


def wanting_restart(
    started: Config, config: Config, tables: Iterable[str] = ("run", "log", "web")
) -> str:
    """Say which tables changed of those that are read at the start alone; "" where none did.

    The archive's address and who does the work are not among them: with
    another one nothing is reloaded.
    """
    changed = [
        f"[{name}]"
        for name in tables
        if getattr(started.written, name) != getattr(config.written, name)
    ]
    return f"; {', '.join(changed)} changed: wants a restart" if changed else ""


def _sender(home: Path, config: Config, tools: Tools, chats: "Chats | None") -> Sender:
    return Sender(
        address=config.mail.sender,
        outlet_names={outlet.id: outlet.name for outlet in tools.outlets.values()},
        topic_titles={topic.id: {"en": topic.title, **topic.titles} for topic in tools.topics},
        public_url=reachable(config.web),
        signer=signer_of(home) if reachable(config.web) else None,
        sides=Sides(tools.topics),
        topic_tiers={topic.id: topic.tier for topic in tools.topics},
        chats={name: way.service for name, way in chats.ways.items()} if chats else {},
    )


def _tell_broken(tools: Tools, result: str) -> None:
    """Log the outlet files that cannot be used: the operator is told what is logged."""
    if tools.broken:
        files = "; ".join(map(str, tools.broken))
        _log.error("outlet file that cannot be used, %s: %s", result, files)


def _is_noticed(config: Config) -> bool:
    """Say whether errors are gathered: for the operator, and from workers for the doctor too."""
    return config.operator is not None or config.engine.is_shared


def _noticed() -> Noticed:
    """Return what listens to the log for errors of ours."""
    handler = Noticed()
    logging.getLogger().addHandler(handler)
    return handler


def opened_chats(config: Config) -> "Chats | None":
    """Return the channel of the chats, None where there are none.

    Raises FileError, which shows no address, where Apprise cannot use one.
    """
    if not config.chats:
        return None
    # Apprise takes a third of a second to load: only who chats waits for it.
    from alerts.chat.channel import Chats
    from alerts.chat.ways import open_way

    ways = {}
    for name, address in config.chats.items():
        try:
            ways[name] = open_way(address)
        except ChannelError as error:
            what = f'the address of chat "{name}" {error.what}'
            raise FileError(config.path, None, what, error.hint) from None
    return Chats(ways=ways)


def channels(home: Path, config: Config, chats: "Chats | None" = None) -> dict[str, Channel]:
    """Return the channels that are set up."""
    found: dict[str, Channel] = {"mailbox": MailboxFolder(home / "mailbox")}
    if chats is not None:
        found["chat"] = chats
    if config.smtp is not None:
        found["mail"] = Smtp(
            host=config.smtp.host,
            port=config.smtp.port,
            security=config.smtp.security,
            user=config.smtp.user,
            password=config.smtp.password,
            sender=config.mail.sender,
            ca_file=home / config.mail.ca_file if config.mail.ca_file else None,
            dkim=config.dkim,
        )
    return found


def _check(config: Config, tools: Tools) -> None:
    """Raise FileError at what only the loaded files can tell: outlets and queries."""
    broken = {error.path.stem for error in tools.broken}
    for outlet in config.crawl.outlets:
        if outlet not in tools.outlets and outlet not in broken:
            raise FileError(
                config.path, None, f'crawl.outlets names "{outlet}", which no file describes'
            )
    try:
        compiled(config.subscribers, tools.topics)
    except QueryError as error:
        raise FileError(config.path, None, str(error)) from error


def settings_of(config: Config) -> Settings:
    """Return how the crawl asks, by the configuration."""
    # What workers keep, they read and settle as tasks of their own.
    shared = {"ITEM_PIPELINES": {KEEPING: 100}} if config.engine.is_shared else {}
    return crawl_settings(
        shared
        | {
            "USER_AGENT": user_agent(config.crawl.contact),
            "HARBORWATCH_PACE": config.crawl.pace,
            "HARBORWATCH_POLLS_PER_DAY": config.crawl.polls_per_day,
            "HARBORWATCH_SHORTEST_POLL": config.crawl.shortest_poll,
            "HARBORWATCH_LONGEST_POLL": config.crawl.longest_poll,
            "HARBORWATCH_ALLOW_PRIVATE": config.crawl.allow_private_addresses,
            "LOG_ENABLED": False,
        }
    )
