"""The demo's days played once for all tests; homes whose catalogue is the press."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from played_days import Played, play

from harborwatch import demo
from harborwatch.config import NAME
from harborwatch.first_config import written
from harborwatch.press import Press

#: tiers 1 and 2 each morning, the harbor itself at once
WATCHES = """
[[subscribers.watches]]
name = "harbor"
query = "@caih OR @caih_forum OR @caih_co OR @dsr OR @ilstc OR @caexpo"
rhythm = "daily 07:00"

[[subscribers.watches]]
name = "core"
query = "@caih OR @caih_forum OR @caih_co"
rhythm = "instant"
"""

ROOT = Path(__file__).parents[2]


def configuration(pace: float, outlets: Sequence[str] = ()) -> str:
    """Return the configuration of a reader in Jakarta who watches the press."""
    text = written("reader@harbor.example", "Asia/Jakarta", "07:00", "", "")
    text = text[: text.index("[[subscribers.watches]]")] + WATCHES.lstrip()
    named = ", ".join(f'"{name}"' for name in outlets)
    text = text.replace("outlets = []", f"outlets = [{named}]\nallow_private_addresses = true")
    return text.replace("pace = 2.0", f"pace = {pace}")


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The archive, mailbox and log that the demo's days leave where no vectors are made."""
    home = tmp_path_factory.mktemp("played")
    (home / NAME).write_text(configuration(2.0), "utf-8")
    with demo.played(home) as (press, program, clock):
        yield play(home, press, replace(program, embedder=None), clock)
        program.tools.archive.close()


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(demo.BEGIN) as running:
        yield running


@pytest.fixture
def home(press: Press, tmp_path: Path) -> Path:
    """A home folder whose outlets are the press's, asked without a pause."""
    folder = tmp_path / "home"
    press.write_catalogue(folder / "outlets")
    (folder / NAME).write_text(configuration(0.0, press.outlets), "utf-8")
    return folder


@pytest.fixture(scope="session")
def demo_begun(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A demo that was started as a process, and its home."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    env = {key: value for key, value in os.environ.items() if not key.startswith("HARBORWATCH")}
    running = subprocess.Popen(
        [sys.executable, "-m", "harborwatch", "demo", "--once", "--home", str(folder)],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with running:
        yield folder, running
        running.kill()
