"""The page's process beside others: it comes, stays up, and goes with the one that started it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from web_server import ROOT, Server, serving

from harborwatch import page_process
from harborwatch.config import NAME
from harborwatch.first_config import written

pytestmark = pytest.mark.long


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def own(tmp_path: Path, port: int) -> Path:
    """A home whose page stands at a free port."""
    text = written("a@b.example", "Asia/Jakarta", "07:00", "", "@caih")
    (tmp_path / NAME).write_text(text.replace("port = 8017", f"port = {port}"), "utf-8")
    return tmp_path


async def up(port: int) -> bool:
    for _ in range(300):
        try:
            said = await asyncio.to_thread(Server(f"http://127.0.0.1:{port}").get, "/healthz")
        except ConnectionError:
            await asyncio.sleep(0.05)
            continue
        return said.status == 200
    return False


async def down(port: int) -> bool:
    for _ in range(300):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)):
                return True
        await asyncio.sleep(0.05)
    return False


async def test_the_page_stands_beside_the_work(own: Path, port: int) -> None:
    """While something works the page answers, and then it is gone."""
    async with page_process.beside(own):
        assert await up(port)
    assert await down(port)


async def test_a_page_that_cannot_begin_stops_nothing(own: Path, port: int) -> None:
    """Where its port is taken the page stays away, and the work beside it goes on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with page_process.beside(own):
            await asyncio.sleep(3)


async def test_the_page_ends_with_its_parent(own: Path, port: int) -> None:
    """Killed without a word, whoever started the page takes it along."""
    script = (
        "import asyncio, pathlib, sys\nfrom harborwatch import page_process\n"
        "async def main():\n"
        "    async with page_process.beside(pathlib.Path(sys.argv[1])):\n"
        "        await asyncio.sleep(100)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(own)], cwd=ROOT)  # noqa: ASYNC220
    try:
        assert await up(port)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert await down(port)


def test_web_ends_cleanly_on_a_signal(own: Path) -> None:
    """`harborwatch web` prints its address and ends on a signal without a traceback."""
    running = subprocess.Popen(
        [sys.executable, "-m", "harborwatch", "web", "--home", str(own), "--port", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stdout
    assert running.stdout.readline().startswith("the archive as a page: http://127.0.0.1:")
    time.sleep(1)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in err


def test_several_processes_answer_at_one_address(own: Path) -> None:
    """With more workers, forms and log-ins hold whoever answers; one that dies comes again."""
    with serving(own, "--workers", "2", HARBORWATCH_WEB_PASSWORD="a harbor at night") as server:
        first = _child(server, 0)
        mark = server.get("/login").page.xpath("//input[@name='mark']/@value")[0]
        assert server.post("/login", mark=mark, password="a harbor at night").status == 303
        assert [server.get("/topics").status for _ in range(20)] == [200] * 20
        os.kill(first, signal.SIGKILL)
        again = _child(server, first)
        assert [server.get("/topics").status for _ in range(20)] == [200] * 20
    assert not Path(f"/proc/{again}").exists()


def _child(server: Server, before: int) -> int:
    """Return the process beside the one that was started, as soon as there is another."""
    for _ in range(400):
        tasks = Path(f"/proc/{server.process}/task").glob("*/children")
        found = [int(one) for task in tasks for one in task.read_text().split()]
        if found and found != [before]:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no other process came")
