"""The reference of settings, made from the dataclasses that the files are read into.

What a key means is the `#:` comment above its field: a field without one is an
error here, so that no setting is without a word.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from command_tables import words

from crawler.catalogue import OutletFile, OutletSource
from harborwatch.config import ConfigFile
from news import Outlet, Source
from query.topic_shapes import TopicFile

_FIELD = re.compile(r"\s*(\w+): ")
_CALLED: Mapping[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a file, as it is written there."""

    #: "[mail]", "[[subscribers]]"; "" for the head of the file
    head: str
    shape: type
    rows: tuple[tuple[str, str, str, str], ...]


def reference() -> str:
    """Return the settings of the three files in Markdown."""
    files = [
        ("## harborwatch.toml", ConfigFile),
        ("## An outlet file", OutletFile),
        ("## A topic file", TopicFile),
    ]
    return (
        "\n\n".join(
            part for title, shape in files for part in (title, *map(_shown, tables(shape)))
        )
        + "\n"
    )


def tables(shape: type, path: str = "", opened: str = "") -> list[Table]:
    """Return the table of a dataclass, and those of what stands below it."""
    kinds, comments = get_type_hints(shape), _comments(shape)
    rows, below = [], []
    for one in fields(shape):
        inner, many, named = _inner(kinds[one.name])
        if is_dataclass(inner):
            name = f"{path}.{one.name}".strip(".") + (".NAME" if named else "")
            below += tables(inner, name, f"[[{name}]]" if many else f"[{name}]")
        else:
            assert one.name in comments, f"{shape.__name__}.{one.name} needs a #: comment above it"
            rows.append((one.name, _kind(kinds[one.name]), _default(one), comments[one.name]))
    mine = Table(head=opened, shape=shape, rows=tuple(rows))
    return [mine, *below] if rows else below


def _shown(table: Table) -> str:
    head = f"### `{table.head}`\n\n{_intro(table.shape)}\n\n" if table.head else ""
    rows = [
        f"| `{name}` | {words(means)} | {kind}; {default} |"
        for name, kind, default, means in table.rows
    ]
    return head + "\n".join(["| key | means | kind; without it |", "|---|---|---|", *rows])


def _intro(shape: type) -> str:
    paragraphs = inspect.cleandoc(shape.__doc__ or "").split("\n\n")
    return "\n\n".join(words(" ".join(one.split())) for one in paragraphs)


def _inner(kind: Any) -> tuple[Any, bool, bool]:
    """Return what stands in a list or table, and whether there are many, or named ones."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return arguments[0], True, False
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        inner = arguments[1]
        return inner, False, is_dataclass(inner)
    return kind, False, False


def _kind(kind: Any) -> str:
    origin, arguments = get_origin(kind), [one for one in get_args(kind) if one is not NoneType]
    if origin is Literal:
        return " or ".join(f'`"{one}"`' for one in arguments)
    if origin in (Union, UnionType):
        return _kind(arguments[0])
    if origin is tuple:
        return f"list of {_CALLED.get(arguments[0], 'tables')}"
    if origin is not None:
        return "text by language" if arguments[1:] == [str] else "lists by language"
    return _CALLED.get(kind, "date")


def _default(field: Field[Any]) -> str:
    if field.default_factory is not MISSING or field.default in ("", (), None):
        return "nothing"
    if field.default is MISSING:
        return "an error"
    if isinstance(field.default, bool):
        return f"`{field.default}`".lower()
    if isinstance(field.default, str):
        return f'`"{field.default}"`'
    return f"`{field.default:g}`"


def _comments(shape: type) -> dict[str, str]:
    """Return the comment above each field; an outlet's keys mean what the outlet's fields do."""
    also: Mapping[type, type] = {OutletFile: Outlet, OutletSource: Source}
    found = _comments(also[shape]) if shape in also else {}
    said: list[str] = []
    for line in inspect.getsource(shape).splitlines():
        if line.strip().startswith("#:"):
            said.append(line.strip().removeprefix("#:").strip())
        elif (named := _FIELD.match(line)) and said:
            found[named.group(1)] = " ".join(said)
            said = []
        else:
            said = []
    return found
