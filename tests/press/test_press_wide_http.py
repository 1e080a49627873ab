"""The wide press over HTTP: the same pages, family G's doors, the clock, the hazards."""

from __future__ import annotations

import gzip
import http.client
import zlib
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice

import pytest
from lxml import etree, html

from harborwatch.press import Press, wide
from harborwatch.press.wide import hostile
from harborwatch.press.wide.hostile import ATTRIBUTES, DESCRIPTION, ITEMS, UNFOLDED

READER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/62.0"
PROGRAM = "Harborwatch/0.1"
MEGABYTE = 1024 * 1024


def hazard(name):
    return next(each for each in wide.hazards() if each.name == name)


def streamed(name):
    """Give the pieces of a hazard that is made while it is sent."""
    response = hazard(name).answer("http://hazards.localhost")
    assert response.pieces is not None
    return response.pieces()


def begun(press, path, count):
    """Read the beginning of an answer and hang up."""
    connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"{hostile.HOST}.localhost:{press.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read(count)
    finally:
        connection.close()


def test_the_demo_does_not_know_the_wide_outlets(press, ask):
    """Without the edition, no wide host answers and no outlet or gold is added."""
    wide_names = {outlet.name for outlet in wide.outlets()}
    assert not wide_names & set(press.outlets)
    assert not wide_names & {gold.outlet for gold in press.expected()}
    assert ask("radiotanjung", "/").status == 404
    assert ask(hostile.HOST, "/items.xml").status == 404


def test_both_editions_share_a_port():
    """With the edition, the days' outlets answer beside the wide ones."""
    with Press(wide.NOW, edition="wide") as both:
        assert both.base("radiotanjung") == f"http://radiotanjung.localhost:{both.port}"
        assert both.base("indotelko") == f"http://indotelko.localhost:{both.port}"
        for host in ("radiotanjung", "indotelko"):
            connection = http.client.HTTPConnection("127.0.0.1", both.port, timeout=5)
            connection.request("GET", "/", headers={"Host": f"{host}.localhost"})
            assert connection.getresponse().status == 200
            connection.close()


def test_every_page_is_served_as_the_table_has_it(wide_press, ask_wide):
    """Over HTTP each page, further ones included, has the bytes and the type of the table."""
    for page in wide.pages(wide_press.now, wide_press.port):
        answer = ask_wide(page.address)
        assert (answer.status, answer.headers["content-type"]) == (200, page.content_type)
        assert answer.body == page.body
        if page.further:
            bodies = tuple(ask_wide(each).body for each in page.further)
            assert bodies == wide.further_pages(page, wide_press.now, wide_press.port)


def test_wide_pages_have_validators(ask_wide):
    """A page that has not changed is 304; gzip is sent to those who take it."""
    first = ask_wide("lintasdetik", "/", Accept_Encoding="gzip")
    assert first.headers["content-encoding"] == "gzip"
    assert ask_wide("lintasdetik", "/", If_None_Match=first.headers["etag"]).status == 304
    assert ask_wide("lintasdetik", "/", method="POST", body=b"x").status == 405
    assert ask_wide("lintasdetik", "/nothing/1/here").status == 404
    assert b"Disallow: /search" in ask_wide("lintasdetik", "/robots.txt").body


def test_wide_stories_appear_on_the_clock():
    """A story is 404 before its time and 200 from then on; the home page lists it then."""
    page = next(each for each in wide.stories() if each.outlet == "radiotanjung")
    path = page.address.removeprefix("http://radiotanjung.localhost")
    with Press(datetime(2018, 9, 17, tzinfo=UTC), outlets=[], edition="wide") as young:
        answers = []
        for moment in (young.now, page.gold.published):
            young.advance(moment)
            for place in ("/", path):
                connection = http.client.HTTPConnection("127.0.0.1", young.port, timeout=5)
                connection.request("GET", place, headers={"Host": "radiotanjung.localhost"})
                answer = connection.getresponse()
                answers.append((answer.status, path.encode() in answer.read()))
                connection.close()
    assert [status for status, _ in answers] == [200, 404, 200, 200]
    assert [listed for _, listed in answers[::2]] == [False, True]


def test_a_moved_domain_leads_to_the_new_one(ask_wide, wide_press):
    """Every address of an old host is 301 to the same address at the new one."""
    for outlet in wide.outlets():
        if outlet.moved_from:
            moved = ask_wide(outlet.moved_from, "/sitemap-news.xml?a=1")
            assert moved.status == 301
            assert (
                moved.headers["location"] == f"{wide_press.base(outlet.name)}/sitemap-news.xml?a=1"
            )


@pytest.mark.parametrize("how", ["missing", "empty", "html", "forbidden"])
def test_shut_ways_leave_a_second_one(ask_wide, how):
    """A feed that fails in each manner has another way beside it that answers."""
    found = [outlet for outlet in wide.outlets() if ("rss", how) in outlet.shut]
    assert found
    for outlet in found:
        answer = ask_wide(outlet.name, "/rss.xml", User_Agent=PROGRAM)
        status = {"missing": 404, "forbidden": 403}.get(how, 200)
        assert answer.status == status
        assert bool(answer.body) == (how != "empty")
        second = "/sitemap-news.xml" if "sitemap" in outlet.ways else "/wp-json/wp/v2/posts"
        assert ask_wide(outlet.name, second, User_Agent=PROGRAM).status == 200
        if how == "forbidden":
            assert ask_wide(outlet.name, "/rss.xml", User_Agent=READER).status == 200


