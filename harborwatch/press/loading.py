"""Reads outlets, faults and stories from the TOML files of the press."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .faults import Fault, FaultKind
from .outlet import FeedBody, Outlet
from .story import Revision, Story, versions

HERE = Path(__file__).parent


class ContentError(ValueError):
    """A TOML file of the press is wrong; the message says where and what to do."""


def _known(table: Mapping[str, Any], kind: type, where: str, extra: Iterable[str] = ()) -> None:
    allowed = {field.name for field in fields(kind)} | set(extra)
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise ContentError(f"{where}: unknown keys {unknown}; known are {sorted(allowed)}")


def _aware(value: object, where: str) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ContentError(f"{where}: {value!r} wants an offset, as in 2018-09-19T08:00:00+07:00")
    return value


def _tupled(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }


def read_outlets(file: Path = HERE / "outlets.toml") -> tuple[Outlet, ...]:
    """Read all outlets. Raise ContentError on unknown keys, KeyError on unknown zones."""
    found = []
    for table in tomllib.loads(file.read_text("utf-8"))["outlets"]:
        _known(table, Outlet, f"{file.name}, outlet {table.get('name')}")
        ready = _tupled(table)
        ready["feed_body"] = FeedBody(table.get("feed_body", "full"))
        outlet = Outlet(**ready)
        ZoneInfo(outlet.zone)
        found.append(outlet)
    return tuple(found)


def read_faults(file: Path = HERE / "outlets.toml") -> tuple[Fault, ...]:
    """Read the faults that the played calendar holds."""
    found = []
    for table in tomllib.loads(file.read_text("utf-8")).get("faults", []):
        where = f"{file.name}, fault of {table.get('host')}"
        _known(table, Fault, where)
        for key in ("since", "until"):
            if key in table:
                _aware(table[key], where)
        found.append(Fault(**{**table, "kind": FaultKind(table["kind"])}))
    return tuple(found)


def _revision(table: Mapping[str, Any], where: str) -> Revision:
    _known(table, Revision, where)
    _aware(table.get("at"), where)
    ready = dict(table)
    ready["replace"] = tuple((old, new) for old, new in table.get("replace", []))
    return Revision(**ready)


def _body(table: Mapping[str, Any], bodies: Mapping[str, str], where: str) -> str:
    if "body" in table:
        return str(table["body"]).strip()
    source = str(table.get("body_of", ""))
    if source not in bodies:
        raise ContentError(f"{where}: give body, or body_of with the key of an earlier story")
    text = bodies[source]
    for old, new in table.get("replace", []):
        if old not in text:
            raise ContentError(f"{where}: replaces {old!r}, which {source} does not hold")
        text = text.replace(old, new)
    return text


def _story(table: Mapping[str, Any], bodies: dict[str, str], where: str) -> Story:
    _known(table, Story, where, ("body_of", "replace"))
    _aware(table.get("at"), where)
    ready = {key: value for key, value in table.items() if key not in ("body_of", "replace")}
    ready["body"] = _body(table, bodies, where)
    ready["topics"] = tuple(table.get("topics", []))
    ready["revisions"] = tuple(_revision(each, where) for each in table.get("revisions", []))
    story = Story(**ready)
    bodies[story.key] = story.body
    try:
        versions(story)
    except ValueError as error:
        raise ContentError(f"{where}: {error}") from error
    return story


def read_stories(folder: Path = HERE / "stories") -> tuple[Story, ...]:
    """Read every story; file-level outlet and happening are defaults.

    Raise ContentError, with file and story, on whatever is wrong.
    """
    found: list[Story] = []
    bodies: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{file.name}: {error}") from error
        defaults = {key: value for key, value in tables.items() if key != "stories"}
        for table in tables["stories"]:
            where = f"{file.name}, story {table.get('slug')}"
            found.append(_story({**defaults, **table}, bodies, where))
    return tuple(found)


def check(outlets: Iterable[Outlet], stories: Iterable[Story]) -> None:
    """Raise ContentError where stories and outlets do not fit together."""
    names = {outlet.name for outlet in outlets}
    stories = tuple(stories)
    keys = {story.key for story in stories}
    numbers: dict[tuple[str, int], str] = {}
    for story in stories:
        if story.outlet not in names:
            raise ContentError(f"{story.key}: no outlet {story.outlet!r} in outlets.toml")
        if story.copy_of is not None and story.copy_of not in keys:
            raise ContentError(f"{story.key}: copies {story.copy_of!r}, which no file holds")
        twin = numbers.setdefault((story.outlet, story.number), story.key)
        if twin != story.key:
            raise ContentError(f"{story.key}: same minute as {twin}; move one of them")
    if len(keys) != len(stories):
        raise ContentError("two stories of one outlet have the same slug; rename one")
