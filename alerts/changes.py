"""What changed in the figures of a story, and which values are new to an event."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from news import Figure

#: A figure without its printed form: "20 miliar" and "20 billion" agree.
Value = tuple[str, str]


def value_of(figure: Figure) -> Value:
    """Return what the figure says: its value to nine digits, and its unit."""
    return format(figure.value, ".9g"), figure.unit


def distinct(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures without repeated values, the first of each kept."""
    kept: dict[Value, Figure] = {}
    for figure in figures:
        kept.setdefault(value_of(figure), figure)
    return tuple(kept.values())


def values(figures: Iterable[Figure]) -> frozenset[Value]:
    """Return the set of what the figures say."""
    return frozenset(value_of(figure) for figure in figures)


def figure_changes(old: Sequence[Figure], new: Sequence[Figure]) -> tuple[str, ...]:
    """Return how the figures of a revision differ: "35 → 53", "+ 59", "− 7".

    The same values in another order, or named once more, are no change.
    Figures at the same place with the same unit are taken for one that
    changed; places come from difflib's longest common blocks.
    """
    was, now = _in_text_order(old), _in_text_order(new)
    gone, come = values(was) - values(now), values(now) - values(was)
    if not gone and not come:
        return ()
    matcher = SequenceMatcher(
        None, [value_of(figure) for figure in was], [value_of(figure) for figure in now], False
    )
    found: list[str] = []
    for tag, begin, end, begin_now, end_now in matcher.get_opcodes():
        if tag != "equal":
            before = [figure for figure in was[begin:end] if value_of(figure) in gone]
            after = [figure for figure in now[begin_now:end_now] if value_of(figure) in come]
            found += _paired(before, after)
    return tuple(found)


def _in_text_order(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return distinct(sorted(figures, key=lambda figure: (figure.start, figure.end)))


def _paired(before: list[Figure], after: list[Figure]) -> list[str]:
    lines: list[str] = []
    rest = list(after)
    for old in before:
        same = next((new for new in rest if new.unit == old.unit), None)
        if same is None:
            lines.append(f"− {old.text}")
        else:
            rest.remove(same)
            lines.append(f"{old.text} → {same.text}")
    return lines + [f"+ {figure.text}" for figure in rest]
