"""Puts the whole program together from a home folder: the one composition root."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import Settings

from alerts.channels import Channel
from alerts.issuing import Sender
from alerts.mailbox import MailboxFolder
from alerts.matching import compiled
from alerts.smtp import Smtp
from archive import open_archive, subscribers
from crawler.agent import user_agent
from crawler.cycle import crawl_settings
from crawler.places import archive_address, outlet_folders, topic_folders
from crawler.wiring import open_tools
from harborwatch.config import Config, load
from news import Clock, FileError, QueryError, SystemClock
from pipelines import embedding
from pipelines.embedding import Embedder
from pipelines.stages import Tools


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

    async def close(self) -> None:
        """Stop the workers and close the archive."""
        await self.tools.workers.close()
        if self.embedder is not None:
            await self.embedder.close()
        self.tools.archive.close()


def put_together(
    home: Path, clock: Clock | None = None, catalogue: Iterable[Path] | None = None
) -> Program:
    """Return the program of a home folder.

    `catalogue` replaces the folders of outlet files. Raises FileError or
    ArchiveError where something in the folder cannot be used.
    """
    config = load(home)
    archive = open_archive(config.archive or archive_address(home))
    tools = open_tools(
        archive,
        outlet_folders(home) if catalogue is None else catalogue,
        topic_folders(home),
        clock or SystemClock(),
        config.crawl.outlets,
    )
    _check(config, tools)
    with archive.write() as db:
        subscribers.synchronise(db, config.subscribers)
    return Program(
        home=home,
        config=config,
        tools=tools,
        settings=settings_of(config),
        channels=channels(home, config),
        sender=Sender(
            address=config.mail.sender,
            outlet_names={outlet.id: outlet.name for outlet in tools.outlets.values()},
            topic_titles={topic.id: topic.title for topic in tools.topics},
        ),
        embedder=embedding.shipped(),
    )


def channels(home: Path, config: Config) -> dict[str, Channel]:
    """Return the channels that are set up."""
    found: dict[str, Channel] = {"mailbox": MailboxFolder(home / "mailbox")}
    if config.smtp is not None:
        found["mail"] = Smtp(
            host=config.smtp.host,
            port=config.smtp.port,
            security=config.smtp.security,
            user=config.smtp.user,
            password=config.smtp.password,
            sender=config.mail.sender,
            ca_file=home / config.mail.ca_file if config.mail.ca_file else None,
        )
    return found


def _check(config: Config, tools: Tools) -> None:
    """Raise FileError at what only the loaded files can tell: outlets and queries."""
    for outlet in config.crawl.outlets:
        if outlet not in tools.outlets:
            raise FileError(
                config.path, None, f'crawl.outlets names "{outlet}", which no file describes'
            )
    try:
        compiled(config.subscribers, tools.topics)
    except QueryError as error:
        raise FileError(config.path, None, str(error)) from error


def settings_of(config: Config) -> Settings:
    """Return how the crawl asks, by the configuration."""
    return crawl_settings(
        {
            "USER_AGENT": user_agent(config.crawl.contact),
            "HARBORWATCH_PACE": config.crawl.pace,
            "HARBORWATCH_POLLS_PER_DAY": config.crawl.polls_per_day,
            "HARBORWATCH_SHORTEST_POLL": config.crawl.shortest_poll,
            "HARBORWATCH_LONGEST_POLL": config.crawl.longest_poll,
            "HARBORWATCH_ALLOW_PRIVATE": config.crawl.allow_private_addresses,
            "LOG_ENABLED": False,
        }
    )
