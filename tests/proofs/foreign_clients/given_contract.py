"""The contract as a foreign client is given it, with ids that exist."""

import copy
import json
import os
from pathlib import Path
from typing import Any

from bot.sandbox.fanvue.contract import amended, close
from bot.sandbox.fanvue.gate import VERSION
from bot.sandbox.fanvue.routes import not_yet

Json = dict[str, Any]

# In each choice of ids one that nobody has.
UNKNOWN = "08ae412f-1ef4-41a6-8979-4969399b6cad"


def contract_file() -> Path | None:
    """The file below CONTRACTS_DIR, if there is one."""
    file = Path(os.environ.get("CONTRACTS_DIR", "")) / "fanvue" / "openapi.json"
    return file if file.is_file() else None


def given_contract(file: Path, ids: dict[str, list[str]]) -> Json:
    """What is built, closed, in the one version that there is, with the ids of this Fanvue to choose from.

    The file says of the version that it is text, and is open to any field; its prose says what is done here.
    """
    document: Json = amended(json.loads(file.read_text(encoding="utf-8")))
    for operation in not_yet():
        del document["paths"][operation.path][operation.method.lower()]
    document["paths"] = {path: there for path, there in document["paths"].items() if there}
    document["paths"] = close(document["paths"])
    document["components"]["schemas"] = close(document["components"]["schemas"])
    document["components"]["parameters"]["ApiVersion"]["schema"] = {"type": "string", "enum": [VERSION]}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            operation["parameters"] = [_chosen(path, one, ids) for one in operation.get("parameters", ())]
    return document


def without_references(document: Json) -> Json:
    """The same with each schema where it is used: some clients lose a reference inside a referenced one."""
    schemas = document["components"]["schemas"]

    def put_in(part: Any) -> Any:
        if isinstance(part, list):
            return [put_in(one) for one in part]
        if not isinstance(part, dict):
            return part
        reference = part.get("$ref", "")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            return put_in(schemas[reference.rsplit("/", 1)[1]])
        return {name: put_in(value) for name, value in part.items()}

    return {**document, "paths": put_in(document["paths"])}


def _chosen(path: str, parameter: Json, ids: dict[str, list[str]]) -> Json:
    """The parameter with its choice of ids; what no id is known for stays as it was."""
    if parameter.get("in") != "path":
        return parameter
    known = next((found for name, found in ids.items() if _means(path, parameter["name"], name)), None)
    if known is None:
        return parameter
    changed = copy.deepcopy(parameter)
    changed["schema"] = {"type": "string", "enum": [*dict.fromkeys(known), UNKNOWN]}
    return changed


def _means(path: str, name: str, kind: str) -> bool:
    """Whether the parameter `name` of this path is of this kind; a bare `uuid` is what stands before it."""
    if name != "uuid":
        return name == kind
    before = path.partition("/{uuid}")[0]
    return before.endswith({"lists": "/custom"}.get(kind, f"/{kind}"))
