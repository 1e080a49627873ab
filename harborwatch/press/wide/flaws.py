"""What real feeds get wrong: each flaw turns a sound RSS 2.0 feed into a broken one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from .dates import WIDE_FORMS
from .spelling import encoded
from .view import View
from .ways import rss

TITLE = re.compile(r"(?<=<item>\n)<title>(.*?)</title>")
LINK = re.compile(r"(?<=</title>\n)<link>(.*?)</link>\n(?=<guid)")
GUID = re.compile(r'<guid isPermaLink="true">(.*?)</guid>')
DESCRIPTION = re.compile(r"<description>(.*?)</description>\n(?=</item>)", re.DOTALL)


def _sound(view: View) -> str:
    return rss.make(view)


def _ampersand(view: View) -> str:
    return TITLE.sub(r"<title>\1 & R&D</title>", _sound(view))


def _entities(view: View) -> str:
    return TITLE.sub(r"<title>&ldquo;\1&rdquo;&nbsp;&hellip;</title>", _sound(view))


def _cut(view: View) -> str:
    """Cut inside the last item: those before it are whole."""
    text = _sound(view)
    return text[: text.rindex("<item>") + 30]


def _html_titles(view: View) -> str:
    return TITLE.sub(r"<title>&lt;b&gt;\1&lt;/b&gt;&lt;br/&gt;</title>", _sound(view))


def _same_guids(view: View) -> str:
    """Repeat each item with its guid, as feeds of several sections do."""
    return re.sub(r"<item>.*?</item>\n", lambda m: m[0] * 2, _sound(view), flags=re.DOTALL)


def _one_guid(view: View) -> str:
    """Give all items the same guid; the links still differ."""
    guid = '<guid isPermaLink="false">0</guid>'
    return GUID.sub(guid, _sound(view))


def _guid_only(view: View) -> str:
    return LINK.sub("", _sound(view))


def _relative(view: View) -> str:
    text = GUID.sub("", _sound(view))
    base = view.base()
    return LINK.sub(lambda m: f"<link>{m[1].removeprefix(base)}</link>\n", text)


def _nested(view: View) -> str:
    """Put a CDATA section into a CDATA section: the inner end closes the outer."""
    body = r"<description><![CDATA[<p><![CDATA[\1]]></p>]]></description>" + "\n"
    return DESCRIPTION.sub(body, _sound(view))


def _native_dates(view: View) -> str:
    """Print dates as the pages do: in the outlet's language and wall time."""
    name = view.outlet.date_form
    form = WIDE_FORMS[name if name in WIDE_FORMS else "iso"]
    moments = iter(view.stories)

    def date(_: re.Match[str]) -> str:
        return f"<pubDate>{form.write(view.local(next(moments).published))}</pubDate>"

    return re.sub(r"<pubDate>.*?</pubDate>", date, _sound(view))


def _undeclared(view: View) -> str:
    """Use a namespace that the feed does not declare."""
    return _sound(view).replace("</item>", "<dc:creator>X</dc:creator><media:thumbnail/></item>")


def _controls(view: View) -> str:
    """Leave control characters that XML forbids, as pasted text brings them."""
    return TITLE.sub("<title>\\1\x0b\x08</title>", _sound(view))


def _sections(view: View) -> str:
    label = view.words.sections["world"].label
    return TITLE.sub(lambda m: f"<title>{label} : {m[1]}</title>", _sound(view))


def _declared(view: View, name: str) -> str:
    """Name another charset than the one the bytes are in."""
    return re.sub(r"^<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{name}"?>', _sound(view))


def _plain(make: Callable[[View], str]) -> Callable[[View], bytes]:
    return lambda view: encoded(make(view), view.outlet.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One way to be wrong."""

    make: Callable[[View], bytes]
    content_type: str = "text/xml"
    #: How a reader that mends the flaw has the title.
    title: Callable[[View, str], str] = lambda _, title: title
    #: Items at the end that are lost.
    lost: int = 0
    #: Only what the page's date form tells is left of the time.
    native: bool = False


def _world(view: View, title: str) -> str:
    return f"{view.words.sections['world'].label} : {title}"


FLAWS: dict[str, Flaw] = {
    "ampersand": Flaw(make=_plain(_ampersand), title=lambda _, t: f"{t} & R&D"),
    "entities": Flaw(
        make=_plain(_entities), title=lambda _, t: unescape(f"&ldquo;{t}&rdquo; &hellip;")
    ),
    "cut": Flaw(make=_plain(_cut), lost=1),
    "html-titles": Flaw(make=_plain(_html_titles)),
    "same-guids": Flaw(make=_plain(_same_guids)),
    "one-guid": Flaw(make=_plain(_one_guid)),
    "guid-only": Flaw(make=_plain(_guid_only)),
    "relative": Flaw(make=_plain(_relative)),
    "nested-cdata": Flaw(make=_plain(_nested)),
    "native-dates": Flaw(make=_plain(_native_dates), native=True),
    "undeclared": Flaw(make=_plain(_undeclared)),
    "controls": Flaw(make=_plain(_controls)),
    "sections": Flaw(make=_plain(_sections), title=_world),
    "byte-order-mark": Flaw(
        make=lambda view: b"\xef\xbb\xbf" + _declared(view, "utf-8").encode(),
    ),
    "blank-lines": Flaw(make=_plain(lambda view: "\r\n\n  " + _sound(view))),
    "trailing": Flaw(
        make=_plain(lambda view: _sound(view) + "<!-- 0.12s --><script>1&&2</script>")
    ),
    "utf-16": Flaw(make=lambda view: _declared(view, "utf-16").encode("utf-16")),
    "says-utf-8": Flaw(
        make=lambda view: encoded(_declared(view, "utf-8"), view.outlet.encoding),
        content_type="text/xml; charset=utf-8",
    ),
    "says-latin-1": Flaw(
        make=lambda view: _declared(view, "iso-8859-1").encode(),
        content_type="text/xml; charset=iso-8859-1",
    ),
    "as-html": Flaw(make=_plain(_sound), content_type="text/html; charset=utf-8"),
}


def path_of(flaw: str) -> str:
    """Give the path at which every outlet serves the flawed feed."""
    return f"/flawed/{flaw}.xml"


def true_codec(flaw: str, encoding: str) -> str:
    """Give the codec in which the flawed feed is written."""
    fixed = {"byte-order-mark": "utf-8-sig", "utf-16": "utf-16", "says-latin-1": "utf-8"}
    return fixed.get(flaw, encoding)
