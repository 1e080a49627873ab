"""Words by which a line shows that it is no part of a story, in ten languages."""

import re
import tomllib
from importlib.resources import files

#: The lists of furniture.toml by name.
WORDS: dict[str, list[str]] = tomllib.loads(
    files("pipelines.reading").joinpath("furniture.toml").read_text("utf-8")
)
ALSO: tuple[str, ...] = tuple(WORDS["also"])
BOX: tuple[str, ...] = tuple(WORDS["box"])


def worded(phrases: list[str]) -> re.Pattern[str]:
    """Return what finds any of the phrases where a word begins.

    Scripts without spaces begin words anywhere; "membersihkan" is no "member".
    """
    spaced = [re.escape(one) for one in phrases if one[0] < "\u0e00"]
    joined = [re.escape(one) for one in phrases if one[0] >= "\u0e00"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})|{'|'.join(joined)}", re.IGNORECASE)


#: How a sentence ends.
STOP = re.compile(r"[.!?…。！？។။]['\"”’»」)\]]*$")
#: Scripts that end no sentence with a mark.
UNMARKED = re.compile(r"[\u0e00-\u0eff]")
#: Signs before a line's first word.
FLAT = re.compile(r"^[\W_]*")
#: A line that points elsewhere is a link's text, not a paragraph: it has fewer characters.
POINTER = 260
_AGREE: tuple[str, ...] = tuple(WORDS["agree"])
_CREDITS: tuple[str, ...] = (*WORDS["writers"], *WORDS["others"])
_RIGHTS = re.compile("|".join(map(re.escape, WORDS["rights"])), re.IGNORECASE)
_CONSENT = re.compile("|".join(WORDS["consent"]), re.IGNORECASE)


def kinds_of(line: str) -> frozenset[str]:
    """Return what furniture a line looks like: also, box, credit, rights, consent."""
    flat = FLAT.sub("", line[:POINTER]).lower()
    short = len(line) <= POINTER
    found = (
        ("also", short and flat.startswith(ALSO)),
        ("box", short and flat.startswith(BOX)),
        ("credit", len(line) <= 160 and flat.startswith(_CREDITS)),
        ("rights", bool(_RIGHTS.search(line))),
        ("consent", bool(_CONSENT.search(line))),
    )
    return frozenset(kind for kind, holds in found if holds)


def leads_on(line: str) -> bool:
    """Say whether a line breaks off with words such as "read more"."""
    return line.rstrip(" .:…»›>→[](){}").lower().endswith(ALSO)


def asks_consent(text: str) -> bool:
    """Say whether a short text speaks of cookies or data and of agreeing to them."""
    flat = text.lower()
    return bool(_CONSENT.search(text)) and any(word in flat for word in _AGREE)
