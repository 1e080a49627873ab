"""Serves a press of many outlets: python many_server.py OUTLETS SOURCES PER_DAY BEGIN [MOST].

Says its port, then, when its input ends, the requests it answered and its seconds
of processor time. It reads no more of a request than it needs.
"""

import asyncio
import json
import resource
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import uvloop  # noqa: E402 - the root must be found first
from made.many import Many  # noqa: E402


class Answering(asyncio.Protocol):
    """One connection, kept open."""

    many: Many
    counts: Counter[str]

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, _, self._rest = self._rest.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head.decode("latin-1")))

    def _answer(self, head: str) -> bytes:
        first, *lines = head.split("\r\n")
        said = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
        path = first.split(" ")[1]
        status, headers, body = self.many.answer(
            said["host"], path, said.get("if-none-match", ""), datetime.now(UTC)
        )
        self.counts[path.split("/")[1]] += 1
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {status} X\r\n{told}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve() -> None:
    outlets, sources, per_day, begin, *most = sys.argv[1:]
    Answering.counts = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "0.0.0.0", 0, backlog=2048)
    port = server.sockets[0].getsockname()[1]
    Answering.many = Many(
        outlets=int(outlets), sources=int(sources), per_day=float(per_day),
        begin=datetime.fromisoformat(begin), port=port, most=int(most[0]) if most else 1_000_000,
    )  # fmt: skip
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "requests": Answering.counts}))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
