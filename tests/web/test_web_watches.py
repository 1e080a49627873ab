"""Everybody's watches as a page: what they found, their feeds, and what an editor changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_tellings import NOON, put, story
from lxml import etree
from web_server import Server, serving

from alerts.compose import INSTANT
from archive import open_archive
from archive.keeping import matches
from archive.keeping.matches import Found
from archive.telling import digests, subscribers
from archive.telling.digests import Issue, Message
from harborwatch.config import load
from news import Target

CONFIG = """\
[[subscribers]]
id = "ani"
zone = "Asia/Jakarta"
targets = ["mailbox:ani@desk.example"]

[[subscribers.watches]]
name = "pelabuhan baru"
query = "pelabuhan"
"""
FEED = "/watches/ani/pelabuhan%20baru/feed.atom"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A home whose file gives Ani a watch that has found one of two stories."""
    home = tmp_path_factory.mktemp("desk")
    (home / "harborwatch.toml").write_text(CONFIG)
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        subscribers.synchronise(db, load(home).subscribers)
        number = put(db, story("a", "Pelabuhan dibuka", "Pelabuhan itu dibuka kemarin."))
        put(db, story("b", "Beras naik", "Harga beras naik."))
        found = Found(subscriber="ani", watch="pelabuhan baru", story=number, revision=1,
                      sentence="Pelabuhan itu dibuka kemarin.", hits=((0, 9),))  # fmt: skip
        matches.settle(db, number, 1, [found], NOON)
        target = Target(channel="mailbox", address="ani@desk.example")
        digests.save(db, Issue(
            subscriber="ani", slot=f"{INSTANT}{NOON.isoformat()}", at=NOON, subject="1 new event",
            text="Text", html="", tells=[(number, 1, "new")], instant=True,
            messages=[Message(target=target, message_id="<1@desk.example>", message=b"")],
        ))  # fmt: skip
    archive.close()
    with serving(home) as server:
        yield server


def one(desk: Server, name: str) -> dict:
    """Return a watch as the API has it."""
    (found,) = [w for w in desk.get("/api/watches").json["watches"] if w["name"] == name]
    return found


def test_a_watch_of_the_file_is_shown_with_its_line(desk: Server) -> None:
    """It says how much it found, the newest of it, and where it is edited: not here."""
    said = desk.get("/watches")
    (item,) = said.page.xpath("//li[@class='item'][contains(., 'pelabuhan baru')]")
    assert "harborwatch.toml:6" in item.text_content()
    assert "Pelabuhan dibuka" in item.text_content()
    assert not item.xpath(".//form")
    assert one(desk, "pelabuhan baru")["stories"] == 1


def test_a_watch_of_the_file_is_not_changed(desk: Server) -> None:
    """A form that was made by hand is refused with the file and the line."""
    form = {"mark": desk.mark("/watches"), "subscriber": "ani", "name": "pelabuhan baru"}
    for path in ("/watches/set", "/watches/remove"):
        said = desk.post(path, **form, q="beras", rhythm="instant")
        assert said.status == 400
        assert "is from this file" in said.text
    assert one(desk, "pelabuhan baru")["query"] == "pelabuhan"


def test_an_editor_adds_changes_and_removes(desk: Server) -> None:
    """A watch made here is edited here; mistakes are told and change nothing."""
    form = {"mark": desk.mark("/watches"), "subscriber": "ani", "name": "beras/ketan"}
    said = desk.post("/watches", **form, then="watches", q="beras", rhythm="instant")
    assert said.headers["location"] == "/watches"
    assert desk.get("/watches").page.xpath("//form[@action='/watches/set']")
    assert "Beras naik" in desk.get(one(desk, "beras/ketan")["feed"]).text
    given = {"q": "ketan", "rhythm": "daily 07:00", "at_least": "3", "surge": "1"}
    assert desk.post("/watches/set", **form, **given).status == 303
    kept = one(desk, "beras/ketan")
    assert (kept["query"], kept["at_least"], kept["origin"]) == ("ketan", 3, "command")
    assert kept["surge"] is True
    for wrong in (
        {"q": '"open'},
        {"rhythm": "now and then"},
        {"at_least": "x"},
        {"at_least": "99"},
    ):
        said = desk.post("/watches/set", **form, **{**given, **wrong})
        assert said.status == 400
        assert len(said.says("//details[@open]//p[@class='mistake']")) == 1
        (field, typed), *_ = wrong.items()
        assert said.page.xpath(f"//details[@open]//input[@name='{field}']/@value") == [typed]
    assert one(desk, "beras/ketan") == kept
    assert desk.post("/watches/remove", **form).status == 303
    said = desk.post("/watches/remove", **form)
    assert said.status == 400
    assert "no watch is called" in said.text


