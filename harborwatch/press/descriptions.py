"""Outlet descriptions of the replicas, for a crawler's catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent / "catalogue"
PLACEHOLDER = "{port}"


def write_catalogue(folder: Path, port: int, outlets: Sequence[str]) -> tuple[Path, ...]:
    """Write <cc>/<name>.toml under a folder, with the port in each address.

    Raise FileNotFoundError if an outlet has no description.
    """
    files = {file.stem: file for file in HERE.glob("*/*.toml")}
    missing = sorted(set(outlets) - set(files))
    if missing:
        raise FileNotFoundError(f"no description of {missing} under {HERE}; add <cc>/<name>.toml")
    return tuple(_write(files[name], folder, port) for name in outlets)


def _write(source: Path, folder: Path, port: int) -> Path:
    target = folder / source.relative_to(HERE)
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text("utf-8").replace(PLACEHOLDER, str(port))
    target.write_text(text, "utf-8")
    return target
