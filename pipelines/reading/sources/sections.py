"""The section's name that some feeds put before each headline: "World : …"."""

import re
from collections.abc import Sequence

#: A colon counts only with a space on either side: "Jakarta: harga naik" is a headline.
_SECTION = re.compile(r"^(?P<section>[^:|»]{2,30}?)(?:\s+[:|»]|\s*：)\s+(?P<rest>\S.{7,})$")
#: Headlines of one feed from which on a habit may be seen in them.
_ENOUGH = 4


def without_sections(
    headlines: Sequence[str], categories: Sequence[Sequence[str]], channel: Sequence[str]
) -> list[str]:
    """Return the headlines without the names of their sections.

    A name is cut where every headline of the feed carries one and they repeat,
    or where the item's or the channel's own categories name it; else it is
    kept, for it may be a place or a person.
    """
    found = [_SECTION.match(headline) for headline in headlines]
    if not any(found):
        return list(headlines)
    names = {match["section"].casefold() for match in found if match}
    habit = len(headlines) >= _ENOUGH and all(found) and 2 * len(names) <= len(headlines)
    return [
        match["rest"]
        if match and (habit or _is_named(match["section"], (*own, *channel)))
        else headline
        for headline, match, own in zip(headlines, found, categories, strict=True)
    ]


def _is_named(section: str, categories: Sequence[str]) -> bool:
    return section.casefold() in {category.strip().casefold() for category in categories}
