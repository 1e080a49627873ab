"""How far a long command is: one line on a terminal, a line every few seconds in a log."""

import sys
import time

import click

#: seconds between two lines
_ON_TERMINAL, _IN_LOG = 0.2, 5.0


class Progress:
    """Says on standard error how far each part is."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._next = 0.0
        self._line = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say that so much of a part is done, unless something was just said."""
        if done < total and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + (_ON_TERMINAL if self._terminal else _IN_LOG)
        share = 100 * done // total if total else 100
        text = f"{what}: {share} %"
        if self._terminal:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            self._line = True
        else:
            click.echo(text, err=True)

    def end(self) -> None:
        """Leave the line."""
        if self._line:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._line = False
