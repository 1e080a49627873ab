"""Copies as rows: which stories share anchors, and the groups they make."""

from archive_tellings import NOON, put, story

from archive import Archive
from archive.grouping import copy_groups
from archive.grouping.copy_groups import Habit, Origin
from archive.grouping.likeness import HOLDERS, anchors_of, sharing_anchors
from archive.keeping import stories
from news import CopyOf

HIGHEST = 2**63 - 1


def test_shared_anchors_are_read(archive: Archive) -> None:
    """Stories with one of the anchors come by number, each with those it shares."""
    with archive.write() as db:
        one = put(db, story("1", anchors=(1, 5, HIGHEST)))
        two = put(db, story("2", anchors=(5, HIGHEST)))
        put(db, story("3", anchors=(8,)))
    with archive.read() as db:
        found = sharing_anchors(db, [5, HIGHEST, 1], NOON)
        assert [(row.story, row.root, row.anchors, row.shared) for row in found] == [
            (one, one, 3, (1, 5, HIGHEST)),
            (two, two, 2, (5, HIGHEST)),
        ]
        assert sharing_anchors(db, [], NOON) == []
        assert anchors_of(db, [two]) == {two: {5, HIGHEST}}


def test_of_what_stands_everywhere_the_latest_are_read(archive: Archive) -> None:
    """An anchor of an outlet's own lines costs the same however many stories have it."""
    with archive.write() as db:
        numbers = [put(db, story(f"{n}", anchors=(7,))) for n in range(HOLDERS + 5)]
    with archive.read() as db:
        assert [row.story for row in sharing_anchors(db, [7], NOON)] == numbers[-HOLDERS:]


def test_a_group_and_its_origin_are_kept(archive: Archive) -> None:
    """Members, origin and habit are read back as they were written."""
    with archive.write() as db:
        root = put(db, story("1", anchors=(1, 2)))
        link = CopyOf(story=root, kind="reprint", containment=1.0)
        copied = story("2", outlet="antara", copy_of=link, credit="Xinhua", credit_by="dateline")
        copy = put(db, copied)
        copy_groups.write(db, root, Origin(to="Xinhua", by="dateline", release=True))
    with archive.read() as db:
        assert [one.story for one in copy_groups.members(db, root)] == [root, copy]
        told = [(row.origin, row.origin_by, row.release) for row in stories.load(db, [root, copy])]
        assert told == [("Xinhua", "dateline", True)] * 2
        assert copy_groups.habit(db, "antara") == Habit(stories=1, copied=0)
        assert copy_groups.copies_of(db, root) == [copy]
