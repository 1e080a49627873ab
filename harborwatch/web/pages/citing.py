"""How a story is cited: as a line, and for programs that keep references. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.clean import clean
from archive.keeping.revisions import WholeRevision
from harborwatch.web.pages.lines import StoryLine

#: what BibTeX reads as its own
_BIBTEX = re.compile(r"([\\{}$&#%_^~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A story's citation."""

    text: str
    bibtex: str


def citation(
    story: StoryLine, authors: Sequence[str], said: WholeRevision, public_url: str
) -> Citation:
    """Return how to cite a story at its latest revision."""
    names = [clean(one) for one in authors]
    by = ", ".join(names)
    day = f"{story.published or story.first_seen:%Y-%m-%d}"
    parts = [f"{by}." if by else "", f"“{story.headline}”.", f"{story.outlet_name}, {day}."]
    parts += [story.address, f"(seen {said.seen_at:%Y-%m-%d %H:%M} UTC, revision {said.number}"]
    kept = f"{public_url}/stories/{story.number}" if public_url else f"story {story.number}"
    text = " ".join(part for part in parts if part)
    return Citation(text=f"{text}; Harborwatch, {kept})", bibtex=_bibtex(story, names, said, day))


def _bibtex(story: StoryLine, authors: Sequence[str], said: WholeRevision, day: str) -> str:
    fields = {
        "title": story.headline,
        "author": " and ".join(f"{{{_plain(one)}}}" for one in authors),
        "organization": story.outlet_name,
        "date": day,
        "url": story.address,
        "urldate": f"{said.seen_at:%Y-%m-%d}",
        "note": f"Harborwatch story {story.number}, revision {said.number}",
    }
    raw = ("author", "url")
    lines = [
        f"  {name} = {{{value if name in raw else _plain(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@online{{{story.outlet}-{story.number},", *lines, "}"])


def _plain(text: str) -> str:
    return _BIBTEX.sub(r"\\\1", text)
