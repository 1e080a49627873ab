"""How a probe of sources is printed: a line per source, then what to change in the files."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harborwatch.commands import shown

if TYPE_CHECKING:
    from crawler.probing import ProbedOutlet, ProbedWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """An outlet that was probed, with its file as it stands and as it should."""

    outlet: ProbedOutlet
    path: Path
    old: str
    new: str
    #: stories come through every way that was asked
    alive: bool


def show(found: Sequence[Probed], home: Path, *, as_json: bool) -> None:
    """Print every source's verdict, and the change of each file that should have one."""
    if as_json:
        shown.json_lines(_line(way, one) for one in found for way in one.outlet.ways)
        shown.json_lines(_change(one) for one in found if one.new != one.old)
        return
    if not found:
        return
    shown.table(("source", "verdict", ""), (_row(way) for one in found for way in one.outlet.ways))
    changes = [one for one in found if one.new != one.old]
    for one in changes:
        click.echo()
        click.echo("".join(_difference(one)), nl=False)
    _sum_up(found, changes, home)


def _sum_up(found: Sequence[Probed], changes: Sequence[Probed], home: Path) -> None:
    ways = [way for one in found for way in one.outlet.ways]
    counts = Counter(str(way.verdict) for way in ways)
    told = ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())
    requests = sum(one.outlet.requests for one in found)
    click.echo(
        f"{len(ways)} sources of {len(found)} outlets: {told}; {requests} requests", err=True
    )
    for one in found:
        if one.outlet.found is not None and one.new == one.old:
            step = f"look by hand: harborwatch outlets new {one.outlet.outlet.home}"
            click.echo(f"{one.outlet.outlet.id}: no other way in was found; {step}", err=True)
    if changes:
        own = home / "outlets"
        click.echo(f"a file of your own in {own}/<cc>/ stands in for a shipped one", err=True)
        click.echo("afterwards: harborwatch outlets check NAME", err=True)


def _row(way: ProbedWay) -> tuple[str, ...]:
    return (way.report.source.id, str(way.verdict), way.text)


def _difference(one: Probed) -> Iterator[str]:
    name = str(one.path)
    yield from difflib.unified_diff(
        one.old.splitlines(keepends=True), one.new.splitlines(keepends=True), name, name
    )


def _line(way: ProbedWay, one: Probed) -> dict[str, object]:
    report = way.report
    return {
        "about": "source",
        "source": report.source.id,
        "outlet": one.outlet.outlet.id,
        "way": report.source.way,
        "address": report.source.address,
        "verdict": str(way.verdict),
        "text": way.text,
        "status": report.status,
        "moved": report.moved,
        "entries": len(report.entries),
        "stories": len(report.stories),
        "newest": report.newest,
    }


def _change(one: Probed) -> dict[str, object]:
    return {
        "about": "change",
        "outlet": one.outlet.outlet.id,
        "file": str(one.path),
        "difference": "".join(_difference(one)),
    }
