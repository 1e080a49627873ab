"""Lines of plain text that are as wide as they look. Pure.

Chinese characters take two columns, marks above and below none. Thai, Lao,
Khmer and Burmese write no spaces between words: without a dictionary a line
breaks at a space where one is near, else between two letters that may part.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from alerts.clean import goes_on

#: Blocks without spaces between words: Thai and Lao, Burmese, Khmer.
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
#: Vowels of Thai and Lao that are written before their consonant.
_LEADING = frozenset("เแโใไເແໂໃໄ")
#: Signs that never begin a line: closing marks, Thai and Lao following vowels.
_CLOSING = frozenset("。，、；：！？）」』》】〉”’…·ๆฯะาำๅຯະາຳໆ၊။។៕៖ៗ%,.;:!?)")
#: Signs that never end a line.
_OPENING = frozenset("（「『《【〈“‘(")

#: Latin letters that are a column each and take no marks, and the signs between them.
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027]*")


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A letter with its marks, and the columns it takes."""

    text: str
    columns: int


def width(text: str) -> int:
    """Return how many columns the text takes on a terminal (UAX 11; ambiguous ones as one)."""
    return sum(_columns(sign) for sign in text)


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> str:
    """Return the text in lines of at most so many columns.

    `first` stands before the first line, `rest` before all others. A word
    longer than a line is broken.
    """
    whole = " ".join(text.split())
    if _PLAIN.fullmatch(whole):
        return _wrap_plain(whole, columns, first, rest)
    return _wrap_clusters(whole, columns, first, rest)


def _wrap_plain(left: str, columns: int, first: str, rest: str) -> str:
    """Wrap what is a column a letter and parts at spaces only: six times as fast."""
    lines: list[str] = []
    while left or not lines:
        lead = rest if lines else first
        room = max(2, columns - width(lead))
        count = min(room, len(left))
        if count < len(left) and left[count] != " ":
            count = left.rfind(" ", 0, count) + 1 or count
        lines.append((lead + left[:count]).rstrip())
        left = left[count:].lstrip(" ")
    return "\n".join(lines)


def _wrap_clusters(text: str, columns: int, first: str, rest: str) -> str:
    lines: list[str] = []
    left, at = _clusters(text), 0
    while at < len(left) or not lines:
        lead = rest if lines else first
        room = max(2, columns - width(lead))
        end = _fitting(left, at, room)
        lines.append((lead + "".join(one.text for one in left[at:end])).rstrip())
        at = end
        while at < len(left) and left[at].text == " ":
            at += 1
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _columns(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def _clusters(text: str) -> list[_Cluster]:
    parts: list[str] = []
    for at, sign in enumerate(text):
        if parts and goes_on(text, at):
            parts[-1] += sign
        else:
            parts.append(sign)
    return [_cluster(part) for part in parts]


@lru_cache(maxsize=8192)
def _cluster(text: str) -> _Cluster:
    return _Cluster(text, width(text))


def _fitting(clusters: list[_Cluster], begin: int, columns: int) -> int:
    """Return where the line that begins there ends; it holds one cluster at least."""
    used, end = 0, begin
    while end < len(clusters) and used + clusters[end].columns <= columns:
        used += clusters[end].columns
        end += 1
    if end >= len(clusters) or clusters[end].text == " ":
        return max(end, min(begin + 1, len(clusters)))
    last = 0
    for at in range(end, begin, -1):
        if clusters[at - 1].text == " ":
            # A space is worth up to half a line: words stay whole where we can tell.
            return at if at - begin > (end - begin) // 2 else max(at, last)
        if not last and _may_part(clusters[at - 1].text, clusters[at].text):
            last = at
    return last or max(end, begin + 1)


def _may_part(before: str, after: str) -> bool:
    if after == " " or after[0] in _CLOSING or before[0] in _OPENING:
        return False
    if before == "\u200b":
        return True
    if _unspaced(before[0]) or _unspaced(after[0]):
        # Asat closes a Burmese syllable: what bears it stays with what is before.
        return before[0] not in _LEADING and "\u103a" not in after
    return _columns(before[0]) == 2 or _columns(after[0]) == 2


def _unspaced(sign: str) -> bool:
    return any(begin <= ord(sign) <= end for begin, end in _UNSPACED)
