"""harborwatch web: the archive as a page, in a process of its own."""

import os
from pathlib import Path

import click

from harborwatch.commands.homes import home_option
from harborwatch.page_process import command as page_command


@click.command("web")
@click.option("--port", type=click.IntRange(0, 65_535), help="Its port; 0 takes a free one.")
@click.option("--host", help="Another address than 127.0.0.1; it needs a password.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer.")
@click.option("--hash", "hashing", is_flag=True, help="Make the hash of a password to keep.")
@home_option
def command(
    port: int | None, host: str | None, workers: int | None, *, hashing: bool, home: Path
) -> None:
    """Serve the archive as a page until stopped: search, events, stories, sources, digests.

    On other addresses than this machine's own it needs a password, from
    HARBORWATCH_WEB_PASSWORD or a password_file under [web] of the configuration.
    """
    if hashing:
        _hash()
        return
    options = [] if port is None else ["--port", str(port)]
    options += ["--host", host] if host else []
    options += ["--workers", str(workers)] if workers else []
    # In the place of this process, so that a signal has one to end and not two.
    line = page_command(home, *options)
    os.execv(line[0], line)  # noqa: S606 - our own interpreter, no shell


def _hash() -> None:
    from argon2 import PasswordHasher

    given = click.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
    click.echo(PasswordHasher().hash(given))
