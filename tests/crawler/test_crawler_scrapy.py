"""Scrapy's own commands work from the root of the repository."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import open_archive
from archive.tables import pages, polls, stories
from crawler import catalogue
from harborwatch.press import Press

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def scrapy(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"HARBORWATCH_HOME": str(home)}
    env.pop("HARBORWATCH_ARCHIVE", None)
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def unreachable(folder: Path) -> None:
    """Put an outlet that nobody answers in the place of every shipped one."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for path in catalogue.SHIPPED.glob("*/*.toml"):
        target = folder / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f'name = "Silent"\nhome = "http://127.0.0.1:{port}"\ncountry = "SG"\n'
            'languages = ["en"]\nzone = "Asia/Singapore"\n\n[[sources]]\nway = "feed"\n'
            f'address = "http://127.0.0.1:{port}/feed/"\n',
            "utf-8",
        )


def test_scrapy_list_names_the_ways(tmp_path: Path) -> None:
    """`scrapy list` names a spider for each way, and the one for what waits."""
    done = scrapy(tmp_path, "list")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["feed", "listing", "sitemap", "waiting", "wordpress"]


@pytest.mark.parametrize("spider", ["feed", "listing"])
def test_scrapy_crawl_ends_cleanly(spider: str, tmp_path: Path) -> None:
    """A crawl by hand polls what is due, stores what answers, and counts the rest as temporary."""
    unreachable(tmp_path / "outlets")
    with Press(outlets=["kabarniaga", "viengthong"]) as press:
        press.write_catalogue(tmp_path / "outlets")
        done = scrapy(
            tmp_path, "crawl", spider, "-L", "ERROR", "-s", "DOWNLOAD_TIMEOUT=5",
            "-s", "HARBORWATCH_ALLOW_PRIVATE=1", "-s", "HARBORWATCH_PACE=0.01",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "ERROR" not in done.stderr
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.read() as db:
        outcomes = {row.source: row.outcome for row in db.execute(select(polls))}
        states = set(db.scalars(select(pages.c.state)))
        stored = set(db.scalars(select(stories.c.outlet)))
    archive.close()
    read = "kabarniaga" if spider == "feed" else "viengthong"
    assert outcomes.pop(f"{read}/{spider}") == "good"
    assert stored == {read}
    assert states == {"stored"}
    if spider == "feed":
        assert len(outcomes) == len(list(catalogue.SHIPPED.glob("*/*.toml")))
        assert set(outcomes.values()) == {"temporary"}
