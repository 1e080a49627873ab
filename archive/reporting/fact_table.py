"""What the outlets of an event say in numbers, days and names, and where they contradict. Pure.

    reports ─ originals ─ facts in plain units ─ one line each ─ conflicts between outlets

Equal values are one line in whatever language they are printed. A copy says
nothing twice, and takes no part in a conflict.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from archive.reporting.agreeing import agree, is_part
from news import Fact
from news.facts import KINDS, distinct, is_telling, plainly, thing_of, value_of
from news.saying import joined

#: printed forms of one value that are kept
PRINTED = 6

Key = tuple[str, ...]


class Teller(Protocol):
    """A story that tells of an event."""

    @property
    def outlet(self) -> str:
        """Who says it, as the table calls it."""
        ...

    @property
    def original(self) -> bool:
        """It has words of its own."""
        ...

    @property
    def facts(self) -> Sequence[Fact]:
        """What it says."""
        ...


One = TypeVar("One", bound=Teller)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine(Generic[One]):
    """One value that an event's originals name."""

    #: the fact as the first of them printed it
    fact: Fact
    #: as printed, the different forms: RMB20 miliar, 200亿元
    printed: tuple[str, ...]
    #: who says so, the first one first
    reports: tuple[One, ...]
    #: lines of this table that other outlets have in its place
    against: tuple["FactLine[One]", ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """Return who says so, each once."""
        return tuple(dict.fromkeys(one.outlet for one in self.reports))

    @property
    def conflict(self) -> str:
        """Return "179 agreements: xinhua; 779 agreements: antara", or ""; to be said in a language."""
        if not self.against:
            return ""
        lines = (self, *self.against)
        told = (joined(": ", [plainly(one.fact), ", ".join(one.outlets)]) for one in lines)
        return joined("; ", told)


def fact_table(reports: Sequence[One]) -> tuple[FactLine[One], ...]:
    """Return the facts of an event's originals, amounts of money first, those of most outlets first.

    `reports` are in the order in which they were out. Where none has words of
    its own, all are asked.
    """
    own = [one for one in reports if one.original] or list(reports)
    said: dict[Key, list[tuple[One, Fact]]] = defaultdict(list)
    for report in own:
        for fact in distinct(filter(_is_listed, report.facts)):
            said[_key(fact)].append((report, fact))
    lines = {key: _line(told) for key, told in said.items()}
    against = _conflicts(lines, _unnamed(own))
    found = [
        replace(line, against=tuple(lines[other] for other in sorted(against[key])))
        for key, line in lines.items()
    ]
    return tuple(sorted(found, key=_order))


def conflicts(lines: Iterable[FactLine[One]]) -> tuple[str, ...]:
    """Return each conflict of a table once: "179 agreements: xinhua; 779 agreements: antara"."""
    found: dict[frozenset[str], str] = {}
    for line in lines:
        if line.against:
            told = frozenset(plainly(one.fact) for one in (line, *line.against))
            found.setdefault(told, line.conflict)
    return tuple(found.values())


def _is_listed(fact: Fact) -> bool:
    """Say whether a fact says anything by itself: "seven of them" does not."""
    return fact.kind != "count" or bool(fact.what or fact.unit) or is_telling(fact)


def _key(fact: Fact) -> Key:
    thing = thing_of(fact) or (f"~{fact.what.casefold()}" if fact.kind == "count" else fact.what)
    return (*value_of(fact), thing)


def _line(told: Sequence[tuple[One, Fact]]) -> FactLine[One]:
    printed = dict.fromkeys(" ".join(fact.text.split()) for _, fact in told)
    return FactLine(
        fact=told[0][1],
        printed=tuple(printed)[:PRINTED],
        reports=tuple({id(report): report for report, _ in told}.values()),
    )


def _order(line: FactLine[One]) -> tuple[int, int, str]:
    return KINDS.index(line.fact.kind), -len(line.outlets), plainly(line.fact)


def _unnamed(reports: Iterable[Teller]) -> set[tuple[str, float | str]]:
    """Return who counts how many without saying what: "35 projects, seven of them with ASEAN"."""
    return {
        (report.outlet, fact.value)
        for report in reports
        for fact in report.facts
        if fact.kind == "count" and not (fact.what or fact.unit)
    }


def _conflicts(
    lines: dict[Key, FactLine[One]], unnamed: set[tuple[str, float | str]]
) -> defaultdict[Key, set[Key]]:
    """Return for each line those that stand against it."""
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for subject in _subjects(lines):
        # What each outlet says of it; outlets that say the same are asked once.
        by_outlet: defaultdict[str, set[Key]] = defaultdict(set)
        for key in subject:
            for outlet in lines[key].outlets:
                by_outlet[outlet].add(key)
        for outlet, said in by_outlet.items():
            said |= {key for key in subject if (outlet, lines[key].fact.value) in unnamed}
        for one, other in combinations({frozenset(keys) for keys in by_outlet.values()}, 2):
            for mine, theirs in _apart(one, other, lines):
                if not _told_together(lines[mine], lines[theirs]):
                    found[mine].add(theirs)
                    found[theirs].add(mine)
    return found


def _told_together(one: FactLine[One], other: FactLine[One]) -> bool:
    """Say whether one report tells both: 35 projects in Nanning and 59 in Beihai are two things."""
    return bool({id(report) for report in one.reports} & {id(report) for report in other.reports})


def _subjects(lines: dict[Key, FactLine[One]]) -> Iterable[list[Key]]:
    """Return the lines that speak of one thing: counts of it, amounts of a currency, shares, ranges."""
    subjects: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key, line in lines.items():
        fact = line.fact
        counts = fact.kind == "count" and key[-1] != "~"
        if counts or fact.kind in ("money", "percent", "range"):
            subjects[fact.kind, fact.unit, key[-1]].append(key)
    return subjects.values()


def _apart(
    one: frozenset[Key], other: frozenset[Key], lines: dict[Key, FactLine[One]]
) -> Iterator[tuple[Key, Key]]:
    """Yield the two values in which two outlets contradict one another, if they do.

    Each says one that the other does not, beside those that both say. Money,
    shares and days have no thing to tell them apart by: there each must say
    one value only, or two deals of one story would be a conflict.
    """
    left = [a for a in one if not any(agree(lines[a].fact, lines[b].fact) for b in other)]
    right = [b for b in other if not any(agree(lines[a].fact, lines[b].fact) for a in one)]
    if len(left) != 1 or len(right) != 1:
        return
    mine, theirs = lines[left[0]].fact, lines[right[0]].fact
    alone = mine.kind == "count" or len(one) == len(other) == 1
    if alone and not is_part(mine, theirs):
        yield left[0], right[0]
