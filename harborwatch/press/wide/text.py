"""A text of the wide press: what an outlet prints, whatever its layout."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from harborwatch.press.loading import ContentError

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in one language."""

    slug: str
    #: One of id ms en zh zh-Hant vi th km lo my fil.
    language: str
    #: Wall time of the first outlet to publish it; the others follow within three hours.
    at: datetime
    section: str
    headline: str
    body: str
    #: A shorter headline that the metadata carry; "" if they repeat the headline.
    short: str = ""
    author: str = ""
    editor: str = ""
    #: Agency that the text itself names as its source.
    agency: str = ""
    #: Byline code that some outlets glue to the end.
    code: str = ""
    #: Written as a machine would translate it.
    machine: bool = False

    @property
    def key(self) -> str:
        """Language and slug: the same text at several outlets is a copy."""
        return f"{self.language}/{self.slug}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, one paragraph a line."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


def read_texts(folder: Path = HERE / "texts") -> tuple[Text, ...]:
    """Read every text; a file's name is its language, unless the text names its own.

    Raise ContentError, with the file, on unknown keys and times with a zone.
    """
    known = {field.name for field in fields(Text)}
    found = []
    for file in sorted(folder.glob("*.toml")):
        for table in tomllib.loads(file.read_text("utf-8"))["texts"]:
            where = f"{file.name}, text {table.get('slug')}"
            if unknown := sorted(set(table) - known):
                raise ContentError(f"{where}: unknown keys {unknown}")
            if table["at"].tzinfo is not None:
                raise ContentError(f"{where}: at is wall time; drop its offset")
            found.append(Text(**{"language": file.stem, **table}))
    return tuple(found)
