"""The outlets by country, as docs/outlets.md shows them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from news import Outlet

_COUNTRIES = {
    "BN": "Brunei", "CN": "China", "GB": "United Kingdom", "HK": "Hong Kong", "ID": "Indonesia",
    "JP": "Japan", "KH": "Cambodia", "LA": "Laos", "MM": "Myanmar", "MY": "Malaysia",
    "PH": "Philippines", "SG": "Singapore", "TH": "Thailand", "TL": "Timor-Leste", "TW": "Taiwan",
    "US": "United States", "VN": "Vietnam",
}  # fmt: skip


def table(outlets: Iterable[Outlet]) -> str:
    """Return the outlets as Markdown, a table for each country."""
    lands: defaultdict[str, list[Outlet]] = defaultdict(list)
    for outlet in outlets:
        lands[_COUNTRIES.get(outlet.country, outlet.country)].append(outlet)
    parts = [_country(land, own) for land, own in sorted(lands.items())]
    total = sum(len(own) for own in lands.values())
    head = f"{total} outlets of {len(lands)} countries."
    return "\n".join([head, "", *parts])


def _country(land: str, outlets: Iterable[Outlet]) -> str:
    rows = [
        f"| [{_cell(one.name)}]({one.home}) | `{one.id}` | {_cell(one.kind)} "
        f"| {' '.join(one.languages)} | {_ways(one)} |"
        for one in sorted(outlets, key=lambda one: one.name.lower())
    ]
    head = [f"## {land}: {len(rows)}", "", "| outlet | id | kind | languages | ways in |"]
    return "\n".join([*head, "|---|---|---|---|---|", *rows, ""])


def _ways(outlet: Outlet) -> str:
    counts = Counter(source.way for source in outlet.sources)
    return ", ".join(f"{n} {way}s" if n > 1 else way for way, n in counts.items())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
