"""news-please: `news-please -c FOLDER` once a poll, with its own configuration and crawlers.

It is given the outlets' front pages and finds its way: by the sitemaps that
robots.txt names, else through all links. It takes pages for articles by its
heuristics; an outlet without OpenGraph has that one turned off, as its shipped
list of sites shows. JSON files are its default; between two runs it remembers
nothing, so each run hands over all that it finds.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import newsplease
from driving import drive, record

#: outlets whose pages say nothing of themselves
PLAIN = {"indotelko"}
CHANGES = (
    ("working_path = ~/news-please-repo/", "working_path = {working}/"),
    ("default = SitemapCrawler", "default = PortedSitemapCrawler"),
    (
        '"SitemapCrawler": "RecursiveCrawler",',
        '"PortedSitemapCrawler": "PortedRecursiveCrawler", "PortedRecursiveCrawler": None,',
    ),
    (
        "SPIDER_MODULES = ['newsplease.crawler.spiders']",
        "SPIDER_MODULES = ['newsplease.crawler.spiders', 'ported_spiders']",
    ),
    ("LOG_LEVEL = INFO", "LOG_LEVEL = WARNING"),
)


class NewsPlease:
    """The command, as its documentation has it."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        folder = Path(assignment["folder"])
        self.config, self.working = folder / "config", folder / "working"
        shutil.copytree(Path(newsplease.__file__).parent / "config", self.config)
        settings = self.config / "config.cfg"
        text = settings.read_text("utf-8")
        for old, new in CHANGES:
            assert old in text, old
            text = text.replace(old, new.replace("{working}", str(self.working)))
        settings.write_text(text, "utf-8")
        sites = {source["outlet"]: _site(source) for source in assignment["sources"]}
        listed = {"base_urls": list(sites.values())}
        (self.config / "sitelist.hjson").write_text(json.dumps(listed), "utf-8")
        self.seen: set[Path] = set()
        self.records: list[dict[str, Any]] = []

    def poll(self, at: datetime, number: int) -> list[str]:
        program = Path(sys.executable).with_name("news-please")
        subprocess.run([program, "-c", f"{self.config}{os.sep}"], check=True)
        new = sorted(set((self.working / "data").rglob("*.json")) - self.seen)
        self.seen |= set(new)
        found = [_record(json.loads(file.read_text("utf-8"))) for file in new]
        self.records += found
        return [one["address"] for one in found]

    def result(self) -> dict[str, Any]:
        return {"records": self.records, "found": None}


def _site(source: dict[str, Any]) -> dict[str, Any]:
    site: dict[str, Any] = {"url": source["home"] + "/"}
    if source["outlet"] in PLAIN:
        site["overwrite_heuristics"] = {
            "og_type": False, "linked_headlines": "<=0.65", "self_linked_headlines": "<=0.56",
        }  # fmt: skip
        site["pass_heuristics_condition"] = "linked_headlines or self_linked_headlines"
    return site


def _record(article: dict[str, Any]) -> dict[str, Any]:
    return record(
        article["url"],
        title=article["title"] or "",
        text=article["maintext"] or "",
        published=article["date_publish"],
    )


drive(NewsPlease)
