"""A scout: the worker that looks at an outlet's ways and pages before anybody crawls them.

`python -m pipelines.reading.scouting.scout` is its child. Besides what a reading
worker reads it tells a page's clues and what selectors find on it.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from news import Entry, Outlet, ReadPage, Refused, SourceError, Way
from pipelines.reading.scouting.scouted import Clues, Probe
from pipelines.reading.sources.shown import Shown
from pipelines.reading.worker import Worker


class Scout(Worker):
    """One process that reads what an outlet answers, and what its file's selectors find."""

    module: ClassVar[str] = "pipelines.reading.scouting.scout"

    def __init__(self) -> None:
        super().__init__()
        self._free = asyncio.Lock()

    async def ask(self, task: str, arguments: tuple[object, ...]) -> object:
        """Have the child do a task, one at a time: several outlets may be visited at once."""
        async with self._free:
            return await super().ask(task, arguments)

    async def source(  # noqa: PLR0917 - the signature of the readers
        self, way: Way, body: bytes, content_type: str, address: str, outlet: Outlet,
        now: datetime,
    ) -> Shown:  # fmt: skip
        """Read what a source of this way answered. Raises SourceError."""
        try:
            answer: Any = await self.ask(way, (body, content_type, address, outlet, now))
        except Refused as refused:
            raise SourceError(f"{address}: {refused.reason}: {refused.detail}") from refused
        return answer  # type: ignore[no-any-return]  # the child answers with what the task returns

    async def page(  # noqa: PLR0917 - the signature of pages.read_page
        self, body: bytes, content_type: str, address: str, entry: Entry, outlet: Outlet,
        now: datetime,
    ) -> ReadPage:  # fmt: skip
        """Read a story's page. Raises Refused, or SourceError where `address` is none."""
        answer: Any = await self.ask("page", (body, content_type, address, entry, outlet, now))
        return answer  # type: ignore[no-any-return]  # as above

    async def probes(
        self, body: bytes, content_type: str, outlet: Outlet, now: datetime
    ) -> Sequence[Probe]:
        """Return what each of the outlet's selectors finds on a page. Raises Refused."""
        answer: Any = await self.ask("probes", (body, content_type, outlet, now))
        return answer  # type: ignore[no-any-return]  # as above

    async def clues(self, body: bytes, content_type: str, address: str) -> Clues:
        """Return what a page tells of its outlet. Raises Refused."""
        answer: Any = await self.ask("clues", (body, content_type, address))
        return answer  # type: ignore[no-any-return]  # as above


def _serve(fd: int, seconds: float, memory: int) -> None:
    # The child's alone: the parent of a worker loads no parser.
    from pipelines import answering
    from pipelines.reading.pages import read_page
    from pipelines.reading.scouting.clues import read_clues
    from pipelines.reading.scouting.probes import read_probes
    from pipelines.reading.sources.feeds import read_feed
    from pipelines.reading.sources.listings import read_listing
    from pipelines.reading.sources.sitemaps import read_sitemap
    from pipelines.reading.sources.wordpress import read_wordpress

    tasks: answering.Tasks = {
        "feed": read_feed, "sitemap": read_sitemap, "listing": read_listing,
        "wordpress": read_wordpress, "page": read_page, "clues": read_clues, "probes": read_probes,
    }  # fmt: skip
    answering.serve(fd, seconds, memory, tasks)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
