"""Which of a page's many titles is the story's headline."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from news import Outlet
from pipelines.reading.metadata.sites import is_site, site_names
from pipelines.reading.refusals import weight

#: What parts a headline from the name of the site or section.
_PARTS = re.compile(
    r"\s+[|\-–—•·»:_/*]+\s+|\s*[|_｜]\s*|(?<=[^\x00-\x7f])[-—–](?=[^\x00-\x7f])|--+"
)
#: The same behind a title that another one gives whole: there a colon or a
#: slash goes on with the headline more often than it ends it.
_ENDS = re.compile(
    r"\s+[|\-–—•·»_*]+\s+|\s*[|_｜]\s*|\s*--+|(?<=[^\x00-\x7f])[-—–](?=[^\x00-\x7f])"
)
#: A headline that another one goes on from is at least this much of it.
_MOST = 0.4
#: Shorter ones are names of sections; in Latin letters, see refusals.weight.
_SHORTEST = 10
#: The order of trust where nothing else decides.
_TRUST = ("h1", "og", "json-ld", "twitter", "feed", "printed", "title")
#: From this share of common pairs of letters on, two headlines are one in two
#: versions. On the pages of bench/gates versions shared .75 and .88, headlines
#: of their own .64 and less.
_VERSION = 0.7
#: Google cut JSON-LD headlines at 110 characters for years, so publishers did.
_CUT = 95


def choose(titles: list[tuple[str, str]], outlet: Outlet, names: Collection[str] = ()) -> str:
    """Return the headline of a page.

    It is what the article's own JSON-LD says; but where that is a version of
    an h1 that OpenGraph repeats, it is the h1, for that is what is shown.
    Without JSON-LD it is an h1 that another title repeats, else the most
    trusted one. `titles` are (where it was read, text) in page order; `names`
    are further names of the site. "" when there are none.

    On 56 pages of 39 publishers (bench/gates) JSON-LD before h1 gave 45 exact
    headlines, h1 first 39, og first 41; with cut sections and the shown version
    48, and no publisher lost a page by it.
    """
    clean = cleaned(titles, outlet, names)
    told = next((text for origin, text in clean if origin == "json-ld"), "")
    if _is_headline(told, outlet, names):
        shown = _shown(clean)
        told = _uncut(told, [text for _, text in clean])
        return shown if shown and likeness(told, shown) >= _VERSION else told
    return _repeated(clean) or _trusted(clean)


def beginnings(title: str) -> list[str]:
    """Return what a page's <title> may say before the names of site and section, longest first."""
    cuts = [title[: cut.start()].strip() for cut in _PARTS.finditer(title)]
    return [text for text in reversed(cuts) if weight(text) >= _SHORTEST]


def cleaned(
    titles: list[tuple[str, str]], outlet: Outlet, names: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Return the titles without the names of site and section beside them."""
    bare = [(origin, without_site(text, outlet, names)) for origin, text in titles]
    texts = [text for _, text in bare]
    return [(origin, _core(text, texts)) for origin, text in bare]


def _core(text: str, texts: list[str]) -> str:
    # "X | Sport" beside "X" is X; the shortest that is most of it is the headline.
    for other in sorted(texts, key=len):
        long_enough = weight(other) >= _SHORTEST and len(other) >= _MOST * len(text)
        if long_enough and text.startswith(other) and _ENDS.match(text, len(other)):
            return other
    return text


def _shown(titles: list[tuple[str, str]]) -> str:
    og = {folded(text) for origin, text in titles if origin == "og"}
    return next((text for origin, text in titles if origin == "h1" and folded(text) in og), "")


def _uncut(told: str, texts: list[str]) -> str:
    # A headline that another title goes on with, in the middle of a sentence.
    if len(told) < _CUT:
        return told
    longer = (text for text in texts if text.startswith(told) and len(text) < 2 * len(told))
    return next((text for text in longer if re.match(r" ?\w", text[len(told) :])), told)


def likeness(one: str, other: str) -> float:
    """Return the share of pairs of letters that two headlines have in common, 0 to 1."""
    mine, theirs = _pairs(one), _pairs(other)
    both = 2 * (mine & theirs).total()
    return both / (mine.total() + theirs.total()) if mine and theirs else 0.0


def _pairs(text: str) -> Counter[tuple[str, str]]:
    flat = folded(text)
    return Counter(pairwise(flat))


def _repeated(titles: list[tuple[str, str]]) -> str:
    others = [folded(text) for origin, text in titles if origin != "h1"]
    headings = [text for origin, text in titles if origin == "h1" and len(folded(text)) > 3]
    for heading in headings:
        if any(_repeats(folded(heading), other) for other in others):
            return heading
    return headings[0] if headings and not others else ""


def _trusted(titles: list[tuple[str, str]]) -> str:
    for origin in (*_TRUST[1:], "h1"):
        for found, text in titles:
            if found == origin and folded(text):
                return text
    return ""


def _is_headline(told: str, outlet: Outlet, names: Collection[str]) -> bool:
    whole = not told.endswith(("...", "…"))
    return whole and len(folded(told)) > 3 and not is_site(told, site_names(outlet) | set(names))


def folded(text: str) -> str:
    """Return the letters and digits of a title alone, to compare it by."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", flat))


def _repeats(heading: str, other: str) -> bool:
    if not heading or not other:
        return False
    if heading in other:
        return len(heading) > 0.3 * len(other)  # else it is the section's name
    if other in heading and len(other) > 0.6 * len(heading):
        return True
    words, theirs = set(heading.split()), set(other.split())
    return len(words) > 3 and len(words & theirs) >= 0.7 * len(words)


def without_site(text: str, outlet: Outlet, names: Collection[str] = ()) -> str:
    """Return the title without the outlet's name, or one of `names`, before or after it."""
    known = site_names(outlet) | set(names)
    cuts = list(_PARTS.finditer(text))
    # The shortest end that is the site: in "… Hội chợ Trung Quốc - ASEAN - Sông
    # Hồng" the headline has a dash of its own.
    for cut in reversed(cuts):
        if is_site(text[cut.end() :], known) and text[: cut.start()].strip():
            return text[: cut.start()].strip()
    for cut in cuts:
        if is_site(text[: cut.start()], known) and text[cut.end() :].strip():
            return text[cut.end() :].strip()
    return text.strip()
