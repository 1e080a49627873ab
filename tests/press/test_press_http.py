"""Validators, conditions, compression, refusals, faults."""

from __future__ import annotations

import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harborwatch.press import Press
from harborwatch.press.answer import unchanged, wants_gzip
from harborwatch.press.server import MalformedError, parse_head, virtual_host

FEED = ("kabarniaga", "/feed/")


def test_an_unchanged_document_is_304_by_etag(ask):
    """The ETag of an answer, sent back, gets 304 and no body."""
    first = ask(*FEED)
    again = ask(*FEED, If_None_Match=first.headers["etag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_an_unchanged_document_is_304_by_date(ask):
    """Last-Modified, sent back, gets 304; a second earlier gets the document."""
    first = ask(*FEED)
    moment = parsedate_to_datetime(first.headers["last-modified"])
    earlier = format_datetime(moment - timedelta(seconds=1), usegmt=True)
    assert ask(*FEED, If_Modified_Since=first.headers["last-modified"]).status == 304
    assert ask(*FEED, If_Modified_Since=earlier).status == 200


def test_etag_goes_before_date(ask):
    """A wrong ETag beside a right date gets the document (RFC 9110, 13.2.2)."""
    first = ask(*FEED)
    both = ask(*FEED, If_None_Match='"other"', If_Modified_Since=first.headers["last-modified"])
    assert both.status == 200


def test_a_change_breaks_both_validators(press, ask):
    """After a story is published, neither the old ETag nor the old date gets 304."""
    first = ask(*FEED)
    press.advance(datetime(2018, 9, 19, 4, tzinfo=UTC))
    assert ask(*FEED, If_None_Match=first.headers["etag"]).status == 200
    assert ask(*FEED, If_Modified_Since=first.headers["last-modified"]).status == 200


def test_every_change_shows_in_both_validators(press, ask):
    """Whenever a way in changes its bytes, both its validators change."""
    ways = [("swarna", "/sitemap-news.xml"), ("kabarniaga", "/feed/"), ("indotelko", "/")]
    seen = {way: ask(*way) for way in ways}
    for hour in range(6, 72, 6):
        press.advance(datetime(2018, 9, 18, tzinfo=UTC) + timedelta(hours=hour))
        for way in ways:
            now, before = ask(*way), seen[way]
            changed = now.body != before.body
            by_date = ask(*way, If_Modified_Since=before.headers["last-modified"])
            assert (now.headers["etag"] != before.headers["etag"]) == changed
            assert not changed or by_date.status == 200
            seen[way] = now


def test_gzip_only_when_asked(ask):
    """A client that takes gzip gets the same document, compressed."""
    plain, packed = ask(*FEED), ask(*FEED, Accept_Encoding="br, gzip;q=0.8")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.body == packed.body
    assert ask(*FEED, If_None_Match=packed.headers["etag"]).status == 304


def test_head_has_headers_only(ask):
    """HEAD tells the length of the body and sends none."""
    got = ask(*FEED, method="HEAD")
    assert got.body == b""
    assert int(got.headers["content-length"]) == len(ask(*FEED).body)


def test_what_is_not_there_is_404(ask):
    """Unknown paths, unknown numbers and unknown hosts are 404."""
    for where in (("indotelko", "/read/1500000000/none"), ("swarna", "/berita/1/x"),
                  ("kabarniaga", "/2018/09/19/none/"), ("nobody", "/")):  # fmt: skip
        assert ask(*where).status == 404


def test_posting_to_an_outlet_is_405(ask):
    """Outlets answer GET and HEAD only."""
    assert ask("swarna", "/", method="POST", body=b"x").status == 405


def test_a_busy_outlet_asks_for_patience(press, ask):
    """During its busy hours Suara Selat answers 429 with Retry-After, then recovers."""
    press.advance(datetime(2018, 9, 19, 11, tzinfo=UTC))
    busy = ask("suaraselat", "/feed/")
    assert (busy.status, busy.headers["retry-after"]) == (429, "3600")
    assert ask("suaraselat", "/robots.txt").status == 200
    press.advance(datetime(2018, 9, 19, 14, tzinfo=UTC))
    assert ask("suaraselat", "/feed/").status == 200


def test_a_forbidden_feed_leaves_the_sitemap_open(ask):
    """One path answers 403 while the outlet's other ways stay open."""
    assert ask("haixia", "/feed/").status == 403
    assert ask("haixia", "/news-sitemap.xml").status == 200


def test_a_deleted_story_is_410(press, ask):
    """A deleted page is 200 before, 410 after, and leaves the feed."""
    path = "/2018/09/19/promo-kartu-kredit-salah-cetak/"
    press.advance(datetime(2018, 9, 19, 12, tzinfo=UTC))
    assert ask("kabarniaga", path).status == 200
    press.advance(datetime(2018, 9, 20, 12, tzinfo=UTC))
    assert ask("kabarniaga", path).status == 410
    assert b"promo-kartu-kredit" not in ask(*FEED).body


@pytest.mark.parametrize(
    ("kind", "status"), [("gone", 410), ("missing", 404), ("failing", 500), ("forbidden", 403)]
)
def test_faults_by_hand(press, ask, kind, status):
    """A fault holds until its time, on its host and path only."""
    until = press.now + timedelta(hours=1)
    press.fault("songhong", kind, until, path="/feed/")
    assert ask("songhong", "/feed/").status == status
    assert ask("songhong", "/").status == 200
    press.advance(until)
    assert ask("songhong", "/feed/").status == 200


def test_a_dropped_connection_has_no_answer(press, ask):
    """A dropped connection ends without a byte and is logged with status 0."""
    press.fault("songhong", "dropped")
    with pytest.raises(http.client.RemoteDisconnected):
        ask("songhong", "/")
    assert press.log[-1].status == 0
    press.mend("songhong")
    assert ask("songhong", "/").status == 200


def test_a_slow_answer_is_true(press, ask):
    """A slow host answers truly, later."""
    press.fault("songhong", "slow", seconds=0.05)
    assert ask("songhong", "/").status == 200


def test_unknown_faults_are_refused(press):
    """A fault of an unknown kind or host is an error that names the known ones."""
    with pytest.raises(ValueError, match="indotelko"):
        press.fault("nobody", "busy")
    with pytest.raises(ValueError, match="tired"):
        press.fault("songhong", "tired")


def test_a_malformed_request_is_400(press):
    """Bytes that are no request get 400, and the server lives on."""
    with socket.create_connection(("127.0.0.1", press.port), timeout=5) as raw:
        raw.sendall(b"nonsense\r\n\r\n")
        assert raw.recv(1024).startswith(b"HTTP/1.1 400 ")
    with socket.create_connection(("127.0.0.1", press.port), timeout=5) as raw:
        raw.sendall(b"GET /robots.txt HTTP/1.0\r\nHost: swarna.localhost\r\n\r\n")
        assert b"User-agent" in raw.makefile("rb").read()


def test_leaving_with_open_connections_is_quiet():
    """Stopping ends connections that wait for nothing, without a warning."""
    with Press(outlets=["indotelko"]) as press:
        idle = [socket.create_connection(("127.0.0.1", press.port)) for _ in range(5)]
    for each in idle:
        each.close()


def test_many_at_once(press, ask):
    """Hundreds of requests from several clients are all answered and all logged."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(*FEED).status, range(300)))
    assert answers == [200] * 300
    assert len(press.log) == 300


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_heads_parse_or_are_refused(head):
    """Any bytes are a request or a MalformedError, nothing else."""
    try:
        request = parse_head(head)
    except MalformedError:
        return
    assert request.method is not None


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_odd_headers_never_break(value):
    """Any header value is decided upon."""
    headers = {"if-modified-since": value, "accept-encoding": value}
    assert unchanged(headers, '"a"', datetime(2018, 9, 18, tzinfo=UTC)) in (True, False)
    assert wants_gzip(headers) in (True, False)


def test_virtual_hosts():
    """The Host header names the outlet, whatever its case and port."""
    assert virtual_host("M.Swarna.localhost:8123") == "m.swarna"
