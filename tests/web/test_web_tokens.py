"""Programs and feed readers with a password; readers behind a proxy; sessions that were ended."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from archive_tellings import put, story
from web_server import Server, serving

from archive import open_archive
from harborwatch.web.access import hashed
from harborwatch.web.attempts import MOST
from harborwatch.web_config import Passwords, WebConfig, check
from news import FileError

pytestmark = pytest.mark.long

EDITOR, READER = "a harbor at night", "only looking"
#: an address that forwards requests, as the servers of these tests see this machine
PROXY = "127.0.0.1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a story and two passwords, one kept as a hash."""
    lines = (
        "[web]", 'password_file = "editor"', 'reader_password_file = "reader"',
        f'trusted_proxies = ["{PROXY}", "10.0.0.0/8"]',
    )  # fmt: skip
    (tmp_path / "harborwatch.toml").write_text("\n".join(lines), "utf-8")
    (tmp_path / "editor").write_text(hashed(EDITOR), "utf-8")
    (tmp_path / "reader").write_text(READER, "utf-8")
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    with archive.write() as db:
        put(db, story("forum", "Forum opens", "Forum opens in Nanning."))
    archive.close()
    return tmp_path


@pytest.fixture
def web(home: Path) -> Iterator[Server]:
    with serving(home) as server:
        yield server


