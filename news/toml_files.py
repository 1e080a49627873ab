"""TOML files read into frozen dataclasses, with errors that name file and line.

Used for outlets, topics, names and the configuration, so that one mistake
reads the same wherever it is made. tomllib keeps no lines; they are found
again in the text when an error needs one.
"""

import re
import tomllib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from news.errors import FileError, quoted
from news.near_words import nearest
from news.saying import Sentence, say, word

Shape = TypeVar("Shape")
Key = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_ASSIGNED = re.compile(r"^\s*([A-Za-z0-9_.\"'-]+)\s*=")

#: how the types of a file are called to a person who writes one
_CALLED = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
_CALLED |= {date: "a date", time: "a time of day", datetime: "a date with time"}


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file and its text."""

    path: Path
    text: str
    data: Mapping[str, Any]

    def error(self, key: Key, what: str, hint: str = "") -> FileError:
        """Return the error to raise for what stands at that key."""
        return FileError(self.path, self.line(key), what, hint)

    def line(self, key: Key) -> int | None:
        """Return the line of a key, or of the nearest table above it."""
        places = _places(self.text)
        while key:
            if key in places:
                return places[key]
            key = key[:-1]
        return None

    def read(self, shape: type[Shape], **given: object) -> Shape:
        """Return the file as that dataclass; fields `given` are not read from it.

        Raises FileError at an unknown key, a missing key or a wrong type.
        """
        return _table(self, (), shape, self.data, given)


def read_toml(path: Path) -> TomlFile:
    """Read a file. Raises FileError where it is missing, unreadable or no TOML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(path, None, say("cannot be read: {error}", error=error)) from error
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        # "at end of document": something was opened and never closed
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise FileError(path, line, say("is not TOML: {error}", error=error)) from error


def did_you_mean(word: str, known: Sequence[str]) -> Sentence:
    """Return 'did you mean "…"?', or the list of what is known."""
    near = nearest(word, known)
    if near:
        return say('did you mean "{word}"?', word=near)
    return say("known are: {words}", words=", ".join(sorted(known)))


def _places(text: str) -> dict[Key, int]:
    """Return the line of each table and key of a TOML text."""
    places: dict[Key, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: Key = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = _names(header.group(2))
            if header.group(1) == "[[":
                counts[names] = counts.get(names, -1) + 1
                # What stands below an element is counted anew in the next one.
                for below in [one for one in counts if one[: len(names)] == names != one]:
                    del counts[below]
            table = _numbered(names, counts)
            places.setdefault(table, number)
        elif assigned := _ASSIGNED.match(line):
            places.setdefault((*table, *_names(assigned.group(1))), number)
    return places


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _numbered(names: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> Key:
    """Put the number of each array element behind its name."""
    key: Key = ()
    for end in range(1, len(names) + 1):
        key = (*key, names[end - 1])
        if names[:end] in counts:
            key = (*key, counts[names[:end]])
    return key


def _table(
    file: TomlFile, key: Key, shape: type[Shape], data: object, given: Mapping[str, object]
) -> Shape:
    if not isinstance(data, Mapping):
        raise file.error(key, say("{key} must be a table", key=_shown(key)))
    kinds = get_type_hints(shape)
    known = {f.name: f for f in fields(cast("Any", shape)) if f.name not in given}
    for name in data:
        if name not in known:
            hint = did_you_mean(name, list(known))
            raise file.error((*key, name), say("unknown key {name}", name=quoted(name)), hint)
    values = dict(given)
    for name, field in known.items():
        if name in data:
            values[name] = _value(file, (*key, name), kinds[name], data[name])
        elif field.default is MISSING and field.default_factory is MISSING:
            what = say("{name} is missing", name=quoted(name))
            raise file.error(key, what, say("add {example}", example=f"{name} = …"))
    return shape(**values)


def _value(file: TomlFile, key: Key, kind: Any, data: object) -> Any:
    """Return a value of that kind; the kinds are those that our files use."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _value(file, key, next(k for k in inner if k is not type(None)), data)
    if origin is Literal:
        if data not in inner:
            hint = did_you_mean(str(data), [str(k) for k in inner])
            what = say("{key} cannot be {value}", key=_shown(key), value=quoted(str(data)))
            raise file.error(key, what, hint)
        return data
    if origin is tuple:
        return _items(file, key, inner[0], data)
    if origin in (Mapping, dict):
        if not isinstance(data, Mapping):
            raise file.error(key, say("{key} must be a table", key=_shown(key)))
        return {name: _value(file, (*key, name), inner[1], item) for name, item in data.items()}
    if is_dataclass(kind):
        return _table(file, key, cast("type[Any]", kind), data, {})
    return _plain(file, key, kind, data)


def _items(file: TomlFile, key: Key, kind: Any, data: object) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise file.error(
            key, say("{key} must be a list", key=_shown(key)), say("put [ ] round it")
        )
    return tuple(_value(file, (*key, at), kind, item) for at, item in enumerate(data))


def _plain(file: TomlFile, key: Key, kind: Any, data: object) -> object:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if type(data) is not kind:
        called = word(_CALLED.get(kind, kind.__name__))
        raise file.error(key, say("{key} must be {kind}", key=_shown(key), kind=called))
    return data


def _shown(key: Key) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in key) or "the file"
