"""What readers do by the links of their mails: say no, say what a card was worth, read a page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_tellings import ANI as READER
from archive_tellings import NOON, put, story, subscribe
from web_server import Server, serving

from alerts.links import Links
from alerts.signing import LASTS
from archive import Archive, open_archive
from archive.keeping import matches
from archive.keeping.matches import Found
from archive.telling import digests, feedback, outbox, subscribers, unsubscriptions
from archive.telling.digests import Issue, Message
from harborwatch.secret_files import LINKS, signer_of
from news import Target, Watch
from news.rhythms import read_rhythm

pytestmark = pytest.mark.long

PUBLIC = "https://news.example.org"
ANI = Target(channel="mailbox", address="ani@desk.example")
INSTANT = read_rhythm("instant")
HOST = {"Host": "news.example.org"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a public address, a subscriber, a story that a watch found, and its digest."""
    (tmp_path / "harborwatch.toml").write_text(f'[web]\npublic_url = "{PUBLIC}"\n', "utf-8")
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        watches = tuple(
            Watch(name=name, query="forum", rhythm=INSTANT) for name in ("harbor", "bri")
        )
        subscribe(db, replace(READER, targets=(ANI,), watches=watches))
        number = put(db, story("forum", "Forum opens", "Forum opens in Nanning."))
        found = Found(subscriber="ani", watch="harbor", story=number, revision=1, sentence="",
                      hits=())  # fmt: skip
        matches.settle(db, number, 1, [found], NOON)
        message = Message(target=ANI, message_id="<1@desk.example>", message=b"")
        digests.save(db, Issue(
            subscriber="ani", slot="2018-09-20T17:00+07:00", at=NOON, subject="1 new event",
            text="Text", html="<p>HTML</p>", tells=[(number, 1, "new")], instant=False,
            messages=[message],
        ))  # fmt: skip
    archive.close()
    return tmp_path


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    yield archive
    archive.close()


@pytest.fixture
def web(home: Path) -> Iterator[Server]:
    with serving(home, HARBORWATCH_WEB_PASSWORD="long enough to be safe") as server:
        yield server


def links(home: Path, ago: timedelta = timedelta()) -> Links:
    return Links(url=PUBLIC, signer=signer_of(home), now=datetime.now(UTC) - ago)


def path_of(link: str) -> str:
    assert link.startswith(f"{PUBLIC}/")
    return link.removeprefix(PUBLIC)


def no(archive: Archive) -> unsubscriptions.SaidNo | None:
    with archive.read() as db:
        return unsubscriptions.said_no(db).get("ani")


def test_one_click_ends_all_mails_to_one_address(
    home: Path, archive: Archive, web: Server
) -> None:
    """A mail program's POST (RFC 8058), without cookie or mark, ends what goes to this address."""
    path = path_of(links(home).unsubscribe("ani", ANI))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    said = web.ask("POST", path, "List-Unsubscribe=One-Click", headers)
    assert said.status == 200
    assert "Set-Cookie" not in said.headers
    told = no(archive)
    assert told is not None
    assert list(told.targets) == [ANI]
    with archive.read() as db:
        assert subscribers.load(db) == []
        assert outbox.count(db) == {"stopped": 1}
    with archive.write() as db:
        assert outbox.claim(db, NOON + timedelta(days=9), timedelta(minutes=5)) is None


