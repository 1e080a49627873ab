"""How an outlet writes the addresses of its stories, learnt from some of them: pure.

A path is a row of segments, and each segment is of a kind: a year, a number,
a slug with a number behind it. Paths of one row of kinds make one pattern.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

#: patterns of one outlet; what is left over is rarely a story
_MOST = 3
#: share of the addresses that the patterns should fit
_ENOUGH = 0.95
#: digits below which a number may count stories of a day, and be used again
_A_KEY = 4
#: 2000 to 2100 in Unix seconds, and how far a story's time may be from the address's
_UNIX = range(946_684_800, 4_102_444_800)
_NEAR = 3 * 86_400

_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|htm|amp)$", re.IGNORECASE)
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
# Every pattern here, and every one that is made, reads a path in about one pass:
# links are written by others, and some would hold up a slower one for hours.
_KINDS = (
    ("date", re.compile(rf"(?:19|20)\d\d(?P<by>[-_]?){_MONTH}(?P=by){_DAY}")),
    ("year", re.compile(r"(?:19|20)\d\d")),
    ("yearmonth", re.compile(rf"(?:19|20)\d\d-{_MONTH}")),
    ("number", re.compile(r"(?P<key>\d+)")),
    ("number-slug", re.compile(r"(?P<key>\d{3,})-(?=.*[^\d-]|\d{4}-).+")),
    ("slug-number", re.compile(r"(?=.*[^\d-]).*-(?P<key>\d{3,})")),
    ("code", re.compile(r"(?=\D*\d)\d*(?:[A-Za-z_.-]{1,12}\d+)*[A-Za-z]{0,3}")),
    ("slug", re.compile(r"[^-]+-[^-]+-[^-].*")),
    ("word", re.compile(r".*")),
)
#: what may stand behind the segment before
_BEHIND = {
    "year": (
        ("monthday", re.compile(_MONTH + _DAY)),
        ("month-day", re.compile(f"{_MONTH}-{_DAY}")),
        ("month", re.compile(_MONTH)),
    ),
    "month": (("day", re.compile(_DAY)),),
    "yearmonth": (("day", re.compile(_DAY)),),
}
_DATES = {
    "year": r"(?P<year>\d{4})",
    "month": r"(?P<month>\d\d)",
    "day": r"(?P<day>\d\d)",
    "monthday": r"(?P<month>\d\d)(?P<day>\d\d)",
    "month-day": r"(?P<month>\d\d)-(?P<day>\d\d)",
    "yearmonth": r"(?P<year>\d{4})-(?P<month>\d\d)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern of story addresses, with what it was learnt from."""

    text: str
    #: how many of the addresses it was made of, and one of them
    count: int
    example: str
    #: the query field that is a part of the address, or ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: str
    text: str
    #: what must be the same for two segments to be of one row: ending, letters of a code
    mark: str = ""
    ending: str = ""
    key: str = ""


