"""How grouping is scored: pairs, and B³ (Bagga and Baldwin 1998)."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

Scores = tuple[float, float, float]


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
