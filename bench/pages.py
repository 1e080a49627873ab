"""How long the pages take: eight readers at once while something writes; search beside its page.

    python bench/pages.py [--stories 100000] [--folder DIR] [--seconds 20] [--workers 1]

Prints the median and the 99th percentile of each page, as a reader waits for
it, and the CPU time of the search page's view as a ratio to what it asks for: the
stories with their hits found, and the facets.
"""

import argparse
import contextlib
import gc
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlsplit

from made.archives import filled
from made.corpus import PLANTED

from archive import Archive, open_archive
from archive.searching import saved_searches
from archive.searching.facets import facets
from archive.searching.saved_searches import SavedSearch
from crawler.places import topic_folders
from harborwatch.searching import part
from harborwatch.web.access import Access, Visitor
from harborwatch.web.asking import Ask
from harborwatch.web.pages.search import PAGE, search
from harborwatch.web.site import open_site
from harborwatch.web.wording import wording
from harborwatch.web_config import Passwords
from news import SystemClock
from query import Topics, expand, parse

READERS = 8
#: writes a second meanwhile: a lively crawl stores some stories a second
WRITES = 10
NAMES = [names[1] for names in PLANTED.values()]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--stories", type=int, default=100_000)
    given.add_argument("--folder", type=Path)
    given.add_argument("--seconds", type=float, default=20.0)
    given.add_argument("--workers", type=int, default=1, help="processes of the page")
    asked = given.parse_args()
    with contextlib.ExitStack() as kept:
        folder = asked.folder or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        made = filled(folder, asked.stories)
        made.archive.close()
        address = f"sqlite:///{made.path}"
        beneath(address, folder)
        paths = pages(asked.stories)
        with served(address, folder, asked.workers) as server, writing(open_archive(address)):
            read(server, paths, asked.seconds)
            topics = Topics.load(*topic_folders(folder))
            with contextlib.closing(open_archive(address)) as archive:
                beside(server, archive, topics, asked.seconds / 2)


def pages(stories: int) -> list[str]:
    searches = [f"/search?q={quote(name)}" for name in NAMES]
    numbers = [stories // 7, stories // 2, stories - 5]
    return [
        "/", *searches, *(f"{one}&sort=relevance" for one in searches),
        *(f"/stories/{n}" for n in numbers), *(f"/events/{n // 2}" for n in numbers),
        "/topics", "/topics/bri", "/sources", f"/explain?address={numbers[0]}",
    ]  # fmt: skip


@contextlib.contextmanager
def served(address: str, folder: Path, workers: int) -> Iterator[str]:
    env = os.environ | {"HARBORWATCH_ARCHIVE": address}
    line = [sys.executable, "-m", "harborwatch.web", "--home", str(folder), "--port", "0"]
    line += ["--workers", str(workers)]
    with subprocess.Popen(line, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield urlsplit(process.stdout.readline().split()[-1]).netloc
        process.terminate()


@contextlib.contextmanager
def writing(archive: Archive) -> Iterator[None]:
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(1 / WRITES):
            with archive.write() as db:
                now = datetime.now(UTC)
                one = SavedSearch(name="bench", query="ASEAN", sort="date", saved_at=now)
                saved_searches.save(db, one)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        archive.close()


def read(server: str, paths: list[str], seconds: float) -> dict[str, list[float]]:
    """Ask for pages as readers do; print and return how long each kind took."""
    taken: dict[str, list[float]] = {}

    def ask(at: int) -> None:
        path = paths[at % len(paths)]
        begin = time.perf_counter()
        asking = http.client.HTTPConnection(server, timeout=60)
        asking.request("GET", path)
        said = asking.getresponse()
        said.read()
        asking.close()
        assert said.status in (200, 308, 404), (path, said.status)
        kind = "/".join(path.partition("?")[0].split("/")[:2])
        kind += " by relevance" if "relevance" in path else ""
        taken.setdefault(kind, []).append(time.perf_counter() - begin)

    at_once(ask, seconds)
    print(f"{READERS} readers, {WRITES} writes a second, {os.cpu_count()} cores")
    print(f"{'page':<24}{'asked':>7}{'p50 ms':>9}{'p99 ms':>9}")
    for kind, times in sorted(taken.items()):
        high = quantiles(times, n=100)[98] if len(times) > 1 else times[0]
        print(f"{kind:<24}{len(times):>7}{median(times) * 1000:>9.0f}{high * 1000:>9.0f}")
    print(f"{sum(map(len, taken.values())) / seconds:.0f} pages a second")
    return taken


def beside(server: str, archive: Archive, topics: Topics, seconds: float) -> None:
    """Compare the search page with the bare search, each asked by as many readers at once."""
    paths = [f"/search?q={quote(name)}" for name in NAMES]
    page = read(server, paths, seconds)["/search"]
    bare = at_once(lambda at: asked_for(archive, topics, NAMES[at % len(NAMES)]), seconds)
    high = [quantiles(times, n=20)[18] for times in (page, bare)]
    print(
        f"search by {READERS} at once: page p50 {median(page) * 1000:.0f} ms p95 {high[0] * 1000:.0f}, "
        f"bare p50 {median(bare) * 1000:.0f} ms p95 {high[1] * 1000:.0f}: {high[0] / high[1]:.2f} times"
    )


def asked_for(archive: Archive, topics: Topics, name: str) -> None:
    """Ask the archive for what a search page shows."""
    with archive.read() as db:
        query = expand(parse(name), topics)
        for found in part(db, query, "date", PAGE, "").found:
            assert found.match.hits
        facets(db, query)


def at_once(ask: Callable[[int], object], seconds: float) -> list[float]:
    """Ask again and again from as many threads as there are readers; return the waits."""
    taken: list[float] = []
    until = time.perf_counter() + seconds

    def reader(number: int) -> None:
        at = number
        while (begin := time.perf_counter()) < until:
            ask(at)
            taken.append(time.perf_counter() - begin)
            at += 3

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(READERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return taken


def beneath(address: str, home: Path) -> None:
    """Compare the search page's view with what it asks the archive for."""
    archive = open_archive(address)
    site = open_site(home, archive, SystemClock(), Access(Passwords(), b""), "")
    topics = Topics.load(*topic_folders(home))
    # As the page's own process does.
    gc.collect()
    gc.freeze()
    page: list[float] = []
    bare: list[float] = []
    # Once unmeasured: what a process loads but once.
    for name in [*NAMES, None, *NAMES * 8]:
        if name is None:
            page.clear()
            bare.clear()
            continue
        ask = Ask(wording=wording("en"), visitor=Visitor(role="reader"), query={"q": name})
        with archive.read() as db:
            begin = time.process_time()
            query = expand(parse(name), topics)
            for found in part(db, query, "date", PAGE, "").found:
                assert found.match.hits
            facets(db, query)
            middle = time.process_time()
            search(site, db, ask)
            bare.append(middle - begin)
            page.append(time.process_time() - middle)
    archive.close()
    high = [quantiles(times, n=20)[18] for times in (bare, page)]
    print(
        f"search: page {median(page) * 1000:.1f} ms, beneath {median(bare) * 1000:.1f} ms "
        f"(p95 {high[1] * 1000:.1f} and {high[0] * 1000:.1f}, {high[1] / high[0]:.2f} times)"
    )


if __name__ == "__main__":
    main()
