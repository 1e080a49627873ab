"""Probes of sources: which are asked, some outlets at a time, each at its hosts' pace."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from archive import open_archive
from archive.collecting.ledger import SourceState, source_states
from crawler import catalogue
from crawler.mending import mended
from crawler.places import archive_address, named_elsewhere, outlet_folders
from crawler.probing import LIVING, ProbedOutlet, Probing, as_unreached, unreached
from crawler.visiting import visit
from harborwatch.commands.homes import outlets_of, unknown_outlet
from harborwatch.commands.probe_reports import Probed
from harborwatch.commands.visits import Outing, outing
from harborwatch.config import NAME, load
from news import Outlet, Source
from news.toml_files import read_toml

#: outlets that are probed at the same time; each has hosts of its own
_AT_ONCE = 8


async def probed(home: Path, named: Sequence[str], most: int) -> list[Probed]:
    """Probe sources, saying on the error output how far it is.

    `most` bounds the requests of a search for other ways. Raises BadParameter
    at an unknown outlet, FileError or ArchiveError.
    """
    files = {path.stem: path for path in catalogue.files(outlet_folders(home))}
    wanted = _wanted(home, outlets_of(home), named)
    if not wanted:
        click.echo("every source has answered, and none fails", err=True)
        return []
    asked = sum(len(sources) for _, sources in wanted)
    click.echo(f"asking {asked} sources of {len(wanted)} outlets", err=True)
    async with outing(home) as out:
        found = await _all(out, wanted, most)
    if unreached(found):
        click.echo("no host answered at all: look at this machine's network first", err=True)
        found = [as_unreached(one) for one in found]
    return [_with_change(one, files[one.outlet.id]) for one in found]


def _wanted(
    home: Path, outlets: Mapping[str, Outlet], named: Sequence[str]
) -> list[tuple[Outlet, list[Source]]]:
    """Return the outlets to probe with the sources to ask: of those named, all of them."""
    for name in named:
        if name not in outlets:
            raise unknown_outlet(name, outlets)
    if named:
        return [(outlets[name], list(outlets[name].sources)) for name in dict.fromkeys(named)]
    only = load(home).crawl.outlets if (home / NAME).exists() else ()
    states = _states(home)
    chosen = [
        (outlet, [one for one in outlet.sources if _is_doubtful(one, states)])
        for outlet in outlets.values()
        if not only or outlet.id in only
    ]
    return [(outlet, sources) for outlet, sources in chosen if sources]


def _states(home: Path) -> dict[str, SourceState]:
    """Return what the home's archive knows of each source; nothing where there is none."""
    address = load(home).archive if (home / NAME).exists() else ""
    if not address and not (home / "archive.db").exists() and not named_elsewhere():
        return {}
    archive = open_archive(address or archive_address(home))
    try:
        with archive.read() as db:
            return {state.id: state for state in source_states(db)}
    finally:
        archive.close()


def _is_doubtful(source: Source, states: Mapping[str, SourceState]) -> bool:
    state = states.get(source.id)
    if state is None or state.address != source.address:
        return True
    return state.last_good_at is None or state.failures > 0


async def _all(
    out: Outing, wanted: Sequence[tuple[Outlet, list[Source]]], most: int
) -> list[ProbedOutlet]:
    free, done = asyncio.Semaphore(_AT_ONCE), 0

    async def one(outlet: Outlet, sources: list[Source]) -> ProbedOutlet:
        nonlocal done
        probing = Probing(outlet, out.scout, out.pace.clock, most)
        others = len(sources) < len(outlet.sources)
        async with free:
            found = await visit(
                out.settings,
                out.pace,
                lambda under_way: probing.probe(sources, under_way, others_live=others),
            )
        done += 1
        said = ", ".join(way.verdict for way in found.ways)
        click.echo(f"[{done}/{len(wanted)}] {outlet.id}: {said}", err=True)
        return found

    return await asyncio.gather(*(one(outlet, sources) for outlet, sources in wanted))


def _with_change(one: ProbedOutlet, path: Path) -> Probed:
    """Return what is told of an outlet; of an outage nothing is to be changed."""
    text = read_toml(path).text
    return Probed(
        outlet=one,
        path=path,
        old=text,
        new=mended(text, one),
        alive=all(way.verdict in LIVING for way in one.ways),
    )
