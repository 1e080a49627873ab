"""Doubts about a source: nothing of what it showed goes on. Its last stories are asked whether they stand."""

from dataclasses import replace
from itertools import islice
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.collecting import sightings
from archive.collecting.sources import DueSource
from crawler import suspicions
from crawler.outcomes import outcome_of
from crawler.sighted import sightings_of
from crawler.spiders.filling import FillingSpider
from news import Outcome, Outlet, SourceError
from pipelines.reading import addresses
from pipelines.reading.sources.shown import Shown

#: stories that are asked for; a few may have been taken down by the outlet itself
WITNESSES = 3
#: entries among which something known is looked for; a sitemap's thousands are too many
_LOOKED_AT = 60


class DoubtingSpider(FillingSpider):
    """Tells a burst, where all is new, from a domain that was sold: there the old stories are gone."""

    async def doubted(self, shown: Shown, due: DueSource) -> Shown:
        """Return what was shown, with what speaks against its being the outlet's.

        Asked only where nothing shown is known: then a few of the outlet's last
        stories are asked for. One that stands vouches for the source; so does
        one that does not say that it is gone.
        """
        if shown.strange or due.unproved or len(shown.entries) < suspicions.FEWEST:
            return shown
        outlet = self.tools.outlets[due.source.outlet]
        asked = self._witnesses(shown, due, outlet)
        if len(asked) < WITNESSES:
            return shown
        for address in asked:
            if not await self._is_gone(address, outlet):
                return shown
        why = f"nothing that it showed goes on, and {asked[0]} and other last stories are gone"
        return replace(shown, strange=why)

    def _witnesses(self, shown: Shown, due: DueSource, outlet: Outlet) -> list[str]:
        """Return addresses of the outlet's last stories; none where something shown is known."""
        now = self.tools.clock.now()
        some = list(islice(shown.entries, _LOOKED_AT))
        sighted, _ = sightings_of(due.source, outlet, some, now)
        with self.tools.archive.read() as db:
            if sightings.known_keys(db, [one.key for one in sighted]):
                return []
            before = sightings.latest(db, due.source.outlet, WITNESSES)
            if sightings.headlines_known(db, due.source.id, [one.headline for one in some]):
                return []
        return before

    async def _is_gone(self, address: str, outlet: Outlet) -> bool:
        """Say whether a story's address leads nowhere, or to something else."""
        engine = self.crawler.engine
        assert engine is not None, "asked by a crawl that runs"
        self.count("witnesses")
        try:
            answer: Any = await engine.download_async(Request(address, dont_filter=True))
        except Exception as error:  # noqa: BLE001 - who does not answer has not said that it is gone
            self.logger.info("%s does not vouch for its outlet: %s", address, error)
            return False
        return _says_gone(answer, address, outlet)


def _says_gone(answer: Response, address: str, outlet: Outlet) -> bool:
    outcome = outcome_of(answer.status)
    if outcome in (Outcome.MISSING, Outcome.GONE):
        return True
    try:
        moved = addresses.key(answer.url, outlet) != addresses.key(address, outlet)
    except SourceError:
        return True
    # A dead address often leads to the new owner's first page.
    return outcome is Outcome.GOOD and moved and not addresses.is_story(answer.url, outlet)