def test_a_scripted_home_page_lists_nothing(ask_wide):
    """A home page listed by a script has no link to a story; its list stands elsewhere."""
    for outlet in wide.outlets():
        if outlet.scripted:
            tree = html.document_fromstring(ask_wide(outlet.name, "/").body)
            places = {page.address for page in wide.stories() if page.outlet == outlet.name}
            linked = {
                f"http://{outlet.name}.localhost{each.get('href')}" for each in tree.iter("a")
            }
            assert not places & linked
            assert b'"items"' in ask_wide(outlet.name, "/api/list.json").body


def test_hazards_have_names_and_places():
    """Each hazard has its own name and path and says what it is taken for."""
    assert len({each.name for each in wide.hazards()}) == len(wide.hazards())
    assert {each.kind for each in wide.hazards()} == {"page", "feed", "sitemap"}


def test_the_flood_has_two_hundred_thousand_items():
    """The flood is made while it is sent: 200,000 items, then a proper end."""
    count, last = 0, b""
    for piece in streamed("items"):
        count, last = count + piece.count(b"<item>"), piece
    assert count == ITEMS == 200_000
    assert last.endswith(b"</rss>\n")


def test_the_description_has_fifty_megabytes():
    """The long description is some 50 MB in one item."""
    size = sum(map(len, streamed("description")))
    assert abs(size - DESCRIPTION) < MEGABYTE


def test_forty_thousand_attributes_in_418_kilobytes():
    """Feed and page carry one tag with 40,000 attributes in some 418 KB."""
    for name in ("attributes", "attributes-page"):
        body = hazard(name).answer("").body
        assert abs(len(body) - 418_000) < 2_000
        assert body.count(b'=""') == ATTRIBUTES


def test_the_bomb_unfolds(wide_press, ask_wide):
    """Half a megabyte is valid gzip of 512 MB."""
    body = hostile.bomb()
    unpacker, size = zlib.decompressobj(31), 0
    rest = body
    while rest and not unpacker.eof:
        size += len(unpacker.decompress(rest, 4 * MEGABYTE))
        rest = unpacker.unconsumed_tail
    assert (unpacker.eof, size) == (True, UNFOLDED)
    assert len(body) < MEGABYTE
    connection = http.client.HTTPConnection("127.0.0.1", wide_press.port, timeout=5)
    connection.request("GET", "/bomb.html", headers={"Host": "hazards.localhost"})
    answer = connection.getresponse()
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.read()) == len(body)
    connection.close()


@pytest.mark.parametrize("path", ["/endless.html", "/endless.xml"])
def test_endless_answers_end_with_the_client(wide_press, ask_wide, path):
    """An endless answer goes on past megabytes; the press lives on when the client leaves."""
    status, body = begun(wide_press, path, 3 * MEGABYTE)
    assert (status, len(body)) == (200, 3 * MEGABYTE)
    assert ask_wide("radiotanjung", "/").status == 200


def test_slow_answers_drip(wide_press, ask_wide):
    """A slow answer comes byte by byte, and holds up nobody else."""
    status, body = begun(wide_press, "/slow.xml", 2)
    assert (status, body) == (200, b"<?")
    assert ask_wide("radiotanjung", "/").status == 200


def test_a_silent_address_says_nothing(wide_press):
    """A client that waits for the silent address waits in vain."""
    connection = http.client.HTTPConnection("127.0.0.1", wide_press.port, timeout=0.2)
    connection.request("GET", "/silent.html", headers={"Host": "hazards.localhost"})
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def test_entities_are_bombs_and_traps(ask_wide):
    """The entity bomb has ten generations; the trap wants a file and an address."""
    bomb = ask_wide(hostile.HOST, "/entities.xml").body
    assert bomb.count(b"<!ENTITY") == 11
    outside = ask_wide(hostile.HOST, "/outside.xml").body
    assert b"file:///etc/passwd" in outside
    inert = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    assert etree.fromstring(outside, inert).find("channel/item/link") is not None


def test_nesting_is_deep(ask_wide):
    """A page and a feed hold 100,000 elements inside one another."""
    assert ask_wide(hostile.HOST, "/nesting.html").body.count(b"<div>") == 100_000
    assert ask_wide(hostile.HOST, "/nesting.xml").body.count(b"<a>") == 100_000


def test_false_ways_out(ask_wide):
    """Redirects lead to private addresses, to a file, in a circle, and up without end."""
    for path, place in (("/private.xml", "http://10."), ("/metadata.html", "http://169.254."),
                        ("/file.xml", "file:")):  # fmt: skip
        answer = ask_wide(hostile.HOST, path)
        assert answer.status == 302
        assert answer.headers["location"].startswith(place)
    first = ask_wide(hostile.HOST, "/loop/a").headers["location"]
    assert ask_wide(first).headers["location"].endswith("/loop/a")
    assert ask_wide(hostile.HOST, "/stairs/7").headers["location"].endswith("/stairs/8")
    assert ask_wide(hostile.HOST, "/nothing").status == 404


def test_a_gzipped_sitemap_bomb_is_gzip():
    """The sitemap bomb begins as gzip does, and unfolds without end in sight."""
    body = hazard("gzip-sitemap").answer("").body
    assert gzip.GzipFile(fileobj=BytesIO(body)).read(10) == b" " * 10
    assert list(islice(streamed("endless"), 3))
