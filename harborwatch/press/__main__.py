"""Runs the press in a process of its own: python -m harborwatch.press --port 8123."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from .control import moment
from .press import START, Press


def arguments() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m harborwatch.press", description="Serve replica outlets on 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=0, help="port; 0 takes a free one")
    parser.add_argument(
        "--start", type=moment, default=START, help="played time to start at, with zone"
    )
    parser.add_argument(
        "--speed", type=float, default=0.0, help="played days per real second; 0 is stepped"
    )
    parser.add_argument("--log-file", type=Path, default=None, help="access log, lines of JSON")
    parser.add_argument(
        "--edition", choices=("days", "wide"), default="days", help="which outlets are served"
    )
    return parser


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    given = arguments().parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with Press(
        given.start,
        given.port,
        speed=given.speed,
        log_file=given.log_file,
        edition=given.edition,
    ) as press:
        sys.stdout.write(f"The press stands at http://press.localhost:{press.port}/clock\n")
        sys.stdout.flush()
        ended.wait()


if __name__ == "__main__":
    main()
