"""The gate of reading: scores on real pages and feeds against pinned floors.

    python bench/gates/reading.py EVAL_FOLDER

Prints a table, beside trafilatura's default and its favor_precision in the
same run, how far ours lies above the latter (a paired bootstrap over pages),
and every page under .8 with what became of it. Ends with status 1 when a
figure is under its floor in floors.toml [reading] or a page took over ten
seconds. Without the folder it prints SKIPPED and ends with 0.

The weights of the reading are learnt on these pages among others; what they
reach on publishers that they never saw is printed by bench/learn/blocks.py.
"""

import gzip
import html
import json
import re
import sys
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import counting  # noqa: E402 - found beside this file
import feedparser  # noqa: E402
import trafilatura  # noqa: E402

from news import Entry, Outlet, Refused  # noqa: E402
from pipelines.reading.dates import zones  # noqa: E402
from pipelines.reading.pages import read_page  # noqa: E402
from pipelines.reading.sources.feeds import read_feed  # noqa: E402

NOW = datetime(2026, 11, 22, tzinfo=UTC)
#: Seconds that no page may take; draws of the bootstrap.
SLOWEST, DRAWS = 10.0, 2_000
SETS = ("indonesian", "fundus", "newspaper4k")
ZONES = {
    "cn": "Asia/Shanghai", "de": "Europe/Berlin", "id": "Asia/Jakarta", "my": "Asia/Kuala_Lumpur",
    "us": "America/New_York", "vn": "Asia/Ho_Chi_Minh",
}  # fmt: skip


@dataclass(kw_only=True)
class Read:
    """One page's scores, ours and trafilatura's."""

    name: str
    ours: tuple[float, float] = (0.0, 0.0)
    default: tuple[float, float] = (0.0, 0.0)
    precision: tuple[float, float] = (0.0, 0.0)
    title: float | None = None
    day: bool | None = None
    minute: bool | None = None
    seconds: float = 0.0
    seconds_precision: float = 0.0
    note: str = ""
    method: str = ""
    confidence: float = 0.0


@dataclass(kw_only=True)
class Figures:
    """What was measured, by name."""

    values: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else HERE.parents[2] / "shared" / "eval"
    if not folder.is_dir():
        print(f"SKIPPED reading: {folder} is not there")
        return 0
    figures = Figures()
    for name in SETS:
        measure_pages(name, folder / "pages" / name, figures)
    measure_feeds(folder / "feeds", figures)
    print("\n".join(figures.notes))
    return verdict(figures.values)


def measure_pages(name: str, folder: Path, figures: Figures) -> None:
    golds = sorted(folder.glob("*.json"))
    with ProcessPoolExecutor() as pool:
        reads = list(pool.map(read_one, golds))
    count = len(reads)
    for kind in ("ours", "default", "precision"):
        score = counting.mean_f1([getattr(read, kind) for read in reads])
        figures.values[f"{name}_body" if kind == "ours" else f"{name}_trafilatura_{kind}"] = score
    for kind in ("title", "day", "minute"):
        known = [getattr(read, kind) for read in reads if getattr(read, kind) is not None]
        if known:
            figures.values[f"{name}_{kind}"] = sum(known) / len(known)
    titles = [read.title for read in reads if read.title is not None]
    if titles:
        # A site's name beside the title counts half above, and nothing here.
        figures.values[f"{name}_title_exact"] = titles.count(1.0) / len(titles)
    ours, theirs = (
        sum(getattr(read, kind) for read in reads) for kind in ("seconds", "seconds_precision")
    )
    figures.values[f"{name}_in_time"] = float(max(read.seconds for read in reads) <= SLOWEST)
    low, high = counting.paired(
        [read.ours for read in reads], [read.precision for read in reads], DRAWS
    )
    figures.notes.append(
        f"{name}: {count / ours:.1f} pages/s, favor_precision alone {count / theirs:.1f}; "
        f"body above favor_precision by {low:+.3f} to {high:+.3f} (95 %)"
    )
    for read in reads:
        if counting.f1(*read.ours) < 0.8 or read.day is False or read.minute is False:
            figures.notes.append(
                f"  {read.name}: F1 {counting.f1(*read.ours):.2f} {shown(read)} {read.note}"
            )


