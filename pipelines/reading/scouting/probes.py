"""What each of an outlet's selectors finds on a page, for whoever writes them."""

from dataclasses import replace
from datetime import datetime

from cssselect import SelectorError
from lxml.html import HtmlElement

from news import Outlet, Refused
from pipelines.reading.dates.dates import parse_printed
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import line, parse, text_of
from pipelines.reading.scouting.scouted import Probe, parts_of

#: Characters of what a selector finds that are shown.
_SHOWN = 120


def read_probes(
    body: bytes, content_type: str, outlet: Outlet, now: datetime
) -> tuple[Probe, ...]:
    """Return what each selector of each layout finds on a page, in the file's order.

    Raises Refused("unreadable") where the page cannot be parsed, and
    Refused("selector") where one is no CSS selector.
    """
    tree = parse(decode(body, content_type)[0])
    return tuple(
        _dated(_probe(tree, layout, part, selector), outlet, now)
        for layout, selectors in enumerate(outlet.selectors)
        for part, selector in parts_of(selectors)
    )


def _dated(probe: Probe, outlet: Outlet, now: datetime) -> Probe:
    if probe.part != "date" or not probe.text:
        return probe
    said = parse_printed(
        probe.text, outlet.languages[0] if outlet.languages else "", outlet.zone, now
    )
    return replace(probe, date=said.at.isoformat()) if said else probe


def _probe(tree: HtmlElement, layout: int, part: str, selector: str) -> Probe:
    try:
        nodes = list(tree.cssselect(selector))
    except SelectorError as error:
        raise Refused("selector", f"{selector!r} is no CSS selector: {error}") from error
    text = line(" ".join(text_of(node) for node in nodes))
    return Probe(
        layout=layout,
        part=part,
        selector=selector,
        found=len(nodes),
        length=len(text),
        text=text[:_SHOWN],
    )
