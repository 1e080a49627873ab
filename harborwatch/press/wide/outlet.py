"""An outlet of the wide press: its layout, its encoding, what stands round its stories."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from harborwatch.press.loading import ContentError

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class WideOutlet:
    """A publisher of the wide press, as outlets.toml describes it."""

    #: Virtual host without ".localhost".
    name: str
    title: str
    #: One of id ms en zh zh-Hant vi th km lo my fil.
    language: str
    #: Two letters, in lower case.
    country: str
    #: IANA name.
    zone: str
    #: A key of layouts.LAYOUTS.
    layout: str
    #: A key of dates.FORMS, or "ago".
    date_form: str
    #: Python codec in which pages and feeds are written.
    encoding: str = "utf-8"
    #: Charset that the Content-Type header names; "" names none.
    header: str = "utf-8"
    #: Charset that the page names in a meta tag, the feed in its declaration; "" names none.
    meta: str = "utf-8"
    #: Burmese in Zawgyi code order under Unicode code points.
    zawgyi: bool = False
    #: Of opengraph, jsonld, time.
    metadata: tuple[str, ...] = ()
    #: Today's date above the page.
    today: bool = False
    #: Boxes inside the body: figure, read_also, newsletter, related.
    boxes: tuple[str, ...] = ()
    #: Paths by their kind; keys of ways.WAYS.
    ways: tuple[str, ...] = ()
    #: How addresses of further pages are made: query, slash or html.
    paging: str = ""
    #: How a client-rendered page carries its state: next, initial, nuxt, apollo.
    state: str = ""
    #: Other kinds of pages: gallery, live, paywall.
    extras: tuple[str, ...] = ()
    #: Ways that fail, with how: missing, empty, html, forbidden (to programs).
    shut: tuple[tuple[str, str], ...] = ()
    #: The home page shows its list by a script only.
    scripted: bool = False
    #: An older host that redirects here.
    moved_from: str = ""
    #: Only press releases stand here, this text.
    release: str = ""

    @property
    def plain_language(self) -> str:
        """The language without its script: zh for zh-Hant."""
        return self.language.split("-")[0]

    @property
    def hosts(self) -> tuple[str, ...]:
        """All virtual hosts, the canonical one first."""
        return (self.name, self.moved_from) if self.moved_from else (self.name,)

    @property
    def seed(self) -> int:
        """A number of its own, the same at every start."""
        return zlib.crc32(self.name.encode())


def _outlet(table: Mapping[str, Any], where: str) -> WideOutlet:
    unknown = sorted(set(table) - {field.name for field in fields(WideOutlet)})
    if unknown:
        raise ContentError(f"{where}: unknown keys {unknown}")
    ready: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    ready["shut"] = tuple(table.get("shut", {}).items())
    outlet = WideOutlet(**ready)
    ZoneInfo(outlet.zone)
    "".encode(outlet.encoding)
    return outlet


def read_outlets(file: Path = HERE / "outlets.toml") -> tuple[WideOutlet, ...]:
    """Read all outlets. Raise ContentError on unknown keys, KeyError on unknown zones."""
    found = []
    for language, table in tomllib.loads(file.read_text("utf-8")).items():
        common = {key: value for key, value in table.items() if key != "outlets"}
        for own in table["outlets"]:
            where = f"{file.name}, outlet {own.get('name')}"
            found.append(_outlet({"language": language, **common, **own}, where))
    return tuple(found)
