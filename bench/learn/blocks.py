"""Learn the weights by which blocks are judged (pipelines/reading/body/weights.toml).

    python bench/learn/blocks.py EVAL [--readability FOLDER] [--snippets FOLDER] [--write]

EVAL is the folder of the gates, pages with their whole gold text. Two further
collections may be given, both of other publishers: mozilla/readability's
test/test-pages (Apache-2.0; expected.html is the gold) and the tests folder of
adbar/trafilatura (Apache-2.0; evaldata.json names snippets that belong and
that do not, evaluated by what each block holds).

Prints F1 for each collection with every publisher judged by weights that were
learnt without it; --write then learns from everything and writes the file.
"""

import argparse
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "gates")]

import counting  # noqa: E402 - found beside these files
import numpy as np  # noqa: E402
from block_pages import samples  # noqa: E402
from block_views import Seen, seen  # noqa: E402
from logistic import Fitted, fit  # noqa: E402

from pipelines.reading.body.furniture import trim  # noqa: E402

#: Publishers are parted into this many groups; each is judged by the others' weights.
GROUPS = 8
#: Swept 5 to 200: all within .003 of each other.
RIDGE = 50.0
#: What a page with snippets alone counts beside one with its whole text; swept .1 to 1.
SNIPPETS = 0.2
OUT = HERE.parents[1] / "pipelines" / "reading" / "body" / "weights.toml"
HEAD = """# How much each trait of a block says that it belongs to the story (log odds).
# Made by bench/learn/blocks.py, never by hand. [alone] judges by the page's
# own structure; [advised] hears two general extractors too.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--readability", type=Path)
    parser.add_argument("--snippets", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    pages = samples(given.eval, given.readability, given.snippets)
    with ProcessPoolExecutor() as pool:
        looked = [one for one in pool.map(seen, pages, chunksize=8) if one is not None]
    fits: dict[str, Fitted] = {}
    for kind in ("alone", "advised"):
        at = columns(looked[0].names, kind)
        for line in cut_results(looked, judged(looked, at)):
            print(f"{kind:8} {line}", flush=True)
        fits[kind] = learnt(looked, at)
    if given.write:
        OUT.write_text(HEAD + "".join(section(k, f, looked[0].names) for k, f in fits.items()))
    return 0


def columns(names: tuple[str, ...], kind: str) -> np.ndarray:
    voices = ("precise_", "readable_", "before_precise_", "before_readable_",
              "after_precise_", "after_readable_")  # fmt: skip
    return np.array([kind == "advised" or not name.startswith(voices) for name in names])


def judged(looked: list[Seen], at: np.ndarray) -> list[np.ndarray]:
    chances: list[np.ndarray] = [np.zeros(0)] * len(looked)
    group = [zlib.crc32(one.publisher.encode()) % GROUPS for one in looked]
    for number in range(GROUPS):
        fitted = learnt([o for o, g in zip(looked, group, strict=True) if g != number], at)
        for place, one in enumerate(looked):
            if group[place] == number:
                chances[place] = fitted.of(one.matrix[:, at])
    return chances


def learnt(looked: list[Seen], at: np.ndarray) -> Fitted:
    rows, right, shares = [], [], []
    for one in looked:
        known = one.right >= 0
        share = np.sqrt(np.minimum(one.weights, 600) + 5)
        share *= SNIPPETS / 10 if one.gold is None else 1 / np.sqrt(share.sum() * 20)
        rows.append(one.matrix[known][:, at])
        right.append(one.right[known] > 0.5)
        shares.append(share[known])
    return fit(np.concatenate(rows), np.concatenate(right), np.concatenate(shares), RIDGE)


def cut_results(looked: list[Seen], chances: list[np.ndarray]) -> list[str]:
    return [f"over {cut}: {results(looked, chances, cut)}" for cut in (0.5, 0.55, 0.6, 0.65)]


def results(looked: list[Seen], chances: list[np.ndarray], cut: float) -> str:
    by_set: dict[str, list[tuple[float, float]]] = {}
    for one, chance in zip(looked, chances, strict=True):
        taken = one.pictures.around((chance > cut).tolist())
        text = "\n".join(t for t, take in zip(one.texts, taken, strict=True) if take)
        text = trim(text, [one.title]).text
        by_set.setdefault(one.collection, []).append(one.score(text))
    return "  ".join(f"{name} {counting.mean_f1(s):.4f}" for name, s in by_set.items())


def section(kind: str, fitted: Fitted, names: tuple[str, ...]) -> str:
    kept = [n for n, k in zip(names, columns(names, kind), strict=True) if k]
    lines = [f"{n} = {w:.4f}" for n, w in zip(kept, fitted.weights, strict=True)]
    return "\n".join([f"\n[{kind}]", f"bias = {fitted.bias:.4f}", *lines, ""])


if __name__ == "__main__":
    raise SystemExit(main())