def bearer(password: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {password}"}


def basic(password: str, name: str = "reader") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def statuses(web: Server, times: int, **headers: str) -> list[int]:
    return [web.get("/api/latest", **bearer("guess"), **headers).status for _ in range(times)]


def log_in(web: Server) -> None:
    mark = web.get("/login").page.xpath("//input[@name='mark']/@value")[0]
    assert web.post("/login", mark=mark, password=EDITOR).status == 303


def test_guesses_lock_out_no_one_who_was_right(web: Server) -> None:
    """A token that was right goes on from its address whatever is guessed there; others wait."""
    assert web.get("/api/latest", **bearer(READER)).status == 200
    assert statuses(web, MOST + 1) == [401] * MOST + [429]
    assert web.get("/api/latest", **bearer(READER)).status == 200
    waiting = web.get("/api/latest", **bearer(EDITOR))
    assert waiting.status == 429
    assert 0 < int(waiting.headers["Retry-After"]) <= 600
    mark = web.get("/login").page.xpath("//input[@name='mark']/@value")[0]
    assert int(web.post("/login", mark=mark, password="guess").headers["Retry-After"]) > 0


def test_readers_behind_a_proxy_wait_each_for_himself(web: Server) -> None:
    """Guesses count for the address that a trusted proxy names, never for one a stranger names."""
    own, other = {"X-Forwarded-For": "203.0.113.5"}, {"X-Forwarded-For": "2001:db8::7"}
    assert statuses(web, MOST + 1, **own) == [401] * MOST + [429]
    assert web.get("/api/latest", **bearer(EDITOR), **other).status == 200
    # What a stranger wrote stands left of what the proxies did.
    forged = {"X-Forwarded-For": "198.51.100.9, 203.0.113.5, 10.1.2.3"}
    assert web.get("/api/latest", **bearer(EDITOR), **forged).status == 429


def test_without_trust_no_one_names_his_address(home: Path) -> None:
    """Where no proxy is trusted, X-Forwarded-For is not heard."""
    file = home / "harborwatch.toml"
    file.write_text(file.read_text().partition("trusted")[0])
    with serving(home) as web:
        said = [statuses(web, 1, **{"X-Forwarded-For": f"203.0.113.{n}"})[0] for n in range(9)]
    assert said == [401] * MOST + [429]


def test_a_trusted_proxy_is_an_address(tmp_path: Path) -> None:
    """What is no address is refused before the page starts."""
    with pytest.raises(FileError, match="'proxy' does not appear to be"):
        check(tmp_path, WebConfig(trusted_proxies=("proxy",)), Passwords())


def test_feed_readers_bring_the_password(web: Server) -> None:
    """A feed asks for the password by Basic and takes it so; a wrong one is refused."""
    asked = web.get("/search.atom?q=forum")
    assert asked.status == 401
    assert asked.headers.get_all("WWW-Authenticate")[0].startswith("Basic ")
    said = web.get("/search.atom?q=forum", **basic(READER))
    assert said.status == 200
    assert "Forum opens" in said.text
    assert "Set-Cookie" not in said.headers
    assert web.get("/search.csv?q=forum", **basic(EDITOR, "")).status == 200
    assert web.get("/search.atom?q=forum", **basic("guess")).status == 401
    for odd in ("???", "\xe9"):
        assert web.get("/search.atom?q=forum", Authorization=f"Basic {odd}").status == 401


def test_basic_changes_nothing(web: Server) -> None:
    """What browsers send by themselves opens no page and sends no form."""
    assert web.get("/search?q=forum", **basic(EDITOR)).status == 303
    form = {"Content-Type": "application/x-www-form-urlencoded", **basic(EDITOR)}
    assert web.ask("POST", "/saved", "q=forum&name=x", form).status in (401, 403)
    assert "x" not in web.get("/search", **bearer(READER)).says("//a")


def test_an_editors_token_needs_no_mark(web: Server) -> None:
    """A program changes things by the editor's token alone; by the reader's nothing."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"q": "forum", "name": "by program"})
    assert web.ask("POST", "/saved", body, form | bearer(READER)).status == 403
    assert web.ask("POST", "/saved", body, form | bearer(EDITOR)).status == 303
    assert "by program" in web.get("/search", **bearer(READER)).text
    # Beside a session's cookie, too, it is the token that counts.
    log_in(web)
    assert web.ask("POST", "/saved", body, form).status == 403
    assert web.ask("POST", "/saved", body, form | basic(EDITOR)).status == 403


def test_a_token_leaves_no_session(web: Server) -> None:
    """A page that was asked for by a token gives no cookie."""
    said = web.get("/search?q=forum", **bearer(EDITOR))
    assert said.status == 200
    assert "Set-Cookie" not in said.headers


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_session_that_was_ended_opens_nothing(home: Path, workers: str) -> None:
    """After a log-out its cookie, kept elsewhere, is good for nothing in any process."""
    with serving(home, "--workers", workers) as web:
        log_in(web)
        kept = dict(web.cookies)
        assert web.get("/").status == 200
        assert web.post("/logout", mark=web.mark("/")).status == 303
        web.cookies = kept
        assert {web.get("/").status for _ in range(8)} == {303}
        assert web.post("/saved", mark="x", q="forum", name="x").status == 403
        log_in(web)
        assert web.get("/").status == 200


def test_errors_lead_no_stranger_in(web: Server) -> None:
    """An error's page has menu and way home for who came in, and none for a stranger."""
    stranger = web.get("/nothing/here")
    assert stranger.status == 404
    assert stranger.page.xpath("//a[@href='/'] | //nav | //form") == []
    log_in(web)
    assert web.get("/nothing/here").page.xpath("//main//a[@href='/']")


def test_the_printed_address_can_be_opened(home: Path) -> None:
    """A page at every address of the machine prints one that can be opened."""
    with serving(home, "--host", "0.0.0.0") as web:
        assert web.address.startswith("http://127.0.0.1:")
        assert web.get("/healthz").status == 200


def test_a_second_log_out_is_no_mistake(web: Server) -> None:
    """Who was logged out already is led to the log-in again, as by the first time."""
    log_in(web)
    mark = web.mark("/search")
    assert [web.post("/logout", mark=mark).headers["location"] for _ in range(2)] == ["/login"] * 2


def test_guesses_in_flight_are_counted(web: Server) -> None:
    """Guesses sent all at once are no more than those sent one after the other."""
    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(lambda _: statuses(web, 1)[0], range(20)))
    assert sorted(said) == [401] * MOST + [429] * (20 - MOST)


def test_a_token_may_be_of_any_letters(tmp_path: Path) -> None:
    """A password beyond ASCII is a token too."""
    (tmp_path / "harborwatch.toml").write_text('[web]\npassword_file = "editor"\n')
    (tmp_path / "editor").write_text("pelabuhan 港口", "utf-8")
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    with serving(tmp_path) as web:
        sent = bearer("pelabuhan 港口".encode().decode("latin-1"))
        assert web.get("/api/latest", **sent).status == 200
