"""Who may read and who may change: passwords, sessions, forged forms, foreign names."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from web_server import ROOT, Server, serving

from archive import open_archive
from harborwatch.web.access import LASTS, Access, hashed, secret_of
from harborwatch.web.attempts import MOST, WITHIN, Attempts
from harborwatch.web_config import Passwords, is_loopback

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EDITOR, READER = "a harbor at night", "only looking"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that asks for a password; the editor's is kept as a hash."""
    folder = tmp_path_factory.mktemp("locked")
    open_archive(f"sqlite:///{folder / 'archive.db'}").close()
    given = {
        "HARBORWATCH_WEB_PASSWORD": hashed(EDITOR),
        "HARBORWATCH_WEB_READER_PASSWORD": READER,
    }
    with serving(folder, **given) as server:
        yield server


def log_in(web: Server, password: str, then: str = "/search") -> str:
    """Log in; returns where one is led, or "" where it was refused."""
    web.cookies.clear()
    mark = web.get("/login").page.xpath("//input[@name='mark']/@value")[0]
    said = web.post("/login", mark=mark, password=password, then=then)
    return said.headers["location"] if said.status == 303 else ""


def test_without_a_password_it_stays_on_this_machine(tmp_path: Path) -> None:
    """On another address than loopback it does not start without a password, and says why."""
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    done = subprocess.run(
        [sys.executable, "-m", "harborwatch.web", "--home", tmp_path, "--host", "0.0.0.0"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "would stand open at 0.0.0.0" in done.stderr
    assert "HARBORWATCH_WEB_PASSWORD" in done.stderr


def test_a_taken_port_is_told(home: Path, web: Server) -> None:
    """Where something else listens, it says so and what to do."""
    port = web.address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "harborwatch.web", "--home", home, "--port", port],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "give --port" in done.stderr


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/stories/1", "/digests/1/html", "/topics/bri/feed.atom", "/api/latest", "/api/openapi.json", "/search.csv?q=x"])  # fmt: skip
def test_nobody_reads_without_logging_in(locked: Server, path: str) -> None:
    """Every page leads to the log-in, every file and /api/ says 401."""
    locked.cookies.clear()
    said = locked.get(path)
    assert said.status in (303, 401)
    if said.status == 303:
        assert said.headers["location"].startswith("/login?then=/")


def test_health_is_for_everybody(locked: Server) -> None:
    """Who watches the page needs no password, and learns nothing but that it works."""
    locked.cookies.clear()
    assert locked.get("/healthz").json == {"status": "ok"}


def test_an_editor_logs_in_and_out(locked: Server) -> None:
    """The password leads to where one was stopped; the cookie is out of reach of scripts."""
    assert log_in(locked, EDITOR, "/topics?lang=id") == "/topics?lang=id"
    assert locked.get("/").status == 200
    mark = locked.mark("/")
    assert locked.post("/logout", mark=mark).headers["location"] == "/login"
    locked.cookies.clear()
    assert locked.get("/").status == 303


def test_cookies_are_kept_from_scripts_and_other_sites(locked: Server) -> None:
    """Each cookie is HttpOnly and SameSite."""
    locked.cookies.clear()
    for one in locked.get("/login?lang=id").headers.get_all("Set-Cookie"):
        assert "httponly" in one.lower()
        assert "samesite=lax" in one.lower()


@pytest.mark.parametrize("then", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:x"])  # fmt: skip
def test_logging_in_leads_nowhere_else(locked: Server, then: str) -> None:
    """Where one goes on after logging in is a path of this page."""
    assert log_in(locked, EDITOR, then) == "/"


def test_a_reader_changes_nothing(locked: Server) -> None:
    """A reader sees no form that changes something, and may send none."""
    assert log_in(locked, READER)
    page = locked.get("/search?q=ASEAN")
    assert page.status == 200
    assert not page.page.xpath("//form[@action='/saved']")
    said = locked.post("/saved", mark=locked.mark(), q="ASEAN", name="x")
    assert said.status == 403


def test_a_token_is_a_password(locked: Server) -> None:
    """A program sends a password as a bearer token."""
    locked.cookies.clear()
    assert locked.get("/api/latest", Authorization=f"Bearer {READER}").status == 200
    wrong = locked.get("/api/latest", Authorization="Bearer guess")
    assert wrong.status == 401
    assert wrong.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_forged_form_is_refused(web: Server) -> None:
    """A form without the mark of this visitor's session changes nothing."""
    mark = web.mark()
    assert web.post("/saved", q="ASEAN", name="x").status == 403
    assert web.post("/saved", q="ASEAN", name="x", mark=mark[::-1]).status == 403
    web.cookies.clear()
    assert web.post("/saved", q="ASEAN", name="x", mark=mark).status == 403
    assert web.post("/saved", q="ASEAN", name="x", mark="é").status == 403


def test_a_form_without_end_is_refused(web: Server) -> None:
    """A form longer than any of ours is not read."""
    assert web.post("/saved", mark=web.mark(), q="x" * 100_000).status == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", ""])
def test_without_a_password_foreign_names_are_not_answered(web: Server, host: str) -> None:
    """A name that somebody else points to this machine is refused (DNS rebinding)."""
    assert web.ask("GET", "/", headers={"Host": host}).status == 421
    assert web.ask("GET", "/", headers={"Host": "localhost:8017"}).status == 200


def test_guesses_are_slowed_down(locked: Server, tmp_path: Path) -> None:
    """After some wrong passwords an address must wait, even with the right one."""
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    with serving(tmp_path, HARBORWATCH_WEB_PASSWORD=EDITOR) as server:
        mark = server.get("/login").page.xpath("//input[@name='mark']/@value")[0]
        said = [server.post("/login", mark=mark, password="guess").status for _ in range(MOST + 1)]
        assert said == [401] * MOST + [429]
        assert server.post("/login", mark=mark, password=EDITOR).status == 429


def test_guesses_are_forgotten_in_time() -> None:
    """Wrong passwords count for a while; all addresses together are slowed too."""
    attempts = Attempts()
    for _ in range(MOST):
        assert attempts.wait("a", NOW) == 0
        attempts.wrong("a", NOW)
    assert attempts.wait("a", NOW) > 0
    assert attempts.wait("b", NOW) == 0
    assert attempts.wait("a", NOW + WITHIN) == 0
    for at in range(100):
        attempts.wrong(f"address {at}", NOW)
    assert attempts.wait("c", NOW) > 0


def test_sessions_end_with_time_and_password() -> None:
    """A cookie holds until its end and for these passwords only; nothing in it can be changed."""
    access = Access(Passwords(editor=hashed(EDITOR)), b"secret")
    cookie = access.cookie("reader", NOW)
    assert access.visitor(cookie, NOW).role == "reader"
    assert access.visitor(cookie, NOW + LASTS + timedelta(minutes=1)).role is None
    assert access.visitor(cookie.replace("reader", "editor"), NOW).role is None
    assert Access(Passwords(editor=hashed("other")), b"secret").visitor(cookie, NOW).role is None
    for broken in ("", ".", "...", "editor.x.y.z", cookie[:-1], cookie + "0", "editor.9.9"):
        assert access.visitor(broken, NOW).role is None


def test_the_secret_is_the_owners_alone(tmp_path: Path) -> None:
    """What cookies are signed with is made once, and nobody else may read it."""
    secret = secret_of(tmp_path)
    assert len(secret) == 64
    assert secret_of(tmp_path) == secret
    assert (tmp_path / "web.secret").stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["web.secret"]


@pytest.mark.parametrize(("host", "only_here"), [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("press.localhost", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("localhost.evil.example", False), ("", False)])  # fmt: skip
def test_what_only_this_machine_reaches(host: str, only_here: bool) -> None:
    """Loopback addresses and localhost, nothing else."""
    assert is_loopback(host) is only_here
