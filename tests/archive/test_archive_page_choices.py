"""Kept pages that leave: chosen by day and outlet, with what became of each."""

from archive_choosing import choose_pages

from archive import Archive


def test_pages_are_chosen_with_what_became_of_them(archive: Archive) -> None:
    """Days and outlets choose; purged pages are counted, revisions named."""
    choose_pages(archive)
