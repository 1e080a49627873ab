"""The gold: what a perfect monitor would have; and the content it is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harborwatch.press.loading import ContentError, check, read_faults, read_outlets, read_stories

LANGUAGES = {"id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"}
GOOD = """
outlet = "swarna"
[[stories]]
slug = "a"
at = 2018-09-19T08:00:00+07:00
section = "economy"
headline = "A"
body = "B"
"""


def test_the_gold_grows_with_the_clock(press):
    """Stories appear in the gold when they are published, never before."""
    before = press.expected()
    press.advance(datetime(2018, 9, 21, tzinfo=UTC))
    after = press.expected()
    assert all(each.published <= datetime(2018, 9, 18, tzinfo=UTC) for each in before)
    assert {each.address for each in before} <= {a for each in after for a in each.addresses}
    assert len(before) < len(after)


def test_the_forum_is_told_eight_times(later):
    """Eight tellings in six languages; two repeat the seed, the others repeat nobody."""
    tellings = [each for each in later.expected() if each.happening == "caih-forum-2018"]
    seed = f"{later.base('indotelko')}/read/1537410163/tiongkok-asean-digital"
    copies = {each.outlet for each in tellings if each.copy_of == seed}
    assert len(tellings) == 8
    assert {each.language for each in tellings} == {"id", "en", "th", "zh", "vi", "ms"}
    assert copies == {"kabarniaga", "ringkas"}
    assert all({"caih", "caih_forum"} <= set(each.topics) for each in tellings)


def test_lookalikes_are_other_happenings(later):
    """The next edition has the harbor's topics and a happening of its own; ports have no topic."""
    later.advance(datetime(2019, 10, 1, tzinfo=UTC))
    by_happening = {}
    for each in later.expected():
        by_happening.setdefault(each.happening, []).append(each)
    assert {"caih" in each.topics for each in by_happening["caih-forum-2019"]} == {True}
    assert {each.topics for each in by_happening["kuantan-port-2018"]} == {()}
    assert {"caih" in each.topics for each in by_happening["nanning-farm-forum-2018"]} == {False}


def test_every_language_has_stories_and_a_topic(later):
    """Each of the ten languages has at least four stories, one of them on a topic."""
    for language in LANGUAGES:
        own = [each for each in later.expected() if each.language == language]
        assert len(own) >= 4
        assert any(each.topics for each in own)


def test_plenty_of_ordinary_news(later):
    """At least sixty stories concern no topic: what a monitor has to pass over."""
    assert sum(not each.topics for each in later.expected()) >= 60


def test_revisions_and_deletions_are_counted(later):
    """A changed story counts its versions; a deleted one stays, marked."""
    by_slug = {each.address.rstrip("/").rsplit("/", 1)[-1]: each for each in later.expected()}
    assert by_slug["guangxi-forum-digital-deals-asean"].revisions == 2
    assert by_slug["tiongkok-asean-digital"].revisions == 1
    moved = by_slug["lelang-frekuensi-ditunda-sebulan"]
    assert (moved.revisions, len(moved.addresses)) == (2, 2)
    deleted = by_slug["promo-kartu-kredit-salah-cetak"]
    assert (deleted.deleted, deleted.revisions) == (True, 1)


def test_a_script_twin_is_a_copy(later):
    """A reprint in the other Chinese script is a copy of its original."""
    twin = next(each for each in later.expected() if "caexpo-closes-record-buyers" in each.address)
    original = next(each for each in later.expected() if each.address == twin.copy_of)
    assert (twin.language, original.language) == ("zh", "zh")
    assert "東盟博覽會" in twin.headline + twin.body
    assert "东盟博览会" in original.headline + original.body


def test_faults_of_the_calendar_name_known_hosts():
    """Each fault strikes a host that exists."""
    hosts = {host for outlet in read_outlets() for host in outlet.hosts}
    assert {fault.host for fault in read_faults()} <= hosts


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("headline =", "headlin =", "unknown keys"),
        ("+07:00", "", "wants an offset"),
        ('body = "B"', 'body_of = "x/y"', "give body"),
        ('headline = "A"', "headline = ", "bad.toml"),
    ],
)
def test_wrong_content_is_refused_with_its_place(tmp_path: Path, old, new, words):
    """A wrong story file is an error that names file and remedy."""
    (tmp_path / "bad.toml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=words) as error:
        read_stories(tmp_path)
    assert "bad.toml" in str(error.value)


def test_a_revision_must_find_what_it_replaces(tmp_path: Path):
    """A revision of a text that is not there is refused."""
    change = '[[stories.revisions]]\nat = 2018-09-20T08:00:00Z\nreplace = [["X", "Y"]]\n'
    (tmp_path / "bad.toml").write_text(GOOD + change, "utf-8")
    with pytest.raises(ContentError, match="absent"):
        read_stories(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("swarna", "nobody", "no outlet"),
        ('body = "B"', 'body = "B"\ncopy_of = "x/y"', "which no file holds"),
        ('body = "B"', 'body = "B"\n' + GOOD.split('"swarna"')[1], "same slug"),
        (
            'body = "B"',
            'body = "B"\n' + GOOD.split('"swarna"')[1].replace('slug = "a"', 'slug = "b"'),
            "same minute",
        ),
    ],
)
def test_stories_must_fit_the_outlets(tmp_path: Path, old, new, words):
    """Unknown outlets, lost originals and doubled keys are refused."""
    (tmp_path / "one.toml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=words):
        check(read_outlets(), read_stories(tmp_path))
