"""What changed in the facts of a story between two of its revisions. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from news import Fact
from news.facts import DAYS, NUMBERS, Sayings, distinct, is_telling, said, thing_of

#: a number in digits and what stands behind it: 35 and " proyek", 6.5 and "%"
_NUMBER = re.compile(r"(.*\d)(\D*)", re.DOTALL)


def fact_changes(old: Sequence[Fact], new: Sequence[Fact]) -> tuple[str, ...]:
    """Return how the facts of a revision differ: "35 → 53 projects", "+ 59 deals", "− 7 km".

    The same facts in another order, or told once more, are no change. Facts of
    one kind, unit and thing at the same place are taken for one that changed;
    places come from difflib's longest common blocks. What came or went by
    itself is told where it is a number worth a line: a day or a name more makes
    no news of a longer text.
    """
    was, now = _in_text_order(old), _in_text_order(new)
    gone, come = _without(was, now), _without(now, was)
    if not gone and not come:
        return ()
    matcher = SequenceMatcher(None, [said(fact) for fact in was], [said(f) for f in now], False)
    found: list[str] = []
    for tag, begin, end, begin_now, end_now in matcher.get_opcodes():
        if tag != "equal":
            left = [fact for fact in was[begin:end] if fact in gone]
            found += _paired(left, [fact for fact in now[begin_now:end_now] if fact in come])
    return tuple(found)


def correction(old: Fact, new: Fact) -> str:
    """Return "35 → 53 projects": what both have behind their digits stands there once."""
    first, last = _NUMBER.fullmatch(old.text), _NUMBER.fullmatch(new.text)
    if first and last and first[2] == last[2]:
        return f"{first[1]} → {new.text}"
    return f"{old.text} → {new.text}"


def _without(facts: Iterable[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Return the facts that the others do not say; the same words read otherwise say the same."""
    said_there, printed = Sayings(others), {fact.text for fact in others}
    return [fact for fact in facts if fact not in said_there and fact.text not in printed]


def _in_text_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return distinct(sorted(facts, key=lambda fact: (fact.start, fact.end)))


def _paired(before: list[Fact], after: list[Fact]) -> list[str]:
    lines: list[str] = []
    rest = list(after)
    for old in before:
        same = next((new for new in rest if _may_be_one(old, new)), None)
        if same is not None:
            rest.remove(same)
            lines.append(correction(old, same))
        elif _stands_alone(old):
            lines.append(f"− {old.text}")
    return lines + [f"+ {fact.text}" for fact in rest if _stands_alone(fact)]


def _may_be_one(old: Fact, new: Fact) -> bool:
    """Say whether one fact can have taken the other's place; small talk takes nobody's."""
    if old.kind in DAYS:
        return new.kind in DAYS
    if (old.kind, old.unit) != (new.kind, new.unit):
        return False
    things = {thing_of(old), thing_of(new)} - {""}
    spoken = old.kind not in NUMBERS or is_telling(old) or is_telling(new)
    return len(things) <= 1 and (spoken or bool(things))


def _stands_alone(fact: Fact) -> bool:
    return fact.kind in NUMBERS and is_telling(fact)
