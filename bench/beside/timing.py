"""Milliseconds of many questions, each asked of every side in turn."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

#: one that takes longer than this is timed once after its warm-up, a shorter one three times;
#: to one that takes longer still, being warm makes no difference
_LONG_MS, _VERY_LONG_MS = 5.0, 100.0

Ask = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, one for each question."""

    values: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Return the time within which this share of the questions was answered."""
        if not self.values:
            return math.nan
        return sorted(self.values)[min(len(self.values) - 1, int(len(self.values) * share))]

    def __str__(self) -> str:
        if not self.values:
            return f"{'-':>8}{'-':>9}"
        return f"{self.at(0.5):8.2f}{self.at(0.95):9.2f}"


def timed(clock: Callable[[], float], asks: Sequence[Ask], sides: Sequence[Times]) -> list[object]:
    """Ask every side once to warm up and then for the time; returns their answers."""
    answers: list[object] = []
    for ask, times in zip(asks, sides, strict=True):
        began = clock()
        answers.append(ask())
        first = (clock() - began) * 1000
        times.values.append(first if first > _VERY_LONG_MS else _again(clock, ask, first))
    return answers


def _again(clock: Callable[[], float], ask: Ask, first: float) -> float:
    taken = []
    for _ in range(1 if first > _LONG_MS else 3):
        began = clock()
        ask()
        taken.append((clock() - began) * 1000)
    return sorted(taken)[len(taken) // 2]


def wall() -> float:
    """Return seconds as they pass."""
    return time.perf_counter()


def core() -> float:
    """Return seconds of a core that this thread has used."""
    return time.thread_time()
