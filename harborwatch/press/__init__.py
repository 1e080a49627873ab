"""The press: replica outlets on 127.0.0.1 that publish on a played clock.

For the demo, tests and benches. An independent witness: it leans on the
standard library only and imports nothing else of ours. One port, virtual
hosts under *.localhost (RFC 6761); stories are TOML files, outlets are
outlets.toml, each family's pages are one module of `layouts`. `wide` is a
second edition with its own gold, for reading's gates: never in the demo.

    with Press(datetime(2018, 9, 18, tzinfo=UTC)) as press:
        press.advance(datetime(2018, 9, 20, 3, tzinfo=UTC))
        print(press.base("indotelko"), len(press.expected()))
"""

from __future__ import annotations

from .faults import FaultKind
from .gold import Expected
from .hits import Hit
from .loading import ContentError
from .press import START, Press

__all__ = ["START", "ContentError", "Expected", "FaultKind", "Hit", "Press"]
