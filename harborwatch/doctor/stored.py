"""The archive: there, whole, of this version, its index in step with its stories."""

from collections.abc import Iterator
from pathlib import Path

from archive.care.backups import file_of
from archive.care.examining import Examined, examine
from archive.engine import HEAD
from crawler.places import archive_address
from harborwatch.config import NAME, load
from harborwatch.doctor.findings import Finding


def address_of(home: Path) -> str:
    """Return the address of a home's archive. Raises FileError."""
    configured = load(home).archive if (home / NAME).exists() else ""
    return configured or archive_address(home)


def findings(home: Path, *, thorough: bool) -> Iterator[Finding]:
    """Say how the archive is. Raises ArchiveError where it cannot be opened."""
    address = address_of(home)
    path = file_of(address)
    if path is not None and not path.exists():
        text, step = f"{path} is not there", "harborwatch init makes it, restore brings it back"
        yield Finding(about="archive", state="wrong", text=text, step=step)
        return
    found = examine(address, thorough=thorough)
    yield from _broken(found)
    yield from _version(found)
    if found.version == HEAD and not found.damage:
        yield from _index(found)
        text = f"{found.address}: {found.stories} stories, {found.bytes / 1e6:,.1f} MB"
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
