"""How finding is scored (right, false, missed), and grouping: pairs, and B³ (Bagga and Baldwin 1998)."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path

Scores = tuple[float, float, float]


class Tally:
    """What was found right, found falsely and missed in a table's rows, by key; "all" is one."""

    def __init__(self) -> None:
        self.right, self.false, self.missed = Counter[str](), Counter[str](), Counter[str]()
        self.rows = self.clean = 0

    def precision(self, key: str = "all") -> float:
        right = self.right[key]
        return right / (right + self.false[key]) if right + self.false[key] else 1.0

    def recall(self, key: str = "all") -> float:
        right = self.right[key]
        return right / (right + self.missed[key]) if right + self.missed[key] else 1.0

    def further(self) -> Mapping[str, float]:
        """Return scores of the gate's own that have a floor too."""
        return {}

    def lines(self, rows: str) -> Iterator[str]:
        """Yield the table of scores; `rows` is what its rows are called."""
        yield f"{self.clean} of {self.rows} {rows} right"
        yield f"  {'':14}{'P':>7}{'R':>7}{'right':>7}{'false':>7}{'missed':>8}"
        keys = self.right | self.missed | self.false
        for key in sorted(keys, key=lambda key: (key != "all", key)):
            counts = f"{self.right[key]:7}{self.false[key]:7}{self.missed[key]:8}"
            yield f"  {key:14}{self.precision(key):7.3f}{self.recall(key):7.3f}{counts}"


def verdict(gate: str, rows: str, tallies: Mapping[str, Tally]) -> int:
    """Print each table's scores; return 1 where one is under its floor in floors.toml [gate]."""
    floors = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))[gate]
    under = False
    for name, tally in tallies.items():
        print(f"\n{name}:", "\n".join(tally.lines(rows)))
        reached = {"precision": tally.precision(), "recall": tally.recall(), **tally.further()}
        for what, score in reached.items():
            floor = floors[f"{name}_{what}"]
            if score < floor:
                under = True
                print(f"  UNDER: {what} {score:.3f}, floor {floor:.3f}")
    return int(under)


def b_cubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Scores:
    """Return precision, recall and F1, averaged over stories."""
    ours, theirs = _sets(found), _sets(gold)
    precision = recall = 0.0
    for name in gold:
        mine, right = ours[found[name]], theirs[gold[name]]
        both = len(mine & right)
        precision += both / len(mine)
        recall += both / len(right)
    return _with_f1(precision / len(gold), recall / len(gold))


def pairwise(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Scores:
    """Return precision, recall and F1 over all pairs of stories."""
    together = Counter((found[name], gold[name]) for name in gold)
    both = sum(n * (n - 1) // 2 for n in together.values())
    ours = sum(n * (n - 1) // 2 for n in Counter(found[name] for name in gold).values())
    theirs = sum(n * (n - 1) // 2 for n in Counter(gold.values()).values())
    return _with_f1(both / ours if ours else 1.0, both / theirs if theirs else 1.0)


def _with_f1(precision: float, recall: float) -> Scores:
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _sets(of: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, group in of.items():
        groups[group].add(name)
    return groups
