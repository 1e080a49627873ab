"""How the letters of an address are written: one spelling for each path."""

import re
from urllib.parse import quote

_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")


def dotless(path: str) -> str:
    """Return the path with its dots resolved, single slashes and none at its end."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    return "/" + "/".join(kept)


def percent(text: str, safe: str) -> str:
    """Return the text percent-encoded in one way, save for the safe characters.

    What needs no encoding is decoded, everything else encoded in UTF-8 with
    capital letters (RFC 3986, 6.2.2).
    """

    def one(match: re.Match[str]) -> str:
        letter = chr(int(match.group(1), 16))
        return letter if _UNRESERVED.match(letter) else "%" + match.group(1).upper()

    whole = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    return quote(_ESCAPE.sub(one, whole), safe=safe + "%", errors="replace")
