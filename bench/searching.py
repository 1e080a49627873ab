"""How long a search takes, how large the index is and how fast it grows.

    bench/searching.py [--stories 100000] [--keep DIR] [--core]

An archive of made-up stories in five languages (`made.corpus`) is asked some
hundred searches of each kind, drawn from its own text, a page of 20 at a time:
ours from query to stories, their words unmarked; beside it SQLite's own
driver with the same MATCH, and tantivy on the same tokens, both with the same
rows read from the archive but nothing marked. --core counts the time of one
core instead of the clock's, for a machine that has other work to do.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from beside.raw_fts5 import RawFts5  # noqa: E402
from beside.timing import Ask, Times, core, timed, wall  # noqa: E402
from made.archives import Filled, filled  # noqa: E402
from made.corpus import PLANTED, planted_count  # noqa: E402
from made.growth import growth, sizes  # noqa: E402
from made.searches import SURE, UNSURE, Searches  # noqa: E402
from sqlalchemy import Connection  # noqa: E402

from archive.keeping import stories  # noqa: E402
from archive.searching.facets import count, facets  # noqa: E402
from archive.searching.ranking import ranked  # noqa: E402
from archive.searching.search import document_of, page  # noqa: E402
from query import Query, index_query, match, parse  # noqa: E402

PAGE = 20
#: searches of each kind: by date, and with facets or by relevance, which take longer
MANY, SOME = 300, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is asked, and by which clock."""

    db: Connection
    raw: RawFts5
    made: Filled
    clock: Callable[[], float]
    searches: dict[str, list[str]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the archive there, or find it there")
    parser.add_argument("--core", action="store_true", help="count a core's time, not the clock's")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as away:
        folder = asked.keep or Path(away)
        folder.mkdir(parents=True, exist_ok=True)
        made = filled(folder, asked.stories)
        raw = RawFts5(made.path)
        built(made, asked.stories)
        with made.archive.read() as db:
            drawer = Searches(db, 20)
            searches = {kind: drawer.draw(kind, MANY) for kind in (*SURE, *UNSURE)}
            bench = Bench(
                db=db, raw=raw, made=made, clock=core if asked.core else wall, searches=searches
            )
            # What the bench itself holds would be looked through by every collection.
            gc.collect()
            gc.freeze()
            unit = "one core" if asked.core else "the clock"
            print(f"\nmilliseconds of {unit}, pages of {PAGE}, p50 and p95")
            wrong = by_date(bench) + planted(bench, asked.stories)
            unsure(bench)
            steps(bench)
            counting(bench)
            by_relevance(bench)
        sizes(raw, made, asked.stories)
        growth(made, bench.clock)
        raw.close()
        made.archive.close()
    print(f"\nthe three sides agree: {'yes' if not wrong else f'NO, {wrong} times not'}")
    return 1 if wrong else 0


def built(made: Filled, number: int) -> None:
    print(f"{number:,} made-up stories in five languages", end="")
    if made.seconds is None:
        print(", kept from before")
        return
    whole, fts5, tantivy = made.seconds
    print(f", made in {whole:.0f} s, of them {fts5:.0f} s in FTS5, {tantivy:.0f} s in tantivy")


def by_date(bench: Bench) -> int:
    """The newest page where the index alone decides; returns how often sides disagree."""
    print("\nnewest first, the index decides alone")
    row("", "stories found", "raw FTS5", "ours", "ours : raw", "tantivy")
    wrong, whole = 0, (Times(), Times(), Times())
    for kind in SURE:
        sides, hits = (Times(), Times(), Times()), []
        for text in bench.searches[kind]:
            hits.append(bench.raw.count(match_of(text)))
            answers = timed(bench.clock, newest_asks(bench, text), sides)
            # tantivy's loose phrase is not quite our NEAR, and it may not be installed.
            told = answers[: 2 if kind == "near" else 3]
            wrong += any(answer not in (None, told[0]) for answer in told)
        row(kind, spread(hits), *sides[:2], ratio(sides[1], sides[0]), sides[2])
        for one, side in zip(whole, sides, strict=True):
            one.values.extend(side.values)
    row("all", "", *whole[:2], ratio(whole[1], whole[0]), whole[2])
    return wrong


def row(kind: str, *cells: object) -> None:
    print(f"{kind:14}" + "".join(f"{cell!s:>17}" for cell in cells), flush=True)


def spread(hits: Sequence[int]) -> str:
    """Return how many stories nine of ten searches find."""
    ordered = sorted(hits)
    return f"{ordered[len(hits) // 20]:,}-{ordered[len(hits) * 19 // 20]:,}"


def ratio(one: Times, other: Times) -> str:
    return f"{one.at(0.5) / other.at(0.5):.1f}{one.at(0.95) / other.at(0.95):9.1f}"


def newest_asks(bench: Bench, text: str) -> list[Ask]:
    query, asked = parse(text), match_of(text)
    raw: Ask = lambda: bench.raw.newest(asked, PAGE)  # noqa: E731
    ours: Ask = lambda: [one.story.id for one in page(bench.db, query, limit=PAGE).found]  # noqa: E731
    return [raw, ours, tantivy_ask(bench, query, newest=True)]


def tantivy_ask(bench: Bench, query: Query, *, newest: bool) -> Ask:
    beside, ask = bench.made.tantivy, index_query(query).ask
    if beside is None or ask is None:
        return lambda: None
    theirs = beside.query(ask)
    find = beside.newest if newest else beside.ranked

    def asked() -> list[int]:
        ids = find(theirs, PAGE)
        bench.raw.rows(ids)
        return ids

    return asked


def planted(bench: Bench, number: int) -> int:
    """Count each planted name; returns how many counts are wrong."""
    wrong = 0
    for language, names in PLANTED.items():
        for place, name in enumerate(names):
            found = count(bench.db, parse(f'"{name}"'))
            wrong += (found.n, found.whole) != (planted_count(number, language, place), True)
    print(f"planted names with a wrong count: {wrong} of {sum(map(len, PLANTED.values()))}")
    return wrong


def unsure(bench: Bench) -> None:
    print("\nnewest first, the matcher verifies (target: p95 under 300 ms); raw FTS5 only narrows")
    row("", "may be", "raw FTS5", "ours", "cut short")
    for kind in UNSURE:
        sides, hits, cut = (Times(), Times()), [], 0
        for text in bench.searches[kind][:SOME]:
            hits.append(bench.raw.count(match_of(text)))
            timed(bench.clock, newest_asks(bench, text)[:2], sides)
            cut += page(bench.db, parse(text), limit=PAGE).unread is not None
        row(kind, spread(hits), *sides, f"{cut} of {SOME}")


def steps(bench: Bench) -> None:
    """Show what a page of ours is made of."""
    print("\nwhat a page of ours is made of")
    row("", "parse", "plan", "load 20 stories", "fold and mark")
    for kind in SURE:
        sides = tuple(Times() for _ in range(4))
        for text in bench.searches[kind][:SOME]:
            timed(bench.clock, step_asks(bench, text), sides)
        row(kind, *sides)


def step_asks(bench: Bench, text: str) -> list[Ask]:
    query = parse(text)
    ids = bench.raw.newest(match_of(text), PAGE)
    told = stories.load(bench.db, ids)
    return [
        lambda: parse(text),
        lambda: index_query(query),
        lambda: stories.load(bench.db, ids),
        lambda: [match(query, document_of(story)) for story in told],
    ]


def counting(bench: Bench) -> None:
    print("\ncounts and facets by themselves (ours within their budgets, the others over all)")
    row("", "count, raw", "count, ours", "facets, raw", "facets, ours", "facets, tantivy")
    for kind in SURE:
        sides = tuple(Times() for _ in range(5))
        for text in bench.searches[kind][:SOME]:
            timed(bench.clock, count_asks(bench, text), sides)
        row(kind, *sides)


def count_asks(bench: Bench, text: str) -> list[Ask]:
    query, asked = parse(text), match_of(text)
    ask, beside = index_query(query).ask, bench.made.tantivy
    theirs = beside.query(ask) if beside is not None and ask is not None else None
    return [
        lambda: bench.raw.count(asked),
        lambda: count(bench.db, query),
        lambda: bench.raw.facets(asked),
        lambda: facets(bench.db, query),
        lambda: beside.facets(theirs) if beside is not None and theirs is not None else None,
    ]


def by_relevance(bench: Bench) -> None:
    print("\nby relevance (target: at most 3 times tantivy's p95)")
    row("", "raw FTS5, bm25", "ours", "tantivy", "ours : tantivy")
    whole = (Times(), Times(), Times())
    for kind in SURE:
        sides = (Times(), Times(), Times())
        for text in bench.searches[kind][:SOME]:
            timed(bench.clock, ranked_asks(bench, text), sides)
        row(kind, *sides, ratio(sides[1], sides[2]))
        for one, side in zip(whole, sides, strict=True):
            one.values.extend(side.values)
    row("all", *whole, ratio(whole[1], whole[2]))


def ranked_asks(bench: Bench, text: str) -> list[Ask]:
    query, asked = parse(text), match_of(text)
    return [
        lambda: bench.raw.ranked(asked, PAGE),
        lambda: ranked(bench.db, query, limit=PAGE),
        tantivy_ask(bench, query, newest=False),
    ]


def match_of(text: str) -> str:
    """Return the MATCH expression of a search that asks for words."""
    asked = index_query(parse(text)).match
    assert asked is not None, f"{text} asks for no words"
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
