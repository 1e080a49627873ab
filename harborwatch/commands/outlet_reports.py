"""How a check of an outlet and a search for one are printed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.drafts import ways_of
from crawler.proposals import Proposal
from crawler.reports import Finding, PageReport, Report, WayReport
from harborwatch.commands import shown
from harborwatch.commands.try_answers import page_line

#: what a server says where nothing is
_NOTHING = ("HTTP 404", "HTTP 410")

Line = Mapping[str, object]


def show(report: Report, found: Sequence[Finding], *, as_json: bool) -> None:
    """Print what was found: ways, pages, then what is wrong and what to do."""
    if as_json:
        shown.json_lines(_way_line(way) for way in report.ways)
        shown.json_lines(_page_line(page) for page in report.pages)
        shown.json_lines(_finding_line(one) for one in found)
        return
    outlet = report.outlet
    click.echo(f"{outlet.id}: {outlet.name}, {' '.join(outlet.languages)}, {outlet.zone}")
    if report.ways:
        click.echo()
        columns = ("way", "answer", "entries", "stories", "dated", "newest", "address")
        shown.table(columns, (_way_row(way) for way in report.ways))
    for page in report.pages:
        _show_page(page)
    click.echo()
    for one in found:
        mark = "wrong" if one.wrong else "note"
        click.secho(f"{mark}: {one.about}: {one.text}", fg="red" if one.wrong else None)
        if one.step:
            click.echo(f"  {one.step}")
    wrong = sum(one.wrong for one in found)
    click.echo(f"{wrong} wrong, {len(found) - wrong} to note; {report.requests} requests made")


def tell_search(found: Proposal, save: Path | None) -> None:
    """Say on the error output what a search tried, and what comes next."""
    nothing = [address for address, came in found.tried if came.startswith(_NOTHING)]
    for address, came in found.tried:
        if address not in nothing:
            click.echo(f"  {address}: {came.removeprefix(f'{address}: ')}", err=True)
    if nothing:
        click.echo(f"  nothing at {', '.join(urlsplit(one).path for one in nothing)}", err=True)
    ways = ", ".join(way.way for way in ways_of(found))
    click.echo(f"{found.requests} requests made; ways in: {ways or 'none'}", err=True)
    if not ways:
        step = "name its listing page or feed by hand, or another URL of it"
        click.echo(f"no way into {found.asked} was found; {step}", err=True)
    elif save is None:
        click.echo(f"save it as {found.plain.id}.toml (--save), then:", err=True)
    if ways:
        file = save or f"{found.plain.id}.toml"
        click.echo(f"harborwatch outlets check {file}", err=True)


def _way_row(way: WayReport) -> tuple[str, ...]:
    return (
        way.source.id,
        way.answer,
        str(len(way.entries)),
        str(len(way.stories)),
        str(way.dated),
        shown.when(way.newest),
        way.source.address,
    )


def _show_page(page: PageReport) -> None:
    click.echo(f"\n{page.place}")
    if page.read is None:
        click.echo(f"  no story: {page.refused}")
    else:
        read, said = page_line(page.read), page.read.published
        body = page.read.body
        rows = [
            ("title", page.read.title),
            (
                "published",
                f"{read['published']} {said.origin} {said.text!r}" if said else "not found",
            ),
            ("authors", ", ".join(page.read.authors)),
            ("language", page.read.language or "not told"),
            ("body", f"{len(body)} characters, {page.read.method}, {page.read.confidence:.2f}"),
            ("begins", body[:100]),
            ("ends", body[-100:]),
            ("key", page.read.key),
        ]
        shown.table(("", ""), ((f"  {name}", text) for name, text in rows))
    if page.probes:
        shown.table(
            ("  layout", "part", "selector", "found", "characters", "begins"),
            (
                (
                    f"  {one.layout + 1}",
                    one.part,
                    one.selector,
                    str(one.found),
                    str(one.length),
                    one.date or one.text[:60],
                )
                for one in page.probes
            ),
        )


def _way_line(way: WayReport) -> Line:
    return {
        "about": "way",
        "source": way.source.id,
        "way": way.source.way,
        "address": way.source.address,
        "outcome": way.outcome,
        "answer": way.answer,
        "entries": len(way.entries),
        "stories": len(way.stories),
        "dated": way.dated,
        "newest": way.newest,
        "note": way.note,
    }


def _page_line(page: PageReport) -> Line:
    read = page_line(page.read) if page.read else {"refused": page.refused}
    probes = [
        {
            "layout": one.layout + 1,
            "part": one.part,
            "selector": one.selector,
            "found": one.found,
            "characters": one.length,
            "text": one.text,
            "date": one.date,
        }
        for one in page.probes
    ]
    return {"about": "page", "place": page.place, **read, "selectors": probes}


def _finding_line(one: Finding) -> Line:
    return {
        "about": "wrong" if one.wrong else "note",
        "where": one.about,
        "text": one.text,
        "step": one.step,
    }
