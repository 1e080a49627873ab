"""Descriptions of the wide outlets, as a crawler's catalogue wants them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .layouts import LAYOUTS
from .library import library
from .outlet import WideOutlet
from .ways import WAYS

#: Ways that no source of a catalogue names: the index leads to the sitemap.
UNNAMED = ("index",)


def described(outlet: WideOutlet, port: int) -> str:
    """Describe an outlet in TOML; JSON's strings and lists are TOML's too."""
    hosts = [f"{host}.localhost:{port}" for host in outlet.hosts]
    lines = {
        "name": outlet.title,
        "home": f"http://{hosts[0]}",
        "country": outlet.country.upper(),
        "languages": [outlet.plain_language],
        "zone": outlet.zone,
        "kind": outlet.layout,
        "hosts": hosts,
        "note": "Replica of the press, on this machine only.",
    }
    text = "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items()
    )
    for name in outlet.ways:
        if name in UNNAMED:
            continue
        way = WAYS[name]
        text += f'\n[[sources]]\nway = "{way.kind}"\naddress = "http://{hosts[0]}{way.path}"\nevery = 15\n'
    keep = '\nkeep_query = ["page"]' if outlet.paging == "query" else ""
    return f"{text}\n[addresses]\nstory = ['{LAYOUTS[outlet.layout].pattern}']{keep}\n"


def write_catalogue(
    folder: Path, port: int, names: Sequence[str] | None = None
) -> tuple[Path, ...]:
    """Write <cc>/<name>.toml under a folder for the named outlets, or for all.

    Raise KeyError for an unknown name.
    """
    known = library().outlets
    files = []
    for outlet in [known[name] for name in (known if names is None else names)]:
        file = folder / outlet.country / f"{outlet.name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(described(outlet, port), "utf-8")
        files.append(file)
    return tuple(files)
