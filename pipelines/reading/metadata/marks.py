"""The marks a page wears: behind a paywall, and told live."""

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

#: schema.org: what Google asks of pages that are not free to read.
_PAID = re.compile(r'"isAccessibleForFree"\s*:\s*"?\s*(?:false|0)\b', re.IGNORECASE)
_LIVE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,80})?"LiveBlogPosting"')
#: "article:content_tier" of OpenGraph and its like: what is not free is paid for.
_TIERS = ("article:content_tier", "content_tier", "cxenseparse:content_tier", "cxenseparse:access")
_TIER = re.compile(r"^(?:metered|locked|paid|premium|subscriber|member|plus)", re.IGNORECASE)
_FREE_ITEMS = etree.XPath("//*[@itemprop='isAccessibleForFree']/@content")
_LIVE_ITEMS = etree.XPath("boolean(//@itemtype[contains(., 'schema.org/LiveBlogPosting')])")
_FREE = ("isaccessibleforfree", "is_accessible_for_free", "og:is_free")


def is_paywalled(tree: HtmlElement, fields: dict[str, list[str]]) -> bool:
    """Tell whether the page says that it is not free to read."""
    if any(_TIER.match(value) for name in _TIERS for value in fields.get(name, [])):
        return True
    told = [value for name in _FREE for value in fields.get(name, [])]
    told += cast("list[str]", _FREE_ITEMS(tree))
    if any(value.strip().lower() in {"false", "no", "0"} for value in told):
        return True
    return _in_jsonld(tree, _PAID)


def is_live(tree: HtmlElement) -> bool:
    """Tell whether the page says that it is a live blog, which grows while it is read."""
    return _in_jsonld(tree, _LIVE) or bool(_LIVE_ITEMS(tree))


def _in_jsonld(tree: HtmlElement, pattern: re.Pattern[str]) -> bool:
    return any(
        pattern.search(script.text or "")
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    )
