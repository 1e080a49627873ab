"""A plain Scrapy spider: every way in is asked, every new page is downloaded, none is read.

The least that a download costs. JOBDIR, Scrapy's own memory, keeps it from
asking again for a page that it has; robots.txt is obeyed.
"""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from driving import drive, record

SPIDER = Path(__file__).with_name("plain_spider.py")


class Scrapy:
    """`scrapy runspider` once a poll."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        self.folder = Path(assignment["folder"])
        self.records: list[dict[str, Any]] = []

    def poll(self, at: datetime, number: int) -> list[str]:
        settings = {
            "JOBDIR": str(self.folder / "job"),
            "ROBOTSTXT_OBEY": "True",
            "DOWNLOAD_DELAY": "0",
            "LOG_LEVEL": "WARNING",
        }
        asked = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        items = str(self.folder / f"{number}.jsonl")
        subprocess.run(
            [sys.executable, "-m", "scrapy", "runspider", str(SPIDER), "-o", items, *asked],
            env={**os.environ, "ASSIGNMENT": sys.argv[1]},
            check=True,
        )
        found = [json.loads(line) for line in Path(items).read_text("utf-8").splitlines()]
        self.records += [record(row["address"], title=row["title"]) for row in found]
        return [row["address"] for row in found]

    def result(self) -> dict[str, Any]:
        return {"records": self.records, "found": None}


drive(Scrapy)
