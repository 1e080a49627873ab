"""How fast pages are read, and what more opinions of their bodies buy.

    python bench/reading.py [EVAL_FOLDER]

The whole reading of a page (bytes to a story with title, dates, language and
body) at each spending, beside trafilatura's favor_precision alone in the same
run, which gives a body only. Pages a second of processor time of one core, the
best of PASSES for each page. F1 is told for pages that weights were learnt on;
see bench/learn/blocks.py for publishers that they never saw.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "gates")]

import counting  # noqa: E402 - found beside the gates
import trafilatura  # noqa: E402

from news import Entry, Outlet, Refused  # noqa: E402
from pipelines.reading.pages import read_page  # noqa: E402

PASSES = 3
SETS = ("indonesian", "fundus", "newspaper4k")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
Sample = tuple[str, bytes, str, str]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else HERE.parents[1] / "shared" / "eval"
    if not folder.is_dir():
        print(f"SKIPPED reading: {folder} is not there")
        return 0
    samples = [one for name in SETS for one in pages(name, folder / "pages" / name)]
    print(f"{len(samples)} pages, processor time of one core, best of {PASSES}")
    print(f"{'':36}{'pages/s':>9}{'ratio':>7}" + "".join(f"{name:>13}" for name in SETS))
    alone = measured(samples, precision)
    show("trafilatura favor_precision alone", alone, alone[0])
    for spending in ("none", "cheap", "all"):
        found = measured(samples, lambda one, spent=spending: whole(one, spent))
        show(f"whole reading, opinions: {spending}", found, alone[0])
    return 0


def pages(name: str, folder: Path) -> list[Sample]:
    found = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        body = gzip.decompress(path.with_suffix(".html.gz").read_bytes())
        address = gold.get("url") or "https://unnamed.example/story-1234567"
        found.append((name, body, address, gold["body"]))
    return found


def precision(sample: Sample) -> str:
    text = sample[1].decode("utf-8", "replace")
    return trafilatura.extract(text, favor_precision=True, include_comments=False) or ""


def whole(sample: Sample, spending: str) -> str:
    _, body, address, _ = sample
    host = urlsplit(address).netloc
    outlet = Outlet(
        id="gold", name=host, home=f"https://{host}/", country="XX", languages=("en",), zone="UTC",
        hosts=(host,),
    )  # fmt: skip
    entry = Entry(address=address)
    try:
        return read_page(body, "text/html", address, entry, outlet, NOW, spending=spending).body
    except Refused:
        return ""


def measured(
    samples: list[Sample], read: Callable[[Sample], str]
) -> tuple[float, dict[str, float]]:
    """Return the seconds of all pages, and F1 by set."""
    seconds, scores = 0.0, dict[str, list[tuple[float, float]]]()
    for sample in samples:
        took = []
        for _ in range(PASSES):
            began = time.process_time()
            text = read(sample)
            took.append(time.process_time() - began)
        seconds += min(took)
        scores.setdefault(sample[0], []).append(counting.overlap(text, sample[3]))
    return seconds / len(samples), {name: counting.mean_f1(one) for name, one in scores.items()}


def show(name: str, found: tuple[float, dict[str, float]], beside: float) -> None:
    seconds, scores = found
    row = "".join(f"{scores[name]:13.3f}" for name in SETS)
    print(f"{name:36}{1 / seconds:9.1f}{beside / seconds:7.2f}{row}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
