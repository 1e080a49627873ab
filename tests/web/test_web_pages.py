"""The pages, asked of a real server: what they hold, and that nothing foreign acts in them."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from archive_press import HARBOR, WORD
from archive_tellings import ANI, NOON, put, story, subscribe
from conftest import EVIL
from lxml import etree
from web_server import Server, serving

from archive import open_archive
from archive.telling import digests, outbox
from archive.telling.digests import Issue, Message
from news import Target

PAGES = (
    "/", "/search", "/search?q=ASEAN", "/search?q=ASEAN&sort=relevance", "/search?q=%22open",
    "/search?q=xyzzy+plugh", "/help", "/try?q=ASEAN", "/stories/34?q=ASEAN", "/stories/31",
    "/events/31", "/watches", "/topics", "/topics/caih", "/topics/bri", "/topics/caih/workbench", "/topics/caih/names", "/sources", "/sources/indotelko/listing",
    "/digests", "/digests/1", "/explain", "/explain?address=34", "/explain?address=31&q=Hanoi", "/login",
    "/topics/bri/names", "/topics/bri/workbench?text=ASEAN", "/try?q=ASEAN+evil",
    "/sources?before=good/", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip
#: turns the direction of what follows, or has no business in a page
HARMFUL = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")


@pytest.mark.parametrize("language", ["en", "id", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_in_each_language(web: Server, path: str, language: str) -> None:
    """Every page answers in the language asked for, says so, and weighs under 100 KB."""
    said = web.get(path, Accept_Language=f"{language}-XX, en;q=0.1")
    assert said.status == 200, said.text[:300]
    assert said.page.get("lang") == language
    assert said.headers["Content-Language"] == language
    assert len(said.body) < 100_000
    assert said.page.xpath("//h1")
    assert not [one for one in said.page.itertext() if one.strip() in ("None", "Undefined")]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_foreign_acts(web: Server, path: str) -> None:
    """Whatever a story holds: our one script, no inline script or style, no link but to the web."""
    said = web.get(path)
    page = said.page
    assert [s.get("src").rpartition("/")[2] for s in page.xpath("//script")] == ["page.js"]
    assert all(not script.text for script in page.xpath("//script"))
    assert not page.xpath("//style | //*[@style] | //base | //object | //embed | //img")
    assert not [a for tag in page.iter() for a in tag.attrib if a.startswith("on")]
    links = page.xpath("//@href | //@src | //@action")
    assert all(re.match(r"https?://|/(?!/)|#", link) for link in links), links
    assert not HARMFUL.search(said.text)
    policy = said.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert said.headers["X-Content-Type-Options"] == "nosniff"


def test_the_hostile_story_is_shown_as_text(web: Server) -> None:
    """A script in a headline is read by people, letter by letter, and by nobody else."""
    (headline,) = web.get("/stories/34").says("//h1")
    assert headline.startswith("<script>alert(1)</script><img src=x onerror=alert(2)>")
    assert "{{7*7}}" in headline
    assert not web.get("/stories/34").page.xpath("//p[@class='address']")


@pytest.mark.parametrize("path", ["/search.atom?q=ASEAN", "/watches/ani/evil/feed.atom"])
def test_feeds_carry_no_harm(web: Server, path: str) -> None:
    """A feed is well-formed; its texts are text, its links lead to the web alone."""
    said = web.get(path)
    feed = etree.fromstring(said.body)
    assert "<script>" in "".join(feed.itertext())
    assert not HARMFUL.search(said.text)
    assert not feed.xpath("//*[local-name()='script' or local-name()='img']")
    links = feed.xpath("//@href")
    assert links
    assert all(re.match("https?://", link) for link in links), links


def test_json_carries_it_as_it_came(web: Server) -> None:
    """A program gets no address to open that runs something; no browser takes it for a page."""
    said = web.get("/api/stories/34")
    assert said.headers["Content-Type"] == "application/json"
    assert said.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" in said.json["story"]["headline"]
    assert said.json["story"]["address"] == ""
    found = web.get("/api/search?q=ASEAN").json["found"]
    assert all(re.match("https?://|$", one["story"]["address"]) for one in found)


@pytest.mark.parametrize("language", HARBOR)
def test_search_marks_what_it_finds_in_each_script(web: Server, language: str) -> None:
    """In all ten languages a word is found and marked where it stands."""
    said = web.get("/search?" + urlencode({"q": WORD[language]}))
    found = said.page.xpath(f"//li[@class='item'][h3/@lang='{language}']")
    assert len(found) >= 3
    assert all(one.xpath(".//mark") for one in found)
    assert said.page.xpath("//svg//rect")


@pytest.mark.parametrize("sort", ["date", "relevance"])
def test_pages_of_results_fit_together(web: Server, sort: str) -> None:
    """Going on page by page gives every story once."""
    seen: list[str] = []
    path = "/search?" + urlencode({"q": " OR ".join(WORD.values()), "sort": sort})
    total = web.get(path).says("//p[@class='total']")[0]
    while path:
        page = web.get(path).page
        seen += page.xpath("//ol[@class='results']//h3/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(seen) == len(set(seen))
    assert total == f"{len(seen)} stories"


def test_facets_keep_their_promise(web: Server) -> None:
    """Following a value of a facet finds as many stories as it said."""
    page = web.get("/search?q=NANNING+OR+forum").page
    # Made-up stories mention topics that their texts do not: the first facet is left out.
    values = page.xpath("//section[@class='facet'][position() > 1]//li[a and span]")
    assert len(values) > 10
    for one in values:
        count, link = int(one.xpath("string(span[last()])")), one.xpath("a/@href")[0]
        assert web.get(link).says("//p[@class='total']")[0].split()[0] == str(count), link


def test_a_mistake_is_shown_where_it_is(web: Server) -> None:
    """A question that cannot be asked says what, where, and what was perhaps meant."""
    said = web.get("/search?q=lang:cn+ASEAN")
    assert said.says("//span[@class='here']") == ["cn"]
    assert web.get("/search?q=ASEAN+foo:bar").says("//span[@class='here']") == ["foo:"]
    (meant,) = said.page.xpath("//section[@class='mistake']//a[code]/@href")
    assert web.get(meant).status == 200
    assert not web.get(meant).page.xpath("//section[@class='mistake']")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("port @cai", "port @caih"),
        ("-@cai/core port", "-@caih/core port"),
        ("(ASEAN topic:cai)", "(ASEAN topic:caih)"),
        ("titel:ASEAN port", "title:ASEAN port"),
        ("titel：「东盟」 port", "title：「东盟」 port"),
        ("ASEAN @bri/cor", "ASEAN @bri/core"),
        ("topic:@bri/cor ASEAN", "topic:@bri/core ASEAN"),
        ("lang:indonesian AND port", "lang:id AND port"),
        ("amount>1bn XNY port", "amount>1bn CNY port"),
        ('port "open', 'port "open"'),
        ("foo:bar port", ""),
    ],
)
def test_what_was_perhaps_meant_keeps_the_rest(web: Server, asked: str, meant: str) -> None:
    """Only the name that is wrong is put right: its @, / or : and all other words stay."""
    assert web.get(f"/api/search?{urlencode({'q': asked})}").json["mistake"]["meant"] == meant


@pytest.mark.parametrize(
    "page",
    ["/search?q=", "/try?q=", "/topics/caih/workbench?text=", "/explain?address=31&q="],
)
def test_what_was_perhaps_meant_is_asked_on_the_same_page(web: Server, page: str) -> None:
    """The question that was meant stays with the topic or the address that it was asked of."""
    said = web.get(page + quote("port @cai"))
    (link,) = said.page.xpath("//section[@class='mistake']//a[code]/@href")
    assert link == page + "port%20%40caih"
    assert web.get(link).status == 200


@pytest.mark.parametrize("language", ["id", "zh"])
def test_what_is_translated_is_marked_so(web: Server, language: str) -> None:
    """A mistake and the ledger's line carry the language that they are said in."""
    said = web.get(f"/search?q=titel:a&lang={language}")
    for name in ("what", "hint"):
        assert said.page.xpath(f"//p[@class='{name}']/@lang") == [language]
    ledger = web.get(f"/?lang={language}").page.xpath("//aside//p[a/@href='/sources']")
    assert [one.get("lang") for one in ledger] == [language]
    missed = web.get(f"/try?q=forum+AND+beras&lang={language}")
    assert set(missed.page.xpath("//p[@class='meta']/span[1]/@lang")) <= {language}


