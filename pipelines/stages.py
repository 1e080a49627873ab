"""What a stage is, what stages lean on, and how a page takes them one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from scrapy.exceptions import DropItem

from archive import Archive
from news import Clock, FileError, Outlet, Page
from pipelines.reading.worker import Workers
from pipelines.turns import Turns
from query import Names, Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the stages lean on; one set for all spiders of a process."""

    archive: Archive
    outlets: Mapping[str, Outlet]
    topics: Topics
    names: Names
    clock: Clock
    workers: Workers
    turns: Turns
    #: outlet files that cannot be used; their outlets are left out
    broken: tuple[FileError, ...] = ()


class Dropped(DropItem):
    """A page that goes no further; Scrapy counts it under its reason."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}: {detail}" if detail else reason)


class Stage:
    """The thin class round a stage: takes the tools from the spider that runs it."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Make the stage for one crawl."""
        return cls(crawler.spider.tools)


class PageStage(Protocol):
    """A stage until `read`: many pages may be in it at once."""

    async def process_item(self, item: Page) -> Any:
        """Return the page, or the story read from it. Raises Dropped."""
        ...


class StoryStage(Protocol):
    """A stage from `read` on: one story at a time, in the order of its page."""

    def process_item(self, item: Any) -> Any:
        """Return the story with what was found in it. Raises Dropped."""
        ...


async def run(stages: Sequence[PageStage | StoryStage], page: Page, turns: Turns) -> bool:
    """Take a page through stages as a crawl would; returns whether it reached the end."""
    item: Any = page
    try:
        for stage in stages:
            done = stage.process_item(item)
            item = await done if hasattr(done, "__await__") else done
    except Dropped:
        return False
    finally:
        turns.leave(page.key)
    return True
