"""/api/ as schemathesis asks it, from its description: no fault, no answer but those described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web_server import Server

from harborwatch.web.openapi import description

pytestmark = pytest.mark.long

#: what the archive of these tests holds: of drawn numbers and names, most would be missing
_NAMES = {"id": ("caih", "bri", "asean"), "outlet": ("indotelko",), "way": ("listing",)}
_MOST = 40
#: a value that nobody asked for is passed over, and what "before" may be hangs on "sort"
_LENIENT = [negative_data_rejection, positive_data_acceptance]
PATHS = description("", open_to_all=True)["paths"]


@pytest.fixture(scope="module")
def described(served: Server) -> Any:
    """The description, as the running server gives it."""
    found = schemathesis.openapi.from_url(f"{served.address}/api/openapi.json")
    found.hook("map_path_parameters")(_near)
    return found


def _asked() -> Iterator[tuple[str, GenerationMode]]:
    """Yield each path with each way to ask; of a bare name nothing can be drawn that is none."""
    for path, said in PATHS.items():
        yield path, GenerationMode.POSITIVE
        if any(one["in"] == "query" for one in said["get"].get("parameters", ())):
            yield path, GenerationMode.NEGATIVE


@pytest.mark.parametrize(("path", "mode"), [*_asked()], ids=str)
def test_every_answer_is_described(described: Any, path: str, mode: GenerationMode) -> None:
    """Whatever is asked, as described or not: status, type and fields are those described."""

    @settings(
        max_examples=40, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    @given(described[path]["GET"].as_strategy(generation_mode=mode))
    def answered(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=_LENIENT)

    answered()


def _near(_: object, drawn: dict[str, Any] | None) -> dict[str, Any] | None:
    """Turn about half of the drawn values into some that the archive holds."""
    return drawn and {name: _held(name, value) for name, value in drawn.items()}


def _held(name: str, value: Any) -> Any:
    if isinstance(value, int) and value % 2:
        return value // 2 % _MOST
    if isinstance(value, str) and len(value) % 2 and name in _NAMES:
        return _NAMES[name][ord(value[0]) % len(_NAMES[name])]
    return value
