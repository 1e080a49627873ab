"""The layouts of the press: how the pages of each family of outlets are made.

A layout is one small module: `find` gives what stands at a path, and another
function gives the path of a story. It leans on editions and feeds only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harborwatch.press.document import Found
from harborwatch.press.edition import Edition, Item

from . import portal, wire, wordpress


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One family of outlets."""

    #: What stands at a path and query, None if nothing does.
    find: Callable[[Edition, str, str], Found | None]
    #: The path of a story.
    path_of: Callable[[Edition, Item], str]
    #: Paths of sitemaps, for robots.txt.
    sitemaps: tuple[str, ...] = ()


LAYOUTS = {
    "portal": Layout(find=portal.find, path_of=lambda _, item: portal.address(item)),
    "wordpress": Layout(
        find=wordpress.find, path_of=wordpress.path_of, sitemaps=("/sitemap.xml",)
    ),
    "wire": Layout(
        find=wire.find,
        path_of=lambda _, item: wire.path_of(item),
        sitemaps=("/sitemap.xml", wire.NEWS_SITEMAP),
    ),
}
