"""Looks for an outlet's ways in: what its pages and robots.txt name, then the usual places.

Every request keeps the host's pace and obeys robots.txt; their number is bounded.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urljoin

from crawler import candidates
from crawler.candidates import Candidate, site_of
from crawler.checking import told
from crawler.proposals import FoundWay, Proposal, SeenPage
from crawler.story_links import listed, patterns_of, stories_of
from crawler.unlisted import unlisted
from crawler.visiting import Answer, UnansweredError, Visit
from news import AddressRules, Clock, Entry, Outlet, Refused, SourceError, Way
from pipelines.reading import addresses
from pipelines.reading.scouting.scout import Scout
from pipelines.reading.scouting.scouted import Clues

#: requests of a search, when nothing else is said: a minute at the usual pace
MOST = 30
#: story pages that are looked at; requests are kept back for them
PAGES = 3
#: share of a feed's stories that another one shows too, for them to be the same
_SAME = 0.8


class Search:
    """A search under way."""

    def __init__(self, visit: Visit, scout: Scout, clock: Clock, most: int = MOST) -> None:
        self._visit = visit
        self._scout = scout
        self._clock = clock
        self._most = most
        self._plain = unlisted("https://unknown.invalid")
        self._ways: list[FoundWay] = []
        self._tried: dict[str, str] = {}

    async def propose(self, address: str) -> Proposal:
        """Return what was found behind an address: a home page, or a page that lists stories.

        Raises SourceError where it is no address.
        """
        self._plain = unlisted(address)
        first = await self._ask(address)
        where = first.address if first else address
        clues = await self._clues(first)
        self._plain = replace(
            unlisted(where, clues.language),
            hosts=tuple(dict.fromkeys([*unlisted(where).hosts, *unlisted(address).hosts])),
        )
        await self._look(clues, first, urljoin(where, "/"))
        found = Proposal(
            asked=address, plain=self._plain, clues=clues, ways=tuple(self._ways), listing=where,
            listed=listed(clues, self._plain),
        )  # fmt: skip
        pages = await self._pages(found)
        return replace(
            found, pages=pages, tried=tuple(self._tried.items()), requests=self._visit.requests
        )

    async def _look(self, clues: Clues, first: Answer | None, home: str) -> None:
        """Try what is named first; usual places only for the kinds of ways that are missing."""
        links = first.links if first else ""
        await self._try(candidates.announced(clues, links, home))
        robots = await self._ask(urljoin(home, "/robots.txt"))
        text = robots.body[:500_000].decode("utf-8", "replace") if robots else ""
        await self._try(candidates.in_robots(text, home))
        if not self._has("feed"):
            await self._try(candidates.linked(clues, site_of(home)))
        for one in candidates.usual("sitemap", home):
            if not self._has("sitemap", headlines=True):
                await self._try([one])
        for one in (*candidates.usual("feed", home), *candidates.usual("wordpress", home)):
            if not self._has("feed", "wordpress"):
                await self._try([one])

    def _has(self, *ways: Way, headlines: bool = False) -> bool:
        return any(one.way in ways and (one.headlines or not headlines) for one in self._ways)

    async def _try(self, some: Iterable[Candidate], *, deeper: bool = True) -> None:
        for one in some:
            answer = await self._ask(one.address)
            if answer is None:
                continue
            way = candidates.way_of(answer.body, answer.address)
            if way is not None:
                await self._take(way, answer, one)
            elif deeper:
                # Many outlets list their feeds on a page at the feed's usual place.
                inner = candidates.linked(await self._clues(answer), site_of(answer.address))
                await self._try(inner, deeper=False)

    async def _take(self, way: Way, answer: Answer, one: Candidate) -> None:
        try:
            address, entries = await self._entries(way, answer)
        except (SourceError, UnansweredError) as error:
            self._tried[one.address] = str(error)
            return
        own = tuple(entry for entry in entries if self._is_own(entry.address))
        if not own:
            self._tried[one.address] = f"no stories of this outlet among {len(entries)} entries"
            return
        self._tried[one.address] = f"{way}, {len(own)} entries"
        found = FoundWay(way=way, address=address, why=one.why, entries=own)
        if not any(self._is_same(found, other) for other in self._ways):
            self._ways.append(found)

    async def _entries(self, way: Way, answer: Answer) -> tuple[str, tuple[Entry, ...]]:
        """Return where a way stands and what it shows; of an index, its sitemap of news."""
        now = self._clock.now()
        shown = await self._scout.source(
            way, answer.body, answer.content_type, answer.address, self._plain, now
        )
        if shown.entries or not shown.further:
            return answer.address, shown.entries
        inner = min(shown.further, key=lambda one: not candidates.is_of_news(one))
        before = self._tried.get(inner)
        got = await self._ask(inner)
        if got is None:
            raise SourceError(f"an index; of its sitemap {inner}: {before or self._tried[inner]}")
        shown = await self._scout.source(
            way, got.body, got.content_type, got.address, self._plain, now
        )
        news = any(entry.headline for entry in shown.entries)
        return got.address if news else answer.address, shown.entries

    def _is_own(self, address: str) -> bool:
        return site_of(address) in {site_of(f"https://{host}") for host in self._plain.hosts}

    def _is_same(self, new: FoundWay, old: FoundWay) -> bool:
        if (new.way == "sitemap") != (old.way == "sitemap"):
            return False
        theirs = {addresses.key(entry.address, self._plain) for entry in old.entries}
        mine = [addresses.key(entry.address, self._plain) for entry in new.entries]
        return sum(one in theirs for one in mine) >= _SAME * len(mine)

    async def _pages(self, found: Proposal) -> tuple[SeenPage, ...]:
        stories = stories_of(found)
        rules = AddressRules(story=tuple(one.text for one in patterns_of(found)))
        outlet = replace(found.plain, addresses=rules)
        seen: list[SeenPage] = []
        for entry in stories:
            if len(seen) == PAGES or self._visit.requests >= self._most:
                break
            if not addresses.is_story(entry.address, outlet):
                continue
            answer = await self._ask(entry.address, reserved=True)
            if answer is not None and (page := await self._page(answer, entry, outlet)):
                seen.append(page)
        return tuple(seen)

    async def _page(self, answer: Answer, entry: Entry, outlet: Outlet) -> SeenPage | None:
        try:
            read = await self._scout.page(
                answer.body, answer.content_type, answer.address, entry, outlet, self._clock.now()
            )
        except (Refused, SourceError) as error:
            self._tried[entry.address] = str(error)
            return None
        clues = await self._clues(answer)
        return SeenPage(address=answer.address, read=read, clues=clues)

    async def _clues(self, answer: Answer | None) -> Clues:
        if answer is None:
            return Clues()
        try:
            return await self._scout.clues(answer.body, answer.content_type, answer.address)
        except Refused as refused:
            self._tried[answer.asked] = str(refused)
            return Clues()

    async def _ask(self, address: str, *, reserved: bool = False) -> Answer | None:
        """Return a good answer; None where there is none, or too much was asked already."""
        if address in self._tried:
            return None
        if self._visit.requests >= self._most - (0 if reserved else PAGES):
            self._tried[address] = f"not asked: {self._most} requests were allowed"
            return None
        try:
            answer = await self._visit.ask(address)
        except UnansweredError as error:
            self._tried[address] = str(error)
            return None
        self._tried[address] = told(answer)
        return answer if answer.good and answer.body.strip() else None
