"""Health: served on this machine only, true of what runs, and never a danger to it."""

import asyncio
import json
import logging
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from harborwatch import health as health_module
from harborwatch import logs, metrics
from harborwatch.config import NAME, load
from harborwatch.health import Health, serving
from harborwatch.metrics import Metric
from harborwatch.press import Press
from harborwatch.pulse import Pulse
from harborwatch.running import HealthAddress, LogConfig
from harborwatch.schedule import Schedule
from harborwatch.wiring import put_together
from news import FileError, PlayedClock

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
LOCAL = HealthAddress(host="127.0.0.1", port=0)
#: a line of Prometheus' text format, version 0.0.4
LINE = re.compile(r'harborwatch_[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\\\|\\"|\\n)*"\})? [-+.e0-9]+')


async def get(port: int, request: bytes) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = (await asyncio.wait_for(reader.read(), 10)).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return (int(head.split()[1]) if head else 0), body


def asking(path: str, method: str = "GET") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


async def test_metrics_are_what_the_archive_holds(home: Path, press: Press) -> None:
    """After a round /metrics is well formed and says what the ledger says; /healthz is 200."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    said: list[str] = []
    schedule = Schedule(program, said.append)
    done = asyncio.create_task(schedule.run())
    while not any("stored" in line for line in said):  # noqa: ASYNC110 - lines have no event
        await asyncio.sleep(0.01)
    async with serving(Health(lambda: schedule.program, schedule.pulse), LOCAL) as port:
        status, well = await get(port, asking("/healthz"))
        assert (status, json.loads(well)) == (200, {"well": True, "trouble": ""})
        status, text = await get(port, asking("/metrics?x=1"))
        for bad, expected in ((asking("/"), 404), (asking("/metrics", "POST"), 405)):
            assert (await get(port, bad))[0] == expected
        assert (await get(port, asking("/healthz", "HEAD"))) == (200, "")
        assert (await get(port, b"GET /" + b"x" * 20_000 + b"\r\n\r\n"))[0] == 0
        schedule.program.tools.archive.close()
    schedule.stop()
    await done
    await schedule.program.close()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert status == 200
    assert all(LINE.fullmatch(line) for line in lines), lines
    values = dict(line.rsplit(" ", 1) for line in lines)
    stored = int(re.search(r"(\d+) stored", " ".join(said)).group(1))
    assert int(values['harborwatch_kept{what="stories"}']) == stored
    assert values['harborwatch_rounds_total{job="poll"}'] == "1"
    assert values["harborwatch_healthy"] == "1"
    assert float(values['harborwatch_last_poll_age_seconds{outcome="any"}']) >= 0


async def test_an_archive_that_cannot_be_read_is_not_well(
    home: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/healthz is 503 with the reason where the archive is gone; the job itself goes on."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])

    def gone(self: Health) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(health_module.Health, "_touch", gone)
    async with serving(Health(lambda: program, Pulse()), LOCAL) as port:
        status, said = await get(port, asking("/healthz"))
        with pytest.raises(FileError, match="another port"):
            async with serving(Health(lambda: program, Pulse()), HealthAddress(host="127.0.0.1", port=port)):  # fmt: skip
                pass
    await program.close()
    assert status == 503
    assert "the disk is gone" in json.loads(said)["trouble"]


def test_a_job_that_hangs_or_fails_is_not_well() -> None:
    """Silence, a round without end and three errors in a row are trouble; a good round ends it."""
    now = [0.0]
    pulse = Pulse(now=lambda: now[0])
    assert pulse.trouble() == ""
    now[0] = 400
    assert "no round" in pulse.trouble()
    with pulse.beat("poll"):
        now[0] += 3_600
        assert pulse.trouble() == ""
        now[0] += 3_700
        assert "goes on" in pulse.trouble()
    assert pulse.trouble() == ""
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), pulse.beat("tell"):
            raise ZeroDivisionError
    assert "3 rounds (tell) failed" in pulse.trouble()
    with pulse.beat("tell"):
        pass
    assert pulse.trouble() == ""
    assert (pulse.rounds["tell"], pulse.errors["tell"]) == (4, 3)


def test_whatever_a_label_holds_the_line_is_well_formed() -> None:
    """Quotes, backslashes and line ends of a reason are escaped."""
    odd = Metric(name="harborwatch_x", help="X.", kind="gauge", values={'a"\\\nb': 1}, label="l")
    (line,) = [one for one in metrics.written([odd]).splitlines() if one[0] != "#"]
    assert line == r'harborwatch_x{l="a\"\\\nb"} 1'
    assert LINE.fullmatch(line)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('health = "0.0.0.0:9180"', "other machines can reach"),
        ('health = "[2001:db8::1]:9180"', "other machines can reach"),
        ('health = "news.example:9180"', "other machines can reach"),
        ('health = "9180"', "is no address"),
        ('health = "127.0.0.1:many"', "is no address"),
        ('health = "127.0.0.1:99999"', "is no address"),
    ],
)
def test_health_stays_on_this_machine_unless_told(home: Path, written: str, told: str) -> None:
    """An address that others reach is refused with its line, unless health_public says so."""
    path = home / NAME
    path.write_text(path.read_text("utf-8") + f"\n[run]\n{written}\n", "utf-8")
    with pytest.raises(FileError, match=told) as error:
        load(home)
    assert error.value.line is not None
    if "reach" in told:
        path.write_text(path.read_text("utf-8") + "health_public = true\n", "utf-8")
        found = load(home).health
        assert found is not None
        assert found.port == 9180


@pytest.mark.parametrize("written", ["127.0.0.1:9180", "[::1]:9180", "localhost:9180"])
def test_health_on_this_machine_is_taken(home: Path, written: str) -> None:
    """The loopback addresses of both kinds are taken as they are."""
    path = home / NAME
    path.write_text(path.read_text("utf-8") + f'\n[run]\nhealth = "{written}"\n', "utf-8")
    assert load(home).health is not None


def test_a_line_of_the_log_names_its_story() -> None:
    """JSON lines hold time, level, text, ids and an error's traceback, each on one line."""
    record = logging.LogRecord("alerts", logging.WARNING, "", 1, "信息港 %s\n", ("x",), None)
    record.story, record.delivery = 7, 3
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["story"], said["delivery"], said["level"]) == (7, 3, "warning")
    assert said["text"] == "信息港 x\n"
    try:
        divmod(1, 0)
    except ZeroDivisionError:
        record.exc_info = sys.exc_info()
    assert "ZeroDivisionError" in json.loads(logs.JsonLines().format(record))["error"]
    assert LogConfig().format == "plain"


