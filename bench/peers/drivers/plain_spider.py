"""The plain spider that drive_scrapy runs: ways in, then pages, and nothing else."""

import json
import os
from pathlib import Path

import scrapy
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.sitemap import Sitemap

GIVEN = json.loads(Path(os.environ["ASSIGNMENT"]).read_text("utf-8"))


class Plain(scrapy.Spider):
    name = "plain"

    async def start(self):  # noqa: ANN201 - Scrapy's own
        for source in GIVEN["sources"]:
            yield scrapy.Request(
                source["address"],
                getattr(self, source["way"]),
                dont_filter=True,
                meta={"story": source["story"]},
            )

    def feed(self, response):  # noqa: ANN001, ANN201
        response.selector.remove_namespaces()
        for link in response.xpath("//item/link/text() | //entry/link/@href").getall():
            yield scrapy.Request(link.strip(), self.page)

    def sitemap(self, response):  # noqa: ANN001, ANN201
        found = Sitemap(response.body)
        deeper = found.type == "sitemapindex"
        for entry in found:
            follow = self.sitemap if deeper else self.page
            yield scrapy.Request(entry["loc"], follow, dont_filter=deeper)

    def listing(self, response):  # noqa: ANN001, ANN201
        for link in LinkExtractor(allow=response.meta["story"]).extract_links(response):
            yield scrapy.Request(link.url, self.page)

    def page(self, response):  # noqa: ANN001, ANN201
        yield {"address": response.url, "title": response.css("title::text").get("")}
