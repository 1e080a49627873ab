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
    """Say whether every file can be used.

    Raises FileError at the first that cannot, but for outlet files: each of
    those stops its own outlet only.
    """
    config = load(home)
    opened_chats(config)
    topics = Topics.load(*topic_folders(home))
    loaded = catalogue.usable(outlet_folders(home))
    outlets, broken = loaded.outlets, {error.path.stem for error in loaded.broken}
    for outlet in config.crawl.outlets:
        if outlet not in outlets and outlet not in broken:
            what = f'crawl.outlets names "{outlet}", which no file describes'
            raise FileError(config.path, None, what, "harborwatch outlets lists them")
    try:
        compiled(config.subscribers, topics)
    except QueryError as error:
        raise FileError(config.path, None, str(error), "mend the query") from error
    watched = len(config.crawl.outlets or outlets)
    text = f"{config.path}: {len(config.subscribers)} subscribers, {watched} outlets"
    yield from map(_of_file, loaded.broken)
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


def _of_file(error: FileError) -> Finding:
    place = f"{error.path}:{error.line}" if error.line else str(error.path)
    text = f"{place}: {error.what}; its outlet is not polled"
    return Finding(
        about="configuration", state="wrong", text=text, step=error.hint or "mend this file"
    )