def test_one_click_as_form_data(home: Path, archive: Archive, web: Server) -> None:
    """The POST may come as multipart/form-data, as RFC 8058 allows."""
    body = (
        '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    path = path_of(links(home).unsubscribe("ani", ANI))
    assert web.ask("POST", path, body, headers).status == 200
    assert no(archive)


def test_opening_a_link_does_nothing(home: Path, archive: Archive, web: Server) -> None:
    """Scanners open every link of a mail: a GET changes nothing, the page has a button."""
    for link in (links(home).unsubscribe("ani", ANI), f"{links(home).feedback('ani', 1)}&say=no"):
        page = web.get(path_of(link))
        assert page.status == 200
        assert page.page.xpath("//main//form//button")
    assert no(archive) is None
    with archive.read() as db:
        assert feedback.verdicts(db) == {}


def test_what_was_said_is_taken_back(home: Path, archive: Archive, web: Server) -> None:
    """Undone, everything is as before, and what was held back goes out."""
    path = path_of(links(home).unsubscribe("ani", ANI))
    web.post(path)
    web.post(path, undo="1")
    assert no(archive) is None
    with archive.read() as db:
        assert [one.id for one in subscribers.load(db)] == ["ani"]
        assert outbox.count(db) == {"open": 1}


def test_one_watch_alone_is_ended(home: Path, archive: Archive, web: Server) -> None:
    """Whoever is the only reader can end one watch; the others go on, and find on."""
    path = path_of(links(home).unsubscribe("ani", ANI))
    assert web.post(path, watch="harbor").status == 200
    assert web.post(path, watch="of somebody else").status == 404
    with archive.read() as db:
        (ani,) = subscribers.load(db)
        assert "harbor" not in {one.name for one in ani.watches}
        assert ani.watches
        assert ("ani", "harbor") not in {key[:2] for key in subscribers.queries(db)}
        assert ("ani", "harbor") in {key[:2] for key in subscribers.queries(db, unwanted=True)}


def test_the_file_does_not_bring_it_back(home: Path, archive: Archive, web: Server) -> None:
    """Said no stands though the subscriber is written again, and a digest made meanwhile waits."""
    web.post(path_of(links(home).unsubscribe("ani", ANI)))
    with archive.write() as db:
        (kept,) = subscribers.kept(db, ["ani"])
        subscribers.synchronise(db, [kept.subscriber])
        assert subscribers.load(db) == []
        message = Message(target=ANI, message_id="<2@desk.example>", message=b"")
        digests.save(db, Issue(
            subscriber="ani", slot="2018-09-21T17:00+07:00", at=NOON, subject="", text="",
            html="", tells=[], instant=False, messages=[message],
        ))  # fmt: skip
        assert outbox.count(db) == {"stopped": 2}


def test_votes_make_the_precision_of_a_watch(home: Path, archive: Archive, web: Server) -> None:
    """The last word on a card counts, for the watches that found its event."""
    path = path_of(links(home).feedback("ani", 1))
    assert web.post(path, say="no").status == 200
    assert web.post(path, say="maybe").status == 400
    said = web.post(path, say="yes")
    assert "harbor" in said.says("//p[@role='status']")[0]
    with archive.read() as db:
        verdict = feedback.verdicts(db)["ani", "harbor"]
    assert (verdict.relevant, verdict.not_relevant, verdict.precision) == (1, 0, 1.0)
    bearer = {"Authorization": "Bearer long enough to be safe"}
    shown = {one["name"]: one for one in web.get("/api/watches", **bearer).json["watches"]}
    assert shown["harbor"]["precision"] == 1.0
    assert shown["harbor"]["judged"] == 1


@pytest.mark.parametrize("purpose", ["unsubscribe", "feedback"])
def test_links_end_and_cannot_be_made(home: Path, archive: Archive, web: Server, purpose) -> None:
    """A link that has ended, was changed or is for something else does nothing."""
    late = links(home, LASTS[purpose] + timedelta(days=2))
    made = {
        "unsubscribe": (late.unsubscribe("ani", ANI), links(home).feedback("ani", 1)),
        "feedback": (late.feedback("ani", 1), links(home).unsubscribe("ani", ANI)),
    }
    ended, other = made[purpose]
    assert web.post(path_of(ended), say="yes").status == 410
    token = other.partition("?")[2]
    for bad in (token, token[:-1], "t=", "t=W10.x", f"t={'A' * 5_000}", "t=%F0%28"):
        assert web.post(f"/{purpose}?{bad}", say="yes").status == 403
    assert no(archive) is None


def test_a_mails_link_opens_its_page_alone(home: Path, web: Server) -> None:
    """Who needs a log-in reads an event by its mail's link, its stories too, and nothing else."""
    path = path_of(links(home).event(1))
    event = web.get(path)
    assert event.status == 200
    # Neither menu nor search: they would lead to a log-in.
    assert event.page.xpath("//nav | //form | //a[@href='/'] | //a[@href='/help']") == []
    assert "Set-Cookie" not in event.headers
    assert web.get("/events/1").status == 303
    asked = path.partition("?")[2]
    assert web.get(f"/stories/1?{asked}").status == 303
    assert web.get(f"/api/events/1?{asked}").status == 401
    (inside,) = set(re.findall(r'href="(/stories/1\?[^"]+)"', event.text))
    assert web.get(inside).status == 200
    late = links(home, LASTS["read"] + timedelta(days=2)).event(1)
    assert web.get(path_of(late)).status == 303


def test_a_digests_link_leads_to_it(home: Path, web: Server) -> None:
    """A mail's link to its own digest shows it in its frame, and no other reader's address."""
    there = web.get(path_of(links(home).digest("ani", "2018-09-20T17:00+07:00")))
    assert there.status == 303
    page = web.get(there.headers["Location"])
    assert page.status == 200
    assert ANI.address not in page.text
    (frame,) = page.page.xpath("//iframe/@src")
    assert web.get(frame).text == "<p>HTML</p>"
    assert web.get(path_of(links(home).digest("ani", "never"))).status == 404


def test_without_a_password_a_proxys_name_reaches_what_links_need(home: Path) -> None:
    """A page that trusts this machine alone still lets readers say no by its public name."""
    with serving(home) as web:
        link = path_of(links(home).unsubscribe("ani", ANI))
        assert web.ask("GET", link, headers=HOST).status == 200
        for inside in ("/watches", "/digests", "/digests/1", "/digests/1/html", "/feedbacks"):
            assert web.ask("GET", inside, headers=HOST).status == 421


def test_the_key_is_its_owners_alone(home: Path) -> None:
    """The key of the links is made once, and for its owner's eyes."""
    signer = signer_of(home)
    assert signer_of(home) == signer
    assert (home / LINKS).stat().st_mode & 0o077 == 0
    assert signer.key.hex() not in repr(signer)
    assert signer.key.decode() not in repr(signer)
