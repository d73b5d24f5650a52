"""Judges requests and answers by Discord's OpenAPI file, with objects closed."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.routing import RestCall, RestReply
from bot.sandbox.schemas import OpenApiSchemas

if TYPE_CHECKING:
    import jsonschema_rs

FILE = Path("discord") / "openapi.json"


@dataclass(frozen=True, slots=True)
class DiscordContractError:
    """One mismatch: whose, where, and what the validator says."""

    side: str
    method: str
    path: str
    problem: str


class DiscordSpec:
    """Discord's file, read once; validators are compiled when an operation is first used."""

    def __init__(self, file: Path) -> None:
        self._spec = json.loads(file.read_text("utf-8"))
        self._schemas = self._spec["components"]["schemas"]
        self._closed = OpenApiSchemas({"schemas": _closed_components(self._schemas)})
        self._validators: dict[tuple[str, str, str], jsonschema_rs.Validator | None] = {}
        self.operations = _operations(self._spec)

    def validator(self, method: str, template: str, what: str) -> "jsonschema_rs.Validator | None":
        """For a request (`what` is "request") or for the answer of a status; None where there is no body."""
        key = (method, template, what)
        if key not in self._validators:
            operation = self._spec["paths"][template][method.lower()]
            request = what == "request"
            schema = _request_schema(operation) if request else _answer_schema(self._spec, operation, what)
            closed = None if schema is None else _closed(schema, self._schemas)
            self._validators[key] = None if closed is None else self._closed.validator(closed)
        return self._validators[key]


@functools.cache
def read(file: Path) -> DiscordSpec:
    """The file; it is the same for every server of a process, and large."""
    return DiscordSpec(file)


class DiscordContract:
    """The judge of one server."""

    def __init__(self, folder: Path, errors: list[DiscordContractError]) -> None:
        """Reads `discord/openapi.json` in the folder; mismatches are appended to `errors`."""
        self._spec = read(folder / FILE)
        self._errors = errors

    def request(self, call: RestCall) -> None:
        """Refuse a request body that the file does not know."""
        template = self._template(call)
        if template is None or call.body is None:
            return
        validator = self._spec.validator(call.method, template, "request")
        body = _without_exceptions(call.body)
        problem = None if validator is None else _first(validator, body)
        if problem is not None:
            self._errors.append(DiscordContractError("request", call.method, call.path, problem))
            raise DiscordApiError(50035, {"_errors": [{"code": "SANDBOX_CONTRACT", "message": problem}]})

    def answer(self, call: RestCall, reply: RestReply) -> None:
        """Record an answer of the stand-in that the file does not know."""
        template = self._template(call)
        if template is None:
            self._errors.append(DiscordContractError("answer", call.method, call.path, "no such operation"))
            return
        validator = self._spec.validator(call.method, template, str(reply.status))
        if validator is None:
            if reply.body is not None:
                self._errors.append(
                    DiscordContractError("answer", call.method, call.path, f"no body for {reply.status}")
                )
            return
        problem = _first(validator, _answer_without_exceptions(reply.body))
        if problem is not None:
            self._errors.append(DiscordContractError("answer", call.method, call.path, problem))

    def _template(self, call: RestCall) -> str | None:
        parts = call.path.strip("/").split("/")
        for template, names in self._spec.operations.get(_place(call.method, parts), ()):
            if all(n.startswith("{") or n == p for n, p in zip(names, parts, strict=True)):
                return template
        return None


# A method, how many steps its path has, and the first of them.
_Place = tuple[str, int, str]


def _place(method: str, steps: list[str]) -> _Place:
    return method, len(steps), steps[0]


def _operations(spec: Mapping[str, Any]) -> dict[_Place, list[tuple[str, list[str]]]]:
    """Each template and its steps; those with the most fixed steps first."""
    found: dict[_Place, list[tuple[str, list[str]]]] = {}
    for template, operations in spec["paths"].items():
        steps = template.strip("/").split("/")
        assert not steps[0].startswith("{")  # so that the first step tells most of them apart
        for method in operations:
            found.setdefault(_place(method.upper(), steps), []).append((template, steps))
    for there in found.values():
        there.sort(key=lambda one: (sum(not n.startswith("{") for n in one[1]), one[0]), reverse=True)
    return found


