"""One newsroom's stories, told in every form of feed, give the same entries."""

import json

import pytest
from feeds_made import (
    AT,
    FIRST,
    HOME,
    LANGUAGES,
    NOW,
    OUTLET,
    atom,
    json_feed,
    rdf,
    rss,
    stories,
    wordpress,
)

from news import Precision, SourceError
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.wordpress import read_wordpress

POSTS = f"{HOME}/wp-json/wp/v2/posts"
FORMS = {
    "rss": (rss, read_feed), "atom": (atom, read_feed), "rdf": (rdf, read_feed),
    "json 1.1": (json_feed, read_feed), "json 1.0": (lambda made: json_feed(made, "1"), read_feed),
    "wordpress": (wordpress, read_wordpress),
}  # fmt: skip


def read(text, reader=read_feed, content_type="", outlet=OUTLET):
    raw = text if isinstance(text, bytes) else text.encode()
    return reader(raw, content_type, AT, outlet, NOW)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_tells_the_same(form, language):
    """Headline, address, author, time to the second and summary come out of every form, in every language."""
    write, reader = FORMS[form]
    made = stories(language, "zh", "my")
    shown = read(write(made), reader)
    assert (shown.refused, shown.cut, shown.note) == ({}, False, "")
    for one, entry in zip(made, shown.entries, strict=True):
        assert (entry.headline, entry.address) == (one.title, one.address)
        assert entry.summary == one.summary
        assert entry.authors == ("Rina Lestari",)
        assert (entry.published.at, entry.published.precision) == (one.at, Precision.SECOND)
        assert entry.published.origin == "feed"


@pytest.mark.parametrize("form", ["rss", "json 1.1", "json 1.0", "wordpress"])
def test_whole_texts_are_taken_where_they_are_whole(form):
    """A form that carries whole stories gives them as plain text; a short one is a summary only."""
    write, reader = FORMS[form]
    made = stories("en", "th")
    for one, entry in zip(made, read(write(made), reader).entries, strict=True):
        assert entry.body.count(f"{one.summary} ({one.number})") == 24
        assert "<p>" not in entry.body


@pytest.mark.parametrize("form", ["rss", "atom", "rdf", "json 1.1"])
def test_the_feeds_language_is_its_entries(form):
    """What a feed says of its language holds for its entries."""
    write, reader = FORMS[form]
    assert {entry.language for entry in read(write(stories()), reader).entries} == {"id"}


def test_a_protected_post_has_no_whole_text():
    """A post behind a password gives headline and address, and no empty text as its own."""
    posts = json.loads(wordpress(stories("id")))
    posts[0]["content"]["protected"] = True
    posts[0].pop("date_gmt")
    (entry,) = read(json.dumps(posts), read_wordpress).entries
    assert entry.body == ""
    # Its own time stands in the outlet's zone: 09:22:43 in Jakarta.
    assert entry.published.at == FIRST


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b'{"code":"rest_no_route","message":"No route was found","data":{"status":404}}', "No route"),
        (b"<!doctype html><p>Login", "no JSON"), (b"", "no JSON"), (b"[1, 2", "cannot be read"),
        (b"[" * 100_000, "JSON"), (b'{"a": ' * 100_000, "JSON"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_posts_is_an_error_that_says_so(answer, says):
    """An interface that is shut, missing or broken is a SourceError with the server's own words."""
    with pytest.raises(SourceError, match=says) as error:
        read(answer, read_wordpress)
    assert AT in str(error.value)


def test_json_that_is_no_feed_says_what_it_may_be():
    """A list of posts under the way `feed` names the way that reads it."""
    with pytest.raises(SourceError, match="wordpress"):
        read(wordpress(stories("id")))


@pytest.mark.parametrize("form", ["json 1.1", "wordpress"])
def test_json_cut_in_the_middle_keeps_what_is_whole(form):
    """Of a list cut in the middle the whole objects are kept, and the cut is told."""
    write, reader = FORMS[form]
    text = write(stories())
    shown = read(text[: len(text) * 2 // 3].encode()[:-1], reader)
    assert shown.cut
    assert 4 <= len(shown.entries) <= 7
    assert shown.refused == {"cut": 1}
    assert "cut" in shown.note


def test_json_holds_nothing_that_an_archive_cannot():
    """NUL and half surrogate pairs in JSON reach no entry."""
    feed = json.loads(json_feed(stories("en")))
    feed["items"][0] |= {"title": "A\u0000B \ud800C", "id": "\udc00x", "summary": "\u0001d"}
    (entry,) = read(json.dumps(feed)).entries
    assert (entry.headline, entry.guid, entry.summary) == ("AB C", "x", "d")


def test_numbers_and_nothing_where_words_are_expected():
    """Ids that are numbers, authors that are none, items that are no objects break nothing."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            7, None, {"id": 12, "url": f"{HOME}/a", "title": None, "authors": [None, {"name": 3}]},
            {"id": f"{HOME}/b", "tags": "x"}, {"id": 5},
        ],
    }  # fmt: skip
    shown = read(json.dumps(feed))
    assert [entry.address for entry in shown.entries] == [f"{HOME}/a", f"{HOME}/b"]
    assert shown.refused == {"no-address": 1}
