"""Captions: no part of a told story, but all of one told in pictures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from pipelines.reading.body.blocks import FAMILIES, PLACES, Block
from pipelines.reading.refusals import weight

#: Captions of a picture story, at least, and their letters.
_PICTURES, _SENTENCE = 3, 50
#: Elements from a caption up to its gallery, at most.
_HIGHEST = 10
_CAPTION = 1 << FAMILIES.index("caption")
_FIGURE = 1 << PLACES.index("figcaption")
_ELSEWHERE = sum(1 << PLACES.index(name) for name in ("nav", "footer", "aside", "hidden"))
_OTHERS = 1 << FAMILIES.index("related")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Which of a page's blocks are captions."""

    #: stands in a figcaption
    captions: tuple[bool, ...]
    #: belongs to the gallery, should the page be one
    gallery: tuple[bool, ...]
    #: letters of each block
    sizes: tuple[int, ...]

    def around(self, taken: Sequence[bool]) -> tuple[bool, ...]:
        """Return what is taken without captions, or with all where these say more.

        With every publisher judged by weights learnt without it, dropping what
        stands in a figcaption costs no F1 (bench/learn/blocks.py).
        """
        bare = [take and not one for take, one in zip(taken, self.captions, strict=True)]
        told = sum(s for s, one in zip(self.sizes, self.gallery, strict=True) if one)
        said = sum(
            size
            for size, take, one in zip(self.sizes, bare, self.gallery, strict=True)
            if take and not one
        )
        if sum(self.gallery) < _PICTURES or told <= said:
            return tuple(bare)
        return tuple(take or one for take, one in zip(bare, self.gallery, strict=True))


def pictures_of(blocks: Sequence[Block]) -> Pictures:
    """Find a page's captions.

    Only those under one common element make a gallery, so that the thumbnails
    of other stories stay out.
    """
    found = [_is_caption(block) for block in blocks]
    common = _gallery(blocks, found)
    within = [one and common in _above(b.node) for b, one in zip(blocks, found, strict=True)]
    seen: set[str] = set()
    gallery = []
    for block, one in zip(blocks, within, strict=True):
        gallery.append(one and block.text not in seen)
        seen.add(block.text)
    return Pictures(
        captions=tuple(bool(block.places & _FIGURE) for block in blocks),
        gallery=tuple(gallery),
        sizes=tuple(weight(block.text) for block in blocks),
    )


def _is_caption(block: Block) -> bool:
    named = block.places & _FIGURE or block.near & _CAPTION
    outside = block.places & _ELSEWHERE or block.near & _OTHERS or block.linked > 0.5
    return bool(named) and not outside and weight(block.text) >= _SENTENCE


def _gallery(blocks: Sequence[Block], found: Sequence[bool]) -> HtmlElement | None:
    # The lowest element that holds most of the captions, body itself aside.
    held: Counter[HtmlElement] = Counter()
    for block, is_one in zip(blocks, found, strict=True):
        held.update(_above(block.node) if is_one else [])
    half = sum(found) / 2
    enough = [node for node, count in held.items() if count > half and node.tag != "body"]
    return max(enough, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)


def _above(node: HtmlElement) -> list[HtmlElement]:
    above = node.iterancestors("div", "section", "article", "main", "ul", "ol", "li", "figure")
    return [node, *islice(above, _HIGHEST)]
