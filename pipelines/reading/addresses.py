"""One address for one story, however it was written.

Twins of an address (http and https, www and m, AMP, tracking fields) fold
into one canonical form by general rules and by the outlet's own.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import SplitResult, unquote, urlsplit

from news import Dated, Outlet, Precision, SourceError
from pipelines.reading.dates.zones import at_noon, in_zone
from pipelines.reading.spelling import dotless, percent

#: Query fields that say how a reader came, never what is read.
TRACKING = re.compile(
    r"^(utm_.*|_ga|_gl|fbclid|gclid|dclid|msclkid|yclid|igshid?|mc_[ce]id|mibextid|ref|ref_.*"
    r"|referr?er|source|src|from|spm|scm|cmp(id)?|ocid|ito|amp|outputtype|share.*|_x_tr_.*)$",
    re.IGNORECASE,
)
_TWIN = re.compile(r"^(?:www\d?|m|amp|mobile|wap)\.(?=[^.]+\.)")
_SCRIPT = re.compile(r"\.(php\d?|aspx?|jsp|cgi|do|cfm)$|^(index|default)\b", re.IGNORECASE)
_DATED_PATHS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)(?P<by>[/-])(?P<month>\d\d?)(?P=by)(?P<day>\d\d?)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/?(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_-])"),
)
#: A rewrite that feeds itself is stopped after this many rounds.
_ROUNDS = 4


def canonical(address: str, outlet: Outlet) -> str:
    """Return the one address that stands for all twins of this one.

    Raises SourceError when it is no http address.
    """
    parts = _split(address)
    host = _fold_host(_host_and_port(parts, address), outlet)
    scheme = _scheme(parts.scheme, host, outlet)
    return f"{scheme}://{host}{_story_path(parts, outlet)}"


def key(address: str, outlet: Outlet) -> str:
    """Return what stays when the rest of the address changes.

    "indotelko:1537410163" where a story pattern of the outlet has a group
    `key` or `unix`, else the canonical address without its scheme.
    """
    folded = canonical(address, outlet)
    match = _pattern_match(folded, outlet)
    groups = match.groupdict() if match else {}
    named = groups.get("key") or groups.get("unix")
    return f"{outlet.id}:{named}" if named else folded.split("://", 1)[1]


def is_story(address: str, outlet: Outlet) -> bool:
    """Tell whether the address may be a story of this outlet.

    Without story patterns any path of the outlet's own hosts may be one.
    """
    try:
        folded = canonical(address, outlet)
    except SourceError:
        return False
    if not is_own(folded, outlet):
        return False
    if outlet.addresses.story:
        return _pattern_match(folded, outlet) is not None
    return _rest(folded) != "/"


def is_own(address: str, outlet: Outlet) -> bool:
    """Tell whether the address is on a host of the outlet or on one below it."""
    host = urlsplit(address).netloc.lower()
    return any(host == bare or host.endswith("." + bare) for bare in map(_bare, _hosts(outlet)))


def owner(address: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Return the outlet whose host the address has; of an edition below another's host, the edition.

    None where no outlet has it.
    """
    host = urlsplit(address).netloc.lower()
    own = [
        (len(bare), outlet)
        for outlet in outlets
        for bare in map(_bare, _hosts(outlet))
        if host == bare or host.endswith("." + bare)
    ]
    return max(own, key=lambda one: one[0])[1] if own else None


def looks_like_story(path: str) -> bool:
    """Tell whether a path by itself looks like a story: a number or four words."""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    if _SCRIPT.search(last):
        return len(re.findall(r"\d", path)) >= 4
    words = [word for word in re.split(r"[-_.+]|%20", unquote(last)) if word]
    return len(words) >= 4 or len(re.findall(r"\d", path)) >= 4


def printed_time(address: str, outlet: Outlet) -> Dated | None:
    """Read the time that stands in the address, by the outlet's patterns.

    The groups are unix, or year, month, day and where present hour, minute,
    second. Without patterns a plain /2018/09/20/ is taken, with less trust.
    """
    try:
        folded = canonical(address, outlet)
    except SourceError:
        return None
    match = _pattern_match(folded, outlet)
    groups = {name: text for name, text in (match.groupdict() if match else {}).items() if text}
    if "unix" in groups:
        return _unix_time(groups["unix"])
    if {"year", "month", "day"} <= groups.keys():
        return _path_time(groups, outlet.zone, confidence=0.8)
    paths = (pattern.search(_rest(folded)) for pattern in _DATED_PATHS)
    dated = next(filter(None, paths), None)
    return _path_time(dated.groupdict(), outlet.zone, confidence=0.6) if dated else None


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip().replace("\\", "/"))
    except ValueError as error:
        raise SourceError(f"{address[:200]!r} is no address: {error}") from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        raise SourceError(f"{address[:200]!r} is no http address; leave it out")
    return parts


