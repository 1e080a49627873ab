"""Who wrote a story: every claim of its page, and which of them is believed."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

from news import Outlet
from pipelines.reading.dates.printed_words import any_of
from pipelines.reading.markup import line
from pipelines.reading.metadata.nearby import Nearby
from pipelines.reading.metadata.sites import is_site, site_names

_LABELS = tomllib.loads(
    files("pipelines.reading.metadata").joinpath("bylines.toml").read_text("utf-8")
)


def _listed(section: str) -> list[str]:
    return [word for words in _LABELS[section].values() for word in words.split("|")]


_COLON = r"\s*(?:[:：៖/|｜]|\s[-–—]\s)\s*"
_AUTHOR = re.compile(
    rf"^\W*(?:{any_of(_listed('author'))}{_COLON}|{any_of(_listed('bare'))}\s+)(?P<names>\S.*)$",
    re.IGNORECASE,
)
#: In Filipino "ni" stands before a name; elsewhere Ni and Nina are names.
_NI = re.compile(
    rf"{_AUTHOR.pattern}|^\W*(?:ulat |isinulat |sulat )?(?:ni|nina)\s+(?P<of>\S.*)$", re.IGNORECASE
)
_EDITOR = re.compile(rf"^\W*{any_of(_listed('editor'))}{_COLON}(?P<names>\S.*)$", re.IGNORECASE)
#: Where the names of a line end: at a date, a bar, or the next label.
_END = re.compile(
    rf"\s*[|•·｜()（）\[\]]|\s+[-–—]\s|\s*\d|\s+(?:{any_of(_listed('editor'))}|{any_of(_listed('author'))}){_COLON}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;|、，]\s*|\s+(?:and|dan|và|und|at|&|และ|និង|ແລະ|နှင့်)\s+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
#: Values that stand where a name should: addresses, page numbers, jobs.
_NO_NAME = re.compile(
    r"^https?://|^www\.|@|^\d+$|^(?:admin|administrator|editor|redaksi|newsroom|author|penulis|"
    r"reporter|staff|tim redaksi|ban biên tập|กองบรรณาธิการ|编辑部|編輯部)$|[:?!{}<>=]",
    re.IGNORECASE,
)
#: Meta fields that name an author.
_FIELDS = ("author", "article:author", "dable:author", "parsely-author", "dc.creator",
           "dcterms.creator", "content_author", "byl", "sailthru.author")  # fmt: skip
#: No byline is longer, in letters and in words.
_LONGEST, _WORDS = 60, 6
#: Characters of a line that is a byline.
_LINE = 120
#: How sure each place is; what a page tells machines is hardly ever wrong.
_SURE = {"json-ld": 0.9, "meta": 0.8, "marked": 0.7, "printed": 0.7, "feed": 0.6, "tail": 0.5, "editor": 0.4}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A claim of who wrote a story."""

    name: str
    #: where it was read: "json-ld", "meta", "marked" (an element that calls
    #: itself an author), "printed", "feed", "tail", "editor"
    origin: str
    #: 0 to 1
    confidence: float


def read_bylines(
    *,
    told: Iterable[str],
    fields: dict[str, list[str]],
    nearby: Nearby,
    fed: Iterable[str],
    outlet: Outlet,
    names: frozenset[str],
) -> tuple[Byline, ...]:
    """Return every claim, the most believed first.

    `told` are the names of the JSON-LD, `fed` those of the source, `names`
    what the page calls its site. The page's text is walked only where
    neither JSON-LD nor meta fields name a person.
    """
    known = site_names(outlet) | names
    stated = {"json-ld": list(told), "meta": list(_in_fields(fields))}
    claims = _claims(stated, known)
    if not claims:
        claims = _claims(_printed(nearby, known, "fil" in outlet.languages), known)
    claims += _claims({"feed": list(fed)}, known)
    if not claims:
        claims = _of_site(stated)
    return tuple(sorted(claims, key=lambda claim: -claim.confidence))


def _of_site(stated: dict[str, list[str]]) -> list[Byline]:
    # A story that nobody signs is its outlet's own, where the page says so.
    return [
        Byline(name=name, origin=origin, confidence=0.3)
        for origin, texts in stated.items()
        for name in texts
        if 1 < len(name) <= _LONGEST and not _NO_NAME.search(name)
    ][:1]


def believed(claims: tuple[Byline, ...]) -> tuple[str, ...]:
    """Return the names of the most trusted place that names any, each once."""
    best = [claim.name for claim in claims if claim.origin == claims[0].origin]
    return tuple(dict.fromkeys(best))[:10]


def _in_fields(fields: dict[str, list[str]]) -> Iterator[str]:
    for name in _FIELDS:
        yield from fields.get(name, [])
    # Sharing cards carry pairs of a label and a value: "Written by", "Rina Lestari".
    for number in "12":
        label = "".join(fields.get(f"twitter:label{number}", [])[:1])
        if _AUTHOR.match(f"{label}: x"):
            yield from fields.get(f"twitter:data{number}", [])[:1]


def _printed(nearby: Nearby, known: frozenset[str], filipino: bool) -> dict[str, list[str]]:
    near = [*nearby.behind, *nearby.before]
    marked = (text for text in nearby.authors if len(text) <= _LINE and _names(text, known))
    found = {
        "marked": list(islice(marked, 1)),
        "printed": list(_labelled(near, _NI if filipino else _AUTHOR)),
    }
    if not any(found.values()):
        found["tail"] = list(islice(_labelled(nearby.lines, _AUTHOR), 1))
        found["editor"] = list(islice(_labelled(nearby.lines, _EDITOR), 1))
    return found


def _labelled(lines: Iterable[str], label: re.Pattern[str]) -> Iterator[str]:
    for text in lines:
        if len(text) <= _LINE and (match := label.match(text)):
            yield _END.split(match[match.lastgroup or 0], maxsplit=1)[0]


def _claims(places: dict[str, list[str]], known: frozenset[str]) -> list[Byline]:
    return [
        Byline(name=name, origin=origin, confidence=_SURE[origin])
        for origin, texts in places.items()
        for text in texts
        for name in _names(text, known)
    ]


def _names(text: str, known: frozenset[str]) -> list[str]:
    parts = (part.strip(" .·-–—") for part in _BETWEEN.split(_unlabelled(line(text))))
    return [part for part in parts if _is_name(part, known)]


def _unlabelled(text: str) -> str:
    match = _AUTHOR.match(text)
    return _END.split(match["names"] if match else text, maxsplit=1)[0]


def _is_name(name: str, known: frozenset[str]) -> bool:
    sized = 1 < len(name) <= _LONGEST and len(name.split()) <= _WORDS and not name[0].islower()
    return sized and not _NO_NAME.search(name) and not is_site(name, known)
