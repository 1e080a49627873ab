"""What an outlet's file should say after a probe: pure, on its text, so that comments stay."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from crawler.drafts import source_text, ways_of
from crawler.probing import LIVING, ProbedOutlet, ProbedWay, Verdict
from crawler.proposals import FoundWay

_HEADER = re.compile(r"^\s*\[\[\s*sources\s*\]\]\s*(#.*)?$")
_TABLE = re.compile(r"^\s*\[")
_ADDRESS = re.compile(r"^(\s*address\s*=\s*)(\"[^\"]*\"|'[^']*')", re.MULTILINE)
#: verdicts of a way that is taken out where the outlet has another
_LOST = frozenset({Verdict.DEAD, Verdict.UNREADABLE, Verdict.EMPTY})


def mended(text: str, probed: ProbedOutlet) -> str:
    """Return the file's text with the changes that a probe proposes; the same where it has none.

    A way that moved gets its new address. Ways that were found stand in the
    place of those that are lost. A lost way beside a living one is taken out
    only where the server says that it is gone (404, 410): no source is given
    up because nothing answered.
    """
    head, blocks, tail = _parted(text)
    ids = [source.id for source in probed.outlet.sources]
    if len(blocks) != len(ids) or any(map(_is_mixed, blocks)):
        return text  # sources in another form than tables that stand together
    ways = {way.report.source.id: way for way in probed.ways}
    new = _new_ways(probed)
    living = len(ways) < len(ids) or any(way.verdict in LIVING for way in ways.values())
    kept = [
        _changed(block, ways.get(name))
        for name, block in zip(ids, blocks, strict=True)
        if not _is_dropped(ways.get(name), found=bool(new), living=living)
    ]
    if kept == blocks and not new:
        return text
    return _joined(head, [*kept, *(source_text(way).rstrip("\n") for way in new)], tail)


def _new_ways(probed: ProbedOutlet) -> list[FoundWay]:
    """Return the found ways that the file does not have yet."""
    if probed.found is None:
        return []
    known = {(source.way, _plain(source.address)) for source in probed.outlet.sources}
    found = ways_of(probed.found)
    return [way for way in found if (way.way, _plain(way.address)) not in known]


def _plain(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def _is_dropped(way: ProbedWay | None, *, found: bool, living: bool) -> bool:
    if way is None or way.verdict not in _LOST:
        return False
    return found or (living and way.report.status in (404, 410))


def _changed(block: str, way: ProbedWay | None) -> str:
    if way is None or way.verdict is not Verdict.MOVED:
        return block
    address = json.dumps(way.report.moved, ensure_ascii=False)
    return _ADDRESS.sub(lambda found: found[1] + address, block, count=1)


def _parted(text: str) -> tuple[str, list[str], str]:
    """Return what stands before the sources, each source with its comments, and what is behind."""
    lines = text.splitlines()
    starts = [_with_comments(lines, at) for at, line in enumerate(lines) if _HEADER.match(line)]
    if not starts:
        return text, [], ""
    behind = next(
        (
            _with_comments(lines, at)
            for at, line in enumerate(lines)
            if at > starts[-1] and _TABLE.match(line) and not _HEADER.match(line)
        ),
        len(lines),
    )
    edges = [*starts, behind]
    blocks = ["\n".join(lines[one:other]).strip("\n") for one, other in pairwise(edges)]
    return "\n".join(lines[: starts[0]]), blocks, "\n".join(lines[behind:])


def _with_comments(lines: Sequence[str], at: int) -> int:
    """Return where the comments right above a line begin."""
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return at


def _is_mixed(block: str) -> bool:
    lines = block.splitlines()
    return any(_TABLE.match(line) and not _HEADER.match(line) for line in lines)


def _joined(head: str, blocks: Sequence[str], tail: str) -> str:
    parts = (part.strip("\n") for part in (head, *blocks, tail))
    return "\n\n".join(part for part in parts if part) + "\n"
