"""What is built from here: the seven packages with their data, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"news", "query", "archive", "pipelines", "crawler", "alerts", "harborwatch"}
#: data that the program reads at run time, a pattern for each kind
DATA = [
    "query/topics/*.toml",
    "query/names/*.toml",
    "crawler/outlets/*/*.toml",
    "pipelines/*.toml",
    "pipelines/reading/*.toml",
    "archive/migrations/env.py",
    "archive/migrations/script.py.mako",
    "archive/migrations/versions/*.py",
    "alerts/templates/*.html",
    "alerts/templates/*.txt",
    "alerts/templates/*.css",
    "harborwatch/press/stories/*.toml",
    "harborwatch/press/wide/*.toml",
    "harborwatch/press/wide/texts/*.toml",
    "harborwatch/press/catalogue/*/*.toml",
    "harborwatch/press/layouts/*.html",
    "harborwatch/press/layouts/*.css",
    "harborwatch/web/templates/*.html",
    "harborwatch/web/messages/*.toml",
    "harborwatch/web/sentences/*.toml",
    "harborwatch/web/static/*.css",
    "harborwatch/web/static/*.js",
    "harborwatch/web/static/*.svg",
    *(f"{package}/py.typed" for package in sorted(PACKAGES)),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from a copy of the sources.

    A copy, because setuptools puts what an earlier build left into the next one.
    """
    copy = tmp_path_factory.mktemp("sources")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", copy / "dist"],
        cwd=copy,
        capture_output=True,
        check=True,
    )
    (made,) = (copy / "dist").iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(built: Path) -> frozenset[str]:
    """Return the names of the files in the wheel."""
    with ZipFile(built) as opened:
        return frozenset(opened.namelist())


def test_the_wheel_holds_seven_packages_and_nothing_else(wheel: frozenset[str]) -> None:
    """What is installed is the seven packages and the papers that go with them."""
    tops = {name.split("/")[0] for name in wheel}
    papers = {top for top in tops if top.endswith(".dist-info")}
    assert len(papers) == 1
    assert tops - papers == PACKAGES


@pytest.mark.parametrize("pattern", DATA)
def test_each_kind_of_data_is_in_the_wheel(wheel: frozenset[str], pattern: str) -> None:
    """Each kind of data that the program reads at run time is installed with it."""
    assert any(fnmatch(name, pattern) for name in wheel)


def test_no_file_of_a_package_stays_behind(wheel: frozenset[str]) -> None:
    """Every file in the folder of a package is in the wheel."""
    sources = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    left = sorted(sources - wheel)
    assert not left, f"name their kind under package-data in pyproject.toml: {left}"


def test_the_licence_goes_with_the_wheel(wheel: frozenset[str]) -> None:
    """The text of the licence is installed beside the packages."""
    assert any(fnmatch(name, "*.dist-info/licenses/LICENSE") for name in wheel)


def test_no_other_distribution_has_our_names() -> None:
    """No installed distribution, nor the standard library, claims the name of a package."""
    owners = packages_distributions()
    claimed = {name: set(owners.get(name, [])) - {"harborwatch"} for name in PACKAGES}
    assert not {name: others for name, others in claimed.items() if others}
    assert not PACKAGES & sys.stdlib_module_names


@pytest.mark.long
def test_the_wheel_alone_runs_the_demo(built: Path, tmp_path: Path) -> None:
    """In an empty environment, with the lock's versions and nothing else of ours, the demo runs."""
    here = tmp_path / "environment"
    run_in(tmp_path, sys.executable, "-m", "venv", str(here))
    versions = tmp_path / "versions.txt"
    versions.write_text(locked_versions(), "utf-8")
    pip = [str(here / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    run_in(tmp_path, *pip, "--constraint", str(versions), "pip")
    run_in(tmp_path, *pip, "--constraint", str(versions), str(built))
    said = run_in(
        tmp_path,
        str(here / "bin" / "harborwatch"),
        "demo",
        "--once",
        "--home",
        str(tmp_path / "home"),
    )
    assert "the forum, one event told by:" in said
    assert "HARBORWATCH" in said, "no digest is shown"
    assert list((tmp_path / "home" / "mailbox").iterdir())
    found = run_in(
        tmp_path,
        str(here / "bin" / "harborwatch"),
        "search",
        "--home",
        str(tmp_path / "home"),
        "信息港",
    )
    assert "中国—东盟信息港" in found


def locked_versions() -> str:
    """Return the lock as constraints, a version a line; with hashes it would ask for ours too."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"(?m)^([\w.\[\]-]+==[^\\\n]+?) *\\?$", lock)
    assert len(pins) > 50
    return "\n".join(pins)


def run_in(folder: Path, *command: str) -> str:
    """Run a command away from the sources and without our settings; return what it said."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HARBORWATCH", "PYTHONPATH", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout
