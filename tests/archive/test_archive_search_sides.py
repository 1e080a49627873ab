"""A topic's facets: what a story is said to speak of is what finds it (law 1)."""

from itertools import product
from pathlib import Path

import pytest
from archive_tellings import put, story

import query
from archive import Archive
from archive.searching.facets import count
from archive.searching.search import search
from news.toml_files import read_toml
from query import Document, Topics, expand, match, parse

pytestmark = pytest.mark.long

TOPICS = Topics.shipped()
HARBOR = TOPICS.get("caih")
FILE = read_toml(Path(query.__file__).parent / "topics" / "caih.toml").data
#: what stands between the harbor and one of its sides: nothing, a mark, a sentence, too much
BETWEEN = (" ", ": ", f"\n\n{'x ' * 28}\n", f" {'x ' * 100}")


@pytest.fixture
def sides(archive: Archive) -> Archive:
    """Give an archive with every side beside the harbor, in all languages, nearer and farther."""
    bodies = [
        f"{FILE['sure'][language][0]}{between}{side['names'][language][0].rstrip('*')}."
        for language, side in product(FILE["sure"], FILE["facets"].values())
        for between in BETWEEN
        if language in side["names"]
    ]
    bodies += [side["names"]["en"][0] for side in FILE["facets"].values()]
    with archive.write() as db:
        for number, body in enumerate(bodies):
            put(db, story(f"s{number}", "Berita", body))
    return archive


@pytest.mark.parametrize("facet", HARBOR.facets)
@pytest.mark.parametrize("asked", ["@caih/{}", "@caih -@caih/{}", "@caih/{} AND title:berita"])
def test_search_and_matcher_agree_on_a_facet(sides: Archive, facet: str, asked: str) -> None:
    """Found by a facet, or left out by it, is exactly what the matcher says of each story."""
    question = expand(parse(asked.format(facet)), TOPICS)
    with sides.read() as db:
        everything = search(db, expand(parse("berita"), TOPICS), limit=1_000)
        told = {
            one.story.id
            for one in everything
            if match(question, Document.of(title=one.story.title, body=one.story.body))
        }
        found = {one.story.id for one in search(db, question, limit=1_000)}
        assert found == told
        assert 0 < len(found) < len(everything)
        assert count(db, question).n == len(found)
