"""Gate of topics: which of 36 initiatives a sentence speaks of, in ten languages.

    bench/gates/topics.py [--open]

The tables were written before the names they judge: topic_sentences_open.tsv,
and a third apart in topic_sentences_sealed.tsv that no name was mended after;
topic_leads_open.tsv and topic_leads_sealed.tsv later, by another hand, as leads
of two to four sentences.
A sentence is a story of its own, so a name that needs company must find it
there. Counted are pairs of sentence and topic; "harbor" is the share of the
sentences on the harbor in which it is found. Of the open table every wrong row
is printed with the words that misled or the nearest clause that is missing; of
the sealed ones the counts alone. `--open` leaves these unread, for
work on the names. Status 1 when a score is under floors.toml [topics].
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from scoring import Tally, verdict  # noqa: E402

from pipelines.topics import together  # noqa: E402
from query import Document, Match, Topics, explain  # noqa: E402

#: tables by the beginning of their scores' names
TABLES = {"": "topic_sentences", "leads_": "topic_leads"}
#: the topic every sentence of which must be found
HARBOR = "caih"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence and what it truly speaks of."""

    id: str
    language: str
    sentence: str
    topics: frozenset[str]
    #: the false friend it holds, or ""
    trap: str


def load(path: Path) -> list[Row]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        Row(
            id=name,
            language=language,
            sentence=sentence.replace("\\n", "\n"),
            topics=frozenset(topics.split()),
            trap=trap,
        )
        for name, language, sentence, topics, trap in (line.split("\t") for line in lines[1:])
    ]


class Scores(Tally):
    """Right, false and missed pairs, by language; and the harbor's sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.harbor = self.harbor_found = 0

    def add(self, row: Row, found: frozenset[str]) -> None:
        for language in ("all", row.language):
            self.right[language] += len(found & row.topics)
            self.false[language] += len(found - row.topics)
            self.missed[language] += len(row.topics - found)
        self.rows += 1
        self.clean += found == row.topics
        self.harbor += HARBOR in row.topics
        self.harbor_found += HARBOR in row.topics and HARBOR in found

    def further(self) -> Mapping[str, float]:
        return {"harbor": self.harbor_found / self.harbor}

    def lines(self, rows: str) -> Iterator[str]:
        yield from super().lines(rows)
        yield f"  every sentence on the harbor: {self.harbor_found} of {self.harbor}"


def measure(rows: list[Row], topics: Topics) -> tuple[Scores, list[str]]:
    """Return the scores of a table, and a line or more for every wrong row."""
    scores, wrong, all_topics = Scores(), list[str](), together(topics)
    for row in rows:
        # The press gives a story's language without its script.
        document = Document.of(
            title="", body=row.sentence, language=row.language.partition("-")[0]
        )
        matched = all_topics.match(document)
        scores.add(row, frozenset(matched))
        if frozenset(matched) != row.topics:
            wrong.append("\n".join(why(row, matched, topics, document)))
    return scores, wrong


def why(row: Row, matched: dict[str, Match], topics: Topics, document: Document) -> Iterator[str]:
    yield f"  {row.id}{f' [{row.trap}]' if row.trap else ''}: {row.sentence!r}"
    for topic in sorted(matched.keys() - row.topics):
        by = ", ".join(f"{hit.words!r} by {hit.clause[:60]}" for hit in matched[topic].hits[:2])
        yield f"    false {topic}: {by}"
    for topic in sorted(row.topics - matched.keys()):
        lacks = explain(topics.get(topic).query, document).lines()[1:3]
        yield f"    missed {topic}:{' '.join(lacks)[:160]}"


def main(arguments: list[str]) -> int:
    topics, scores = Topics.shipped(), dict[str, Scores]()
    for table, stem in TABLES.items():
        scores[f"{table}open"], wrong = measure(load(HERE / f"{stem}_open.tsv"), topics)
        print("\n".join(wrong))
        if "--open" not in arguments:
            scores[f"{table}sealed"], _ = measure(load(HERE / f"{stem}_sealed.tsv"), topics)
    return verdict("topics", "sentences", scores)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
