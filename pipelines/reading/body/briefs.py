"""Pages that list stories rather than tell one."""

from collections.abc import Sequence

from pipelines.reading.body.blocks import Block
from pipelines.reading.phrases import leads_on
from pipelines.reading.refusals import weight

#: Headlines that lead elsewhere, with a line below each, that make a listing, and the
#: share of the text that hangs on them. No article of the 76 in bench/gates is flagged.
_HEADS, _SHARE = 8, 0.7
#: Letters of a line below a headline; longer ones tell a story with headings.
_BRIEF = 300
#: Letters of a headline; lines below one that belong to it.
_HEADLINE, _BELOW = 15, 3
#: Lines ending in "read more" that make a listing.
_TEASERS = 5
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "dt"})


def is_listing(blocks: Sequence[Block], taken: Sequence[bool]) -> bool:
    """Say whether what is taken hangs on headlines that are links, or is nothing beside them."""
    if _has_teasers(blocks, taken):
        return True
    heads = {at for at, block in enumerate(blocks) if _leads_elsewhere(block)}
    if len(heads) < _HEADS:
        return False
    told = brief = count = 0
    for at, (block, take) in enumerate(zip(blocks, taken, strict=True)):
        if not take:
            continue
        told += weight(block.text)
        below = any(at - step in heads for step in range(1, _BELOW + 1))
        if at in heads or (below and weight(block.text) <= _BRIEF):
            brief += weight(block.text)
            count += at not in heads
    return not told or (brief > _SHARE * told and count >= _HEADS)


def _has_teasers(blocks: Sequence[Block], taken: Sequence[bool]) -> bool:
    # Lines that break off with "read more", one under the other.
    told = [block.text for block, take in zip(blocks, taken, strict=True) if take]
    teasers = [text for text in told if len(text) > _HEADLINE and leads_on(text)]
    return len(teasers) >= _TEASERS and 2 * sum(map(weight, teasers)) > sum(map(weight, told))


def _leads_elsewhere(block: Block) -> bool:
    return block.linked > 0.9 and block.node.tag in _HEADINGS and weight(block.text) >= _HEADLINE
