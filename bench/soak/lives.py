"""Lives of our process, each forked from this one, which has its imports done.

`python lives.py` takes one order a line (JSON) and answers with one:
{"begin": {...}} with the process id, {"wait": id} with the exit status.
A life may be hurt: killed at a step, without names, with a full archive.
"""

import asyncio
import ctypes
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import uvloop  # noqa: E402
from in_hand import watch_mails  # noqa: E402
from played import SoakClock, hold_for_requests  # noqa: E402
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler  # noqa: E402
from serving import SharedTime  # noqa: E402
from sqlalchemy import Connection  # noqa: E402

import crawler.spiders.waiting  # noqa: E402, F401 - with all that a crawl imports
from alerts.smtp import Smtp  # noqa: E402
from archive import Archive, sqlite  # noqa: E402
from crawler.guard import GuardedResolver  # noqa: E402
from harborwatch import work  # noqa: E402
from harborwatch.wiring import put_together  # noqa: E402
from news import Delivery  # noqa: E402
from pipelines.reading import worker  # noqa: E402

#: the reader's tasks that read a source
WAYS = ("feed", "sitemap", "listing", "wordpress")


class Steps:
    """Counts what this process does, and ends it at one of the steps."""

    def __init__(self, home: Path, at: int) -> None:
        self._home, self._at, self._count = home, at, 0
        self._time = SharedTime(home / "time")

    def step(self, name: str) -> None:
        self._count += 1
        if self._count == self._at:
            with (self._home / "deaths").open("a") as log:
                log.write(f"{name}\n")
            self.tell("death", name)
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self, what: str, about: str) -> None:
        """Write down for the judge what this life has come to; see judge_kills."""
        now = self._time.get().timestamp()
        with (self._home / "lives").open("a") as log:
            log.write(f"{os.getpid()} {self._count} {now} {what} {about}\n")


def killed_at(home: Path, at: int) -> None:
    """Let this process die at its so-and-so-many-th step: a write, a request, a page, a mail."""
    steps = Steps(home, at)
    write, send = Archive.write, Smtp.send
    ask, download = worker.Worker.ask, AiohttpDownloadHandler.download_request

    @contextmanager
    def written(self: Archive) -> Iterator[Connection]:
        with write(self) as db:
            yield db
            steps.step("before a commit")
        steps.step("after a commit")

    def sent(self: Smtp, delivery: Delivery) -> None:
        steps.step("before a mail")
        send(self, delivery)
        steps.step("after a mail")

    async def asked(self: worker.Worker, task: str, arguments: tuple[object, ...]) -> object:
        steps.step("before a page is read")
        answer = await ask(self, task, arguments)
        if task in WAYS:
            steps.tell("read", str(arguments[2]))
        steps.step("after a page was read")
        return answer

    async def downloaded(self: Any, request: Any) -> Any:
        steps.step("before a request")
        answer = await download(self, request)
        steps.tell("answer", request.url)
        steps.step("after an answer")
        return answer

    Archive.write = written  # type: ignore[method-assign]
    Smtp.send = sent  # type: ignore[method-assign]
    worker.Worker.ask = asked  # type: ignore[method-assign]
    AiohttpDownloadHandler.download_request = downloaded


def killed_with_mail(_home: Path, at: int) -> None:
    """Let this process die when its so-and-so-many-th mail has gone out, before its note."""
    send, counted = Smtp.send, [0]

    def sent(self: Smtp, delivery: Delivery) -> None:
        send(self, delivery)
        counted[0] += 1
        if counted[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)

    Smtp.send = sent  # type: ignore[method-assign]


def reader_hurt(_home: Path, every: int, number: int) -> None:
    """Send the reading process a signal amid each so-and-so-many-th task."""
    told, counted = worker.Worker._told, [0]  # noqa: SLF001

    async def hurt(
        self: worker.Worker, task: str, arguments: tuple[object, ...]
    ) -> tuple[str, object]:
        counted[0] += 1
        self.seconds = 3.0
        if counted[0] % every == 0 and self.pid is not None:
            os.kill(self.pid, number)
        return await told(self, task, arguments)

    worker.Worker._told = hurt  # type: ignore[method-assign]  # noqa: SLF001


def pragma(_home: Path, text: str) -> None:
    """Open every connection to the archive with one PRAGMA more."""
    sqlite._PRAGMAS = (*sqlite._PRAGMAS, text)  # noqa: SLF001


def bound_by_rights(_home: Path) -> None:
    """Let files' rights bind this process, whoever runs it (capset(2), CAP_DAC_OVERRIDE)."""
    libc, header = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    libc.capget(header, held)
    held[0] &= ~(1 << 1)
    libc.capset(header, held)


def no_names(_home: Path) -> None:
    """Let no name be found."""

    async def resolve(_self: GuardedResolver, host: str, *_more: Any) -> Any:
        raise OSError(socket.EAI_AGAIN, f"{host}: temporary failure in name resolution")

    GuardedResolver.resolve = resolve  # type: ignore[method-assign]


HURTS: dict[str, Callable[..., None]] = {
    "killed": killed_at, "killed with mail": killed_with_mail, "reader": reader_hurt, "pragma": pragma,
    "bound by rights": bound_by_rights, "no names": no_names,
}  # fmt: skip


class Noting(logging.Handler):
    """Writes down what our program logs as an error."""

    def __init__(self, home: Path) -> None:
        super().__init__(logging.ERROR)
        self._home = home

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        _note(self._home, error or RuntimeError(record.getMessage()))


async def live(
    home: Path, end: datetime, step: timedelta, wrong: timedelta, *, last: bool
) -> None:
    """Live as `harborwatch run` does: a round that fails is written down, and the next one tries."""
    logging.getLogger().addHandler(Noting(home))
    clock = SoakClock(SharedTime(home / "time"), wrong)
    hold_for_requests(clock)
    program = replace(put_together(home, clock, [home / "outlets"]), embedder=None)

    async def guarded(job: Awaitable[Any]) -> None:
        try:
            done = await job
        except Exception as error:  # noqa: BLE001 - as harborwatch.schedule does
            _note(home, error)
        else:
            if getattr(done, "errors", 0):
                _note(home, RuntimeError(f"{done.errors} errors in the log"))

    while clock.now() < end + wrong:
        await guarded(work.poll(program))
        await guarded(work.tell(program))
        clock.advance(clock.now() + step)
    for hours in (8, 26, 32) if last else ():
        clock.advance(end + wrong + timedelta(hours=hours))
        await guarded(work.tell(program))
    await program.close()


def _note(home: Path, error: BaseException) -> None:
    with (home / "troubles").open("a") as log:
        log.write(f"{type(error).__name__}: {' '.join(str(error).split())[:160]}\n")


def _begin(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    status, home = 1, Path(order["home"])
    try:
        watch_mails(home)
        for name, given in order.get("hurts", {}).items():
            HURTS[name](home, *given)
        if dies := order.get("dies"):
            threading.Timer(dies, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(
                live(
                    home,
                    datetime.fromisoformat(order["end"]),
                    timedelta(minutes=order["step"]),
                    timedelta(hours=order.get("wrong", 0)),
                    last=order.get("last", False),
                )
            )
        status = 0
    except BaseException as error:  # noqa: BLE001 - told to whoever began it
        _note(home, error)
    finally:
        os._exit(status)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if "begin" in order:
            answer = _begin(order["begin"])
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
