"""A day that a scheduler and workers live through, over a PostgreSQL that is started anew.

The server comes from its wheel, as the tests start it. The played time flows
while they work, and goes on to the next hour when nothing is left to do.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tests/archive/postgres")]

import postgres_server as wheel  # noqa: E402
from serving import SharedTime  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from archive import open_archive  # noqa: E402
from archive.tables import addresses, deliveries, pages, sources, to_match  # noqa: E402
from harborwatch.config import NAME  # noqa: E402

#: seconds of the played day in a second of the machine's
FLOW = 20.0
WORKERS = 2
#: seconds of the machine's for the work of an hour, after which it is given up
PATIENCE = 240.0


class Flow:
    """The played time, which flows and can be moved on."""

    def __init__(self, shared: SharedTime) -> None:
        self._shared = shared
        self._alone = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def go_to(self, at: datetime) -> None:
        with self._alone:
            self._shared.set(max(self._shared.get(), at))

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        last = time.monotonic()
        while not self._over.wait(0.02):
            now = time.monotonic()
            with self._alone:
                self._shared.set(self._shared.get() + timedelta(seconds=FLOW * (now - last)))
            last = now


class Shared:
    """A home whose work a scheduler and workers share; they are started once."""

    def __init__(self, home: Path, at: SharedTime, closing: ExitStack) -> None:
        self._home, self._time = home, at
        self._server = closing.enter_context(wheel.running())
        self.restart(signal.SIGINT, 0)
        self.address = self._server.address(self._server.make("template0"))
        mine = f'[engine]\ntasks = "procrastinate"\n\n[archive]\naddress = "{self.address}"\n\n'
        (home / NAME).write_text(mine + (home / NAME).read_text("utf-8"), "utf-8")
        self._archive = open_archive(self.address)
        closing.callback(self._archive.close)
        self._flow = Flow(at)
        closing.callback(self._flow.end)
        self._started = [self._start(what, closing) for what in ["run"] + ["worker"] * WORKERS]

    def _start(self, what: str, closing: ExitStack) -> "subprocess.Popen[bytes]":
        with (self._home / "shared.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(HERE / "sharing.py"), str(self._home), what],
                env=os.environ | {"SOAK_FLOW": str(FLOW)}, stdout=log, stderr=log,
            )  # fmt: skip
        closing.callback(process.wait)
        closing.callback(process.kill)
        return process

    def restart(self, number: int, away: float) -> None:
        """End the server by a signal, and start it anew after so many seconds."""
        self._server.end(number)
        time.sleep(away)
        # What it has said is kept it must have kept, however it ends.
        self._server.begin("synchronous_commit=on")

    def go_to(self, at: datetime) -> None:
        self._flow.go_to(at)

    def work_off(self) -> float | None:
        """Wait until all that is due is done; returns the seconds it took, None where it is not."""
        begun, quiet = time.monotonic(), 0
        while quiet < 3:
            gone = any(one.poll() is not None for one in self._started)
            if gone or time.monotonic() - begun > PATIENCE:
                return None
            time.sleep(0.4)
            quiet = quiet + 1 if not self.left() else 0
        return time.monotonic() - begun

    def left(self) -> dict[str, int]:
        """Return what is due and not done, counted."""
        now = self._time.get()
        due = {
            "sources": (sources.c.due_at <= now) & sources.c.dropped.is_(False),
            "addresses": addresses.c.fetch_at <= now,
            "pages": pages.c.state == "kept",
            "revisions": to_match.c.story > 0,
            "deliveries": (deliveries.c.state == "open") & (deliveries.c.next_try_at <= now),
        }
        with self._archive.read() as db:
            found = {
                name: db.execute(select(func.count()).where(which)).scalar_one()
                for name, which in due.items()
            }
        return {name: number for name, number in found.items() if number}

    def stop(self) -> list[int]:
        """Let all finish what they have in hand; returns how they ended, or had ended before."""
        for one in self._started:
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)
        return [_ended(one) for one in self._started]

    def troubles(self) -> list[str]:
        """Return the last lines of the errors in their logs."""
        said = (self._home / "shared.log").read_text("utf-8", "replace")
        kinds = r"^[\w.]+(?:Error|Exception|Shutdown|Timeout|Terminated)\b.{0,90}"
        return re.findall(kinds, said, re.MULTILINE)


def _ended(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait(90)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
