"""Gate of facets: which of the harbor's five platforms a sentence speaks of, in ten languages.

    bench/gates/facets.py [--open]

facets_open.tsv was written before the names that it judges were mended, and
facets_sealed.tsv, after which no name was mended, with other words afterwards.
A sentence is a story of its own. Counted are pairs of sentence and platform; a
platform's words without the harbor, or beside another port's platform, are
none. Of the open table every wrong row is printed. `--open` leaves the sealed
one unread, for work on the names. Status 1 when a score is under floors.toml
[facets].
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from scoring import Tally, verdict  # noqa: E402
from topics import HARBOR, Row, load  # noqa: E402

from pipelines.topics import facets_of  # noqa: E402
from query import Document, Topic, Topics  # noqa: E402


def measure(rows: list[Row], harbor: Topic) -> tuple[Tally, list[str]]:
    """Return the scores of a table, and a text for every wrong row."""
    scores, wrong = Tally(), list[str]()
    for row in rows:
        document = Document.of(title="", body=row.sentence, language=row.language)
        found = frozenset(facets_of(document, harbor))
        for counter, facets in (
            (scores.right, found & row.topics),
            (scores.false, found - row.topics),
            (scores.missed, row.topics - found),
        ):
            for facet in facets:
                counter.update(["all", row.language, f"~{facet}"])
        scores.rows += 1
        scores.clean += found == row.topics
        if found != row.topics:
            told = [f"false {one}" for one in sorted(found - row.topics)]
            told += [f"missed {one}" for one in sorted(row.topics - found)]
            trap = f" [{row.trap}]" if row.trap else ""
            wrong.append(f"  {row.id}{trap}: {row.sentence!r}: {', '.join(told)}")
    return scores, wrong


def main(arguments: list[str]) -> int:
    harbor, scores = Topics.shipped().get(HARBOR), dict[str, Tally]()
    scores["open"], wrong = measure(load(HERE / "facets_open.tsv"), harbor)
    if "--open" not in arguments:
        scores["sealed"], _ = measure(load(HERE / "facets_sealed.tsv"), harbor)
    print("\n".join(wrong))
    return verdict("facets", "sentences", scores)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
