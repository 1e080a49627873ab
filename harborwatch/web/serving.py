"""The page's process: a socket, an archive, and uvicorn between them."""

import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from archive import open_archive
from crawler.places import archive_address
from harborwatch.config import NAME, load
from harborwatch.web.access import Access, secret_of
from harborwatch.web.application import application
from harborwatch.web.site import open_site
from harborwatch.web_config import WebConfig, check, passwords
from news import FileError, SystemClock

#: requests that are worked on at a time; more are told to come again
MOST_AT_ONCE = 200


def serve(home: Path, host: str | None, port: int | None, *, with_parent: bool) -> None:
    """Serve a home folder's archive until told to stop.

    `host` and `port` replace those of the configuration; `with_parent` stops
    when the standard input ends: with the process that started this one.
    Raises FileError or ArchiveError where it cannot begin.
    """
    web, address = _configured(home)
    web = replace(web, host=host or web.host, port=web.port if port is None else port)
    given = passwords(home / NAME, web)
    check(home / NAME, web, given)
    bound = _bound(web)
    archive = open_archive(address)
    try:
        access = Access(given, secret_of(home))
        site = open_site(home, archive, SystemClock(), access, web.public_url)
        _serve(_config(application(site)), bound, with_parent=with_parent)
    finally:
        archive.close()
        bound.close()


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
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


def _serve(config: uvicorn.Config, bound: socket.socket, *, with_parent: bool) -> None:
    server = uvicorn.Server(config)
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"the archive as a page: http://{shown}:{port}/\n")
    sys.stdout.flush()
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
