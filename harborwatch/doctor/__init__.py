"""The doctor: looks at a home from every side, changes nothing, says what is wrong and what next.

Each side is a file of its own. Leans on everything but the commands and the
web page, which show what it found.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from harborwatch.doctor import asked, configured, machine, mail, stored, workers
from harborwatch.doctor.findings import Finding, guarded
from news import Clock


def examine(home: Path, clock: Clock, *, thorough: bool = False) -> Iterator[Finding]:
    """Yield what was found in a home, side by side. Raises nothing."""
    sides: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("configuration", lambda: configured.findings(home)),
        ("archive", lambda: stored.findings(home, thorough=thorough)),
        ("clock", lambda: machine.clock_findings(home, clock.now())),
        ("disk", lambda: machine.disk_findings(home)),
        ("mail", lambda: mail.findings(home)),
        ("sources", lambda: asked.findings(home, clock.now())),
        ("workers", lambda: workers.findings(home, clock.now())),
    )
    told: set[str] = set()
    for about, look in sides:
        for found in guarded(about, look):
            # A file that cannot be read keeps several sides from being looked at.
            if found.text not in told:
                yield found
            told.add(found.text)


__all__ = ["Finding", "examine"]
