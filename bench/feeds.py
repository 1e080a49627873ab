"""Feeds a second: ours beside feedparser, in the same run, by processor time.

    python bench/feeds.py [FOLDER]

FOLDER holds gzipped feeds as served (`*.gz`; `../shared/eval/feeds` where it is
there); without one it measures feeds of made-up news in five languages. Printed
are feedparser with its defaults, and without sanitizing and resolving, which is
as fast as it can be asked to be. Ours also makes plain text of the summaries,
moments of the times, and absolute addresses. Ends with status 1 when ours is
under twice feedparser's defaults, or shows another number of entries.
"""

import gzip
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import feedparser  # noqa: E402 - the root must be found first
from made.stories import stories  # noqa: E402

from news import Outlet  # noqa: E402
from pipelines.reading.sources.feeds import read_feed  # noqa: E402

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AT = "https://feed.example/feed"
OUTLET = Outlet(
    id="feed", name="Feed", home="https://feed.example/", country="XX", languages=("en",), zone="UTC"
)  # fmt: skip
EVAL = HERE.parents[1] / "shared" / "eval" / "feeds"
ROUNDS = 7
#: the aim, in feedparser's defaults
AIM = 2.0

Reader = Callable[[bytes], int]


def ours(body: bytes) -> int:
    return len(read_feed(body, "application/xml", AT, OUTLET, NOW).entries)


def defaults(body: bytes) -> int:
    return sum(bool(entry.get("link")) for entry in feedparser.parse(body).entries)


def limit(body: bytes) -> int:
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    return sum(bool(entry.get("link")) for entry in parsed.entries)


READERS: dict[str, Reader] = {
    "ours": ours,
    "feedparser, its defaults": defaults,
    "feedparser, not sanitizing or resolving": limit,
}


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else EVAL
    paths = sorted(folder.glob("*.gz"))
    bodies = [gzip.decompress(path.read_bytes()) for path in paths] or made_feeds()
    where = folder if paths else "made-up news"
    print(f"{len(bodies)} feeds, {sum(map(len, bodies)) / 1e6:.1f} MB, {where}")
    spent: dict[str, list[float]] = {name: [] for name in READERS}
    shown = {}
    for _ in range(ROUNDS):
        for name, reader in READERS.items():
            began = time.process_time()
            shown[name] = sum(map(reader, bodies))
            spent[name].append(time.process_time() - began)
    base = statistics.median(spent["feedparser, its defaults"])
    for name, times in spent.items():
        seconds = statistics.median(times)
        print(
            f"{name:42}{len(bodies) / seconds:8.1f} feeds/s{base / seconds:7.2f} x"
            f"{shown[name]:8} entries"
        )
    ratio = base / statistics.median(spent["ours"])
    same = len(set(shown.values())) == 1
    print(f"ours: {ratio:.2f} times feedparser's defaults; asked for {AIM:g}")
    return 0 if ratio >= AIM and same else 1


def made_feeds() -> list[bytes]:
    """Return 40 feeds of 20 stories each, their whole texts in them."""
    told = stories(2018, 160, 1_400)
    return [made_feed([told[(20 * n + k) % len(told)].body for k in range(20)]) for n in range(40)]


def made_feed(texts: Sequence[str]) -> bytes:
    items = "".join(
        f"<item><title>{escape(text[:60])}</title><link>https://feed.example/2018/{at}</link>"
        f"<guid>{at}</guid><pubDate>Thu, 20 Sep 2018 09:{at:02}:43 +0700</pubDate>"
        f"<description><![CDATA[<p>{escape(text[:200])}</p>]]></description>"
        f"<content:encoded><![CDATA[<p>{escape(text)}</p>]]></content:encoded></item>"
        for at, text in enumerate(texts)
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces}><channel><title>M</title>{items}</channel></rss>'.encode()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