def test_an_outlet_that_is_not_known_is_said_so(web: Server) -> None:
    """Where nothing is found and the catalogue lacks the outlet, the nearest one is named."""
    said = web.get("/api/search?q=outlet:indotelk").json
    assert said["unknown"] == [
        'no outlet of the catalogue is called "indotelk"; did you mean "indotelko"?'
    ]
    page = web.get("/search?q=outlet:indotelk+forum&lang=zh")
    assert page.says("//p[@class='mistake']") == [
        '目录中没有名为 "indotelk" 的媒体；是否指“indotelko”？'
    ]
    assert web.get("/api/search?q=outlet:indotelko+xyzzy").json["unknown"] == []
    assert web.get("/api/search?q=outlet:indotelk+OR+forum").json["unknown"] == []


def test_groups_of_names_are_told_apart(web: Server) -> None:
    """No two groups of a topic's ambiguous names read the same, and … is explained."""
    said = web.get("/topics/caih")
    groups = said.says("//details/summary")
    assert len(groups) > 5
    assert len(set(groups)) == len(groups)
    assert any("…" in one for one in said.says("//section/p[@class='quiet']"))


@pytest.mark.parametrize("path", ["/api/search", "/api/try", "/search.csv"])
def test_a_long_question_is_asked_as_it_is(web: Server, path: str) -> None:
    """No page, list or file answers the beginning of a question: all of it, or a clear error."""
    long = " OR ".join(["zzzz"] * 700) + " OR forum"
    assert "Forum signs" in web.get(f"{path}?{urlencode({'q': long})}").text
    tail = " OR ".join(["zzzz"] * 700) + " OR @cai"
    assert "@cai" in web.get(f"{path}?{urlencode({'q': tail})}").text


