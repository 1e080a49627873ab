"""The doctor: what is broken is found and named with the next step, whatever it is."""

import ctypes
import json
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from click.testing import CliRunner

from archive import open_archive
from archive.care.examining import refused_writing
from archive.collecting import clocks, sources
from archive.collecting.sources import Seen
from harborwatch.commands import main
from harborwatch.config import NAME
from news import Conditions, Outcome, Poll

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

SOURCE = (
    "INSERT INTO sources (id, outlet, way, address, every, due_at, etag, last_modified, body_hash,"
    " last_outcome, last_detail, failures, dropped) VALUES"
    " ('a/feed', 'a', 'feed', 'https://a.example', 1, '2018-09-20', '', '', '', '', '', 0, 0)"
)
Said = list[dict[str, str]]
Doctor = Callable[..., tuple[int, Said]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home as `init` leaves it."""
    home = tmp_path_factory.mktemp("doctor") / "home"
    done = CliRunner().invoke(main, ["--home", str(home), "init", "--mail", "a@desk.example"])
    assert done.exit_code == 0, done.output
    return home


@pytest.fixture
def well(made: Path, tmp_path: Path) -> Path:
    """Give a copy of that home, for a test to break."""
    home = tmp_path / "home"
    shutil.copytree(made, home)
    return home


def doctor(home: Path, *options: str) -> tuple[int, Said]:
    done = CliRunner().invoke(main, ["--home", str(home), "doctor", "--json", *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def wrong(said: Said) -> list[str]:
    assert all(one["step"] for one in said if one["state"] == "wrong")
    return [
        f"{one['about']}: {one['text']} {one['step']}" for one in said if one["state"] == "wrong"
    ]


def test_a_home_that_is_well_is_well(well: Path) -> None:
    """After `init` nothing is wrong, every side is looked at, and the status is 0."""
    before = {one.name: one.read_bytes() for one in well.iterdir() if one.is_file()}
    status, said = doctor(well)
    assert (status, wrong(said)) == (0, [])
    sides = {"configuration", "archive", "clock", "disk", "mail", "sources"}
    assert {one["about"] for one in said} == sides
    after = {name: (well / name).read_bytes() for name in before}
    assert after[NAME] == before[NAME]


def in_configuration(old: str, new: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        text = (home / NAME).read_text("utf-8")
        assert old in text
        (home / NAME).write_text(text.replace(old, new), "utf-8")

    return change


def in_archive(*statements: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        db = sqlite3.connect(home / "archive.db")
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    return change


def no_archive(home: Path) -> None:
    (home / "archive.db").unlink()


def broken_pages(home: Path) -> None:
    held = bytearray((home / "archive.db").read_bytes())
    for at in range(4096 * 5, len(held), 4096):
        held[at : at + 200] = b"\xff" * 200
    (home / "archive.db").write_bytes(held)


def no_database(home: Path) -> None:
    (home / "archive.db").write_text("my notes " * 1000)


def no_home(home: Path) -> None:
    shutil.rmtree(home)


def bad_outlet(home: Path) -> None:
    (home / "outlets" / "id").mkdir(parents=True)
    (home / "outlets" / "id" / "a.toml").write_text('name = "A"\nhoem = "https://a.example"\n')


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (in_configuration("pace", "pase"), r'harborwatch.toml:9.*did you mean "pace"'),
    (in_configuration("query = ", 'query = "(" #'), "query of watch me/harbor"),
    (in_configuration('zone = "', 'zone = "Mars/'), "unknown zone"),
    (in_configuration("outlets = []", 'outlets = ["nobody"]'), "nobody.*outlets lists"),
    (in_configuration("[mail]", "[mail"), "is not TOML"),
    (bad_outlet, r'a\.toml:2.*did you mean "home"'),
    (no_archive, "is not there.*restore"),
    (no_home, "there is no configuration.*init"),
    (broken_pages, "archive: damaged.*restore"),
    (no_database, "archive: damaged.*not a database"),
    (in_archive("UPDATE alembic_version SET version_num = '9999'"), "newer Harborwatch"),
    (in_archive("DROP TABLE alembic_version"), "not an archive of ours"),
    (in_archive("INSERT INTO story_text_tokens VALUES (7, x'00')"), "1 too many.*--mend"),
    (in_archive("INSERT INTO archive_facts VALUES ('copying from', 'x')"), "half a copy"),
    (
        in_archive(
            SOURCE,
            "INSERT INTO polls (source, started_at, outcome, detail, bytes, seen, new, changed,"
            " known, refused, history) VALUES ('a/feed','2999-01-01 00:00:00.000000','good','',"
            "0,0,0,0,0,0,0)",
        ),
        "still to come.*set the clock",
    ),
]


@pytest.mark.parametrize(("spoil", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_what_is_broken_is_told(well: Path, spoil: Callable[[Path], None], told: str) -> None:
    """Each fault is found with its place and the next step; the status is 1."""
    spoil(well)
    status, said = doctor(well)
    assert status == 1
    assert sum(bool(re.search(told, one)) for one in wrong(said)) == 1, wrong(said)


@contextmanager
def nothing_fits() -> Iterator[None]:
    """Let no file of this process grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_no_damage(well: Path) -> None:
    """Where the archive cannot be read for want of room, nobody is told to move it away."""
    with nothing_fits():
        _, said = doctor(well)
    told = wrong(said)
    assert any(re.search("archive: .*cannot be read.*I/O error.*the disk", one) for one in told)
    assert not any("damaged" in one or "restore" in one for one in told)
    assert "sqlalche.me" not in str(said)


def rights_hold() -> None:
    """Let files' rights bind the superuser too: CAP_DAC_OVERRIDE (1) leaves (prctl(2), 24)."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


DISK = """
import sys
from pathlib import Path
from harborwatch.doctor.machine import disk_findings
for home in sys.argv[1:]:
    print(" ".join(f"{one.state} {one.text} {one.step}" for one in disk_findings(Path(home))))
"""


def test_an_archive_that_cannot_be_written_is_told(made: Path, tmp_path: Path) -> None:
    """A file that a command with sudo took, the archive's own or one beside it, is named."""
    homes, held = (
        [tmp_path / end for end in ("archive.db", "archive.db-wal", "archive.db-shm")],
        [],
    )
    for home in homes:
        shutil.copytree(made, home)
        held.append(sqlite3.connect(home / "archive.db"))
        held[-1].execute("SELECT 1 FROM stories").fetchall()
        (home / home.name).chmod(0o444)
    asked = [sys.executable, "-c", DISK, *map(str, homes)]
    done = subprocess.run(
        asked, preexec_fn=rights_hold, capture_output=True, text=True, check=True
    )
    for home, line, db in zip(homes, done.stdout.splitlines(), held, strict=True):
        db.close()
        assert re.search(f"wrong .*{home / home.name}.* cannot be written to.*chown", line), line


def test_an_archive_that_refuses_to_be_written_is_told(well: Path) -> None:
    """What only the attempt shows is told in SQLite's words; another writer is no fault."""
    path = well / "archive.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert refused_writing(path) == ""
    writer.close()
    assert refused_writing(path) == ""
    assert "unable to open" in refused_writing(well / "nowhere.db")


@pytest.mark.parametrize("mistake", ["pase = 1", "pace = ", 'pace = "slow"'])
def test_one_mistake_does_not_silence_the_doctor(well: Path, tmp_path: Path, mistake: str) -> None:
    """With a configuration that cannot be used, its archive, disk and clock are looked at still."""
    moved = tmp_path / "elsewhere.db"
    (well / "archive.db").rename(moved)
    text = (well / NAME).read_text("utf-8")
    changed = re.sub(r"(?m)^pace = .*$", mistake, text)
    (well / NAME).write_text(f'{changed}\n[archive]\naddress = "sqlite:///{moved}"\n', "utf-8")
    _, said = doctor(well)
    assert [one["about"] for one in said if one["state"] == "wrong"] == ["configuration"]
    texts = [one["text"] for one in said if one["state"] == "well"]
    assert any(f"sqlite:///{moved}: 0 stories" in one for one in texts)
    assert {"archive", "clock", "disk"} <= {one["about"] for one in said}


def test_an_index_that_is_out_of_step_is_mended(well: Path) -> None:
    """`--mend` makes the search index anew; then nothing is wrong."""
    in_archive("INSERT INTO story_text_tokens VALUES (7, x'00')")(well)
    assert doctor(well)[0] == 1
    assert doctor(well, "--mend", "--thorough")[0] == 0


@pytest.mark.parametrize(
    ("seconds", "state"), [(2.0, "well"), (-45.0, "odd"), (900.0, "wrong"), (-90_000.0, "wrong")]
)
def test_the_outlets_tell_whether_the_clock_goes_right(
    well: Path, seconds: float, state: str
) -> None:
    """A clock half a minute off is odd, one five minutes off is wrong, either way."""
    archive = open_archive(f"sqlite:///{well}/archive.db")
    with archive.write() as db:
        clocks.hear(db, clocks.Heard(seconds=seconds, hosts=5, at=datetime.now(UTC)))
    archive.close()
    _, said = doctor(well)
    (found,) = [one for one in said if "the outlets' (5 asked)" in one["text"]]
    assert found["state"] == state
    assert ("ahead" in found["text"]) == (seconds > 0)


def polled(home: Path, outcome: Outcome, ago: timedelta, times: int) -> None:
    archive = open_archive(f"sqlite:///{home}/archive.db")
    in_archive(SOURCE)(home)
    at = datetime.now(UTC) - ago
    poll = Poll(
        source="a/feed", started_at=at, outcome=outcome, status=None, detail="no route",
        bytes=0, conditions=Conditions(),
    )  # fmt: skip
    for _ in range(times):
        with archive.write() as db:
            sources.record_poll(db, poll, Seen(), due_at=at, history=False)
    archive.close()


@pytest.mark.parametrize(
    ("outcome", "ago", "times", "told"),
    [
        (Outcome.GOOD, timedelta(days=3), 1, "the last poll was 3 days ago"),
        (Outcome.TEMPORARY, timedelta(minutes=3), 4, "none of 1 answers: no route"),
    ],
)
def test_sources_that_are_silent_are_told(
    well: Path, outcome: Outcome, ago: timedelta, times: int, told: str
) -> None:
    """Where nothing is polled, or nothing answers, the doctor says which of the two."""
    polled(well, outcome, ago, times)
    status, said = doctor(well)
    assert status == 1
    assert any(told in one for one in wrong(said))


class Desk:
    """A mail server that remembers what it was given."""

    def __init__(self) -> None:
        self.taken: list[object] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@contextmanager
def serving(desk: Desk, **settings: object) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(desk, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def with_server(home: Path, address: str) -> None:
    in_configuration('# server = "smtp+starttls://you@mail.example.org:587"', f'server = "{address}"')(home)  # fmt: skip


def test_mail_is_tried_without_sending(well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is asked to let us in and gets no message; a wrong password is told."""

    def check(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=data.password == b"harbour", handled=False)

    desk = Desk()
    with serving(desk, authenticator=check, auth_require_tls=False) as port:
        with_server(well, f"smtp://ana@127.0.0.1:{port}")
        monkeypatch.setenv("HARBORWATCH_SMTP_PASSWORD", "harbour")
        status, said = doctor(well)
        assert status == 0
        assert any("answers" in one["text"] and "ana" in one["text"] for one in said)
        monkeypatch.setenv("HARBORWATCH_SMTP_PASSWORD", "wrong")
        status, said = doctor(well)
    assert status == 1
    assert any("535" in one and "check user and password" in one for one in wrong(said))
    assert "harbour" not in str(said)
    assert desk.taken == []


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps", "smtp"])
def test_a_mail_server_that_is_not_there_or_not_safe_is_told(well: Path, scheme: str) -> None:
    """No STARTTLS, no TLS or no server at all: told, with the next step."""
    with serving(Desk()) as port:
        with_server(well, f"{scheme}://127.0.0.1:{port}")
        status, said = doctor(well)
        assert (status == 0) == (scheme == "smtp"), said
    status, said = doctor(well)
    assert status == 1
    assert any(f"127.0.0.1:{port}" in one for one in wrong(said))
