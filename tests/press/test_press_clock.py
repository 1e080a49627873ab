"""The played clock and what happens on it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from harborwatch.press.clock import PlayedClock

SEED_ADDRESS = "/read/1537410163/tiongkok-asean-digital"


def test_a_stepped_clock_stands(press):
    """Nothing moves by itself when no speed was given."""
    before = press.now
    time.sleep(0.02)
    assert press.now == before == datetime(2018, 9, 18, tzinfo=UTC)


def test_the_clock_never_goes_back(press):
    """An earlier time, or one without a zone, is refused."""
    with pytest.raises(ValueError, match="does not go back"):
        press.advance(datetime(2018, 9, 17, tzinfo=UTC))
    with pytest.raises(ValueError, match="wants a zone"):
        press.advance(datetime(2018, 9, 19))
    with pytest.raises(ValueError, match="wants a zone"):
        PlayedClock(datetime(2018, 9, 19))


def test_a_running_clock_runs():
    """At a speed, played days pass in real seconds; it can be stopped."""
    clock = PlayedClock(datetime(2018, 9, 18, tzinfo=UTC), days_per_second=100)
    time.sleep(0.02)
    clock.run(0)
    stopped = clock.now
    assert stopped - datetime(2018, 9, 18, tzinfo=UTC) >= timedelta(days=1)
    assert clock.now == stopped
    with pytest.raises(ValueError, match="backwards"):
        clock.run(-1)


def test_the_seed_appears_at_its_second(press, ask):
    """The seed's address is 404 a second before its Unix time and 200 at it."""
    second = datetime.fromtimestamp(1537410163, UTC)
    press.advance(second - timedelta(seconds=1))
    assert ask("indotelko", SEED_ADDRESS).status == 404
    assert SEED_ADDRESS not in ask("indotelko", "/").text
    press.advance(second)
    assert ask("indotelko", SEED_ADDRESS).status == 200
    assert SEED_ADDRESS in ask("indotelko", "/").text


def test_a_corrected_figure_is_a_revision(press, ask):
    """The English report says 32 projects, then 35, at one address."""
    path = "/2018/09/19/guangxi-forum-digital-deals-asean/"
    press.advance(datetime(2018, 9, 19, 10, tzinfo=UTC))
    assert "Officials said 32 projects" in ask("strandledger", path).text
    press.advance(datetime(2018, 9, 19, 12, 15, tzinfo=UTC))
    assert "Officials said 35 projects" in ask("strandledger", path).text


def test_a_new_slug_keeps_its_number(press, ask):
    """At the portal the slug changes with the headline; old and new address both answer."""
    press.advance(datetime(2018, 9, 19, 4, tzinfo=UTC))
    unix = int(datetime(2018, 9, 19, 2, 10, 47, tzinfo=UTC).timestamp())
    old, new = (
        f"/read/{unix}/lelang-frekuensi-ditunda",
        f"/read/{unix}/lelang-frekuensi-ditunda-sebulan",
    )
    assert old in ask("indotelko", "/").text
    press.advance(datetime(2018, 9, 19, 10, tzinfo=UTC))
    listing = ask("indotelko", "/").text
    assert new in listing
    assert f'{old}"' not in listing
    assert ask("indotelko", old).body == ask("indotelko", new).body


def test_a_silent_feed_goes_on_answering(press, ask):
    """A silent feed stays as it was while the outlet publishes elsewhere."""
    press.advance(datetime(2018, 9, 20, 12, tzinfo=UTC))
    before = ask("balitanglaot", "/feed/")
    press.advance(datetime(2018, 9, 21, 12, tzinfo=UTC))
    assert ask("balitanglaot", "/feed/", If_None_Match=before.headers["etag"]).status == 304
    assert "pista-ng-parol" not in before.text
    assert "pista-ng-parol" in ask("balitanglaot", "/news-sitemap.xml").text


def test_a_broken_feed_mends(press, ask):
    """A feed is broken XML for its hours; validators of the time do not outlive them."""
    press.advance(datetime(2018, 9, 20, 1, tzinfo=UTC))
    broken = ask("songhong", "/feed/")
    assert broken.status == 200
    assert feedparser.parse(broken.body).bozo
    assert "etag" not in broken.headers
    press.advance(datetime(2018, 9, 20, 6, tzinfo=UTC))
    assert not feedparser.parse(ask("songhong", "/feed/").body).bozo


def test_todays_date_changes_at_local_midnight(press, ask):
    """A page that prints today's date changes at its outlet's midnight, with its validators."""
    press.advance(datetime(2018, 9, 22, 16, 59, tzinfo=UTC))
    before = ask("swarna", "/")
    press.advance(datetime(2018, 9, 22, 17, 0, tzinfo=UTC))
    after = ask("swarna", "/", If_Modified_Since=before.headers["last-modified"])
    assert after.status == 200
    assert "Minggu, 23 September 2018" in after.text
