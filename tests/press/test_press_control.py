"""The access log, the control addresses, and the press as a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime

import pytest

from harborwatch.press import Hit, Press


def test_each_request_is_logged(press, ask):
    """A hit tells host, path, status, condition, agent and bytes, at played time."""
    first = ask("m.swarna", "/?a=1", User_Agent="tester/1")
    ask("m.swarna", "/?a=1", If_None_Match=first.headers["etag"])
    one, two = press.log
    assert isinstance(one, Hit)
    assert (one.host, one.path, one.status) == ("m.swarna", "/?a=1", 200)
    assert (one.conditional, two.conditional, two.status, two.bytes) == (False, True, 304, 0)
    assert (one.user_agent, one.bytes) == ("tester/1", len(first.body))
    assert one.at == press.now
    assert one.at_real <= two.at_real


def test_the_log_can_be_a_file(tmp_path):
    """With a log file, each hit is a line of JSON too."""
    file = tmp_path / "hits.jsonl"
    with Press(outlets=["indotelko"], log_file=file) as press:
        address = f"http://127.0.0.1:{press.port}/"
        asked = urllib.request.Request(address, headers={"Host": "indotelko.localhost"})
        urllib.request.urlopen(asked).close()
    (line,) = file.read_text("utf-8").splitlines()
    assert json.loads(line)["host"] == "indotelko"


def test_the_clock_is_steered_over_http(press, ask):
    """POST /clock moves the clock; GET tells it; neither is logged."""
    body = json.dumps({"to": "2018-09-20T03:00Z"}).encode()
    moved = ask("press", "/clock", method="POST", body=body)
    assert json.loads(moved.text)["now"] == "2018-09-20T03:00:00+00:00"
    assert press.now == datetime(2018, 9, 20, 3, tzinfo=UTC)
    assert json.loads(ask("press", "/clock").text)["days_per_second"] == 0
    assert press.log == ()


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'{"to": "2018-01-01T00:00Z"}', b'{"to": "soon"}', b'{"days_per_second": -1}'],
)
def test_wrong_orders_are_refused(press, ask, body):
    """A wrong order gets 400 with the reason and changes nothing."""
    before = press.now
    refused = ask("press", "/clock", method="POST", body=body)
    assert refused.status == 400
    assert json.loads(refused.text)["error"]
    assert press.now == before


def test_log_and_gold_over_http(later, ask):
    """GET /log gives lines of JSON from a count on; GET /expected gives the gold."""
    ask("swarna", "/")
    ask("songhong", "/")
    hosts = [json.loads(line)["host"] for line in ask("press", "/log?since=1").text.splitlines()]
    assert hosts == ["songhong"]
    told = json.loads(ask("press", "/expected").text)
    assert [each["address"] for each in told] == [each.address for each in later.expected()]


def test_faults_over_http(press, ask):
    """POST /fault breaks a host, until a time if one is given."""
    order = {"host": "songhong", "kind": "failing", "until": "2018-09-18T01:00Z", "path": "/feed/"}
    assert ask("press", "/fault", method="POST", body=json.dumps(order).encode()).status == 201
    assert ask("songhong", "/feed/").status == 500
    press.advance(datetime(2018, 9, 18, 1, tzinfo=UTC))
    assert ask("songhong", "/feed/").status == 200
    assert ask("press", "/fault", method="POST", body=b"{}").status == 400
    assert ask("press", "/nothing").status == 404
    assert ask("press", "/nothing", method="POST").status == 404


def test_unknown_outlets_are_refused():
    """Asking for an outlet that is not there is an error that names those that are."""
    with pytest.raises(ValueError, match="indotelko"):
        Press(outlets=["nobody"])


def test_a_taken_port_is_an_error(press):
    """A second press on the same port fails at once, and closes what it opened."""
    with pytest.raises(OSError, match="in use"), Press(port=press.port):
        pass


def test_the_press_runs_as_a_process():
    """`python -m harborwatch.press` prints its address, serves, runs its clock, ends on SIGTERM."""
    command = [sys.executable, "-m", "harborwatch.press", "--start", "2018-09-18T00:00Z"]
    with subprocess.Popen(
        [*command, "--speed", "10"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = re.search(r":(\d+)/", process.stdout.readline())[1]
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/clock", headers={"Host": "press.localhost"}
        )
        with urllib.request.urlopen(asked) as answer:
            told = json.load(answer)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    assert told["days_per_second"] == 10
    assert datetime.fromisoformat(told["now"]) > datetime(2018, 9, 18, tzinfo=UTC)