def test_an_event_shows_every_telling(web: Server) -> None:
    """Originals by language, the first one named, copies below what they repeat."""
    said = web.get("/events/31")
    assert len(said.page.xpath("//article[contains(@class, 'telling')]")) == 2
    assert len(said.page.xpath("//ul[@class='copies']/li")) == 1
    assert len(said.page.xpath("//ol[@class='order']/li")) == 3
    assert said.says("//article[contains(@class, 'first')]//strong") == ["first"]


def test_a_merged_event_leads_on(web: Server) -> None:
    """The number of an event that went into another leads to it, on the page and in /api/."""
    assert web.get("/events/32").headers["location"] == "/events/31"
    assert web.get("/api/events/32").headers["location"] == "/api/events/31"


def test_a_revision_shows_what_changed(web: Server) -> None:
    """Between two revisions only what changed is marked."""
    said = web.get("/stories/31")
    assert "".join(said.says("//div[@class='change']//del")) in "35 projects"
    assert "".join(said.says("//div[@class='change']//ins")) in "53 projects"


def test_a_raw_response_is_a_file_to_keep(web: Server) -> None:
    """The bytes of a page are given as plain text to save, whatever they are."""
    link = web.get("/stories/31").page.xpath("//a[@download]/@href")[0]
    said = web.get(link)
    assert said.body == b"<html>"
    assert said.headers["content-type"].startswith("text/plain")
    assert said.headers["content-disposition"].startswith("attachment")
    other = link.replace("/31/", "/30/")
    assert web.get(other).status == 404


