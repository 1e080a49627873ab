"""A worker whose server is away: it waits, and it ends when told."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import Archive, open_archive
from archive.collecting import workers
from harborwatch.config import NAME

pytest.importorskip("procrastinate", reason="the extra workers is not installed")

from postgres_fixture import running_or_skipped

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
#: seconds until a worker that was started is at work, or one that was told to end has ended
PATIENCE = 60.0


def test_a_worker_ends_though_its_server_is_away(tmp_path: Path) -> None:
    """SIGTERM ends a worker in good order, with status 0, while nobody answers it."""
    with running_or_skipped() as server:
        address = server.address(server.make("template0"))
        text = f'[engine]\ntasks = "procrastinate"\n\n[archive]\naddress = "{address}"\n'
        (tmp_path / NAME).write_text(text, "utf-8")
        archive = open_archive(address)
        line = [sys.executable, "-m", "harborwatch", "--home", str(tmp_path), "worker"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with (
            (tmp_path / "said").open("wb") as said,
            subprocess.Popen(line, cwd=ROOT, env=environment, stdout=said, stderr=said) as worker,
        ):
            until = time.monotonic() + PATIENCE
            try:
                while not _is_at_work(archive):
                    assert time.monotonic() < until, (tmp_path / "said").read_text("utf-8")
                    time.sleep(0.2)
                server.end(signal.SIGQUIT)
                time.sleep(1)
                worker.terminate()
                assert worker.wait(PATIENCE) == 0, (tmp_path / "said").read_text("utf-8")
            finally:
                worker.kill()
                archive.close()


def _is_at_work(archive: Archive) -> bool:
    with archive.read() as db:
        return bool(workers.listed(db))
