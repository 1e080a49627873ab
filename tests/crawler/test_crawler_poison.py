"""A page that our own code fails on."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from made_outlet import BEGIN, Site, told
from paged_server import paged_server

from news import Story
from pipelines.store import Store


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Site]:
    with paged_server() as served:
        site = Site(served, tmp_path, [("feed", "/feed/")])
        yield site
        await site.tools.workers.close()
        site.tools.archive.close()


async def test_a_page_that_fails_keeps_nobody_from_polling(
    made: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept page that raises in a stage is tried again each round, and all others go on."""
    real = Store.process_item

    def process_item(self: Store, item: Story) -> Story:
        if "number 3" in item.title:
            raise ValueError("a fault of ours")
        return real(self, item)

    made.feed(told(1, 5, BEGIN - timedelta(hours=6)))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "process_item", process_item)
        assert (await made.poll()).errors == 1
        made.feed(told(1, 7, BEGIN - timedelta(hours=6)))
        assert (await made.poll(1)).errors == 1
        assert len(made.stored()) == 6
    await made.poll(1)
    assert len(made.stored()) == 7
