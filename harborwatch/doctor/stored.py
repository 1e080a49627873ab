"""The archive: there, whole, of this version, its index in step with its stories."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from archive.care.backups import file_of
from archive.care.examining import Examined, examine
from archive.engine import HEAD
from crawler.places import archive_address
from harborwatch.config import NAME, load
from harborwatch.doctor.findings import Finding
from harborwatch.servers import ArchiveConfig
from harborwatch.servers import archive_address as configured_address
from news import ArchiveError, FileError
from news.toml_files import TomlFile, read_toml

#: the lines of [archive], up to the next table
_OWN_TABLE = re.compile(r"^\s*\[archive\]\s*?$.*?(?=^\s*\[|\Z)", re.MULTILINE | re.DOTALL)


def address_of(home: Path) -> str:
    """Return the address of a home's archive, as far as its configuration can be read.

    One mistake elsewhere in the file must not keep archive, disk and clock from
    being looked at. Raises FileError where the address itself is mistaken.
    """
    path = home / NAME
    try:
        configured = load(home).archive if path.exists() else ""
    except FileError:
        configured = _still_read(path)
    return configured or archive_address(home)


def _still_read(path: Path) -> str:
    """Return the archive's address from a file with a mistake; "" where it names none."""
    file = _as_far_as_it_goes(path)
    said = file.data.get("archive", {})
    known = {one.name for one in fields(ArchiveConfig)}
    if not isinstance(said, Mapping) or not all(isinstance(one, str) for one in said.values()):
        raise file.error(("archive",), "the archive's address cannot be read")
    kept = {name: one for name, one in said.items() if name in known}
    return configured_address(file, ArchiveConfig(**kept))


def _as_far_as_it_goes(path: Path) -> TomlFile:
    """Return a file, or its table [archive] alone where the rest is not TOML. Raises FileError."""
    try:
        return read_toml(path)
    except FileError:
        text = path.read_text("utf-8", errors="replace")
        alone = _OWN_TABLE.search(text)
        if alone is None and "[archive" in text:
            raise
        try:
            return TomlFile(path, text, tomllib.loads(alone[0] if alone else ""))
        except tomllib.TOMLDecodeError:
            pass
        raise


def findings(home: Path, *, thorough: bool) -> Iterator[Finding]:
    """Say how the archive is. Raises ArchiveError where its address is none."""
    address = address_of(home)
    path = file_of(address)
    if path is not None and not path.exists():
        text, step = f"{path} is not there", "harborwatch init makes it, restore brings it back"
        yield Finding(about="archive", state="wrong", text=text, step=step)
        return
    try:
        found = examine(address, thorough=thorough)
    except ArchiveError as error:
        step = "look at the server, its address and password"
        if path is not None:
            step = (
                "look at the disk and at the rights to the archive's files; it may well be whole"
            )
        yield Finding(about="archive", state="wrong", text=str(error), step=step)
        return
    yield from _broken(found)
    yield from _version(found)
    if found.version == HEAD and not found.damage:
        yield from _index(found)
        text = f"{found.address}: {found.stories} stories, {found.bytes / 1e6:,.1f} MB"
        if found.server:
            text += f", {found.server}"
        yield Finding(about="archive", state="well", text=text)


def _broken(found: Examined) -> Iterator[Finding]:
    for damage in found.damage:
        yield Finding(
            about="archive",
            state="wrong",
            text=f"damaged: {damage}",
            step="stop harborwatch run, move the archive's files away, harborwatch restore BACKUP",
        )
    if found.half_copied:
        step = "run the harborwatch move or restore that filled it again"
        yield Finding(about="archive", state="wrong", text="half a copy", step=step)


def _version(found: Examined) -> Iterator[Finding]:
    if found.damage or found.version == HEAD:
        return
    if not found.version:
        step = "name another archive under [archive], or --home"
        yield Finding(about="archive", state="wrong", text="not an archive of ours", step=step)
    elif found.version > HEAD:
        text = f"made by a newer Harborwatch (schema {found.version}, here {HEAD})"
        yield Finding(about="archive", state="wrong", text=text, step="install the newer one")
    else:
        text = f"of an older version (schema {found.version}, here {HEAD})"
        step = "harborwatch backup FILE, then harborwatch run migrates it"
        yield Finding(about="archive", state="odd", text=text, step=step)


def _index(found: Examined) -> Iterator[Finding]:
    if not found.index_is_current:
        text = "the search index is of another version"
        step = "the next command that opens the archive makes it anew"
        yield Finding(about="archive", state="odd", text=text, step=step)
    elif found.unindexed or found.strayed:
        text = (
            f"search: {found.unindexed} stories are missing in the index, {found.strayed} too many"
        )
        step = "stop harborwatch run, then harborwatch doctor --mend makes it anew"
        yield Finding(about="archive", state="wrong", text=text, step=step)
