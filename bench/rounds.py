"""What a round of polls costs that brings nothing, beside a bare crawl of Scrapy's that asks nothing.

    python bench/rounds.py [--rounds 20]

`harborwatch run` begins such a round every 15 seconds, all year.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import uvloop  # noqa: E402
from scrapy import Request, Spider  # noqa: E402
from scrapy.crawler import AsyncCrawlerRunner  # noqa: E402
from scrapy.settings import Settings  # noqa: E402

from archive import open_archive  # noqa: E402
from crawler import settings as ours  # noqa: E402
from crawler.cycle import crawl_settings, run_cycle  # noqa: E402
from crawler.places import topic_folders  # noqa: E402
from crawler.wiring import open_tools  # noqa: E402
from news import PlayedClock  # noqa: E402

#: nobody listens there
DEAD = "http://127.0.0.1:9"
OUTLET = f"""name = "Dead"
home = "{DEAD}/"
country = "SG"
languages = ["en"]
zone = "UTC"

[[sources]]
way = "feed"
address = "{DEAD}/feed/"
"""


class Bare(Spider):
    """A crawl that asks for nothing."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request


async def cost(rounds: int, folder: Path) -> None:
    # Scrapy calls the handler that we pin an experiment, for each crawl.
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    clock = PlayedClock(datetime(2026, 3, 2, tzinfo=UTC))
    (folder / "outlets" / "sg").mkdir(parents=True)
    (folder / "outlets" / "sg" / "dead.toml").write_text(OUTLET)
    archive = open_archive(f"sqlite:///{folder / 'archive.db'}")
    tools = open_tools(archive, [folder / "outlets"], topic_folders(folder), clock)
    settings = crawl_settings({"LOG_ENABLED": False, "HARBORWATCH_ALLOW_PRIVATE": True})
    bare = Settings({"LOG_ENABLED": False, "TWISTED_REACTOR_ENABLED": False,
                     "DOWNLOAD_HANDLERS": ours.DOWNLOAD_HANDLERS | dict.fromkeys(
                         ("http", "https"), "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler")})  # fmt: skip
    found: dict[str, list[float]] = {
        "ours, nothing due": [],
        "ours, one feed that is dead": [],
        "a bare crawl": [],
    }
    for _ in range(rounds):
        for name, spent in found.items():
            if name.endswith("dead"):
                clock.advance(clock.now() + timedelta(days=2))
            begun = time.process_time()
            if name == "a bare crawl":
                await AsyncCrawlerRunner(bare).crawl(Bare)
            else:
                await run_cycle(tools, settings)
            spent.append(time.process_time() - begun)
    for name, spent in found.items():
        print(
            f"{name:<28} {sorted(spent)[len(spent) // 2] * 1000:7.1f} ms of processor time, the middle of {rounds}"
        )
    await tools.workers.close()
    archive.close()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="What a quiet round costs.")
    asked.add_argument("--rounds", type=int, default=20)
    with (
        tempfile.TemporaryDirectory() as name,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(cost(asked.parse_args().rounds, Path(name)))
