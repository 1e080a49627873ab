"""Where things are: the home folder, its archive, and the files that come with Harborwatch."""

import os
from pathlib import Path

from platformdirs import user_data_path

import query
from crawler.catalogue import SHIPPED


def home() -> Path:
    """Return the folder of configuration, archive and mailbox.

    HARBORWATCH_HOME names it; without that it is the platform's usual place.
    """
    named = os.environ.get("HARBORWATCH_HOME")
    return Path(named) if named else user_data_path("harborwatch", appauthor=False)


def archive_address(folder: Path) -> str:
    """Return the address of a home folder's archive; HARBORWATCH_ARCHIVE names another."""
    return os.environ.get("HARBORWATCH_ARCHIVE") or f"sqlite:///{folder.absolute() / 'archive.db'}"


def named_elsewhere() -> bool:
    """Return whether HARBORWATCH_ARCHIVE names an archive outside the home folder."""
    return bool(os.environ.get("HARBORWATCH_ARCHIVE"))


def outlet_folders(folder: Path) -> list[Path]:
    """Return where outlet files are: those that come with Harborwatch, then the home's own."""
    return [SHIPPED, folder / "outlets"]


def topic_folders(folder: Path) -> list[Path]:
    """Return where topic files are: those that come with Harborwatch, then the home's own."""
    return [Path(query.__file__).parent / "topics", folder / "topics"]
