"""What is wrong with an outlet's file, judged by what a check found: pure, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from crawler.reports import Finding, PageReport, Report, WayReport
from news import Outcome, Outlet, Precision, Selectors
from news.toml_files import TomlFile
from pipelines.reading.addresses import is_story
from pipelines.reading.scouting.scouted import Probe, parts_of

#: an outlet of the press that has been silent for longer is hardly alive
_STALE = timedelta(days=14)
#: a confidence below which a body is worth a look
_DOUBTFUL = 0.5

_LOOK = "look for another: harborwatch outlets new {home}"
_STEPS: Mapping[Outcome, str] = {
    Outcome.MISSING: _LOOK,
    Outcome.GONE: _LOOK,
    Outcome.UNREADABLE: _LOOK,
    Outcome.BLOCKED: f"the server shuts programs out here; {_LOOK}",
    Outcome.TOLD_TO_WAIT: "the server asks for patience; check again later",
    Outcome.TEMPORARY: "check again later; when it stays so, the address is dead",
    Outcome.UNCHANGED: "check again later",
}

_BODY = "say where the text stands: [[selectors]] body; or narrow addresses.story"
#: by the reason of a refusal
_PAGE_STEPS: Mapping[str, str] = {
    "no-body": _BODY,
    "too-short": _BODY,
    "no-title": "say where the headline stands: [[selectors]] title",
    "numbers-only": "pages of numbers are no stories: narrow addresses.story",
    "listing": "lists are no stories: narrow addresses.story",
    "error-page": "the address is no story's, or is gone: narrow addresses.story",
    "consent-page": "the outlet shows programs another page; take its feed or WordPress way",
}


def findings(report: Report, file: TomlFile, now: datetime) -> list[Finding]:
    """Return what the check has to say, what is wrong first."""
    found = [one for way in report.ways for one in _of_way(way, report.outlet, file, now)]
    found += [one for page in report.pages for one in _of_page(page, report.outlet, file)]
    found += _of_pages(report.pages, report.outlet, file)
    if not report.ways and not report.pages:
        step = f"find its ways in: harborwatch outlets new {report.outlet.home}"
        found.append(Finding(about=str(file.path), text="the outlet has no source", step=step))
    return sorted(dict.fromkeys(found), key=lambda one: not one.wrong)


def _of_way(way: WayReport, outlet: Outlet, file: TomlFile, now: datetime) -> Iterator[Finding]:
    about = way.source.id
    if way.outcome is not Outcome.GOOD:
        step = _STEPS.get(way.outcome, "").format(home=outlet.home)
        if "robots.txt" in way.answer:
            step = "the outlet forbids it; take another way in, or ask the publisher"
        yield Finding(about=about, text=way.note or way.answer, step=step)
        return
    if not way.entries:
        step = _LOOK.format(home=outlet.home)
        yield Finding(about=about, text="it shows no stories", step=step)
        return
    yield from _of_addresses(way, file)
    if way.source.way != "listing" and not way.dated:
        yield Finding(about=about, text="its entries carry no times", wrong=False)
    if way.newest is not None and now - way.newest > _STALE:
        text = f"its newest entry is {(now - way.newest).days} days old"
        yield Finding(about=about, text=text, step="the way may be dead", wrong=False)
    if way.note:
        yield Finding(about=about, text=way.note, wrong=False)


def _of_addresses(way: WayReport, file: TomlFile) -> Iterator[Finding]:
    others = [one.address for one in way.entries if one not in way.stories]
    if not others:
        return
    place, total = _place(file, "addresses", "story"), len(way.entries)
    if not way.stories:
        text = f"none of the {total} addresses of {way.source.id} is a story's: {others[0]}"
        yield Finding(about=place, text=text, step="mend addresses.story, or hosts")
    else:
        text = f"{len(others)} of the {total} addresses of {way.source.id} are no story's, as {others[0]}"
        yield Finding(
            about=place, text=text, step="look whether addresses.story fits it", wrong=False
        )


def _of_page(page: PageReport, outlet: Outlet, file: TomlFile) -> Iterator[Finding]:
    if page.read is None:
        step = _PAGE_STEPS.get(page.refused.partition(":")[0], "look at the page in a browser")
        yield Finding(about=page.place, text=f"no story: {page.refused}", step=step)
        return
    read = page.read
    if not is_story(read.address, outlet):
        text = f"its own address is no story's: {read.address}"
        yield Finding(about=page.place, text=text, step="mend addresses.story, rewrite or hosts")
    if read.published is None:
        step = "say where its date stands: [[selectors]] date"
        yield Finding(about=page.place, text="no date was found", step=step)
    elif read.published.precision is Precision.DAY:
        text = f'only a day was found ("{read.published.text}")'
        step = "where the page prints a time of day, say where: [[selectors]] date"
        yield Finding(about=page.place, text=text, step=step, wrong=False)
    if read.language not in outlet.languages:
        told = f'reads as "{read.language}"' if read.language else "is in none of our languages"
        yield Finding(
            about=_place(file, "languages"),
            text=f"{page.place} {told}; the file says {' '.join(outlet.languages)}",
            step="mend languages, or narrow addresses.story",
        )
    if read.confidence < _DOUBTFUL:
        text = f"its text is doubtful ({read.method}, {read.confidence:.2f})"
        step = "look at it; [[selectors]] body makes it sure"
        yield Finding(about=page.place, text=text, step=step, wrong=False)


def _of_pages(pages: Sequence[PageReport], outlet: Outlet, file: TomlFile) -> Iterator[Finding]:
    titles = [page.read.title for page in pages if page.read]
    if len(titles) > 2 and len(set(titles)) == 1:
        text = f'all {len(titles)} pages have the headline "{titles[0]}"'
        yield Finding(about=_place(file, "selectors", 0, "title"), text=text, step="mend title")
    for layout, selectors in enumerate(outlet.selectors):
        for part, selector in dict.fromkeys(parts_of(selectors)):
            yield from _of_selector(pages, outlet, file, layout, part, selector)


def _of_selector(  # noqa: PLR0917 - where a selector stands
    pages: Sequence[PageReport], outlet: Outlet, file: TomlFile, layout: int, part: str,
    selector: str,
) -> Iterator[Finding]:  # fmt: skip
    probed = [page for page in pages if page.probes and _fits(outlet.selectors[layout], page)]
    mine = (layout, part, selector)
    hits = [
        any(
            map(
                _finds,
                (one for one in page.probes if (one.layout, one.part, one.selector) == mine),
            )
        )
        for page in probed
    ]
    if not probed or all(hits):
        return
    # Of two layouts that stand side by side one need not fit every page, and
    # not every page has a box to cut or a named author.
    served = all(any(_finds(one) for one in page.probes if one.part == part) for page in probed)
    what = "a date" if part == "date" else "something"
    optional = part in {"cut", "author"} or served
    yield Finding(
        about=_place(file, "selectors", layout, part),
        text=f"{part} {selector!r} finds {what} on {sum(hits)} of {len(probed)} pages",
        step="" if optional and any(hits) else "mend the selector, or take it out",
        wrong=not optional,
    )


def _finds(probe: Probe) -> bool:
    return bool(probe.date if probe.part == "date" else probe.length)


def _fits(selectors: Selectors, page: PageReport) -> bool:
    """Return whether a layout was in use when the page was published."""
    said = page.read.published if page.read else None
    until = selectors.valid_until
    return said is None or until is None or said.at.date() <= until


def _place(file: TomlFile, *key: str | int) -> str:
    line = file.line(key)
    return f"{file.path}:{line}" if line else str(file.path)
