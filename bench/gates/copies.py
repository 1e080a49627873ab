"""Gate of copies: who repeats whose text, on what an editing generator makes.

    bench/gates/copies.py EVAL_FOLDER

Texts are every second document of the parallel news, each of its languages a
text of its own, and the stories of the press. Each is printed again with one
edit by another outlet, for every edit of bench/made/edits.py; a fifth of the
summaries come before their text. Scored are pairs of stories of one text, and
for each edit how many were found. datasketch and rensa get the same tokens in
the same run (MinHash of 128 permutations over word triples, LSH at .5, as both
recommend), or are skipped with a word. Status 1 when a score is under
floors.toml [copies].
"""

import json
import random
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [
    str(HERE.parents[1]),
    str(HERE.parent),
    str(HERE.parents[1] / "tests" / "pipelines"),
]

from beside.minhash import installed, shingles  # noqa: E402
from made.edits import EDITS, SUMMARIES, Text  # noqa: E402
from pipelines_tellings import put, story  # noqa: E402
from scoring import Scores, pairwise  # noqa: E402
from sqlalchemy import select  # noqa: E402
from telling import newsroom  # noqa: E402

from archive import tables  # noqa: E402
from harborwatch.press import loading  # noqa: E402
from pipelines.copies import Copies  # noqa: E402
from query import Names, Topics, fold, tokens  # noqa: E402

SEED = 18_092_018


@dataclass(frozen=True)
class Printed:
    """A story as it was printed."""

    id: str
    text: str
    edit: str
    outlet: str
    title: str
    body: str
    language: str


def originals(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return (id, language, title, body) of every text."""
    found = []
    if (folder / "parallel").is_dir():
        lines = (folder / "parallel" / "stories.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        chosen = sorted({row["event"] for row in rows})[::2]
        found += [
            (
                f"{row['event']} {row['language']}",
                row["language"].partition("-")[0],
                row["title"],
                row["text"],
            )
            for row in rows
            if row["event"] in chosen
        ]
    languages = {one.name: one.plain_language for one in loading.read_outlets()}
    found += [
        (one.key, languages[one.outlet], one.headline, one.body)
        for one in loading.read_stories()
        if not one.copy_of
    ]
    return found


def printed(folder: Path) -> list[Printed]:
    """Return everything in the order in which it comes."""
    chance, texts = random.Random(SEED), originals(folder)
    by_language: dict[str, list[str]] = defaultdict(list)
    for _, language, _, body in texts:
        by_language[language].append(body)
    first, later = [], []
    for name, language, title, body in texts:
        others = [one for one in by_language[language] if one != body]
        text = Text(title, body, language, others)
        first.append(Printed(name, name, "", "own", title, body, language))
        for at, (edit, make) in enumerate(EDITS.items()):
            if edit == "twin" and language not in ("zh", "my"):
                continue
            made = make(chance, text)
            if made.strip() == body.strip():
                continue
            one = Printed(f"{name} {edit}", name, edit, f"printer{at}", title, made, language)
            early = edit in SUMMARIES and chance.random() < 0.2
            (first if early else later).append(one)
    early_first = sorted(first, key=lambda one: one.edit == "")
    chance.shuffle(later)
    return [*early_first, *later]


def ours(told: Sequence[Printed]) -> dict[str, int]:
    """Return the number of the story whose text each has, by the product's own stage."""
    with newsroom(Topics.shipped(), Names.shipped()) as room:
        (stage,) = [one for one in room.stages if isinstance(one, Copies)]
        numbers = {}
        for one in told:
            said = story(one.id, one.title, one.body, one.language, outlet=one.outlet)
            numbers[one.id] = put(room.archive, stage.process_item(said))
        columns = (tables.stories.c.id, tables.stories.c.copy_of)
        with room.archive.read() as db:
            root = {row.id: row.copy_of or row.id for row in db.execute(select(*columns))}
        return {name: root[number] for name, number in numbers.items()}


def by_edit(told: Sequence[Printed], found: Mapping[str, object]) -> dict[str, float]:
    """Return how many of each edit's stories are in the group of their text."""
    right, all_of = Counter[str](), Counter[str]()
    for one in told:
        if one.edit:
            all_of[one.edit] += 1
            right[one.edit] += found[one.id] == found[one.text]
    return {edit: right[edit] / all_of[edit] for edit in EDITS if all_of[edit]}


def ways(told: Sequence[Printed]) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield "harborwatch", ours(told)
    texts = [(one.id, shingles(words(f"{one.title}\n{one.body}"))) for one in told]
    for name, way in installed().items():
        yield name, way(texts)


def words(text: str) -> list[str]:
    return [token.text for token in tokens(fold(text))]


def main(arguments: list[str]) -> int:
    told = printed(Path(arguments[0]))
    gold = {one.id: one.text for one in told}
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8")).get("copies", {})
    texts = sum(not one.edit for one in told)
    print(f"{texts} texts, {len(told) - texts} edits of them")
    failed = []
    for name, found in ways(told):
        scores, parts = pairwise(found, gold), by_edit(told, found)
        show(name, scores, parts)
        if name == "harborwatch":
            reached = {"f1": scores[2], "precision": scores[0]}
            reached["summaries"] = min(parts[edit] for edit in SUMMARIES)
            failed = [one for one, score in reached.items() if score < floors.get(one, 0.0)]
            mixed(told, found)
    if failed:
        print(f"under the floor: {', '.join(failed)}")
    return 1 if failed else 0


def show(name: str, scores: Scores, parts: Mapping[str, float]) -> None:
    print(f"{name:12} pair F1 {scores[2]:.4f}  P {scores[0]:.4f}  R {scores[1]:.4f}")
    print(
        f"{'':12} " + "  ".join(f"{edit} {share:.3f}" for edit, share in parts.items()), flush=True
    )


def mixed(told: Sequence[Printed], found: Mapping[str, object]) -> None:
    """Print the texts that share a group, most stories first."""
    texts: dict[object, Counter[str]] = defaultdict(Counter)
    for one in told:
        texts[found[one.id]][one.text] += 1
    wrong = sorted((c for c in texts.values() if len(c) > 1), key=lambda c: -c.total())
    for each in wrong[:10]:
        print("  mixed:", ", ".join(f"{text} ({n})" for text, n in each.most_common(4)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