def _host_and_port(parts: SplitResult, address: str) -> str:
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:
        raise SourceError(f"{address[:200]!r} has a host that cannot be read: {error}") from error
    if not host:
        raise SourceError(f"{address[:200]!r} names no host")
    host = f"[{host}]" if ":" in host else host.lower()
    default = 443 if parts.scheme.lower() == "https" else 80
    return host if port in {None, default} else f"{host}:{port}"


def _fold_host(host: str, outlet: Outlet) -> str:
    hosts = _hosts(outlet)
    if host in hosts or _bare(host) in {_bare(twin) for twin in hosts}:
        return hosts[0]
    return host


def _hosts(outlet: Outlet) -> tuple[str, ...]:
    return tuple(host.lower() for host in outlet.hosts) or (urlsplit(outlet.home).netloc.lower(),)


def _bare(host: str) -> str:
    return _TWIN.sub("", host)


def _scheme(given: str, host: str, outlet: Outlet) -> str:
    if not re.search(r":\d+$", host):
        return "https"
    own = host in _hosts(outlet)
    return (urlsplit(outlet.home).scheme or "http").lower() if own else given.lower()


def _story_path(parts: SplitResult, outlet: Outlet) -> str:
    rest = _tidy(f"{parts.path}?{parts.query}" if parts.query else parts.path, outlet)
    for _ in range(_ROUNDS):
        rewritten = rest
        for rule in outlet.addresses.rewrite:
            rewritten = re.sub(rule.pattern, rule.to, rewritten)
        rewritten = _tidy(rewritten, outlet)
        if rewritten == rest:
            break
        rest = rewritten
    return rest


def _tidy(rest: str, outlet: Outlet) -> str:
    path, _, query = rest.partition("?")
    path = dotless(percent(path, "/:@!$&'()*+,;=~"))
    fields = _fields(path, percent(query, "/:@!$'()*+,;=&~?"), outlet)
    return f"{path}?{fields}" if fields else path


def _fields(path: str, query: str, outlet: Outlet) -> str:
    fields = [field for field in query.split("&") if field]
    keep = outlet.addresses.keep_query
    if keep:
        kept = [field for field in fields if field.split("=", 1)[0] in keep]
        return "&".join(sorted(kept, key=lambda field: keep.index(field.split("=", 1)[0])))
    if _alone_a_story(path, outlet):
        return ""
    return "&".join(field for field in fields if not TRACKING.match(field.split("=", 1)[0]))


def _alone_a_story(path: str, outlet: Outlet) -> bool:
    if outlet.addresses.story:
        return _search(path, outlet) is not None
    return looks_like_story(path)


def _pattern_match(folded: str, outlet: Outlet) -> re.Match[str] | None:
    return _search(_rest(folded), outlet)


def _search(rest: str, outlet: Outlet) -> re.Match[str] | None:
    # Canonical paths end without a slash, patterns are often written with one.
    path, mark, query = rest.partition("?")
    for tried in (rest, f"{path.rstrip('/')}/{mark}{query}"):
        for pattern in outlet.addresses.story:
            if match := re.search(pattern, tried):
                return match
    return None


def _rest(folded: str) -> str:
    return "/" + folded.split("://", 1)[1].partition("/")[2]


def _unix_time(digits: str) -> Dated | None:
    seconds = int(digits) // (1000 if len(digits) == 13 else 1)
    # 1995 to 2100: anything else is a number of another kind.
    if not 788_918_400 <= seconds < 4_102_444_800:
        return None
    return Dated(
        at=datetime.fromtimestamp(seconds, UTC), text=digits, zone="UTC", origin="address",
        precision=Precision.SECOND, confidence=0.95,
    )  # fmt: skip


def _path_time(groups: dict[str, str], zone: str, confidence: float) -> Dated | None:
    year = int(groups["year"])
    clock = [groups[name] for name in ("hour", "minute", "second") if name in groups]
    try:
        day = date(year + 2000 if year < 100 else year, int(groups["month"]), int(groups["day"]))
        at = in_zone(day, *map(int, clock), zone=zone) if len(clock) > 1 else at_noon(day, zone)
    except ValueError:
        return None
    precision = (Precision.DAY, Precision.DAY, Precision.MINUTE, Precision.SECOND)[len(clock)]
    text = "-".join([groups["year"], groups["month"], groups["day"], *clock])
    return Dated(
        at=at, text=text, zone=zone, origin="address", precision=precision, confidence=confidence
    )
