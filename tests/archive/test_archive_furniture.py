"""What an outlet repeats, as the archive keeps it: the same as if all were learnt at once."""

from dataclasses import replace

import pytest
from archive_tellings import story
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.keeping import furniture
from news import CopyOf
from pipelines.furniture import Known, learn_from
from pipelines.reading.body.repeated import MOST, Furniture, Repeated, forgotten, hashes, learn

LINES = st.lists(st.sampled_from("abcdefg"), max_size=5)


def told(*lines: str, **more: object):
    return replace(story("a"), body="\n".join(lines), **more)


def kept(archive: Archive, outlet: str) -> Repeated:
    with archive.read() as db:
        learnt, lines = furniture.of(db, outlet), furniture.lines(db, outlet)
    assert learnt.lines == len(lines)
    return Repeated(stories=learnt.stories, lines=lines)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies=st.lists(st.tuples(st.sampled_from(("x", "y")), LINES), max_size=12))
def test_learning_story_by_story_is_learning_all(new_archive, bodies) -> None:
    """Each outlet's lines are counted by themselves; what is cut is told as soon as it changes."""
    archive, known = new_archive(), {"x": Repeated(), "y": Repeated()}
    cuts = Known()
    for outlet, lines in bodies:
        with archive.write() as db:
            learn_from(db, told(*lines, outlet=outlet))
            known[outlet] = learn(known[outlet], hashes("\n".join(lines)))
            assert cuts.of(db, outlet).furniture == known[outlet].furniture
            assert Known().of(db, outlet).furniture == known[outlet].furniture
    for outlet, expected in known.items():
        assert kept(archive, outlet) == expected


def test_only_so_many_lines_are_remembered(archive: Archive) -> None:
    """Beyond the bound the oldest go, a box that was among them is cut no more."""
    known, cuts = Repeated(), Known()
    bodies = [["box"]] * 3 + [[f"{n} {m}" for m in range(1_500)] for n in range(3)]
    for lines in bodies:
        with archive.write() as db:
            learn_from(db, told(*lines))
            known = learn(known, hashes("\n".join(lines)))
            gone = forgotten(known)
            known = replace(
                known, lines={line: seen for line, seen in known.lines.items() if line not in gone}
            )
            assert cuts.of(db, "indotelko").furniture == known.furniture
    assert kept(archive, "indotelko") == known
    assert len(known.lines) <= MOST
    assert known.furniture == Furniture()


@pytest.mark.parametrize(("containment", "learnt"), [(1.0, 0), (0.4, 3)])
def test_a_story_told_again_teaches_nothing(
    archive: Archive, containment: float, learnt: int
) -> None:
    """An outlet that puts one story at many addresses does not have it cut."""
    copy = CopyOf(story=1, kind="reprint", containment=containment)
    with archive.write() as db:
        for _ in range(3):
            learn_from(db, told("Satu.", "Dua.", copy_of=copy))
        assert furniture.of(db, "indotelko").stories == learnt
        assert bool(Known().of(db, "indotelko").furniture.lines) == bool(learnt)