def _request_schema(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return schema if schema is None else dict(schema)


def _answer_schema(spec: dict[str, Any], operation: dict[str, Any], status: str) -> dict[str, Any] | None:
    responses = operation["responses"]
    response = responses.get(status) or responses.get(f"{status[0]}XX")
    if response is None:
        return {"not": {}}  # a status that the operation does not have
    if "$ref" in response:
        response = spec["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    return schema if schema is None else dict(schema)


def _closed_components(schemas: Mapping[str, Any]) -> dict[str, Any]:
    closed = {name: _closed(schema, schemas) for name, schema in schemas.items()}
    # Named exception: inside `errors`, Discord's documentation has words where the file has numbers as codes.
    closed["InnerErrors"]["properties"]["_errors"]["items"] = {
        "type": "object",
        "properties": {"code": {"type": ["integer", "string"]}, "message": {"type": "string"}},
        "required": ["code", "message"],
        "additionalProperties": False,
    }
    return closed


def _closed(schema: Any, schemas: Mapping[str, Any]) -> Any:
    """A copy in which every object with named properties allows no others.

    The parts of an allOf see only some of the properties each: there, the whole is closed, not the parts.
    """
    if isinstance(schema, list):
        return [_closed(item, schemas) for item in schema]
    if not isinstance(schema, dict):
        return schema
    copied: dict[str, Any] = {}
    for name, value in schema.items():
        if name == "properties":
            copied[name] = {key: _closed(item, schemas) for key, item in value.items()}
        elif name == "allOf":
            copied[name] = [_part(item, schemas) for item in value]
        else:
            copied[name] = _closed(value, schemas)
    if schema.get("type") == "object" and "allOf" in schema:
        copied["unevaluatedProperties"] = False
    elif schema.get("type") == "object" and "properties" in schema:
        copied.setdefault("additionalProperties", False)
    return copied


def _part(item: dict[str, Any], schemas: Mapping[str, Any]) -> Any:
    whole = schemas[item["$ref"].rsplit("/", 1)[-1]] if "$ref" in item else item
    if whole.get("type") != "object":
        return _closed(item, schemas)
    opened = _closed(whole, schemas)
    opened.pop("additionalProperties", None)
    opened.pop("unevaluatedProperties", None)
    return opened


def _first(validator: "jsonschema_rs.Validator", body: Any) -> str | None:
    for error in validator.iter_errors(body):
        place = "/".join(str(step) for step in error.instance_path)
        return f"{place or '(body)'}: {error.message[:300]}"
    return None


# What discord.py writes differently: ids as numbers, bit sets as strings of digits.
_AS = {
    "allow": "bits",
    "deny": "bits",
    "default_member_permissions": "bits",
    "permissions": "bits",
    "parent_id": "id",
}
_AS |= {"recipient_id": "id", "messages": "ids", "applied_tags": "ids"}


def _drop_fields(found: dict[str, Any]) -> None:
    found.pop("tts", None)  # in edits, type-7 callbacks and forum posts
    if "description" in found or "integration_types" in found:
        found.pop("nsfw", None)  # in commands
    if "message" in found and "name" in found:
        found.pop("type", None)  # in forum posts


def _without_exceptions(body: Any) -> Any:
    """A copy of a request body, without what discord.py sends and the file does not have."""
    if isinstance(body, list):
        return [_without_exceptions(item) for item in body]
    if not isinstance(body, dict):
        return body
    found = {name: _without_exceptions(value) for name, value in body.items()}
    _drop_fields(found)
    for name, kind in _AS.items():
        if isinstance(found.get(name), list) and kind == "ids":
            found[name] = [str(item) for item in found[name]]
        elif isinstance(found.get(name), str) and kind == "bits":
            found[name] = int(found[name])
        elif isinstance(found.get(name), int) and kind == "id":
            found[name] = str(found[name])
    for name in ("embeds", "attachments", "permission_overwrites"):
        for item in found.get(name) or []:
            _without_item_exceptions(name, item)
    return found


def _without_item_exceptions(name: str, item: Any) -> None:
    if not isinstance(item, dict):
        return
    if name == "embeds":
        item.pop("flags", None)
    elif isinstance(item.get("id"), int):
        item["id"] = str(item["id"])


def _answer_without_exceptions(body: Any) -> Any:
    """An answer without what Discord's documentation has and the file does not."""
    if isinstance(body, dict) and "thread_metadata" in body:
        # the first message of a forum post
        return {name: value for name, value in body.items() if name != "message"}
    return body
