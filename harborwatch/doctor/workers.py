"""The workers, where the work is theirs: there, heard of lately, and keeping up."""

import importlib.util
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from archive.care.examining import examine
from archive.collecting import notices
from archive.engine import HEAD, open_archive
from harborwatch.config import NAME, load
from harborwatch.doctor.findings import Finding
from harborwatch.doctor.stored import address_of
from harborwatch.tasks.standing import Standing, standing

_NAMED = 5
#: errors first met within so long are named
_LATELY = timedelta(days=7)


def findings(home: Path, now: datetime) -> Iterator[Finding]:
    """Say how the workers are; nothing where this process does the work itself."""
    if not (home / NAME).exists():
        return
    engine = load(home).engine
    if not engine.is_shared:
        return
    if importlib.util.find_spec("procrastinate") is None:
        step = 'pip install "harborwatch[workers]"'
        text = 'tasks = "procrastinate" needs an extra that is not installed here'
        yield Finding(about="workers", state="wrong", text=text, step=step)
    address = address_of(home)
    found = examine(address)
    if found.version != HEAD or found.damage:
        return  # told as the archive's own finding; to open it would migrate it
    archive = open_archive(address)
    try:
        with archive.read() as db:
            yield from _of(standing(db), engine.most_waiting)
            yield from _errors(db, now)
    finally:
        archive.close()


def _of(tasks: Standing, most: int) -> Iterator[Finding]:
    if tasks.silent:
        names = ", ".join(one.name for one in tasks.silent[:_NAMED])
        text = f"{len(tasks.silent)} gave no sign of life for a minute: {names}"
        step = "look at their logs; their work is another's already"
        yield Finding(about="workers", state="odd", text=text, step=step)
    for one in tasks.failing:
        text = f"a task fails again and again since {one.begun_at:%Y-%m-%d %H:%M} UTC: {one.thing}"
        step = "the log of that worker says why; a restart of it tries anew"
        yield Finding(about="workers", state="wrong", text=f"{text} ({one.detail})", step=step)
    if tasks.unserved:
        text = f"nobody takes tasks of: {', '.join(tasks.unserved)}"
        step = "start harborwatch worker, on any machine, with all --queues or these"
        yield Finding(about="workers", state="wrong", text=text, step=step)
    if tasks.pages >= most:
        text = f"{tasks.pages} pages wait, so nothing new is polled"
        step = "start more workers, or see what keeps those that run"
        yield Finding(about="workers", state="wrong", text=text, step=step)
    if tasks.alive:
        waiting = sum(tasks.waiting.values())
        text = f"{len(tasks.alive)} at work; {waiting} tasks and {tasks.pages} pages wait"
        yield Finding(about="workers", state="well", text=text)


def _errors(db: Connection, now: datetime) -> Iterator[Finding]:
    """Name errors of ours that workers and scheduler met lately for the first time."""
    lately = [one for one in notices.standing(db, ("error",)) if now - one.begun_at < _LATELY]
    if lately:
        named = "; ".join(f"{one.thing}: {one.detail}" for one in lately[-_NAMED:])
        text = f"{len(lately)} errors of ours were met for the first time in 7 days: {named}"
        step = "the workers' logs tell more; report what is no fault of the machine"
        yield Finding(about="workers", state="odd", text=text, step=step)