def shown(read: Read) -> str:
    """Say what is wrong with a page's body: too much, too little, or neither."""
    precision, recall = read.ours
    if not read.method:
        return "refused:"
    wrong = "more than the story" if precision < recall else "less than the story"
    return f"{read.method} (confidence {read.confidence}), precision {precision:.2f}, recall {recall:.2f}: {wrong};"


def read_one(path: Path) -> Read:
    gold = json.loads(path.read_text("utf-8"))
    body = gzip.decompress(path.with_suffix("").with_suffix(".html.gz").read_bytes())
    result = Read(name=path.stem)
    text = body.decode("utf-8", "replace")
    began = time.process_time()
    precise = trafilatura.extract(text, favor_precision=True, include_comments=False) or ""
    result.seconds_precision = time.process_time() - began
    default = trafilatura.extract(text, include_comments=False) or ""
    result.precision = counting.overlap(precise, gold["body"])
    result.default = counting.overlap(default, gold["body"])
    address = gold.get("url") or "https://unnamed.example/story-1234567"
    began = time.process_time()
    try:
        page = read_page(
            body, "text/html", address, Entry(address=address), outlet(path, address, gold), NOW
        )
    except Refused as refused:
        result.note = str(refused)
        return result
    finally:
        result.seconds = time.process_time() - began
    result.ours, result.method = counting.overlap(page.body, gold["body"]), page.method
    result.confidence = page.confidence
    if gold.get("title"):
        result.title = counting.title_score(page.title, gold["title"])
    if gold.get("published"):
        judge_time(result, page.published.at if page.published else None, gold["published"], path)
    return result


def outlet(path: Path, address: str, gold: dict) -> Outlet:
    host = urlsplit(address).netloc
    zone = ZONES.get(path.stem[:2] if path.parent.name == "fundus" else "id", "UTC")
    return Outlet(
        id="gold", name=host, home=f"https://{host}/", country="XX",
        languages=(gold.get("language") or "en",), zone=zone, hosts=(host,),
    )  # fmt: skip


def judge_time(result: Read, found: datetime | None, printed: str, path: Path) -> None:
    gold = datetime.fromisoformat(printed)
    zoned = gold.tzinfo is not None
    zone = gold.tzinfo or zones.tz(ZONES.get(path.stem[:2], "UTC"))
    result.day = found is not None and found.astimezone(zone).date() == gold.date()
    if zoned:
        result.minute = found is not None and abs((found - gold).total_seconds()) <= 60
    if not result.day or result.minute is False:
        result.note += f" gold {printed}, found {found}"


def measure_feeds(folder: Path, figures: Figures) -> None:
    paths = sorted(folder.glob("*.gz"))
    same, ours, theirs = 0, 0.0, 0.0
    where = Outlet(
        id="feed",
        name="Feed",
        home="https://feed.example/",
        country="XX",
        languages=("en",),
        zone="UTC",
    )
    for path in paths:
        body = gzip.decompress(path.read_bytes())
        began = time.process_time()
        shown = read_feed(body, "application/xml", "https://feed.example/feed", where, NOW)
        middle = time.process_time()
        entries = shown.entries
        gold = [item for item in feedparser.parse(body).entries if item.get("link")]
        ours, theirs = ours + middle - began, theirs + time.process_time() - middle
        alike = len(gold) == len(entries) and all(map(same_entry, gold, entries))
        same += alike
        if not alike:
            figures.notes.append(f"  {path.name}: {len(entries)} entries, feedparser {len(gold)}")
    figures.values["feeds"] = same / len(paths)
    figures.notes.append(
        f"feeds: {len(paths) / ours:.1f}/s, feedparser's defaults {len(paths) / theirs:.1f}/s"
    )


def same_entry(gold: dict, entry: Entry) -> bool:
    title = html.unescape(re.sub(r"<[^>]*>", " ", gold.get("title", "")))
    return gold["link"].strip() == entry.address and counting.folded(title) == counting.folded(
        entry.headline
    )


def verdict(values: dict[str, float]) -> int:
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["reading"]
    under = 0
    print(f"{'reading':34}{'found':>8}{'floor':>8}")
    for name, value in values.items():
        floor = floors.get(name)
        low = floor is not None and value < floor
        under += low
        print(
            f"{name:34}{value:8.3f}{floor if floor is not None else '':>8}{'  UNDER' if low else ''}"
        )
    missing = floors.keys() - values.keys()
    if missing:
        print(f"not measured: {', '.join(sorted(missing))}")
    return 1 if under or missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