def test_what_ends_a_command_is_a_line_of_the_log_too(tmp_path: Path) -> None:
    """With --log-json even a home that cannot be used is told in JSON."""
    command = [sys.executable, "-m", "harborwatch", "--home", str(tmp_path)]
    done = subprocess.run([*command, "--log-json", "run"], capture_output=True, text=True, check=False)  # fmt: skip
    (line,) = done.stderr.splitlines()
    assert (done.returncode, json.loads(line)["level"]) == (2, "error")
    assert "init" in json.loads(line)["text"]


async def test_wrong_files_keep_what_ran_before(home: Path, press: Press) -> None:
    """A reload takes new watches and outlets; what is wrong stays as it was, and is told."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    said: list[str] = []
    schedule = Schedule(program, said.append)
    path, text = home / NAME, (home / NAME).read_text("utf-8")
    before = schedule.program

    async def reload() -> str:
        schedule.reload()
        assert schedule._reloading is not None
        await schedule._reloading
        return said[-1]

    path.write_text(text.replace('name = "core"', 'name = "core"\nquery2 = 1'), "utf-8")
    assert re.search(r"not reloaded.*harborwatch\.toml:\d+.*query2", await reload())
    path.write_text(text.replace('query = "@caih OR', 'query = "@nothing OR', 1), "utf-8")
    assert "watch" in await reload()
    outlet = next((home / "outlets").rglob("*.toml"))
    held = outlet.read_text("utf-8")
    path.write_text(text + '\n[archive]\naddress = "sqlite:////tmp/other.db"\n', "utf-8")
    assert "restart" in await reload()
    assert schedule.program is before
    outlet.write_text(held + "\nnonsense = 1\n", "utf-8")
    path.write_text(text, "utf-8")
    assert re.search(rf"^reloaded: .*; as before: .*{outlet.name}:\d+", await reload())
    assert schedule.program.tools.outlets == before.tools.outlets
    outlet.unlink()
    path.write_text(text.replace('name = "core"', 'name = "kern"'), "utf-8")
    if f'"{outlet.stem}"' in text:
        path.write_text(path.read_text("utf-8").replace(f'"{outlet.stem}", ', ""), "utf-8")
    assert "reloaded:" in await reload(), said[-1]
    assert len(schedule.program.tools.outlets) == len(before.tools.outlets) - 1
    assert {one.name for one in schedule.program.config.subscribers[0].watches} == {"harbor", "kern"}  # fmt: skip
    assert schedule.pulse.reloads == {"refused": 3, "done": 2}
    await schedule.program.close()


async def test_what_a_reload_leaves_is_told(home: Path, press: Press) -> None:
    """A reload names what it leaves as it was until it is so again, and says when it has to wait."""
    program = put_together(home, PlayedClock(press.now), [home / "outlets"])
    said: list[str] = []
    schedule = Schedule(program, said.append)
    path, text = home / NAME, (home / NAME).read_text("utf-8")

    async def reload() -> str:
        schedule.reload()
        assert schedule._reloading is not None
        await schedule._reloading
        return said[-1]

    assert "\n[web]" in text
    web = text.replace("\n[web]", "\n[web]\nworkers = 3")
    path.write_text(f'{web}\n[log]\nlevel = "info"\n', "utf-8")
    for _ in range(2):
        assert (await reload()).endswith("; [log], [web] changed: wants a restart")
    path.write_text(text, "utf-8")
    async with schedule._busy:
        schedule.reload()
        assert said[-1] == "reload asked for; after the round in hand"
    assert schedule._reloading is not None
    await schedule._reloading
    assert said[-1].startswith("reloaded: ")
    assert "restart" not in said[-1]
    await schedule.program.close()


def test_sighup_reloads_a_running_job(home: Path) -> None:
    """`run` with --log-json serves health and page, reloads at SIGHUP, ends at SIGTERM: all in JSON."""
    path = home / NAME
    text = path.read_text("utf-8").replace("port = 8017", "port = 0")
    path.write_text(text + '\n[run]\nhealth = "127.0.0.1:0"\n', "utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith("HARBORWATCH")}
    command = [
        sys.executable,
        "-m",
        "harborwatch",
        "--log-json",
        "--home",
        str(home),
        "run",
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        lines = []

        def until(word: str) -> dict[str, object]:
            for line in running.stderr or ():
                lines.append(json.loads(line))
                if word in str(lines[-1]["text"]):
                    return dict(lines[-1])
            raise AssertionError(lines)

        address = re.search(r"http://\S+/healthz", str(until("health at")["text"])).group(0)
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200
        assert "http://127.0.0.1:" in str(until("the archive as a page")["text"])
        running.send_signal(signal.SIGHUP)
        assert "topics" in str(until("reloaded:")["text"])
        running.send_signal(signal.SIGTERM)
        until("stopped")
        assert running.wait(30) == 0
        assert running.stdout is not None
        assert running.stdout.read() == ""
    polled = [one for one in lines if one["from"] == "crawler.spiders.source"]
    assert all({"source", "outlet", "outcome"} <= one.keys() for one in polled)
