"""The child's side of a worker: one task at a time, within bounds."""

import gc
import math
import pickle
import resource
import socket
import struct
import traceback
from collections.abc import Callable, Mapping

from news import Refused, SourceError

_LENGTH = struct.Struct("!Q")

Tasks = Mapping[str, Callable[..., object]]


def serve(fd: int, seconds: float, memory: int, tasks: Tasks) -> None:
    """Answer tasks on the socket until the parent closes it; `tasks` by their names.

    `seconds` of processor time are granted to each task; the kernel kills a
    task that takes more, should the parent not have done so before. `memory`
    bounds the address space, in bytes.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # What the imports made lives as long as the process: the collector need not walk it.
    gc.freeze()
    with socket.socket(fileno=fd) as line:
        try:
            _send(line, ("done", "ready"))
            while (message := _received(line)) is not None:
                _grant(seconds)
                task, arguments = pickle.loads(message)  # noqa: S301 - from our own parent only
                _send(line, _answer(tasks[task], arguments))
        except ConnectionError:
            return  # the parent was killed with a task under way, or before the first: nobody is left to be told


def _grant(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _answer(task: Callable[..., object], arguments: tuple[object, ...]) -> tuple[str, object]:
    try:
        return "done", task(*arguments)
    except Refused as refused:
        return "refused", (refused.reason, refused.detail)
    except SourceError as error:
        return "source", str(error)
    except MemoryError:
        return "refused", ("too-big", "reading took more memory than it is given")
    except Exception:  # noqa: BLE001 - a fault of ours must not stop the reading of others
        return "fault", traceback.format_exc(limit=-4)


def _send(line: socket.socket, answer: tuple[str, object]) -> None:
    message = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    line.sendall(_LENGTH.pack(len(message)) + message)


def _received(line: socket.socket) -> bytes | None:
    head = _exactly(line, _LENGTH.size)
    return None if head is None else _exactly(line, _LENGTH.unpack(head)[0])


def _exactly(line: socket.socket, count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = line.recv(min(count, 1 << 20))
        if not part:
            return None  # the parent has closed, or is gone
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
