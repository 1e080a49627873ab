"""Changing subscribers and watches by command: what the file holds is edited only there.

Everything is checked as the configuration is, so that one mistake reads the
same wherever it is made.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from alerts.matching import asked
from archive import Archive
from archive.telling import subscribers
from archive.telling.subscribers import Kept
from harborwatch.config import (
    NAME,
    ConfigFile,
    SubscriberConfig,
    WatchConfig,
    load,
    subscriber,
    watch,
)
from news import FileError, HarborwatchError, Subscriber, Watch
from news.rhythms import written, written_quiet
from news.saying import say
from news.toml_files import TomlFile, did_you_mean, read_toml
from query import Topics

#: stands where an error of a file would name the file
_TYPED = TomlFile(path=Path("command line"), text="", data={})


def written_subscriber(one: Subscriber) -> SubscriberConfig:
    """Return a subscriber as a file would write it, without its watches."""
    return SubscriberConfig(
        id=one.id,
        zone=one.zone,
        targets=tuple(target.written for target in one.targets),
        name=one.name,
        language=one.language,
        when_empty=one.when_empty,
        quiet=written_quiet(one.quiet) if one.quiet else "",
        holidays=one.holidays,
        fallback=one.fallback.written if one.fallback else "",
        fallback_after=one.fallback_after,
    )


def written_watch(one: Watch) -> WatchConfig:
    """Return a watch as a file would write it."""
    return WatchConfig(
        name=one.name,
        query=one.query,
        rhythm=written(one.rhythm),
        at_least=one.at_least,
        surge=one.surge,
    )


def known(everybody: Sequence[Kept], name: str) -> Kept:
    """Return the subscriber of that name. Raises HarborwatchError."""
    for one in everybody:
        if one.subscriber.id == name:
            return one
    ids = [one.subscriber.id for one in everybody]
    hint = did_you_mean(name, ids) if ids else say("harborwatch subscribers add makes one")
    raise HarborwatchError(say('no subscriber is called "{name}"; {hint}', name=name, hint=hint))


def known_watch(everybody: Sequence[Kept], name: str) -> tuple[Kept, Watch]:
    """Return the watch of that name, "harbor" or "ana/harbor". Raises HarborwatchError."""
    every = {
        f"{one.subscriber.id}/{watching.name}": (one, watching)
        for one in everybody
        for watching in one.subscriber.watches
    }
    found = [key for key, (_, watching) in every.items() if name in (key, watching.name)]
    if len(found) == 1:
        return every[found[0]]
    if found:
        raise HarborwatchError(
            say('"{name}" could be {found}', name=name, found=" or ".join(found))
        )
    names = [*every, *{watching.name for _, watching in every.values()}]
    hint = did_you_mean(name, names) if names else say("nobody watches anything")
    raise HarborwatchError(say('no watch is called "{name}"; {hint}', name=name, hint=hint))


def add_subscriber(archive: Archive, home: Path, given: SubscriberConfig) -> Subscriber:
    """Keep a new subscriber. Raises HarborwatchError where the name is taken or a value wrong."""
    made = subscriber(_TYPED, (), given, _file(home))
    with archive.write() as db:
        if any(one.subscriber.id == made.id for one in subscribers.kept(db)):
            raise HarborwatchError(
                f'a subscriber is called "{made.id}" already; '
                "harborwatch subscribers set changes it"
            )
        subscribers.save(db, made)
    return made


def set_subscriber(archive: Archive, home: Path, given: SubscriberConfig) -> Subscriber:
    """Change a subscriber that was made by command. Raises HarborwatchError."""
    made = subscriber(_TYPED, (), given, _file(home))
    with archive.write() as db:
        old = known(subscribers.kept(db), made.id)
        _refuse_file(home, old)
        subscribers.save(db, made)
    return replace(made, watches=old.subscriber.watches)


def remove_subscriber(archive: Archive, home: Path, name: str, now: datetime) -> None:
    """Let a subscriber made by command watch nothing any more. Raises HarborwatchError."""
    with archive.write() as db:
        _refuse_file(home, known(subscribers.kept(db), name))
        subscribers.remove(db, name, now)


def add_watch(archive: Archive, name: str, given: WatchConfig, topics: Topics) -> Watch:
    """Give a subscriber one more watch. Raises HarborwatchError; QueryError shows the place."""
    made = _checked(name, given, topics)
    with archive.write() as db:
        one = known(subscribers.kept(db), name)
        if any(watching.name == made.name for watching in one.subscriber.watches):
            raise HarborwatchError(
                say(
                    '{name} has a watch called "{watch}" already; '
                    "harborwatch watches set changes it",
                    name=name,
                    watch=made.name,
                )
            )
        subscribers.save_watch(db, name, made)
    return made


def set_watch(
    archive: Archive, home: Path, name: str, given: WatchConfig, topics: Topics
) -> Watch:
    """Change a watch that was made by command. Raises HarborwatchError."""
    made = _checked(name, given, topics)
    with archive.write() as db:
        one = known(subscribers.kept(db), name)
        _refuse_file(home, one, made.name)
        subscribers.save_watch(db, name, made)
    return made


def remove_watch(archive: Archive, home: Path, name: str, watching: str, now: datetime) -> None:
    """Delete a watch that was made by command. Raises HarborwatchError."""
    with archive.write() as db:
        _refuse_file(home, known(subscribers.kept(db), name), watching)
        subscribers.remove_watch(db, name, watching, now)


def place(home: Path, name: str, watching: str | None = None) -> tuple[Path, int | None]:
    """Return the file, and the line, at which a subscriber or watch of the file stands."""
    path = home / NAME
    if not path.exists():
        return path, None
    file = read_toml(path)
    for at, one in enumerate(file.data.get("subscribers", ())):
        if one.get("id") != name:
            continue
        names = [each.get("name") for each in one.get("watches", ())]
        if watching in names:
            return path, file.line(("subscribers", at, "watches", names.index(watching)))
        return path, file.line(("subscribers", at))
    return path, None


def lines(home: Path) -> dict[tuple[str, str], int | None]:
    """Return the line of every watch of the file, by subscriber and watch. Raises FileError."""
    path = home / NAME
    if not path.exists():
        return {}
    load(home)
    file = read_toml(path)
    return {
        (one["id"], each["name"]): file.line(("subscribers", at, "watches", n))
        for at, one in enumerate(file.data.get("subscribers", ()))
        for n, each in enumerate(one.get("watches", ()))
    }


def _refuse_file(home: Path, one: Kept, watching: str | None = None) -> None:
    if watching is None and one.origin != "file":
        return
    if watching is not None and watching in one.by_command:
        return
    name = one.subscriber.id
    what = say('subscriber "{name}" is from this file', name=name)
    if watching is not None:
        what = say('watch "{name}" is from this file', name=f"{name}/{watching}")
    raise FileError(*place(home, name, watching), what, say("change it there; run reads it"))


def _checked(name: str, given: WatchConfig, topics: Topics) -> Watch:
    made = watch(_TYPED, (), given)
    asked(made.query, f"{name}/{made.name}", topics)
    return made


def _file(home: Path) -> ConfigFile:
    return load(home).written if (home / NAME).exists() else ConfigFile()
