"""The configuration: the file itself, outlets, topics, queries, what is installed."""

from collections.abc import Iterator
from pathlib import Path

from alerts.matching import compiled
from crawler import catalogue
from crawler.places import outlet_folders, topic_folders
from harborwatch.config import load
from harborwatch.doctor.findings import Finding
from harborwatch.secret_files import readable_by_others
from harborwatch.wiring import opened_chats
from news import FileError, QueryError
from pipelines import embedding
from query import Topics


def findings(home: Path) -> Iterator[Finding]:
    """Say whether every file can be used. Raises FileError at the first that cannot."""
    config = load(home)
    opened_chats(config)
    topics = Topics.load(*topic_folders(home))
    outlets = catalogue.load(outlet_folders(home))
    for outlet in config.crawl.outlets:
        if outlet not in outlets:
            what = f'crawl.outlets names "{outlet}", which no file describes'
            raise FileError(config.path, None, what, "harborwatch outlets lists them")
    try:
        compiled(config.subscribers, topics)
    except QueryError as error:
        raise FileError(config.path, None, str(error), "mend the query") from error
    watched = len(config.crawl.outlets or outlets)
    text = f"{config.path}: {len(config.subscribers)} subscribers, {watched} outlets"
    yield Finding(about="configuration", state="well", text=f"{text}, {len(list(topics))} topics")
    if not config.crawl.contact:
        yield Finding(
            about="configuration",
            state="odd",
            text="publishers are not told where to complain",
            step="set contact under [crawl] to an address or a page of yours",
        )
    for name in readable_by_others(home):
        yield Finding(
            about="configuration",
            state="odd",
            text=f"others on this machine can read {home / name}",
            step=f"chmod 600 {home / name}",
        )
    if embedding.shipped() is None:
        yield Finding(
            about="configuration",
            state="odd",
            text="no model: events are found by names, numbers and days alone",
            step='pip install "harborwatch[vectors]"',
        )
