"""The machine: its clock, its zones, its disk."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from archive.care.backups import BESIDE, file_of
from archive.care.examining import refused_writing
from archive.collecting import clocks
from archive.engine import engine_of
from archive.tables import polls
from harborwatch.config import NAME, load
from harborwatch.doctor.findings import Finding
from harborwatch.doctor.stored import address_of
from news import FileError

#: digests come at the wrong minute, and dates are misjudged
_ODD_CLOCK, _WRONG_CLOCK = timedelta(seconds=30), timedelta(minutes=5)
#: an answer kept for longer says nothing of today's clock
_STALE = timedelta(days=7)
#: free bytes under which writing will soon fail
_LEAST = 200_000_000
#: zones of the ten countries and China, which dates on their pages are in
_ZONES = ("Asia/Jakarta", "Asia/Shanghai", "Asia/Yangon", "Asia/Manila", "Asia/Bangkok")


def clock_findings(home: Path, now: datetime) -> Iterator[Finding]:
    """Say whether the clock goes right and every zone is known."""
    yield _zones(home)
    address = address_of(home)
    path = file_of(address)
    if path is not None and not path.exists():
        return
    engine = engine_of(address)
    try:
        with engine.execution_options(harborwatch_begin="BEGIN").connect() as db:
            newest = db.execute(select(func.max(polls.c.started_at))).scalar()
            heard = clocks.heard(db)
    except DBAPIError:
        # What keeps it from being read is told as the archive's own finding.
        text = "the outlets' clocks stand in the archive, which cannot be read"
        yield Finding(about="clock", state="odd", text=text, step="mend the archive first")
        return
    finally:
        engine.dispose()
    if newest is not None and newest > now + _ODD_CLOCK:
        text = f"the last poll was at {newest:%Y-%m-%d %H:%M} UTC, which is still to come"
        step = "set the clock (timedatectl set-ntp true); nothing is due until then"
        yield Finding(about="clock", state="wrong", text=text, step=step)
    yield _against(heard, now)


def _zones(home: Path) -> Finding:
    wanted = [*_ZONES]
    if (home / NAME).exists():
        # A mistake in the file is told as the configuration's own finding.
        with suppress(FileError):
            wanted += [one.zone for one in load(home).subscribers]
    for zone in wanted:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, OSError, ValueError):
            step = "pip install --upgrade tzdata"
            return Finding(
                about="clock", state="wrong", text=f"the zone {zone} is not known", step=step
            )
    try:
        rules = f", rules of {version('tzdata')}"
    except PackageNotFoundError:
        rules = ""
    return Finding(about="clock", state="well", text=f"every zone is known{rules}")


def _against(heard: clocks.Heard | None, now: datetime) -> Finding:
    """Say how far our clock is from those of the outlets that answered last."""
    if heard is None or abs(now - heard.at) > _STALE:
        text = "no outlet's answer of the last days tells the time"
        return Finding(about="clock", state="well", text=f"{text}; the next poll keeps one")
    off = timedelta(seconds=abs(heard.seconds))
    which = "ahead of" if heard.seconds > 0 else "behind"
    text = f"{off.total_seconds():.0f} seconds {which} the outlets' ({heard.hosts} asked)"
    if off < _ODD_CLOCK:
        return Finding(about="clock", state="well", text=text)
    step = "let the machine ask a time server (timedatectl set-ntp true)"
    if off < _WRONG_CLOCK:
        return Finding(about="clock", state="odd", text=text, step=step)
    return Finding(about="clock", state="wrong", text=text, step=step)


def disk_findings(home: Path) -> Iterator[Finding]:
    """Say whether there is room to write, and the right to."""
    path = file_of(address_of(home))
    folders = {home} if path is None else {home, path.parent}
    for folder in sorted(one for one in folders if one.exists()):
        yield _room(folder, _size(path) if path is not None and folder == path.parent else 0)
        if not os.access(folder, os.W_OK | os.X_OK):
            step = "give the user that runs Harborwatch the right to write there"
            text = f"{folder} cannot be written to"
            yield Finding(about="disk", state="wrong", text=text, step=step)
    if path is not None and path.exists():
        yield from _writing(path)


def _writing(path: Path) -> Iterator[Finding]:
    """Say what keeps the archive from being written to, though its folder may be."""
    beside = (path, *(path.with_name(path.name + end) for end in BESIDE))
    barred = [one for one in beside if one.exists() and not os.access(one, os.W_OK)]
    if barred:
        text = f"{', '.join(map(str, barred))} cannot be written to"
        step = "give it to the user that runs Harborwatch (chown): a command with sudo may have taken it"
        yield Finding(about="disk", state="wrong", text=text, step=step)
    elif said := refused_writing(path):
        step = "look whether the disk is full, or mounted read-only"
        text = f"{path} cannot be written to: {said}"
        yield Finding(about="disk", state="wrong", text=text, step=step)


def _room(folder: Path, archive: int) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:,.1f} GB free at {folder}"
    if free < _LEAST:
        step = "make room: harborwatch stops storing when it is full"
        return Finding(about="disk", state="wrong", text=text, step=step)
    if free < archive:
        step = (
            f"the archive is {archive / 1e9:,.1f} GB: back up to another disk, or set keep_pages"
        )
        return Finding(about="disk", state="odd", text=text, step=step)
    return Finding(about="disk", state="well", text=text)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
