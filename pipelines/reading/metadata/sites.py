"""The names a site gives itself: its outlet's, its hosts' and those in its pages."""

import re
import unicodedata
from functools import lru_cache

from news import Outlet

#: Parts of host names that name no site.
_NO_SITE = frozenset({"com", "org", "net", "gov", "edu", "news", "localhost", "www", "the"})
#: Meta fields in which a page names its site; "@" goes before names of accounts.
_FIELDS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")


@lru_cache(maxsize=512)
def site_names(outlet: Outlet) -> frozenset[str]:
    """Return the letters of all names by which an outlet's pages may call it."""
    names = {letters(outlet.name), outlet.id.lower()}
    for host in (*outlet.hosts, outlet.home.split("://", 1)[-1].split("/", 1)[0]):
        bare = re.sub(r"^www\.|:\d+$", "", host.lower())
        names |= {re.sub(r"\W", "", bare), bare.split(".")[0]}
        names |= {label for label in bare.split(".")[:-1] if label not in _NO_SITE}
    return frozenset(name for name in names if len(name) > 2)


def named_by(fields: dict[str, list[str]]) -> frozenset[str]:
    """Return the letters of the names that a page's meta fields give its site."""
    found = (letters(text) for name in _FIELDS for text in fields.get(name, [])[:1])
    return frozenset(name for name in found if len(name) > 1)


def letters(name: str) -> str:
    """Return the letters and digits of a name, to compare it by."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold())


def is_site(part: str, names: frozenset[str]) -> bool:
    """Tell whether a part of a title, or an author, is the site itself.

    The name may stand with a few words more: "ANTARA News Jateng".
    """
    flat = letters(part)
    return bool(flat) and any(
        flat == name or (len(name) > 2 and name in flat and len(flat) <= 3 * len(name))
        for name in names
    )
