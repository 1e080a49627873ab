"""Files written whole or not at all."""

import codecs
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from news import FileError


def write_whole(path: Path, parts: Iterable[str], encoding: str) -> None:
    """Write text to a file; whoever reads it meanwhile sees the old one.

    Raises FileError where it cannot be written.
    """
    write_whole_bytes(path, codecs.iterencode(iter(parts), encoding))


def write_whole_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write bytes to a file, likewise."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device is written to, never replaced.
            with path.open("wb") as file:
                file.writelines(parts)
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else _usual())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "name a file in a folder that is there and may be written to"
        raise FileError(
            path, None, f"cannot be written: {error.strerror or error}", hint
        ) from error


def _usual() -> int:
    """Return the rights of a new file by the user's own mask."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
