"""The home folder of a command: `--home` before or after the command's name."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import click

from archive import Archive, open_archive
from archive.care.copying import refuse_unfinished
from crawler import catalogue
from crawler.places import archive_address, home, named_elsewhere, outlet_folders
from harborwatch.config import NAME, load
from news import ArchiveError, FileError, Outlet
from news.toml_files import did_you_mean


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--home DIR`; the function gets the folder as `home`."""
    option = click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        callback=_chosen,
        help="Folder of configuration, archive and mailbox (HARBORWATCH_HOME).",
    )
    return option(command)


def _chosen(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    named: Path | None = ctx.obj if isinstance(ctx.obj, Path) else None
    return value or named or home()


def archive_of(folder: Path) -> Archive:
    """Open a home's archive. Raises FileError where there is none, or ArchiveError."""
    configured = (folder / NAME).exists()
    if not configured and not (folder / "archive.db").exists() and not named_elsewhere():
        hint = 'run "harborwatch init" first, or name another --home'
        raise FileError(folder, None, "there is no configuration and no archive here", hint)
    archive = open_archive(address_of(folder))
    try:
        refuse_unfinished(archive)
    except ArchiveError:
        archive.close()
        raise
    return archive


def address_of(folder: Path) -> str:
    """Return the address of a home's archive, its password in it. Raises FileError."""
    configured = (folder / NAME).exists()
    return (load(folder).archive if configured else "") or archive_address(folder)


def outlets_of(folder: Path) -> dict[str, Outlet]:
    """Return the outlets whose files can be used; what is wrong with others is said at once."""
    loaded = catalogue.usable(outlet_folders(folder))
    for error in loaded.broken:
        click.secho(f"harborwatch: left out: {error}", fg="red", err=True)
    return loaded.outlets


def unknown_outlet(
    outlet: str, known: Collection[str], broken: Iterable[FileError] = ()
) -> click.BadParameter:
    """Return the error to raise for an outlet that is not known: what is like it, or its file."""
    for error in broken:
        if error.path.stem == outlet:
            return click.BadParameter(f'the file of "{outlet}" cannot be used: {error}')
    near = did_you_mean(outlet, list(known))
    # All 165 of them would hide what was asked.
    hint = near if near.startswith("did you mean") else "harborwatch outlets lists them"
    return click.BadParameter(f'no outlet is called "{outlet}"; {hint}')
