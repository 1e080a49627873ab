"""Makes the gold of pages and feeds, from the same views that are served."""

from __future__ import annotations

from collections.abc import Iterator

from . import flaws
from .addresses import address_of, paths
from .dates import WIDE_FORMS
from .gold import FINEST, Gold, GoldEntry, GoldFeed, GoldPage, Precision
from .layouts import LAYOUTS
from .odd import ODD
from .printing import odd, page, spelt, typed, way
from .view import Placed, View
from .ways import WAYS

#: The layout whose outlets serve the pages that are no story.
ODD_AT = "magazine"
#: How many outlets stand for each flaw in the gold.
FLAWED_AT = 4


def precision(view: View, placed: Placed) -> Precision:
    """Give the finest that a page tells of its time: printed, in metadata or in its address."""
    layout = LAYOUTS[view.outlet.layout]
    told = [view.printed(placed.published)[1]] if not layout.timed else []
    if layout.timed or (view.outlet.metadata and view.outlet.layout != "joomla"):
        told.append(Precision.SECOND)
    if layout.dated is not None:
        told.append(layout.dated)
    return min(told, key=FINEST.index)


def _titles(view: View, placed: Placed) -> tuple[str, ...]:
    carried = {"opengraph", "jsonld"} & set(view.outlet.metadata)
    both = [placed.text.headline, placed.text.short if carried else ""]
    return tuple(dict.fromkeys(spelt(view.outlet, each) for each in both if each))


def gold(view: View, placed: Placed) -> Gold:
    """Make the gold of a story."""
    layout, text, outlet = LAYOUTS[view.outlet.layout], placed.text, view.outlet
    parts = tuple("\n".join(lines) for lines in layout.parts(view, placed))
    body, release = "\n".join(parts), placed.kind == "release"
    authored = layout.authored or "jsonld" in outlet.metadata
    author = spelt(outlet, text.author)
    return Gold(
        title=spelt(outlet, text.headline),
        titles=_titles(view, placed),
        body=spelt(outlet, body),
        unicode_title=text.headline,
        unicode_body=body,
        parts=tuple(spelt(outlet, part) for part in parts),
        published=placed.published,
        precision=precision(view, placed),
        authors=(author,) if authored and author else (),
        language=outlet.plain_language,
        agency="PRNewswire" if release else spelt(outlet, text.agency),
        code=spelt(outlet, text.code) if layout.coded else "",
        text=text.key,
        happening="selat-data-2018" if release else "",
        paywalled=placed.kind == "paywall",
    )


def _refused(view: View, kind: str) -> Gold:
    return Gold(
        title="", titles=(), body="", unicode_title="", unicode_body="", parts=(),
        published=None, precision=None, authors=(), language=view.outlet.plain_language,
        agency="", code="", text="", happening="", refused=ODD[kind].refused,
    )  # fmt: skip


def _gold_page(
    view: View, kind: str, addresses: tuple[str, ...], body: bytes, made: Gold
) -> GoldPage:
    outlet = view.outlet
    return GoldPage(
        outlet=outlet.name,
        language=outlet.language,
        zone=outlet.zone,
        layout=outlet.layout,
        kind=kind,
        address=addresses[0],
        further=addresses[1:],
        body=body,
        content_type=typed(outlet, "text/html"),
        encoding=outlet.encoding,
        gold=made,
    )


def pages(view: View) -> Iterator[GoldPage]:
    """Give all pages of an outlet: its stories, then what is no story."""
    for placed in view.stories:
        addresses = tuple(view.base() + path for path in paths(view, placed))
        yield _gold_page(view, placed.kind, addresses, page(view, placed), gold(view, placed))
    if view.outlet.layout == ODD_AT:
        for kind, one in ODD.items():
            address = view.base() + one.path
            yield _gold_page(view, kind, (address,), odd(view, kind), _refused(view, kind))


def further(view: View, address: str) -> tuple[bytes, ...]:
    """Write the further pages of the story at an address. Raise LookupError if none is there."""
    for placed in view.stories:
        if address_of(view, placed) == address:
            count = len(paths(view, placed))
            return tuple(page(view, placed, number) for number in range(2, count + 1))
    raise LookupError(f"no story at {address}")


def _entries(view: View, told: Precision | None) -> tuple[GoldEntry, ...]:
    return tuple(
        GoldEntry(
            address=address_of(view, placed),
            title=spelt(view.outlet, placed.text.headline),
            published=placed.published if told else None,
            precision=told,
        )
        for placed in view.stories
    )


def _gold_feed(
    view: View, name: str, body: bytes, content_type: str, entries: tuple[GoldEntry, ...],
    *, path: str, encoding: str, flaw: str = "",
) -> GoldFeed:  # fmt: skip
    outlet = view.outlet
    return GoldFeed(
        outlet=outlet.name,
        language=outlet.language,
        zone=outlet.zone,
        way=name,
        flaw=flaw,
        address=view.base() + path,
        body=body,
        content_type=content_type,
        encoding=encoding,
        entries=entries,
    )


def feeds(view: View) -> Iterator[GoldFeed]:
    """Give the ways into an outlet that answer: a listing made by a script lists nothing."""
    shut = dict(view.outlet.shut)
    for name in view.outlet.ways:
        if name in shut:
            continue
        made = WAYS[name]
        body, content_type = way(view, name)
        entries = () if name == "index" else _entries(view, made.precision)
        encoding = "utf-8" if made.always_utf8 else view.outlet.encoding
        yield _gold_feed(
            view, name, body, content_type, entries, path=made.path, encoding=encoding
        )


def flawed(view: View, name: str) -> GoldFeed:
    """Give an outlet's feed with one flaw."""
    flaw = flaws.FLAWS[name]
    form = WIDE_FORMS.get(view.outlet.date_form, WIDE_FORMS["iso"])
    entries = _entries(view, form.precision if flaw.native else Precision.SECOND)
    told = tuple(
        GoldEntry(
            address=each.address,
            title=flaw.title(view, each.title),
            published=each.published,
            precision=each.precision,
        )
        for each in entries[: len(entries) - flaw.lost]
    )
    encoding = flaws.true_codec(name, view.outlet.encoding)
    return _gold_feed(
        view, "rss", flaw.make(view), flaw.content_type, told,
        path=flaws.path_of(name), encoding=encoding, flaw=name,
    )  # fmt: skip


def stands_for(name: str, views: tuple[View, ...]) -> tuple[View, ...]:
    """Choose the outlets that stand for a flaw in the gold, other ones for each flaw."""
    able = tuple(
        view
        for view in views
        if not view.outlet.release
        and not view.outlet.zawgyi
        and (name != "says-utf-8" or view.outlet.encoding != "utf-8")
    )
    begin = list(flaws.FLAWS).index(name) * 3
    step = max(1, len(able) // FLAWED_AT)
    places = {(begin + step * n) % len(able) for n in range(FLAWED_AT)}
    return tuple(able[place] for place in sorted(places))
