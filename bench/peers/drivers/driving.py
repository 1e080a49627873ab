"""How a peer is driven: told to poll, asked what it holds. Standard library only.

A driver runs inside its peer's own environment. It reads one JSON command a
line ("poll", "finish") and answers each with one line; whatever the peer
itself prints goes to the log.

What it hands back is the same for all, with None where the peer has no such
function: `records` (each an address, with title, text, published as the peer
gives it, its topics, and by which group the peer holds it), `told` (addresses
a poll told as new, poll by poll), `found` (addresses by question).
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol


class Peer(Protocol):
    """A peer at work on one press."""

    def poll(self, at: datetime, number: int) -> list[str] | None:
        """Poll everything once; return the addresses told as new, None where nothing is told."""

    def result(self) -> dict[str, Any]:
        """Return `records`, and `found` by question (None: the peer does not search)."""


def drive(start: Any) -> None:
    """Start a peer with its assignment and obey until told to finish."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    assignment = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    peer: Peer = start(assignment)
    told: list[list[str] | None] = []
    _say(answers, {"ready": True})
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "finish":
            break
        told.append(peer.poll(datetime.fromisoformat(command["at"]), len(told)))
        _say(answers, {"polled": len(told)})
    done = {**peer.result(), "told": None if None in told else told}
    Path(assignment["result"]).write_text(json.dumps(done, ensure_ascii=False), "utf-8")
    _say(answers, {"finished": True})


def _say(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def record(address: str, **more: Any) -> dict[str, Any]:
    """Return a record; `more` are title, text, published, topics and group."""
    empty = {"title": "", "text": "", "published": None, "topics": None, "group": None}
    return {"address": address, **empty, **more}
