"""The unit file and the containers name what is there, and start what can be started."""

import configparser
import importlib.metadata
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from harborwatch import systemd
from harborwatch.commands import main
from harborwatch.config import load
from harborwatch.web_config import Passwords, passwords
from harborwatch.web_config import check as web_check
from news import FileError

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "Dockerfile"


def init(home: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["--home", str(home), "init", *options])
    assert done.exit_code == 0, done.output
    return done.output


def unit_of(home: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(home / systemd.NAME, "utf-8")
    assert parser["Install"]["WantedBy"] == "multi-user.target"
    return parser["Service"]


@pytest.mark.parametrize("name", ["home", "my news 100%", 'the "harbor" of $HOME'])
def test_the_unit_runs_this_installation_on_this_home(tmp_path: Path, name: str) -> None:
    """ExecStart, as systemd reads it, is this Python with that home; the home alone is writable."""
    home = tmp_path / name
    said = init(home, "--systemd", "--health", "127.0.0.1:9180")
    assert f"systemctl enable --now {home / systemd.NAME}" in said
    service = unit_of(home)
    words = [
        one.replace("%%", "%").replace("$$", "$") for one in shlex.split(service["ExecStart"])
    ]
    assert words == [sys.executable, "-m", "harborwatch", "--home", str(home), "run"]
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    (writable,) = shlex.split(service["ReadWritePaths"])
    assert writable.replace("%%", "%").replace("$$", "$") == str(home)
    assert load(home).health is not None


def test_a_home_that_is_there_gets_the_unit_alone(tmp_path: Path) -> None:
    """`init --systemd` on a home writes the unit and leaves the configuration as it is."""
    init(tmp_path / "home")
    before = (tmp_path / "home" / "harborwatch.toml").read_bytes()
    init(tmp_path / "home", "--systemd")
    assert (tmp_path / "home" / "harborwatch.toml").read_bytes() == before
    assert (tmp_path / "home" / systemd.NAME).exists()


def test_an_archive_elsewhere_is_writable_too(tmp_path: Path) -> None:
    """The unit may write into the folder of an archive outside the home."""
    home, there = tmp_path / "home", tmp_path / "my disk"
    init(home)
    path = home / "harborwatch.toml"
    told = f'\n[archive]\naddress = "sqlite:///{there}/a.db"\n'
    path.write_text(path.read_text("utf-8") + told, "utf-8")
    init(home, "--systemd")
    assert shlex.split(unit_of(home)["ReadWritePaths"]) == [str(home), str(there)]
    assert there.is_dir(), "systemd starts no unit that may write where nothing is"


def test_what_a_unit_cannot_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home or archive that PrivateTmp hides, and a unit that runs as root, are warned of."""
    monkeypatch.setenv("LOGNAME", "root")
    said = systemd.doubts(Path("/tmp/news"), Path("/var/tmp/there/archive.db"))
    assert [one.partition(" ")[0] for one in said] == ["/tmp/news", "/var/tmp/there", "it"]
    monkeypatch.setenv("LOGNAME", "news")
    assert systemd.doubts(Path("/srv/news"), Path("/srv/news/archive.db")) == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """systemd-analyze finds nothing to complain of."""
    (tmp_path / systemd.NAME).write_text(systemd.unit(tmp_path / "my news 100%"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / systemd.NAME)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if systemd.NAME in line]
    assert ours == []


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE.read_text("utf-8")))
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]  # type: ignore[misc]


def test_the_image_is_made_of_what_is_there() -> None:
    """Every base image has a full tag, every file that is copied exists and is not left out."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    for word, rest in instructions():
        if word == "FROM":
            assert re.fullmatch(r"[a-z]+:\d+\.\d+[-\w.]*( AS \w+)?", rest), rest
        if word == "COPY" and not rest.startswith("--from"):
            for name in rest.split()[:-1]:
                assert (ROOT / name).exists(), name
                assert name not in ignored


def test_the_image_holds_every_package_and_starts_our_command() -> None:
    """All packages of the project are copied; the entry point is the project's, `run` a command."""
    said = instructions()
    copied = {name for word, rest in said if word == "COPY" for name in rest.split()[:-1]}
    packages = {one.parent.name for one in ROOT.glob("*/py.typed")}
    assert packages <= copied
    (entry,) = [rest for word, rest in said if word == "ENTRYPOINT"]
    (command,) = [rest for word, rest in said if word == "CMD"]
    scripts = importlib.metadata.entry_points(group="console_scripts")
    assert entry == '["harborwatch"]'
    assert "harborwatch" in scripts.names
    done = CliRunner().invoke(main, [*re.findall(r'"([^"]+)"', command), "--help"])
    assert done.exit_code == 0, done.output
    assert "USER harborwatch" in DOCKERFILE.read_text("utf-8")


def test_the_versions_without_hashes_are_the_locks() -> None:
    """What the image makes of the lock is one version a line, of every package in it."""
    (run,) = [rest for word, rest in instructions() if word == "RUN" and "versions.txt" in rest]
    first, second = re.findall(r"-e '([^']+)'", run)
    assert (first, second) == ("/^ *--hash/d", r"s/ *\\$//")
    done = subprocess.run(
        ["sed", "-e", first, "-e", second, str(ROOT / "requirements.lock")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [
        line for line in done.stdout.splitlines() if line and not line.lstrip().startswith("#")
    ]
    assert all(re.fullmatch(r"[\w.\[\]-]+==[\w.+!]+( ;.*)?", line) for line in lines), lines[:5]
    assert len(lines) > 50


def test_compose_starts_sqlite_alone_and_postgresql_by_profile() -> None:
    """Without a profile one service runs; with it a pinned server, waited for until it answers."""
    yaml = pytest.importorskip("yaml")
    made = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = made["services"]
    assert [name for name, one in services.items() if "profiles" not in one] == ["harborwatch"]
    version = re.search(r'(?m)^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert version is not None
    assert services["harborwatch"]["image"] == f"harborwatch:{version.group(1)}"
    assert (ROOT / services["harborwatch"]["build"] / "Dockerfile").exists()
    assert re.fullmatch(r"postgres:\d+-\w+", services["postgres"]["image"])
    ours = services["harborwatch-postgres"]
    assert ours["environment"]["HARBORWATCH_ARCHIVE"].startswith("postgresql://")
    assert ours["depends_on"]["postgres"]["condition"] == "service_healthy"
    used = {one.partition(":")[0] for service in services.values() for one in service["volumes"]}
    assert used == set(made["volumes"])
    assert "up -d" in (ROOT / "compose.yaml").read_text("utf-8")


def test_the_page_of_a_container_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The published port is the page's, on this machine alone, and what is typed lets it answer."""
    yaml = pytest.importorskip("yaml")
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["harborwatch", "harborwatch-postgres"]  # fmt: skip
    init(tmp_path / "home")
    assert services["harborwatch"]["ports"] == [f"127.0.0.1:{(port := load(tmp_path / 'home').web.port)}:{port}"]  # fmt: skip
    typed = re.search(r"--entrypoint (sed) harborwatch (.+)", (ROOT / "compose.yaml").read_text())
    assert typed is not None
    words = shlex.split(typed[2].replace("/data", str(tmp_path / "home")))
    for _ in range(2):
        subprocess.run([typed[1], *words], check=True)
    with pytest.raises(FileError, match="stand open"):
        web_check(tmp_path, load(tmp_path / "home").web, Passwords())
    (variable,) = [one for one in services["harborwatch"]["environment"] if one.endswith("WEB_PASSWORD")]  # fmt: skip
    monkeypatch.setenv(variable, "harbour")
    web = load(tmp_path / "home").web
    web_check(tmp_path, web, passwords(tmp_path, web))
    assert web.host == "0.0.0.0"


def test_what_compose_says_to_type_can_be_typed() -> None:
    """Each of our commands in compose.yaml's comments is known with its options."""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    typed = re.findall(r"# .*run --rm harborwatch\S* (.+)", text)
    assert len(typed) == 3
    for line in typed:
        command, *options = shlex.split(line)
        known = CliRunner().invoke(main, [command, "--help"]).output
        assert all(one in known for one in options if one.startswith("--")), line
