"""What stands in fences and code spans of the documentation."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]

_FENCE = re.compile(r"(?ms)^```(\w+)\n(.*?)^```")


def blocks(*languages: str) -> list[tuple[str, str]]:
    """Return the blocks of those languages with page and line: a name for a test's case."""
    return [
        (f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 2}", found[2])
        for page in PAGES
        for text in [page.read_text("utf-8")]
        for found in _FENCE.finditer(text)
        if found[1] in languages
    ]


def typed() -> Iterator[tuple[str, str]]:
    """Yield each call of harborwatch that a page shows, with its place."""
    for place, block in blocks("sh", "console"):
        for line in block.splitlines():
            if found := re.match(r"(?:\$ )?(?:\.venv/bin/)?harborwatch (.+)", line):
                yield place, found[1]
    text = (ROOT / "README.md").read_text("utf-8")
    table = text[text.index("| command | does |") :].partition("\n\n")[0]
    for row in re.findall(r"(?m)^\| (`.+?`) \|", table.replace("\\|", " ")):
        for call in re.findall(r"`([^`]+)`", row):
            yield "README.md", call
    for page in PAGES:
        for call in re.findall(r"`harborwatch ([^`]+)`", page.read_text("utf-8")):
            yield str(page.relative_to(ROOT)), call
