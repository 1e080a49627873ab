"""Gate of facts: what is read from clauses of ten languages.

    bench/gates/facts.py [--open]

The tables were written before the rules they judge: facts_open.tsv, and a
third apart in facts_sealed.tsv that no rule was mended after; facts_leads_open.tsv
and facts_leads_sealed.tsv later, by another hand. A fact is right
when kind, value (both ends of a range) and unit agree and its printed text
overlaps the one of the table; what is counted is shown and not asked. Places,
organisations and people agree by their English name. Of the open table every
wrong row is printed with what is false and what was missed; of the sealed ones
the counts alone. `--open` leaves these unread, for work on the
rules. Status 1 when a score is under floors.toml [facts].
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from scoring import Tally, verdict  # noqa: E402

from news import Fact  # noqa: E402
from pipelines.facts.reading import facts  # noqa: E402
from query import Document, Names  # noqa: E402

Read = Callable[[str, str], tuple[Fact, ...]]
#: tables by the beginning of their scores' names
TABLES = {"": "facts", "leads_": "facts_leads"}
#: kinds whose value is a name
NAMES = {"place", "organisation", "person"}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of the table, or one that was read, as they are compared."""

    kind: str
    value: str
    unit: str
    start: int
    end: int
    text: str

    def agrees(self, other: "Told") -> bool:
        same = (self.kind, self.value, self.unit) == (other.kind, other.value, other.unit)
        return same and self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"{self.kind} {self.value}{f' {self.unit}' if self.unit else ''} {self.text!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A clause and its facts."""

    id: str
    language: str
    text: str
    facts: tuple[Told, ...]


def load(path: Path, names: Names) -> list[Row]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [_row(names, *line.split("\t")) for line in lines[1:]]


def _row(names: Names, name: str, language: str, text: str, told: str) -> Row:
    facts_, reached = list[Told](), dict[str, int]()
    for one in json.loads(told):
        # The same words twice in a row are meant one after the other.
        at = text.index(one["text"], reached.get(one["text"], 0))
        reached[one["text"]] = at + 1
        value = _value(*(one["value"] if isinstance(one["value"], list) else [one["value"]]))
        value = _id(value, names) if one["kind"] in NAMES else value
        end = at + len(one["text"])
        facts_.append(Told(one["kind"], value, one["unit"], at, end, one["text"]))
    return Row(id=name, language=language, text=text, facts=tuple(facts_))


def _id(name: str, names: Names) -> str:
    """Return the id of a name of the table; MIIT is one form of a ministry's name."""
    for known in map(names.get, names.ids):
        if name in (known.title, *known.any):
            return known.id
    return name


def _value(*ends: float | str) -> str:
    return "-".join(end if isinstance(end, str) else format(float(end), ".9g") for end in ends)


def told(fact: Fact) -> Told:
    ends = [fact.value] if fact.high is None else [fact.value, fact.high]
    if fact.kind in NAMES:
        ends = [fact.what]
    return Told(fact.kind, _value(*ends), fact.unit, fact.start, fact.end, fact.text)


def reader(names: Names) -> Read:
    def read(text: str, language: str) -> tuple[Fact, ...]:
        hits = names.find(Document.of(title="", body=text, language=language))
        return facts(text, language, names, hits)

    return read


def measure(rows: list[Row], read: Read) -> tuple[Tally, list[str]]:
    """Return the scores of a table, and a text for every wrong row."""
    scores, wrong = Tally(), list[str]()
    for row in rows:
        # The press gives a story's language without its script.
        found = [told(fact) for fact in read(row.text, row.language.partition("-")[0])]
        missed, false = list(row.facts), list[Told]()
        for one in found:
            same = next((other for other in missed if one.agrees(other)), None)
            if same is None:
                false.append(one)
            else:
                missed.remove(same)
        right = [one for one in row.facts if one not in missed]
        for counter, ones in (
            (scores.right, right),
            (scores.false, false),
            (scores.missed, missed),
        ):
            for one in ones:
                counter.update(["all", row.language, f"~{one.kind}"])
        scores.rows += 1
        scores.clean += not false and not missed
        if false or missed:
            lines = [f"    false {one}" for one in false] + [f"    missed {one}" for one in missed]
            wrong.append("\n".join([f"  {row.id}: {row.text}", *lines]))
    return scores, wrong


def main(arguments: list[str]) -> int:
    names, scores = Names.shipped(), dict[str, Tally]()
    read = reader(names)
    for table, stem in TABLES.items():
        scores[f"{table}open"], wrong = measure(load(HERE / f"{stem}_open.tsv", names), read)
        print("\n".join(wrong))
        if "--open" not in arguments:
            scores[f"{table}sealed"], _ = measure(load(HERE / f"{stem}_sealed.tsv", names), read)
    return verdict("facts", "clauses", scores)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
