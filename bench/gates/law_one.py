"""Gate: what alerts you is what you find, on 10,000 made-up cases.

    bench/gates/law_one.py [CASES]

Each case is a question and three made-up stories, in six scripts. Asked are
the matcher, a percolator that holds the question among others, SQLite's FTS5
(with its answers verified where it says that it is not exact) and a naive
evaluator that shares no code with the product. Cases are the same every time.
Every operator must be in at least 5 % of the yes and of the no cases, and a
third of all cases yes.
"""

import random
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "tests" / "query")]

from query_naive import naive  # noqa: E402
from query_oracles import Index, document  # noqa: E402
from query_questions import KINDS, Asked, a_question  # noqa: E402
from query_worlds import Telling, telling  # noqa: E402

from query import Percolator, match, parse  # noqa: E402

CASES, SEED, STORIES = 10_000, 18_092_018, 3
#: shares of cases: each operator's among yes and no, and yes among all
LEAST, LEAST_YES = 0.05, 1 / 3
#: questions that a percolator holds at a time
TOGETHER = 50


@dataclass
class Counts:
    """What was asked and answered."""

    yes: Counter[str] = field(default_factory=Counter)
    no: Counter[str] = field(default_factory=Counter)
    #: cases in which the index decided alone
    exact: int = 0
    wrong: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    # The runner of all gates names a folder of real data first; this one needs none.
    cases = int(arguments[0]) if arguments and arguments[0].isdigit() else CASES
    chance, counts = random.Random(SEED), Counts()
    for _ in range(cases // TOGETHER):
        judge([case(chance) for _ in range(TOGETHER)], counts)
    return verdict(counts)


def case(chance: random.Random) -> tuple[list[Telling], Asked]:
    stories = [telling(chance) for _ in range(STORIES)]
    return stories, a_question(chance, stories[0])


def judge(cases: list[tuple[list[Telling], Asked]], counts: Counts) -> None:
    percolator = Percolator({n: parse(asked.text) for n, (_, asked) in enumerate(cases)})
    for number, (stories, asked) in enumerate(cases):
        by_hand = {n for n, story in enumerate(stories, 1) if naive(asked.meaning, story)}
        for witness, found in witnesses(stories, asked, percolator, number, counts).items():
            if found != by_hand:
                counts.wrong.append(f"{witness}: {asked.text} finds {found}, not {by_hand}")
        # A case counts by its first story, from which the question was drawn.
        (counts.yes if 1 in by_hand else counts.no).update({*asked.kinds, "all"})


def witnesses(
    stories: list[Telling],
    asked: Asked,
    percolator: Percolator[int],
    number: int,
    counts: Counts,
) -> dict[str, set[int]]:
    query = parse(asked.text)
    documents = [document(story) for story in stories]
    matched = {n for n, one in enumerate(documents, 1) if match(query, one)}
    percolated = {n for n, one in enumerate(documents, 1) if number in percolator.match(one)}
    with closing(Index(stories)) as index:
        given, exact = index.find(query)
    counts.exact += exact
    verified = given if exact else {n for n in given if match(query, documents[n - 1])}
    return {"matcher": matched, "percolator": percolated, "FTS5": verified}


def verdict(counts: Counts) -> int:
    yes, no = counts.yes["all"], counts.no["all"]
    print(f"{yes + no:,} cases of {STORIES} stories: {yes:,} yes, {no:,} no")
    print(f"the index alone decided {counts.exact:,}, the others were verified")
    print(f"{'operator':12}{'yes':>8}{'of yes':>9}{'no':>8}{'of no':>9}")
    rare = []
    for kind in KINDS:
        shares = counts.yes[kind] / max(yes, 1), counts.no[kind] / max(no, 1)
        print(
            f"{kind:12}{counts.yes[kind]:8,}{shares[0]:9.1%}{counts.no[kind]:8,}{shares[1]:9.1%}"
        )
        rare += [kind] if min(shares) < LEAST else []
    if yes < LEAST_YES * (yes + no):
        rare.append("yes")
    print(f"disagreements: {len(counts.wrong)}")
    print("\n".join(counts.wrong[:20]))
    if rare:
        print(f"too rare to say anything: {', '.join(rare)}")
    return 1 if counts.wrong or rare else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
