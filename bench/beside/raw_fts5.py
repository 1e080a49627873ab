"""SQLite's own driver on the archive's own tables: what a page costs without any of our code."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_NEWEST = "SELECT rowid FROM story_text WHERE story_text MATCH ? ORDER BY rowid DESC LIMIT ?"
_RANKED = "SELECT rowid FROM story_text WHERE story_text MATCH ? ORDER BY rank LIMIT ?"
_COUNT = "SELECT count(*) FROM story_text WHERE story_text MATCH ?"
_ROWS = (
    "SELECT s.*, r.title, r.body, r.authors FROM stories s JOIN revisions r "
    "ON r.story = s.id AND r.number = s.revision WHERE s.id IN ({}) ORDER BY s.id DESC"
)
_FACETS = (
    "SELECT s.outlet, s.language, s.country, substr(s.published_at, 1, 10), count(*) "
    "FROM story_text t JOIN stories s ON s.id = t.rowid WHERE story_text MATCH ? GROUP BY 1, 2, 3, 4"
)
_PRAGMAS = ("journal_mode=WAL", "temp_store=MEMORY", "cache_size=-65536")


class RawFts5:
    """A connection of its own, set as the archive sets its own."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}")

    def newest(self, match: str, limit: int) -> list[int]:
        """Return the newest stories that match, their rows read."""
        return self._read(self._db.execute(_NEWEST, (match, limit)))

    def ranked(self, match: str, limit: int) -> list[int]:
        """Return the stories that bm25 puts first, their rows read."""
        return self._read(self._db.execute(_RANKED, (match, limit)))

    def rows(self, ids: Sequence[int]) -> list[tuple[object, ...]]:
        """Return the rows of stories, the newest first."""
        return self._db.execute(_ROWS.format(", ".join("?" * len(ids))), ids).fetchall()

    def count(self, match: str) -> int:
        """Return how many stories match."""
        return int(self._db.execute(_COUNT, (match,)).fetchone()[0])

    def facets(self, match: str) -> list[Counter[str]]:
        """Count all stories that match by outlet, language, country and day."""
        counted: list[Counter[str]] = [Counter() for _ in range(4)]
        for *values, n in self._db.execute(_FACETS, (match,)):
            for value, counts in zip(values, counted, strict=True):
                counts[value] += n
        return counted

    def bytes(self) -> int:
        """Return what the index holds, without the free space of its pages."""
        held = "SELECT (SELECT sum(length(block)) FROM story_text_data) + (SELECT sum(length(sz)) FROM story_text_docsize)"
        terms = "SELECT coalesce(sum(length(term)), 0) FROM story_text_idx"
        return sum(int(self._db.execute(asked).fetchone()[0]) for asked in (held, terms))

    def text_bytes(self) -> int:
        """Return what headlines and bodies hold, in UTF-8."""
        asked = (
            "SELECT sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))) FROM revisions"
        )
        return int(self._db.execute(asked).fetchone()[0])

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _read(self, found: sqlite3.Cursor) -> list[int]:
        ids = [row[0] for row in found]
        return [int(str(row[0])) for row in self.rows(ids)]
