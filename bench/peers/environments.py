"""Each peer's own environment, made from its lock at first use, in a folder that git ignores."""

import hashlib
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = HERE / ".cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One program of the table."""

    name: str
    #: as it is called by PyPI; "" for what this environment has
    package: str
    licence: str

    @property
    def driver(self) -> Path:
        return HERE / "drivers" / f"drive_{self.name.replace('-', '_')}.py"


PEERS = (
    Peer(name="harborwatch", package="", licence="Apache-2.0"),
    Peer(name="newswatcher", package="newswatcher", licence="MIT"),
    Peer(name="news-please", package="news-please", licence="Apache-2.0"),
    Peer(name="fundus", package="fundus", licence="MIT"),
    Peer(name="reader", package="reader", licence="BSD-3-Clause"),
    Peer(name="scrapy", package="", licence="BSD-3-Clause"),
)


def python_of(peer: Peer) -> Path:
    """Return the interpreter that runs a peer, its environment made first if it is not there."""
    if not peer.package:
        return Path(sys.executable)
    lock, folder = HERE / "locks" / f"{peer.name}.lock", CACHE / peer.name
    mark, made = folder / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if mark.is_file() and mark.read_text("utf-8") == made:
        return python
    print(f"making the environment of {peer.name} ...", file=sys.stderr)
    venv.create(folder, clear=True, with_pip=True)
    # The lock is whole: pip is not to resolve anything, only to check the hashes.
    asked = ["install", "--quiet", "--no-deps", "--require-hashes", "-r", str(lock)]
    subprocess.run([python, "-m", "pip", *asked], check=True)
    mark.write_text(made, "utf-8")
    return python


def called(peer: Peer) -> str:
    """Return name and version."""
    if peer.name == "harborwatch":
        return "Harborwatch"
    if not peer.package:
        return f"plain Scrapy {version('scrapy')}"
    lines = (HERE / "locks" / f"{peer.name}.lock").read_text("utf-8").splitlines()
    (pinned,) = [
        line.split("==")[1].split()[0] for line in lines if line.startswith(f"{peer.package}==")
    ]
    return f"{peer.name} {pinned}"
