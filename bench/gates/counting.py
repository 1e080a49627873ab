"""How scores are counted, as the literature counts them.

Body: 4-gram shingles of words, each character of a script without spaces a
word of its own; precision and recall averaged over pages, F1 of the two
averages (scrapinghub/article-extraction-benchmark). Title: exact after NFKC,
case folding and dropping punctuation, half where a site's name stands beside
it. Independent of the product's own code.
"""

import re
import unicodedata
from collections import Counter
from random import Random

WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uf900-\ufaff]+"
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[at : at + 4]) for at in range(len(words) - 3))


def overlap(found: str, gold: str) -> tuple[float, float]:
    """Return precision and recall of a found body."""
    mine, theirs = shingles(found), shingles(gold)
    both = (mine & theirs).total()
    return both / mine.total() if mine else 0.0, both / theirs.total() if theirs else 1.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean_f1(scores: list[tuple[float, float]]) -> float:
    """Return the F1 of the averages of precision and recall over pages."""
    if not scores:
        return 0.0
    return f1(
        sum(one[0] for one in scores) / len(scores), sum(one[1] for one in scores) / len(scores)
    )


def paired(
    ours: list[tuple[float, float]], theirs: list[tuple[float, float]], draws: int
) -> tuple[float, float]:
    """Return the bounds of 95 % of the differences of the two F1s, pages drawn anew each time."""
    random = Random(1)
    count = len(ours)
    found = []
    for _ in range(draws):
        at = random.choices(range(count), k=count)
        found.append(mean_f1([ours[i] for i in at]) - mean_f1([theirs[i] for i in at]))
    found.sort()
    return found[int(0.025 * draws)], found[int(0.975 * draws) - 1]


def folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold()))


def title_score(found: str, gold: str) -> float:
    mine, theirs = folded(found), folded(gold)
    if mine == theirs:
        return 1.0
    beside = mine.startswith(theirs + " ") or mine.endswith(" " + theirs)
    return 0.5 if theirs and beside else 0.0
