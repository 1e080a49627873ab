"""The shape of the whole: packages, what each may lean on, and the lock."""

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
#: the packages of the design, each leaning only on those before it
PACKAGES = ["news", "query", "archive", "pipelines", "crawler", "alerts", "harborwatch"]
#: the second one is installed only where a wheel exists
LOCKS = ("requirements.lock", "requirements.axe.lock", "requirements.vectors.lock")


def test_packages_lean_only_on_what_stands_below_them(tmp_path: Path) -> None:
    """Every import contract of pyproject.toml is kept."""
    command = Path(sys.executable).with_name("lint-imports")
    cache = ["--cache-dir", str(tmp_path)]
    done = subprocess.run([command, *cache], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_seven_packages() -> None:
    """The packages at the top level are those of the design, no more."""
    found = {one.parent.name for one in ROOT.glob("*/__init__.py")}
    assert found == set(PACKAGES)


def test_every_tool_sees_all_packages() -> None:
    """Wheel, types and contracts are told of the same packages, the design's."""
    tools = PROJECT["tool"]
    shipped = tools["setuptools"]["packages"]["find"]["include"]
    assert {one.split("*")[0].rstrip(".") for one in shipped} == set(PACKAGES)
    assert set(tools["mypy"]["packages"]) == set(PACKAGES)
    assert set(tools["importlinter"]["root_packages"]) == set(PACKAGES)


def test_contracts_name_every_package() -> None:
    """The layers hold each package once, so that none is free to import anything."""
    layers = next(
        one["layers"]
        for one in PROJECT["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers"
    )
    named = [name for layer in layers for name in re.split(r"\s*[|:]\s*", layer)]
    assert sorted(named) == sorted(PACKAGES)


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_pins_with_hashes_and_names_no_address(name: str) -> None:
    """Each line of a lock pins one version by its hashes, wherever it comes from."""
    lock = (ROOT / name).read_text("utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*-(?!-hash=)", lock.replace("--hash=", "hash="), re.MULTILINE)
    pins = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    bare = [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]
    assert pins
    assert not bare


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Every dependency of pyproject.toml is pinned in a lock: `make lock` was run."""
    project = PROJECT["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {_name(one) for one in asked} - {"harborwatch"}
    lock = "".join((ROOT / name).read_text("utf-8") for name in LOCKS)
    pinned = {_name(line) for line in lock.splitlines() if re.match("[a-zA-Z0-9]", line)}
    assert names <= pinned, f'run "make lock": {names - pinned} are in no lock'


def _name(requirement: str) -> str:
    """Return the name of a requirement, spelt one way (PEP 503)."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()
