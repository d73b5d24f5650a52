"""Holds requests, answers and webhooks against the OpenAPI file, closed."""

import functools
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.sandbox.schemas import OpenApiSchemas

Json = dict[str, Any]

# What was learned after the file was made, and wins over it: the folders of a vault come in pages.
_PAGED_TOO = ("/vault/folders", "/creators/{creatorUserUuid}/vault/folders")
_PAGE_QUERY = (
    {"in": "query", "name": "page", "schema": {"type": "integer", "minimum": 1}},
    {"in": "query", "name": "size", "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
)

# Bodies that were seen and that the schemas of the file do not cover: an event without its scope.
_SEEN = ({"error": ""},)


@dataclass(frozen=True)
class ContractMismatch:
    """A difference of the stand-in or its caller from the contract."""

    direction: Literal["request", "answer", "event"]
    operation: str
    problem: str


def from_environment() -> "FanvueContract | None":
    """The contract in the folder that CONTRACTS_DIR names, if there is one."""
    folder = os.environ.get("CONTRACTS_DIR")
    if not folder:
        return None
    file = Path(folder) / "fanvue" / "openapi.json"
    return read(file) if file.is_file() else None


@functools.cache
def read(file: Path) -> "FanvueContract":
    """The file; it is the same for every server of a process, and keeps what was compiled."""
    return FanvueContract(amended(json.loads(file.read_text(encoding="utf-8"))))


def amended(document: Json) -> Json:
    """The file with what was learned since."""
    for path in _PAGED_TOO:
        operation = document["paths"][path]["get"]
        operation["parameters"] = [*operation.get("parameters", ()), *_PAGE_QUERY]
    return document


class FanvueContract:
    """Validators for every operation, made when first needed."""

    def __init__(self, document: Json) -> None:
        self._paths = document["paths"]
        self._events = document.get("webhooks", {})
        self._schemas = OpenApiSchemas(close({"schemas": document["components"]["schemas"]}))
        self._parameters = document["components"]["parameters"]
        self._responses = document["components"]["responses"]
        self._validators: dict[str, Any] = {}

    def request(self, key: str, query: list[tuple[str, str]], body: object | None) -> list[str]:
        """The problems in the query and the body of a request."""
        operation = self._operation(key)
        wrong = list(self._query(key, operation, query))
        content = operation.get("requestBody")
        if content is None:
            return wrong if body in (None, {}) else [*wrong, "this operation takes no body"]
        if body is None:
            return [*wrong, "a body is required"] if content.get("required") else wrong
        return wrong + self._problems(f"{key} body", content["content"]["application/json"]["schema"], body)

    def answer(self, key: str, status: int, body: object | None, text: str | None) -> list[str]:
        """The problems in an answer of the stand-in."""
        responses = self._operation(key)["responses"]
        if str(status) not in responses:
            return [f"status {status} is not in the contract"]
        response = self._resolved(responses[str(status)], self._responses)
        content = response.get("content", {})
        if not content:
            return [] if body is None and text is None else [f"status {status} has no body in the contract"]
        if text is not None:
            return [] if "text/plain" in content else [f"status {status} is not text in the contract"]
        if status == 400 and body in _SEEN:  # noqa: PLR2004 - the HTTP status that it was seen with
            return []
        if "application/json" not in content:
            return [f"status {status} is not JSON in the contract"]
        return self._problems(f"{key} {status}", content["application/json"]["schema"], body)

    def event(self, kind: str, envelope: Json) -> list[str]:
        """The problems in a webhook body."""
        if kind not in self._events:
            return ["the contract knows no such event"]
        schema = self._events[kind]["post"]["requestBody"]["content"]["application/json"]["schema"]
        return self._problems(f"event {kind}", schema, envelope)

    def operations(self) -> Iterable[tuple[str, str, frozenset[str]]]:
        """Every (method, path, scopes) of the file."""
        for path, methods in self._paths.items():
            for method, operation in methods.items():
                yield method.upper(), path, frozenset(operation["security"][0]["FanvueOAuth"])

    def _operation(self, key: str) -> Json:
        method, path = key.split(" ", 1)
        operation: Json = self._paths[path][method.lower()]
        return operation

    def _query(self, key: str, operation: Json, query: list[tuple[str, str]]) -> Iterable[str]:
        listed = (self._resolved(one, self._parameters) for one in operation.get("parameters", ()))
        known = {one["name"]: one for one in listed if one["in"] == "query"}
        given: dict[str, list[str]] = {}
        for name, value in query:
            given.setdefault(name, []).append(value)
        for name in given.keys() - known.keys():
            yield f"query {name} is not in the contract"
        for name, one in known.items():
            if name in given:
                typed = _typed(one, given[name])
                for problem in self._problems(f"{key} query {name}", one["schema"], typed):
                    yield f"query {name} {problem}"
            elif one.get("required"):
                yield f"query {name} is required"

    def _resolved(self, thing: Json, home: Json) -> Json:
        if "$ref" not in thing:
            return thing
        found: Json = home[thing["$ref"].rsplit("/", 1)[1]]
        return found

    def _problems(self, place: str, schema: Json, value: object) -> list[str]:
        validator = self._validators.get(place)
        if validator is None:
            validator = self._validators[place] = self._schemas.validator(close(schema))
        return [
            f"{'/'.join(str(part) for part in error.instance_path)}: {error.message}"
            for error in validator.iter_errors(value)
        ]


def close(schema: Any, *, inside_all_of: bool = False) -> Any:
    """The schema with every object that lists properties closed, except inside allOf."""
    if isinstance(schema, list):
        return [close(item, inside_all_of=inside_all_of) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {
        name: close(value, inside_all_of=name == "allOf" or (inside_all_of and name != "properties"))
        for name, value in schema.items()
    }
    listed = isinstance(schema.get("properties"), dict) and schema["properties"]
    if listed and "additionalProperties" not in schema and not inside_all_of:
        closed["additionalProperties"] = False
    return closed


def _typed(parameter: Json, values: list[str]) -> object:
    """Query strings as the types that the schema of the parameter means."""
    schema = parameter["schema"]
    if schema.get("type") == "array":
        return values[0].split(",") if parameter.get("explode") is False else values
    if schema.get("type") == "integer":
        return int(values[0]) if values[0].lstrip("-").isdigit() else values[0]
    return values[0]
