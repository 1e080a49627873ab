"""The pulse of the background job: which rounds ended, how, and whether it goes on."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

#: seconds without a round that ended, after which something hangs: a look for
#: what is due comes every 15 seconds, but a round that polls may take long
_SILENT, _LONGEST = 300.0, 7_200.0
#: rounds of one kind that fail one after the other are no accident
FAILING = 3


@dataclass(slots=True, kw_only=True)
class Pulse:
    """What the schedule has done since it started; written and read in one loop."""

    #: seconds that only go forward, whatever the clock is set to
    now: Callable[[], float] = time.monotonic
    rounds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    #: rounds of a kind that failed since the last good one
    failing: Counter[str] = field(default_factory=Counter)
    reloads: Counter[str] = field(default_factory=Counter)
    _begun: dict[str, float] = field(default_factory=dict)
    _ended: float = 0.0

    def __post_init__(self) -> None:
        self._ended = self.now()

    @contextmanager
    def beat(self, job: str) -> Iterator[None]:
        """Count a round, and its error where it raises one."""
        begun = self._begun[job] = self.now()
        try:
            yield
        except Exception:
            self.errors[job] += 1
            self.failing[job] += 1
            raise
        else:
            self.failing[job] = 0
        finally:
            del self._begun[job]
            self._ended = self.now()
            self.rounds[job] += 1
            self.seconds[job] = self.seconds.get(job, 0.0) + self._ended - begun

    def trouble(self) -> str:
        """Return why it is not well, or "" where it is."""
        now = self.now()
        for job, begun in self._begun.items():
            if now - begun > _LONGEST:
                return f"a round ({job}) has taken {now - begun:.0f} seconds and goes on"
        if not self._begun and now - self._ended > _SILENT:
            return f"no round has begun for {now - self._ended:.0f} seconds"
        for job, times in self.failing.items():
            if times >= FAILING:
                return f"{times} rounds ({job}) failed one after the other; see the log"
        return ""
