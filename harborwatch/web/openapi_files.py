"""What is no page, described for programs: exports, feeds, and whether the page works."""

from typing import Any

from harborwatch.searching import FEED
from harborwatch.web.files import CUT, KINDS
from harborwatch.web.templating import EXPORT_MOST

Schema = dict[str, Any]

_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
#: the answer to who guesses passwords
TOO_MANY: Schema = {
    "description": "Too many wrong passwords came from there.",
    "headers": {
        "Retry-After": {
            "description": "Seconds until the next guess is heard.",
            "schema": {"type": "string", "pattern": "^[0-9]+$"},
        }
    },
    "content": _ERROR,
}


def paths() -> dict[str, Schema]:
    """Return the description of each path, by its address."""
    made = {f"/search.{kind}": {"get": _export(kind)} for kind in KINDS}
    made["/topics/{id}/feed.atom"] = {"get": _feed("topic", "a topic", "id")}
    where = "/watches/{subscriber}/{name}/feed.atom"
    made[where] = {"get": _feed("watch", "a watch", "subscriber", "name")}
    made["/healthz"] = {"get": _health()}
    return made


def _export(kind: str) -> Schema:
    most = FEED if kind == "atom" else EXPORT_MOST
    asked = [
        {"name": "q", "in": "query", "required": True, "schema": {"type": "string"},
         "description": "A question in the language of questions; see /help."},
        {"name": "sort", "in": "query", "required": False,
         "description": "The usual is `date`.",
         "schema": {"type": "string", "enum": ["date", "relevance"]}},
    ]  # fmt: skip
    found = _found(kind)
    if kind != "atom":
        said = f"{most}, where more stories were found than an export holds."
        found["headers"] = {CUT: {"description": said, "schema": {"type": "string"}}}
    return {
        "operationId": f"files_search_{kind}",
        "summary": f"What a question finds, up to {most:,} stories.",
        "parameters": asked,
        "responses": {"200": found, **_refusals("400")},
    }


def _feed(name: str, whose: str, *parts: str) -> Schema:
    return {
        "operationId": f"files_{name}_feed",
        "summary": f"The newest stories of {whose}.",
        "parameters": [
            {"name": one, "in": "path", "required": True,
             "schema": {"type": "string", "minLength": 1}}
            for one in parts
        ],
        "responses": {"200": _found("atom"), **_refusals("400", "404")},
    }  # fmt: skip


def _health() -> Schema:
    status = {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}}
    found = {
        "description": "The page works and reads its archive.",
        "content": {"application/json": {"schema": status}},
    }
    return {
        "operationId": "health",
        "summary": "Whether the page works.",
        "security": [],
        "responses": {"200": found},
    }


def _found(kind: str) -> Schema:
    media = KINDS[kind].partition(";")[0]
    return {
        "description": "What was asked for.",
        "content": {media: {"schema": {"type": "string"}}},
    }


def _refusals(*more: str) -> Schema:
    said = {
        "400": "A value cannot be used.",
        "401": "A password is needed.",
        "404": "There is no such thing.",
    }
    told = {status: {"description": said[status], "content": _ERROR} for status in ("401", *more)}
    return {**told, "429": TOO_MANY}
