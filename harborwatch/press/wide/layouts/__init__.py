"""The layouts of the wide press: families D to H, client-rendered pages and other kinds.

A layout is one small module with a `LAYOUT`: how a story's address and its
pages are made. It leans on views, furniture and boxes only.
"""

from __future__ import annotations

from harborwatch.press.wide.layout import Layout

from . import joomla, magazine, paged, release, rendered, state

LAYOUTS: dict[str, Layout] = {
    "state": state.LAYOUT,
    "joomla": joomla.LAYOUT,
    "paged": paged.LAYOUT,
    "magazine": magazine.LAYOUT,
    "rendered": rendered.LAYOUT,
    "release": release.LAYOUT,
}