@pytest.mark.parametrize(
    ("language", "nameless"), [("en", "A watch needs a name."), ("id", "Pantauan perlu nama."), ("zh", "关注需要名称。")]
)  # fmt: skip
@pytest.mark.parametrize("then", ["watches", ""])
def test_a_wrong_form_comes_back_as_it_was_filled_in(
    desk: Server, language: str, nameless: str, then: str
) -> None:
    """Nothing typed is lost; each field says what is wrong with it, in the reader's language."""
    form = {"mark": desk.mark("/watches"), "subscriber": "ani", "then": then}
    given = {"q": "beras", "rhythm": "whenever", "at_least": "7"}
    path = f"/watches?lang={language}"
    said = desk.post(path, **form, name=" ", **given)
    assert said.status == 400
    (kept,) = said.page.xpath("//form[@action='/watches']")
    assert kept.xpath(".//input[@name='q']/@value") == ["beras"]
    assert kept.xpath(".//input[@name='rhythm']/@value") == ["whenever"]
    wrong = [one.text_content() for one in kept.xpath(".//p[@class='mistake']")]
    assert len(wrong) == 2
    assert nameless in wrong
    assert not any("command line" in one or "at_least" in one for one in wrong)
    taken = desk.post(path, **form, name="pelabuhan baru", q="beras", rhythm="instant")
    assert "pelabuhan baru" in "".join(
        taken.says("//form[@action='/watches']//p[@class='mistake']")
    )
    nobody = desk.post(path, **{**form, "subscriber": "x"}, name="n", q="beras", rhythm="instant")
    (told,) = nobody.says("//aside//p[@class='mistake']")
    assert ("no subscriber is called" in told) == (language == "en")


def test_each_watch_has_a_feed(desk: Server) -> None:
    """Atom with what the watch's question finds; a watch that is not there has none."""
    said = desk.get(FEED)
    assert said.headers["Content-Type"].startswith("application/atom+xml")
    titles = etree.fromstring(said.body).xpath("//*[local-name()='entry']/*[local-name()='title']")
    assert [title.text for title in titles] == ["Pelabuhan dibuka"]
    assert desk.get("/watches/ani/nothing/feed.atom").status == 404


def test_a_broken_file_does_not_hide_the_watches(tmp_path: Path) -> None:
    """While the file holds a mistake, the page says which and shows what the archive has."""
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    (tmp_path / "harborwatch.toml").write_text(CONFIG)
    with serving(tmp_path) as server:
        assert "ani/pelabuhan baru" in server.get("/watches").text
        (tmp_path / "harborwatch.toml").write_text(CONFIG + "rhythm = ")
        said = server.get("/watches")
        assert said.status == 200
        assert "harborwatch.toml" in "".join(said.says("//p[@class='mistake']"))


def test_an_alert_is_told_in_words(desk: Server) -> None:
    """A digest that was told at once says so, not by its key in the archive."""
    said = desk.get("/digests/1?lang=zh")
    assert "即时告知" in said.says("//p[@class='meta']")[0]
    assert INSTANT not in said.says("//main")[0]


def test_a_rhythm_names_its_clock(desk: Server) -> None:
    """A daily watch says whose clock it goes by; who adds one is told it, too."""
    assert one(desk, "pelabuhan baru")["zone"] == "Asia/Jakarta"
    page = desk.get("/watches")
    (item,) = page.page.xpath("//li[@class='item'][contains(., 'pelabuhan baru')]")
    assert "(Asia/Jakarta)" in item.text_content()
    assert page.says("//select[@name='subscriber']/option") == ["ani (Asia/Jakarta)"]
    tried = desk.get("/try?q=pelabuhan").page.xpath("//select[@name='subscriber']/option")
    assert [(o.get("value"), o.text) for o in tried] == [("ani", "ani (Asia/Jakarta)")]


@pytest.mark.parametrize("language", ["en", "id", "zh"])
def test_the_files_watches_are_promised(tmp_path: Path, language: str) -> None:
    """Before the first run a page says that the file's watches come with it, and names them."""
    (tmp_path / "harborwatch.toml").write_text(CONFIG)
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    with serving(tmp_path) as server:
        (said,) = server.get(f"/watches?lang={language}").says("//p[@class='notice']")
    assert "ani/pelabuhan baru" in said
    assert "harborwatch run" in said