def test_a_digests_html_may_do_nothing(web: Server) -> None:
    """A digest's own HTML stands in a frame without rights, and by itself has none either."""
    assert web.get("/digests/1").page.xpath("//iframe/@sandbox") == [""]
    assert web.get("/digests/1/html").headers["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "ris", "atom"])
def test_exports_hold_what_was_found(web: Server, kind: str) -> None:
    """Each export names every story that the search finds."""
    query = quote("NANNING OR forum")
    total = web.get(f"/api/search?q={query}").json["total"]
    said = web.get(f"/search.{kind}?q={query}")
    assert said.status == 200
    mark = {"atom": "<entry>", "ris": "TY  - NEWS"}.get(kind, "\n")
    lines = said.text.count(mark)
    assert lines - (kind == "csv") == total


def test_a_search_is_kept_and_forgotten(web: Server) -> None:
    """A search is saved by a form of ours, stands on the page, and can be forgotten."""
    mark = web.mark()
    assert web.post("/saved", mark=mark, q="forum", name="Forums", sort="date").status == 303
    assert "Forums" in "".join(web.get("/search").says("//aside"))
    assert web.post("/saved/forget", mark=mark, name="Forums").status == 303
    assert "Forums" not in "".join(web.get("/search").says("//aside"))


def test_a_question_becomes_a_watch(web: Server) -> None:
    """A question that was tried is given to a subscriber; a wrong rhythm or name is told."""
    mark = web.mark("/try?q=forum")
    form = {"mark": mark, "q": "forum", "subscriber": "ani", "name": "forums"}
    assert web.post("/watches", **form, rhythm="now and then").status == 400
    assert web.post("/watches", **{**form, "subscriber": "nobody"}, rhythm="instant").status == 400
    assert web.post("/watches", **{**form, "q": '"open'}, rhythm="instant").status == 400
    said = web.post("/watches", **form, rhythm="daily 07:00")
    assert "ani/forums" in "".join(web.get(said.headers["location"]).says("//aside"))
    assert web.post("/watches", **form, rhythm="daily 07:00").status == 400


def test_explain_says_where_it_stopped(web: Server) -> None:
    """An address that was never seen, one that is none, and a question that does not find it."""
    never = web.get("/explain?address=https://nobody.example/x")
    assert "no outlet of the catalogue has this host" in never.text
    assert web.get("/explain?address=%20http://").status == 200
    asked = web.get("/explain?address=31&q=Hanoi")
    assert asked.page.xpath("//section[contains(@class, 'answer no')]")


@pytest.mark.parametrize(
    "path", ["/nope", "/stories/999", "/stories/99999999999999999999", "/events/999", "/topics/nope",
             "/sources/a/b", "/digests/77", "/static/x/..%2Fsite.py", "/static/0/nope.css"]
)  # fmt: skip
def test_what_is_not_there_is_told(web: Server, path: str) -> None:
    """A page that says so, with status 404 and the way back; /api/ says it as JSON."""
    said = web.get(path)
    assert said.status == 404
    assert said.page.xpath("//main//a[@href='/']")
    if "static" not in path:
        assert set(web.get(f"/api{path}").json) == {"error", "hint"}


@pytest.mark.parametrize("path", ["/search?q=ASEAN&sort=size", "/search?q=ASEAN&before=%00", "/search.csv", "/search.atom?q=%22"])  # fmt: skip
def test_wrong_values_are_told(web: Server, path: str) -> None:
    """What cannot be used is status 400, not a fault."""
    assert web.get(path).status == 400


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    """Whoever opens an empty archive is told how to fill it."""
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    with serving(tmp_path) as server:
        assert "harborwatch run" in server.get("/").says("//dl")[0]
        for path in ("/search?q=ASEAN", "/topics/caih", "/sources", "/digests", "/try?q=ASEAN"):
            assert server.get(path).status == 200


def test_static_files_are_kept_by_their_content(web: Server) -> None:
    """Style, script and picture stand at addresses that change with them."""
    page = web.get("/").page
    for link in page.xpath("//link[@rel!='alternate']/@href | //script/@src"):
        said = web.get(link)
        assert said.status == 200
        assert "immutable" in said.headers["Cache-Control"]


def test_evil_is_what_it_says() -> None:
    """The hostile texts hold what the laws above look for."""
    assert HARMFUL.search(EVIL)
    assert "<script>" in EVIL


def test_a_dead_letter_is_shown(tmp_path: Path) -> None:
    """A digest that was given up stands on its page, with whom it was for and why; not one sent."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    targets = [Target(channel="mail", address=f"{name}@desk.example") for name in ("ani", "budi")]
    with archive.write() as db:
        subscribe(db, replace(ANI, targets=tuple(targets)))
        first = put(db, story("forum", "Forum opens", "Forum opens in Nanning."))
        messages = [
            Message(target=one, message_id=f"<{n}@desk.example>", message=b"")
            for n, one in enumerate(targets)
        ]
        digests.save(db, Issue(
            subscriber="ani", slot="2018-09-20T17:00+07:00", at=NOON, subject="1 new event",
            text="Text", html="", tells=[(first, 1, "new")], instant=False, messages=messages,
        ))  # fmt: skip
        lost, gone = (outbox.claim(db, NOON, timedelta(minutes=5)) for _ in targets)
        assert lost
        assert gone
        outbox.failed(db, lost.id, "550 no such mailbox <b>", None)
        outbox.sent(db, gone.id, NOON)
    archive.close()
    with serving(tmp_path) as server:
        page = server.get("/digests")
        (row,) = page.says("//table[contains(caption, 'given up')]/tbody/tr")
        assert lost.target.address in row
        assert "550 no such mailbox <b>" in row
        assert gone.target.address not in row
        assert [one["error"] for one in server.get("/api/digests").json["dead"]] == [
            "550 no such mailbox <b>"
        ]
