"""The page's process: a socket, an archive, and uvicorn between them.

More of them answer at one socket, where more cores are there: each is a child
of the first one and ends with it.
"""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from archive import open_archive
from crawler.places import archive_address
from harborwatch import logs
from harborwatch.config import NAME, load
from harborwatch.page_process import command
from harborwatch.web.access import Access, secret_of
from harborwatch.web.application import application
from harborwatch.web.site import open_site
from harborwatch.web_config import WebConfig, check, passwords
from news import FileError, SystemClock

_log = logging.getLogger(__name__)

#: seconds before a process that died is started again
AGAIN = 1.0
#: requests that are worked on at a time; more are told to come again
MOST_AT_ONCE = 200
_ALSO = ", at every address of this machine"
#: what stands for every address, and one of them
_EVERYWHERE = {"0.0.0.0": ("127.0.0.1", _ALSO), "::": ("::1", _ALSO)}  # noqa: S104 - only named


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line says; it goes before the configuration."""

    host: str | None
    port: int | None
    workers: int | None
    #: it stops when the standard input ends: with the process that started this one
    with_parent: bool
    #: the listening socket of the process that started this one, by its number
    socket: int | None


def serve(home: Path, given: Given) -> None:
    """Serve a home folder's archive until told to stop.

    Raises FileError or ArchiveError where it cannot begin.
    """
    web, address = _configured(home)
    web = replace(
        web,
        host=given.host or web.host,
        port=web.port if given.port is None else given.port,
        workers=given.workers or web.workers,
    )
    secrets = passwords(home / NAME, web)
    check(home / NAME, web, secrets)
    bound = _bound(web) if given.socket is None else socket.socket(fileno=given.socket)
    archive = open_archive(address)
    try:
        access = Access(secrets, secret_of(home))
        site = open_site(
            home, archive, SystemClock(), access, web.public_url,
            workers=web.workers, trusted_proxies=web.trusted_proxies,
        )  # fmt: skip
        # Catalogue, topics and code stay for good: to look through them again and again
        # for what may go held up one answer in twenty by 90 ms.
        gc.collect()
        gc.freeze()
        with ExitStack() as children:
            if given.socket is None:
                for _ in range(web.workers - 1):
                    children.enter_context(_child(home, web, bound))
                _say(bound)
            _serve(_config(application(site)), bound, with_parent=given.with_parent)
    finally:
        archive.close()
        bound.close()


@contextmanager
def _child(home: Path, web: WebConfig, bound: socket.socket) -> Iterator[None]:
    """Keep another process at the same socket, started again where it dies."""
    ended = threading.Event()
    line = [*command(home, "--with-parent")]
    line += ["--host", web.host, "--workers", str(web.workers), "--socket", str(bound.fileno())]

    def keep() -> None:
        while not ended.is_set():
            with subprocess.Popen(
                line, stdin=subprocess.PIPE, pass_fds=(bound.fileno(),)
            ) as process:
                while process.poll() is None and not ended.wait(0.2):
                    pass
            if not ended.is_set():
                _log.error("a process of the page died with %s; again", process.returncode)
                ended.wait(AGAIN)

    keeping = threading.Thread(target=keep)
    keeping.start()
    try:
        yield
    finally:
        ended.set()
        keeping.join()


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        # Its own handlers write plain lines.
        log_config=None if logs.is_json() else uvicorn.config.LOGGING_CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=5,
        # The plainest of each: the archive is what takes time.
        loop="asyncio",
        http="h11",
        ws="none",
    )


def _configured(home: Path) -> tuple[WebConfig, str]:
    """Return the page's configuration and the archive's address."""
    if (home / NAME).exists():
        config = load(home)
        return config.web, config.archive or archive_address(home)
    if not (home / "archive.db").exists() and not os.environ.get("HARBORWATCH_ARCHIVE"):
        hint = 'run "harborwatch init" first, or name another --home'
        raise FileError(home, None, "there is no configuration and no archive here", hint)
    return WebConfig(), archive_address(home)


def _bound(web: WebConfig) -> socket.socket:
    """Return a socket that listens. Raises FileError where somebody else does."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((web.host, web.port))
        # From here on a request waits; none is refused while the rest begins.
        bound.listen(128)
    except OSError as error:
        bound.close()
        what = f"the page cannot stand at {web.host}:{web.port}: {error.strerror or error}"
        hint = "another one may run already; set port under [web], or give --port"
        raise FileError(Path(NAME), None, what, hint) from error
    return bound


def _say(bound: socket.socket) -> None:
    host, port = bound.getsockname()[:2]
    # "Every address" is none that can be opened.
    host, where = _EVERYWHERE.get(host, (host, ""))
    shown = f"[{host}]" if ":" in host else host
    said = f"the archive as a page{where}: http://{shown}:{port}/"
    if logs.is_json():
        _log.info(said)
        return
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


def _serve(config: uvicorn.Config, bound: socket.socket, *, with_parent: bool) -> None:
    server = uvicorn.Server(config)
    if with_parent:
        threading.Thread(target=_stop_with_parent, args=(server,), daemon=True).start()
    # uvicorn raises the signal again when it has stopped; to end by it is no fault.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[bound])


def _stop_with_parent(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True
