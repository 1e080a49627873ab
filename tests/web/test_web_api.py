"""/api/: its description, and that every answer is as described."""

from typing import Any

import pytest
from web_server import Server

ANSWERS = {
    "/api/latest": "/api/latest", "/api/search": "/api/search?q=ASEAN", "/api/help": "/api/help",
    "/api/try": "/api/try?q=forum+NANNING", "/api/stories/{number}": "/api/stories/31?q=forum",
    "/api/events/{number}": "/api/events/31", "/api/topics": "/api/topics",
    "/api/topics/{id}/names": "/api/topics/caih/names",
    "/api/topics/{id}/workbench": "/api/topics/caih/workbench?text=forum",
    "/api/watches": "/api/watches",
    "/api/topics/{id}": "/api/topics/caih", "/api/sources": "/api/sources",
    "/api/sources/{outlet}/{way}": "/api/sources/indotelko/listing", "/api/digests": "/api/digests",
    "/api/digests/{number}": "/api/digests/1", "/api/explain": "/api/explain?address=31&q=Hanoi",
}  # fmt: skip
#: what is no page, and of which kind it is
FILES = {
    "/search.csv": ("/search.csv?q=ASEAN", "text/csv"),
    "/search.jsonl": ("/search.jsonl?q=ASEAN", "application/x-ndjson"),
    "/search.ris": ("/search.ris?q=ASEAN", "application/x-research-info-systems"),
    "/search.atom": ("/search.atom?q=ASEAN", "application/atom+xml"),
    "/topics/{id}/feed.atom": ("/topics/caih/feed.atom", "application/atom+xml"),
    "/watches/{subscriber}/{name}/feed.atom": ("/watches/ani/pelabuhan/feed.atom", "application/atom+xml"),
    "/healthz": ("/healthz", "application/json"),
}  # fmt: skip
#: answers in which the foreign texts stand that JSON must carry
_TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], named: dict[str, Any], at: str = "") -> list[str]:
    """Return where a value is not as its schema (the part of JSON Schema that is used) says."""
    if "$ref" in schema:
        return faults(value, named[schema["$ref"].rpartition("/")[2]], named, at)
    if "anyOf" in schema:
        each = [faults(value, one, named, at) for one in schema["anyOf"]]
        return [] if any(not one for one in each) else each[0]
    match schema["type"]:
        case "array" if isinstance(value, list):
            items = schema.get("prefixItems") or [schema["items"]] * len(value)
            return [f for n, (one, s) in enumerate(zip(value, items, strict=True)) for f in faults(one, s, named, f"{at}[{n}]")]  # fmt: skip
        case "object" if isinstance(value, dict):
            if "properties" not in schema:
                return [f for key, one in value.items() for f in faults(one, schema["additionalProperties"], named, f"{at}.{key}")]  # fmt: skip
            if value.keys() != schema["properties"].keys():
                return [f"{at}: {sorted(value.keys() ^ schema['properties'].keys())}"]
            return [f for key, one in value.items() for f in faults(one, schema["properties"][key], named, f"{at}.{key}")]  # fmt: skip
        case kind if kind in _TYPES and isinstance(value, _TYPES[kind]):
            return [] if kind == "boolean" or not isinstance(value, bool) else [f"{at}: a boolean"]
    return [f"{at}: {value!r} is no {schema['type']}"]


def test_the_description_names_every_page(web: Server) -> None:
    """Everything that stands as a page is described, each with an example here."""
    said = web.get("/api/openapi.json").json
    assert said["openapi"].startswith("3.1")
    assert said["paths"].keys() == ANSWERS.keys() | FILES.keys()
    operations = [one["get"]["operationId"] for one in said["paths"].values()]
    assert len(set(operations)) == len(operations)


@pytest.mark.parametrize("path", ANSWERS)
def test_each_answer_is_as_described(web: Server, path: str) -> None:
    """An answer has the fields and types that its description says, all of them and no other."""
    said = web.get("/api/openapi.json").json
    described = said["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    answer = web.get(ANSWERS[path])
    assert answer.status == 200
    assert faults(answer.json, described["schema"], said["components"]["schemas"]) == []


@pytest.mark.parametrize("path", FILES)
def test_each_file_is_as_described(web: Server, path: str) -> None:
    """An export, a feed, the state of health come as the kind that the description says."""
    address, media = FILES[path]
    described = web.get("/api/openapi.json").json["paths"][path]["get"]["responses"]
    assert list(described["200"]["content"]) == [media]
    said = web.get(address)
    assert said.status == 200
    assert said.headers["Content-Type"].partition(";")[0] == media
    assert "X-Harborwatch-Cut" not in said.headers


def test_guessing_is_described(web: Server) -> None:
    """Whatever asks for a password says that guesses must wait, and how long."""
    for path, said in web.get("/api/openapi.json").json["paths"].items():
        waits = said["get"]["responses"].get("429", {}).get("headers", {})
        assert ("Retry-After" in waits) == (path != "/healthz")


def test_a_mistake_is_told_in_json_too(web: Server) -> None:
    """A question that cannot be asked comes back with the place of its mistake."""
    said = web.get("/api/search?q=lang:cn+ASEAN").json["mistake"]
    assert said["at"] == 5
    assert said["meant"] == "lang:zh ASEAN"
