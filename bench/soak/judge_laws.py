"""Law 1 on what is left: what the readers were matched with is what the search finds."""

from post import QUERY
from sqlalchemy import select
from verdict import Verdict

from archive import Archive
from archive.keeping import stories
from archive.searching.search import search
from archive.tables import matches
from archive.tables import stories as table
from query import parse


def judge_law_one(archive: Archive, verdict: Verdict) -> None:
    """What the watch found of the stories' last revisions is what its query finds in the archive."""
    query = parse(QUERY)
    with archive.read() as db:
        numbers = list(db.scalars(select(table.c.id)))
        rows = [row for row in stories.load(db, numbers) if not row.history]
        last = {row.id: row.revision for row in rows}
        answer = search(db, query, limit=len(numbers) or 1)
        searched = {one.story.id for one in answer if not one.story.history}
        found = {(row.story, row.revision) for row in db.execute(select(matches))}
    told = {number for number, revision in found if last.get(number) == revision}
    verdict.expect(told == searched, f"matched {sorted(told)}, searched {sorted(searched)}")
