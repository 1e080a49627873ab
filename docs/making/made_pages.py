"""Writes what is made from code into the pages of the documentation: `make docs` calls it.

Below a mark of a page all is made; above it a person writes.
"""

import sys
from pathlib import Path

import command_tables
import setting_tables

DOCS = Path(__file__).parents[1]
MARK = "<!-- All below is made from the code by docs/making/made_pages.py: `make docs`. -->\n"
#: the pages and what makes their lower part
PAGES = {"commands.md": command_tables.reference, "settings.md": setting_tables.reference}


def page(name: str) -> str:
    """Return a page as it should be, with its written head as it stands."""
    head, mark, _ = (DOCS / name).read_text("utf-8").partition(MARK)
    if not mark:
        sys.exit(f"docs/{name} lost its mark: put this line above the tables:\n{MARK}")
    return f"{head}{MARK}\n{PAGES[name]()}"


if __name__ == "__main__":
    for one in PAGES:
        (DOCS / one).write_text(page(one), "utf-8")
