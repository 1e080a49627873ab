"""Our program beside its peers from PyPI, over the same press with the same polls.

    bench/peers/run.py [--json] [--readme] [--only PEER …] [--kept FOLDER]

Each peer runs in an environment of its own (bench/peers/locks, made at first
use under bench/peers/.cache) and is driven as its documentation shows
(bench/peers/drivers say what was done for each). `--kept` keeps what each did
and takes it from there where it is, so that one alone can be measured again.
`--readme` writes the tables into the README and docs/peers.md, between their marks.
"""

import argparse
import json
import pickle
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from environments import PEERS, ROOT, Peer, called, python_of  # noqa: E402
from judging import Judged  # noqa: E402
from measuring import days, many  # noqa: E402
from results import Run  # noqa: E402
from table import doing, plain, tagging  # noqa: E402

Part = TypeVar("Part")
#: where what each does stands, and where topics by language do
README, PAGE = ROOT / "README.md", ROOT / "docs" / "peers.md"
BEGIN, END = "<!-- peers: made by bench/peers/run.py --readme -->", "<!-- /peers -->"


def main(arguments: list[str]) -> int:
    asked = read(arguments)
    chosen = [peer for peer in PEERS if not asked.only or peer.name in asked.only]
    # All environments first: a machine that cannot make one says so at once.
    for peer in chosen:
        python_of(peer)
    titles = [called(peer) for peer in chosen]
    judged = [Judged(done(peer, asked.kept)) for peer in chosen]
    tables = {README: list(doing(titles, judged)), PAGE: list(tagging(titles, judged))}
    if asked.json:
        figures = [plain(title, one) for title, one in zip(titles, judged, strict=True)]
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(lines) for lines in tables.values()))
    if asked.readme:
        for page, lines in tables.items():
            write_into(page, lines)
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [peer.name for peer in PEERS]
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument(
        "--readme", action="store_true", help="write the tables into README and docs"
    )
    parser.add_argument("--only", nargs="+", choices=names, default=(), help="these alone")
    parser.add_argument("--kept", type=Path, help="folder for what each did")
    asked = parser.parse_args(arguments)
    if asked.readme and asked.only:
        parser.error("--readme wants all peers, so that no column is lost: leave --only out")
    return asked


def done(peer: Peer, kept: Path | None) -> Run:
    """Return what a peer did, each part measured now if it was not kept."""
    return Run(
        name=peer.name,
        days=part(peer, days, kept),
        many=part(peer, many, kept),
    )


def part(peer: Peer, measure: Callable[[Peer], Part], kept: Path | None) -> Part:
    """Measure a part, or take it from where it was kept."""
    file = kept / f"{peer.name}-{measure.__name__}.pickle" if kept else None
    if file is not None and file.is_file():
        found: Part = pickle.loads(file.read_bytes())
        return found
    began = time.monotonic()
    made = measure(peer)
    print(f"{peer.name}, {measure.__name__}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(made))
    return made


def write_into(page: Path, lines: list[str]) -> None:
    """Put a table between the page's marks. Raises ValueError where it has none."""
    text = page.read_text("utf-8")
    block = "\n".join([BEGIN, "", *lines, "", END])
    made, places = re.subn(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: block, text, flags=re.DOTALL
    )
    if places != 1:
        raise ValueError(f"{page} wants one block from {BEGIN} to {END}")
    page.write_text(made, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
