"""Found stories as RIS, which Zotero, EndNote, Mendeley and JabRef read. Pure.

The form is that of Research Information Systems' "RIS Format Specifications"
(2011): a line for each tag, two spaces, a hyphen and a space after it, CRLF
at its end, `TY` first and `ER` last.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.clean import clean, safe_link
from harborwatch.exports import Record
from news import Outlet


def ris_text(records: Iterable[Record], outlets: Mapping[str, Outlet]) -> Iterator[str]:
    """Yield one reference after the other; the catalogue says how outlets are called.

    An outlet that left the catalogue stands there by its id, its days in UTC.
    """
    for one in records:
        lines = [
            f"{tag}  - {said}\r\n" for tag, text in _tags(one, outlets) if (said := clean(text))
        ]
        yield "".join(["TY  - NEWS\r\n", *lines, "ER  - \r\n", "\r\n"])


def _tags(one: Record, outlets: Mapping[str, Outlet]) -> Iterator[tuple[str, str]]:
    """Yield tags and what they say; what is empty will be left out."""
    outlet = outlets.get(one.outlet)
    name = outlet.name if outlet else one.outlet
    yield "TI", clean(one.title) or one.url
    # As printed: where a name of ten languages has its family name, nothing says.
    yield from (("AU", author) for author in one.authors)
    # Of a NEWS, readers take the paper from T2 and the publisher from PB.
    yield "T2", name
    yield "PB", name
    if one.published:
        yield "DA", _day(one.published, outlet)
    yield "UR", safe_link(one.url)
    yield "LA", one.language
    yield "AB", one.lead
    yield "N1", ", ".join(one.topics)


def _day(moment: datetime, outlet: Outlet | None) -> str:
    """Return the day that stood on the outlet's page, as YYYY/MM/DD and an empty rest."""
    return f"{moment.astimezone(ZoneInfo(outlet.zone if outlet else 'UTC')):%Y/%m/%d}/"
