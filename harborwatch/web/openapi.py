"""The description of /api/ (OpenAPI 3.1), made from the endpoints and the types of their views."""

import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from harborwatch.web import openapi_files
from harborwatch.web.endpoints import ENDPOINTS, Endpoint, Given
from harborwatch.web.wording import LANGUAGES

_PART = re.compile(r"\{(\w+)(?::(\w+))?\}")
_LANG = Given(name="lang", text="The language of names.", may_be={"enum": list(LANGUAGES)})
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}

Schema = dict[str, Any]


def description(version: str, *, open_to_all: bool) -> Schema:
    """Return the description as JSON has it."""
    schemas: dict[str, Schema] = {}
    paths = {_path(one.path): {"get": _get(one, schemas)} for one in ENDPOINTS}
    paths |= openapi_files.paths()
    schemas["Error"] = _ERROR
    made: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": "Harborwatch",
            "version": version,
            "description": "Everything that the pages show, as JSON; exports and feeds. Texts are those of the outlets.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    if not open_to_all:
        made["components"]["securitySchemes"] = {
            "password": {"type": "http", "scheme": "bearer"},
            "feed_reader": {"type": "http", "scheme": "basic"},
        }
        made["security"] = [{"password": []}, {"feed_reader": []}]
    return made


def _path(path: str) -> str:
    inside = "" if path == "/" else _PART.sub(r"{\1}", path)
    return f"/api{inside or '/latest'}"


def _get(endpoint: Endpoint, schemas: dict[str, Schema]) -> Schema:
    view = endpoint.view
    # "sources/{outlet}/{way}" takes a slash into the last part, which OpenAPI cannot say.
    inside = [_in_path(*found.groups()) for found in _PART.finditer(endpoint.path)]
    asked = [
        {
            "name": one.name,
            "in": "query",
            "required": False,
            "description": one.text,
            "schema": {"type": "string", **one.may_be},
        }
        for one in (*endpoint.values, _LANG)
    ]
    shape = schema_of(get_type_hints(view)["return"], schemas)
    found = {
        "description": "What was asked for.",
        "content": {"application/json": {"schema": shape}},
    }
    return {
        "operationId": f"{view.__module__.rsplit('.', 1)[-1]}_{view.__name__}",
        "summary": (view.__doc__ or "").split("\n", 1)[0],
        "parameters": [*inside, *asked],
        "responses": {"200": found, **_refusals(endpoint), "429": openapi_files.TOO_MANY},
    }


def _in_path(name: str, kind: str | None) -> Schema:
    number = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": number if kind == "int" else {"type": "string", "minLength": 1},
    }


def _refusals(endpoint: Endpoint) -> Schema:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    said = {"400": "A value cannot be used.", "401": "A password is needed."}
    if _PART.search(endpoint.path):
        said["404"] = "There is no such thing."
        said["308"] = "It stands at another path now."
    return {
        status: {"description": text, **({} if status == "308" else {"content": content})}
        for status, text in sorted(said.items())
    }


def schema_of(  # noqa: PLR0911 - one answer for each kind of type
    kind: Any, schemas: dict[str, Schema]
) -> Schema:
    """Return the JSON Schema of a type; dataclasses are put among the named ones."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _named(kind, schemas)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one, schemas) for one in inner]}
    if kind is type(None):
        return {"type": "null"}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin is tuple:
        return _list(inner, schemas)
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1], schemas)}
    if kind in (datetime, date):
        return {"type": "string", "format": "date-time" if kind is datetime else "date"}
    return {"type": _PLAIN[kind]}


def _list(inner: tuple[Any, ...], schemas: dict[str, Schema]) -> Schema:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return {"type": "array", "items": schema_of(inner[0], schemas)}
    parts = [schema_of(one, schemas) for one in inner]
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _named(kind: type, schemas: dict[str, Schema]) -> Schema:
    name = f"{kind.__module__.rsplit('.', 1)[-1]}_{kind.__name__}"
    if name not in schemas:
        schemas[name] = {}
        hints = get_type_hints(kind)
        schemas[name].update(
            type="object",
            description=(kind.__doc__ or "").split("\n", 1)[0],
            properties={one.name: schema_of(hints[one.name], schemas) for one in fields(kind)},
            required=[one.name for one in fields(kind)],
            additionalProperties=False,
        )
    return {"$ref": f"#/components/schemas/{name}"}


_ERROR: Schema = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "hint": {"type": "string"}},
    "required": ["error", "hint"],
}
