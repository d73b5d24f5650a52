"""The table of operations, by itself and against the contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.fanvue.errors import OperationNotOffered
from bot.fanvue.operations import NO_TWIN, OPERATIONS, ApiSurface, PagingStyle, road
from bot.sandbox.fanvue.contract import amended

# What a list of each style takes in its query; a bare answer takes neither.
QUERY = {
    PagingStyle.PAGE: {"page", "size"},
    PagingStyle.CURSOR: {"cursor", "size"},
    PagingStyle.LIMIT: {"cursor", "limit"},
    PagingStyle.WINDOW: {"limit", "sentBefore", "receivedBefore"},
    PagingStyle.NONE: set[str](),
    PagingStyle.ARRAY: set[str](),
}


def operations_of(contracts: Path) -> dict[tuple[str, str], Any]:
    document = amended(json.loads((contracts / "openapi.json").read_text()))
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    } | {("parameters", "parameters"): document["components"]["parameters"]}


def query_of(operation: Any, shared: Any) -> set[str]:
    parameters = (
        shared[parameter["$ref"].rsplit("/", 1)[1]] if "$ref" in parameter else parameter
        for parameter in operation.get("parameters", ())
    )
    return {parameter["name"] for parameter in parameters if parameter["in"] == "query"}


@pytest.mark.contract
@pytest.mark.parametrize("name", OPERATIONS)
def test_each_row_is_what_the_contract_says(name: str, contracts: Path) -> None:
    row = OPERATIONS[name]
    told = operations_of(contracts)
    shared = told["parameters", "parameters"]
    twin = "/creators/{creatorUserUuid}" + row.path.replace("/users/account", "/account")
    surfaces = (("/v1" + row.path, row.v1, row.scopes), (row.path, row.unversioned, row.scopes))
    managed = (twin, row.unversioned if row.twin != NO_TWIN else None, row.scopes | row.twin_scopes)

    for path, paging, scopes in (*surfaces, managed):
        operation = told.get((row.method, path))
        assert (operation is not None) == (paging is not None), path
        if operation is not None and paging is not None:
            assert set(operation["security"][0]["FanvueOAuth"]) == scopes, path
            paged = query_of(operation, shared) & set().union(*QUERY.values())
            assert paged == QUERY[paging], path
    assert row.twin in {twin, NO_TWIN}


@pytest.mark.parametrize(
    ("name", "prefix", "twin", "path", "surface"),
    [
        ("chats", "/v1", False, "/v1/chats", ApiSurface.V1),
        ("chats", "", False, "/chats", ApiSurface.UNVERSIONED),
        ("messages_batch", "/v1", False, "/chats/messages/batch", ApiSurface.UNVERSIONED),
        ("chats", "/v1", True, "/creators/{creatorUserUuid}/chats", ApiSurface.UNVERSIONED),
        ("account", "", True, "/creators/{creatorUserUuid}/account", ApiSurface.UNVERSIONED),
    ],
)
def test_the_prefix_means_v1_where_the_table_has_it(
    name: str, prefix: str, *, twin: bool, path: str, surface: ApiSurface
) -> None:
    way = road(name, prefix=prefix, twin=twin)

    assert (way.path, way.surface) == (path, surface)


@pytest.mark.parametrize(("name", "prefix", "twin"), [("chat", "", False), ("statuses", "/v1", True)])
def test_an_operation_that_is_not_there_is_not_offered(name: str, prefix: str, *, twin: bool) -> None:
    with pytest.raises(OperationNotOffered):
        road(name, prefix=prefix, twin=twin)


def test_a_managed_creator_needs_the_creator_scope_as_well() -> None:
    assert road("chats", prefix="", twin=True).scopes == {"read:chat", "read:creator"}
    assert road("chats", prefix="").scopes == {"read:chat"}
