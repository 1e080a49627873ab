"""Which stories are one event: average linkage over their ties.

Two groups are one when their stories are, on average, more surely tied than
not. The most alike are joined first; the outcome depends on the ties alone,
never on the order in which stories, revisions or vectors came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from archive.grouping.events import Tie

#: what stands for the score of two stories that were found to have too little
#: in common to be compared, and the least a comparison counts; -2 to -9 gave
#: the same B³ on bench/gates/happenings/open.jsonl, and the higher it is, the
#: fewer ties are kept
FLOOR = -2.0
#: ties that a story can be expected to have with one event: of a long one only
#: so many stories are compared with each new one
REACH = 24
#: the share of its own mean score that the less sure of two groups must have in
#: common with the other, and the surer one: stories bound by far surer ties are
#: not joined to others by weak ones. Swept .2-.5 and 0-.2 together with the score's
#: 0: translations .95 to .98 (pair F1), and the next forum stays out of this one
LOYAL, LONE = 0.5, 0.05
#: ties are counted in thousandths, so that sums are the same in any order
_UNIT = 1000


def groups(stories: Iterable[int], ties: Sequence[Tie]) -> list[tuple[int, ...]]:
    """Return the groups of stories, each in order, by their first story."""
    joined = _Joining({story: (story,) for story in stories})
    for tie in ties:
        joined.tie(tie.low, tie.high, round((tie.score - FLOOR) * _UNIT))
    return sorted(joined.run())


class _Joining:
    """Groups by their first story, and how far above the floor their ties are in all."""

    def __init__(self, members: dict[int, tuple[int, ...]]) -> None:
        self._members = members
        self._above: Mapping[int, dict[int, int]] = defaultdict(dict)
        self._inside = dict.fromkeys(members, 0)

    def tie(self, one: int, other: int, above: int) -> None:
        if above > 0:
            self._above[one][other] = self._above[other][one] = above

    def run(self) -> Iterable[tuple[int, ...]]:
        """Join what belongs together, the surest first, and return what is left."""
        waiting = [self._rank(a, b) for a in self._above for b in self._above[a] if a < b]
        heapify(waiting)
        while waiting:
            rank = heappop(waiting)
            _, one, other = rank
            if other not in self._above[one] or rank != self._rank(one, other):
                continue  # one of the two has grown since
            if rank[0] > FLOOR:
                break
            if FLOOR - rank[0] < self._wanted(one, other):
                continue  # one of the two may yet grow
            self._join(one, other)
            for near in self._above[one]:
                heappush(waiting, self._rank(min(one, near), max(one, near)))
        return self._members.values()

    def _rank(self, one: int, other: int) -> tuple[float, int, int]:
        """Return what sorts the surest pair first: minus the mean above the floor, the two."""
        few, many = sorted((len(self._members[one]), len(self._members[other])))
        return -self._above[one][other] / (_UNIT * few * min(many, REACH)), one, other

    def _wanted(self, one: int, other: int) -> float:
        """Return the mean score that two groups must have in common to be one."""
        weak, strong = sorted((self._cohesion(one), self._cohesion(other)))
        return max(LOYAL * weak, LONE * strong)

    def _cohesion(self, group: int) -> float:
        """Return the mean score of a group's own ties, 0 where it has none or they are weak."""
        count = len(self._members[group])
        pairs = count * min(count - 1, REACH) / 2
        return max(0.0, self._inside[group] / (_UNIT * pairs) + FLOOR) if pairs else 0.0

    def _join(self, one: int, other: int) -> None:
        self._members[one] = tuple(sorted(self._members[one] + self._members.pop(other)))
        self._inside[one] += self._inside.pop(other) + self._above[one].pop(other)
        lost = self._above[other]
        del lost[one]
        for near, above in lost.items():
            del self._above[near][other]
            together = self._above[one].get(near, 0) + above
            self._above[one][near] = self._above[near][one] = together
        lost.clear()


def numbered(
    found: Sequence[Sequence[int]], event_of: Mapping[int, int]
) -> dict[tuple[int, ...], int | None]:
    """Return for each group the event number it keeps, None where it needs a new one.

    A number stays with most of the stories that had it; among equals with the
    group that is oldest.
    """
    claims = defaultdict[tuple[tuple[int, ...], int], int](int)
    for group in map(tuple, found):
        for story in group:
            claims[group, event_of[story]] += 1
    kept: dict[tuple[int, ...], int | None] = {}
    taken: set[int] = set()
    for (group, event), _ in sorted(claims.items(), key=lambda one: (-one[1], one[0][1], one[0])):
        if group not in kept and event not in taken:
            kept[group] = event
            taken.add(event)
    return {tuple(group): kept.get(tuple(group)) for group in found}
