"""How long the pages take: eight readers at once while a crawl writes; search beside its page.

    python bench/pages.py [--stories 100000] [--folder DIR] [--seconds 60] [--rate 2] [--workers 1]
    python bench/pages.py --stories 1000000 --folder DIR

Prints the median and the 99th percentile of each page, as a reader waits for
it, and the CPU time of the search page's view as a ratio to what it asks for: the
stories with their hits found, and the facets. The crawl is a process of its own
(loads/crawl.py): polls, pages, the reading, every stage, so many stories a second.

The archive takes long to make (printed). With --folder it is kept there and used again; what
the crawl wrote stays in it.
"""

import argparse
import contextlib
import gc
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlsplit

from made.archives import filled
from made.asked_pages import NAMES, OFTEN, RARE, kinds_of_pages, own_topics

from archive import Archive, open_archive
from archive.searching.facets import facets
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
CRAWL = Path(__file__).parent / "loads" / "crawl.py"


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--stories", type=int, default=100_000)
    given.add_argument("--folder", type=Path, help="where the archive is kept for the next time")
    given.add_argument("--seconds", type=float, default=60.0, help="of reading all pages")
    given.add_argument("--rate", type=float, default=2.0, help="stories a second that are written")
    given.add_argument("--workers", type=int, default=1, help="processes of the page")
    asked = given.parse_args()
    with contextlib.ExitStack() as kept:
        folder = asked.folder or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        own_topics(folder)
        begin = time.perf_counter()
        made = filled(folder, asked.stories)
        made.archive.close()
        if made.seconds is not None:
            print(f"{asked.stories:,} stories made in {time.perf_counter() - begin:.0f} s")
        print(f"{asked.stories:,} stories, {made.path.stat().st_size / 1e6:,.0f} MB")
        address = f"sqlite:///{made.path}"
        beneath(address, folder)
        load, cores = os.getloadavg()[0], os.cpu_count()
        print(f"{READERS} readers on {cores} cores; at work beside this: {load:.1f} processes")
        with (
            served(address, folder, asked.workers) as server,
            writing(address, folder, asked.rate),
        ):
            read(server, kinds_of_pages(address, asked.stories), asked.seconds)
            topics = Topics.load(*topic_folders(folder))
            with contextlib.closing(open_archive(address)) as archive:
                beside(server, archive, topics, asked.seconds / 2)


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
def writing(address: str, folder: Path, rate: float) -> Iterator[None]:
    """Let a crawl write so many stories a second meanwhile; print what it came to."""
    line = [sys.executable, str(CRAWL), address, "--rate", str(rate), "--home", str(folder)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline(), "the crawl did not begin"
        try:
            yield
        finally:
            process.terminate()
        wrote = json.loads(process.stdout.readline())
    each, share = wrote["stored"] / wrote["seconds"], wrote["cpu"] / wrote["seconds"]
    print(
        f"the crawl: {each:.1f} stories a second ({rate:g} were published), {share:.2f} of a core"
    )


def read(
    server: str, kinds: Mapping[str, Sequence[str]], seconds: float
) -> dict[str, list[float]]:
    """Ask for pages as readers do, all kinds in turn; print and return how long each took."""
    taken: dict[str, list[float]] = {}
    names = list(kinds) + [kind for kind in kinds if kind not in RARE] * (OFTEN - 1)

    def ask(at: int) -> None:
        turn, kind = divmod(at, len(names))
        path = kinds[names[kind]][turn % len(kinds[names[kind]])]
        begin = time.perf_counter()
        asking = http.client.HTTPConnection(server, timeout=60)
        asking.request("GET", path)
        said = asking.getresponse()
        said.read()
        asking.close()
        assert said.status in (200, 308), (path, said.status)
        taken.setdefault(names[kind], []).append(time.perf_counter() - begin)

    at_once(ask, seconds)
    print(f"{'page':<24}{'asked':>7}{'p50 ms':>9}{'p99 ms':>9}")
    for kind, times in sorted(taken.items()):
        high = quantiles(times, n=100)[98] if len(times) > 1 else times[0]
        print(f"{kind:<24}{len(times):>7}{median(times) * 1000:>9.0f}{high * 1000:>9.0f}")
    print(f"{sum(map(len, taken.values())) / seconds:.0f} pages a second", flush=True)
    return taken


def beside(server: str, archive: Archive, topics: Topics, seconds: float) -> None:
    """Compare the search page with the bare search, each asked by as many readers at once."""
    kinds = {"/search": [f"/search?q={quote(name)}" for name in NAMES]}
    page = read(server, kinds, seconds)["/search"]
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
