"""An outlet that no file describes: what its address alone, or its pages, tell of it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.catalogue import NO_COUNTRY
from news import Outlet, SourceError
from query.codes import LANGUAGES

#: what is meant where nothing tells the zone: then the page's own zone must
NO_ZONE = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """A country as its outlets are: its zone, its languages, the likeliest first."""

    zone: str
    languages: tuple[str, ...]


#: by country code, which is the end of a host too
LANDS = {
    "ID": Land(zone="Asia/Jakarta", languages=("id",)),
    "CN": Land(zone="Asia/Shanghai", languages=("zh",)),
    "VN": Land(zone="Asia/Ho_Chi_Minh", languages=("vi",)),
    "TH": Land(zone="Asia/Bangkok", languages=("th",)),
    "MY": Land(zone="Asia/Kuala_Lumpur", languages=("ms", "en", "zh")),
    "SG": Land(zone="Asia/Singapore", languages=("en", "zh", "ms")),
    "PH": Land(zone="Asia/Manila", languages=("fil", "en")),
    "KH": Land(zone="Asia/Phnom_Penh", languages=("km",)),
    "LA": Land(zone="Asia/Vientiane", languages=("lo",)),
    "MM": Land(zone="Asia/Yangon", languages=("my",)),
    "BN": Land(zone="Asia/Brunei", languages=("ms", "en")),
    "TW": Land(zone="Asia/Taipei", languages=("zh",)),
    "HK": Land(zone="Asia/Hong_Kong", languages=("zh", "en")),
    "MO": Land(zone="Asia/Macau", languages=("zh",)),
}
#: where a language is at home; English is so everywhere
_HOMES = {
    "id": "ID", "ms": "MY", "zh": "CN", "vi": "VN", "th": "TH", "km": "KH", "lo": "LA",
    "my": "MM", "fil": "PH",
}  # fmt: skip
_SPELT = {"in": "id", "tl": "fil", "cmn": "zh", "msa": "ms", "zsm": "ms", "ind": "id"}


def unlisted(address: str, declared: str = "") -> Outlet:
    """Return an outlet made of an address's host; any of the ten languages may be its own.

    `declared` is the language that its pages declare, such as "id-ID". The zone
    is that of the country which the host ends in, else of the language's home;
    where neither tells, a page's own. Raises SourceError where it is no address.
    """
    host = host_of(address)
    country = country_of(host, declared)
    own = [language_of(declared), *(LANDS[country].languages if country in LANDS else ("en",))]
    return Outlet(
        id=name_of(host),
        name=host.partition(":")[0],
        home=f"{urlsplit(address.strip()).scheme.lower()}://{host}",
        country=country,
        languages=tuple(dict.fromkeys(code for code in [*own, *LANGUAGES] if code)),
        zone=LANDS[country].zone if country in LANDS else NO_ZONE,
        hosts=(host,),
    )


def host_of(address: str) -> str:
    """Return an address's host with its port. Raises SourceError where there is none."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SourceError(f"{address[:200]!r} is no address: {error}") from error
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise SourceError(f"{address[:200]!r} is no address; it begins with http:// or https://")
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port else shown


def name_of(host: str) -> str:
    """Return an outlet's id made of its host: "indotelko" of "www.indotelko.com"."""
    labels = [label for label in host.partition(":")[0].lower().split(".") if label]
    known = [label for label in labels if not re.fullmatch(r"www\d?|m|amp|mobile|wap", label)]
    # The second last label of "news.example.co.id" is no name, nor is a short one.
    last = next((label for label in known[-2::-1] if len(label) > 3), (known or labels)[0])
    return re.sub(r"[^a-z0-9-]", "-", last).strip("-") or "outlet"


def country_of(host: str, declared: str = "") -> str:
    """Return the country that a host, or else a declared language, points to; else NO_COUNTRY."""
    end = host.partition(":")[0].rpartition(".")[2].upper()
    if end in LANDS:
        return end
    region = next(
        (part.upper() for part in re.split("[-_]", declared)[1:] if part.upper() in LANDS), ""
    )
    if not region and re.search(r"[-_]hant\b", declared, re.IGNORECASE):
        return "TW"
    return region or _HOMES.get(language_of(declared), NO_COUNTRY)


def language_of(declared: str) -> str:
    """Return one of the ten codes for a declared language such as "zh-Hant-TW", or ""."""
    code = re.split("[-_]", declared.strip().lower(), maxsplit=1)[0]
    ours = _SPELT.get(code, code)
    return ours if ours in LANGUAGES else ""