def learn(
    stories: Mapping[str, datetime | None], others: Iterable[str] = ()
) -> tuple[Pattern, ...]:
    """Return patterns that fit most of the stories, the most usual first.

    `stories` are canonical addresses with their times where these are known;
    `others` are further links of the same pages, which show what varies.
    """
    rows: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for address in stories:
        rows[_row(address)].append(address)
    beside: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for address in others:
        beside[_row(address)].append(address)
    found: list[Pattern] = []
    left = set(stories)
    for row, members in sorted(rows.items(), key=lambda item: -len(item[1])):
        new = [one for one in members if one in left]
        if len(found) == _MOST or len(left) <= (1 - _ENOUGH) * len(stories):
            break
        if not new or (found and len(new) == 1 < len(stories) // 10):
            continue  # a page about the outlet that stood among its stories
        made = _pattern(members, beside[row], stories)
        fitting = [one for one in left if re.search(made.text, rest_of(one))]
        left.difference_update(fitting)
        found.append(replace(made, count=len(fitting)))
    return tuple(found)


def rest_of(address: str) -> str:
    """Return an address's path and query, which patterns are matched against."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _row(address: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.kind, one.mark) for one in _segments(address))


def _segments(address: str) -> list[_Segment]:
    parts = urlsplit(address)
    found: list[_Segment] = []
    for text in parts.path.strip("/").split("/"):
        found.append(_segment(text, found[-1].kind if found else ""))
    for field in filter(None, parts.query.split("&")):
        name, _, value = field.partition("=")
        kind = "field" if value.isdecimal() else "other-field"
        found.append(_Segment(kind, value, mark=name, key=value if value.isdecimal() else ""))
    return found


def _segment(text: str, before: str) -> _Segment:
    ending = found.group() if (found := _ENDING.search(text)) else ""
    bare = text.removesuffix(ending)
    for kind, pattern in (*_BEHIND.get(before, ()), *_KINDS):
        if match := pattern.fullmatch(bare):
            groups = match.groupdict()
            mark = ending + (groups.get("by") or "")
            key = groups.get("key") or ""
            if kind == "code":
                mark, key = ending + re.sub(r"\d+", "#", bare), re.findall(r"\d+", bare)[-1]
            return _Segment(kind, text, mark=f"{kind} {mark}", ending=ending, key=key)
    return _Segment("word", text, mark="word", ending=ending)


def _pattern(
    members: Sequence[str], beside: Sequence[str], times: Mapping[str, datetime | None]
) -> Pattern:
    columns = list(zip(*(_segments(one) for one in members), strict=True))
    around = list(zip(*(_segments(one) for one in [*members, *beside]), strict=True))
    place, group = _key_column(columns, members, times)
    path = [at for at, column in enumerate(columns) if not column[0].kind.endswith("field")]
    pieces = [
        # What stands behind the key is a slug, even where all that were seen are alike.
        _piece(
            columns[at],
            () if 0 <= place < at else around[at],
            group if at == place else "",
            loose=place >= 0,
        )
        for at in path
    ]
    text, field = "^/" + "/".join(_named_once(pieces)), ""
    if place >= len(path):
        field = columns[place][0].mark
        text += rf"\?(?:.*&)?{re.escape(field)}=(?P<key>\d+)(?:&|$)"
    elif len(path) == len(columns):
        text += "$" if columns[-1][0].ending else "/?$"
    return Pattern(text=text, count=len(members), example=members[0], field=field)


def _named_once(pieces: Sequence[str]) -> list[str]:
    """Return pieces in which only the first group of a name has it: /1900/1900 has one year."""
    named: set[str] = set()

    def group(found: re.Match[str]) -> str:
        if found[1] in named:
            return "(?:"
        named.add(found[1])
        return found[0]

    return [re.sub(r"\(\?P<(\w+)>", group, piece) for piece in pieces]


def _key_column(
    columns: Sequence[Sequence[_Segment]],
    members: Sequence[str],
    times: Mapping[str, datetime | None],
) -> tuple[int, str]:
    """Return the column whose number tells the stories apart, with the name of its group."""
    dated = any(column[0].kind in _DATES or column[0].kind == "date" for column in columns)
    # A number of two stories is no key, in whatever shape the other one is.
    stories_of = Counter(
        number for one in times for number in {each.key for each in _segments(one)}
    )
    for at in reversed(range(len(columns))):
        values = [segment.key for segment in columns[at]]
        if all(values) and _are_unix(values, members, times):
            return at, "unix"
        short = min(map(len, values)) < _A_KEY
        alone = all(values) and all(stories_of[value] == 1 for value in values)
        if alone and not (short and dated):
            return at, "key"
    return -1, ""


def _are_unix(
    values: Sequence[str], members: Sequence[str], times: Mapping[str, datetime | None]
) -> bool:
    if not all(len(value) == 10 and int(value) in _UNIX for value in values):
        return False
    known = [(int(value), times[one]) for value, one in zip(values, members, strict=True)]
    apart = [abs(value - time.timestamp()) for value, time in known if time is not None]
    return not apart or sum(one < _NEAR for one in apart) * 2 > len(apart)


def _piece(
    column: Sequence[_Segment], around: Sequence[_Segment], group: str, *, loose: bool
) -> str:
    """Return the pattern of one segment; `group` names its number where it is the key.

    Where a key stands elsewhere (`loose`), a slug may be of any words.
    """
    first = column[0]
    number = rf"(?P<{group}>\d+)" if group else r"\d+"
    by = first.mark.partition(" ")[2].removeprefix(first.ending)
    pieces = {
        **_DATES,
        "date": rf"(?P<year>\d{{4}}){by}(?P<month>\d\d){by}(?P<day>\d\d)",
        "number": number,
        "number-slug": f"{number}-[^/?]+",
        "slug-number": f"[^/?]*-{number}",
        "slug": "[^/?]+" if loose else "(?:[^/?-]*-){2}[^/?]*",
    }
    if first.kind == "code":
        return _code(by, number) + re.escape(first.ending)
    return (pieces.get(first.kind) or _word(around)) + re.escape(first.ending)


def _code(letters: str, number: str) -> str:
    """Return the pattern of a code such as "c#-#": its letters stay, its last number may be the key."""
    head, _, tail = re.escape(letters).replace(r"\#", "#").rpartition("#")
    return head.replace("#", r"\d+") + number + tail


def _word(around: Sequence[_Segment]) -> str:
    """Return a word as it stands where it never varies; a section's name does, in time."""
    words = {one.text.removesuffix(one.ending) for one in around}
    alone = len(words) == 1 and len(around) > 2
    return re.escape(words.pop()).replace(r"\-", "-") if alone else "[^/?]+"
